"""The smallest Bot API: says yes to everything and remembers when which chat was sent something. GET /taken empties it.

Bare asyncio, so that on two cores the double costs less than what it measures.
"""

import asyncio
import json
import re
import time

from bench.listening import until_stdin_ends

TOKEN = "424242:bench"  # noqa: S105 - a made-up one for a made-up server
_CHAT = re.compile(rb"chat_id(?:=|\"\s*:\s*|\"\r\n\r\n)(\d+)")
_ME = {"id": 424242, "is_bot": True, "first_name": "bench", "username": "bench_bot"}


class Sink(asyncio.Protocol):
    """One connection; requests one after the other, each with a Content-Length or without a body."""

    taken: list[tuple[int, float]] = []  # noqa: RUF012 - shared by all connections on purpose

    def __init__(self) -> None:
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        while (end := self._came.find(b"\r\n\r\n")) >= 0:
            head = self._came[:end]
            length = re.search(rb"(?i)content-length: *(\d+)", head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._came) < whole:
                return
            body, self._came = self._came[end + 4 : whole], self._came[whole:]
            self._answer(head.split(b" ", 2)[1], body)

    def _answer(self, path: bytes, body: bytes) -> None:
        if path == b"/taken":
            self._send(self.taken)
            self.taken.clear()
        elif path.endswith(b"/getMe"):
            self._send({"ok": True, "result": _ME})
        elif path.endswith(b"/sendMessage"):
            chat = int(found[1]) if (found := _CHAT.search(body)) else 0
            self.taken.append((chat, time.monotonic()))
            message = {"message_id": len(self.taken), "date": 0, "chat": {"id": chat, "type": "private"}, "text": "."}
            self._send({"ok": True, "result": message})
        else:
            self._send({"ok": True, "result": True})

    def _send(self, found: object) -> None:
        body = json.dumps(found).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)  # type: ignore[attr-defined]  # a stream's transport


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await until_stdin_ends()
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
