"""A scripted WeCom server over real HTTP: the rules of group robots that we lean on, and what each robot said."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.patience import PATIENCE

OK = {"errcode": 0, "errmsg": "ok"}
TOO_MUCH = {"errcode": 45009, "errmsg": "api freq out of limit"}
NO_ROBOT = {"errcode": 93000, "errmsg": "invalid webhook url"}
TOO_LONG = {"errcode": 40058, "errmsg": "text.content exceed max length 2048"}
LONGEST = 2048


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call fails: an answer in WeCom's words, a bare status, or a connection that breaks."""

    answer: Any = None
    status: int = 200
    body: bytes | None = None
    reset: bool = False


class WeCom:
    """The server, with robots of these keys. `async with WeCom(key, ...) as wecom`, then take `wecom.url`."""

    def __init__(self, *robots: str) -> None:
        self.robots = set(robots)
        self.said: dict[str, list[str]] = defaultdict(list)
        self.calls = 0
        self.url = ""
        self._faults: deque[Fault] = deque()
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "WeCom":
        app = web.Application()
        app.router.add_post("/cgi-bin/webhook/send", self._send)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def fail(self, *faults: Fault) -> None:
        """The next calls fail so, one fault each."""
        self._faults.extend(faults)

    async def until(self, condition: Callable[[], Any], seconds: float = PATIENCE) -> None:
        """Waits till `condition()` holds; looks again whenever a call came in."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    async def _send(self, request: web.Request) -> web.Response:
        body, key = await request.json(), request.query["key"]
        async with self._changed:
            self.calls += 1
            answer = self._scripted(request) or self._answer(key, body)
            self._changed.notify_all()
        return answer

    def _scripted(self, request: web.Request) -> web.Response | None:
        if not self._faults:
            return None
        fault = self._faults.popleft()
        if fault.reset:
            assert request.transport is not None
            request.transport.abort()
        if fault.body is not None:
            return web.Response(body=fault.body, status=fault.status)
        return web.json_response(fault.answer or {}, status=fault.status)

    def _answer(self, key: str, body: dict[str, Any]) -> web.Response:
        assert body["msgtype"] == "text"
        text = body["text"]["content"]
        if key not in self.robots:
            return web.json_response(NO_ROBOT)
        if len(text.encode()) > LONGEST:
            return web.json_response(TOO_LONG)
        self.said[key].append(text)
        # WeCom says JSON, and calls it so with a charset.
        return web.json_response(OK, headers={"Error-Code": "0"})
