"""A scripted Bot API server over real HTTP. It keeps Telegram's rules that we lean on, and records every call."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from tests.patience import PATIENCE

TOKEN = "424242:AAtest-token-that-must-never-be-logged"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BOT_ID = 424242
_NESTED = ("reply_markup", "message_ids", "allowed_updates", "commands", "link_preview_options")


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call fails: a status, or a connection that breaks. `after`: the call took effect before that."""

    status: int = 0
    retry_after: int = 0
    reset: bool = False
    after: bool = False
    description: str = "scripted"
    parameters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came: the method's name and its parameters, nested ones as values."""

    method: str
    params: dict[str, Any]

    @property
    def chat(self) -> int:
        return int(self.params.get("chat_id", 0))


class BotApi:
    """The server. `async with BotApi() as api`, then give `api.url` to the bot as its Bot API address."""

    def __init__(self) -> None:
        self.token = TOKEN
        self.calls: list[Call] = []
        self.chats: dict[int, list[dict[str, Any]]] = defaultdict(list)
        """What each chat shows now, both sides, in order."""
        self.files: dict[str, bytes] = {}
        self.commands: list[dict[str, str]] = []
        self.webhook: dict[str, Any] = {}
        self.pending: list[dict[str, Any]] = []
        self.changed = asyncio.Condition()
        self._faults: dict[tuple[str, int], deque[Fault]] = defaultdict(deque)
        self._held: dict[str, asyncio.Event] = {}
        self._waiting: dict[str, int] = defaultdict(int)
        self._numbers = {"message": 100, "update": 9000}
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> "BotApi":
        app = web.Application(client_max_size=1 << 22)
        app.router.add_route("*", f"/bot{TOKEN}/{{method}}", self._answer)
        app.router.add_get(f"/file/bot{TOKEN}/{{path:.+}}", self._file)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._client = ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def fail(self, method: str, *faults: Fault, chat: int = 0) -> None:
        """The next calls of `method` (only those for `chat`, if given) fail so, one fault each."""
        self._faults[method, chat].extend(faults)

    def hold(self, method: str, until: asyncio.Event) -> None:
        """Calls of `method` are answered only after `until` is set."""
        self._held[method] = until

    def held(self, method: str) -> int:
        """How many calls are held now."""
        return self._waiting[method]

    def number(self, of: str = "message") -> int:
        """A fresh message or update number."""
        self._numbers[of] += 1
        return self._numbers[of]

    @property
    def newest(self) -> int:
        """The number of the newest message of all chats."""
        return self._numbers["message"]

    def called(self, method: str, chat: int = 0) -> list[Call]:
        """Calls of `method` so far, in order."""
        return [c for c in self.calls if c.method == method and chat in {0, c.chat}]

    async def push(self, *updates: dict[str, Any]) -> list[int]:
        """Hands updates to the bot: by webhook a POST each, side by side (gives the statuses), or into the queue."""
        if self.webhook.get("url"):
            return list(await asyncio.gather(*(self.post(u) for u in updates)))
        async with self.changed:
            self.pending.extend(updates)
            self.changed.notify_all()
        return []

    async def post(self, update: dict[str, Any]) -> int:
        """One delivery by webhook; carries out a method that stands in the answer, as Telegram does."""
        headers = {SECRET_HEADER: self.webhook["secret_token"]}
        async with self._client.post(self.webhook["url"], json=update, headers=headers) as response:
            if response.status == 200 and response.content_type == "application/json":
                method = await response.json()
                await self._carry_out(method.pop("method"), method)
            return response.status

    async def until(self, condition: Any, seconds: float = PATIENCE) -> None:
        """Waits till `condition()` holds; looks again whenever a call came in."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(condition)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = dict(await request.post()) if request.content_type != "application/json" else await request.json()
        params |= {k: json.loads(v) for k, v in params.items() if k in _NESTED and isinstance(v, str)}
        if method in self._held:
            await self._wait_for_release(method)
        queue = self._faults.get((method, int(params.get("chat_id", 0)))) or self._faults.get((method, 0))
        fault = queue.popleft() if queue else None
        if fault is None:
            return await self._carry_out(method, params)
        if fault.after:
            await self._carry_out(method, params)
        else:
            await self._record(Call(f"failed {method}", params))
        if fault.reset:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        parameters = dict(fault.parameters) | ({"retry_after": fault.retry_after} if fault.retry_after else {})
        return _refuse(fault.status, fault.description, parameters)

    async def _wait_for_release(self, method: str) -> None:
        async with self.changed:
            self._waiting[method] += 1
            self.changed.notify_all()
        await self._held[method].wait()
        self._waiting[method] -= 1

    async def _carry_out(self, method: str, params: dict[str, Any]) -> web.Response:
        action = getattr(self, f"_do_{method}", None)
        if action is None:
            return _refuse(404, "Not Found")
        await self._record(Call(method, params))
        result = await action(params)
        async with self.changed:
            self.changed.notify_all()
        return result if isinstance(result, web.Response) else web.json_response({"ok": True, "result": result})

    async def _record(self, call: Call) -> None:
        async with self.changed:
            self.calls.append(call)
            self.changed.notify_all()

    async def _file(self, request: web.Request) -> web.Response:
        await self._record(Call("download", {"path": request.match_info["path"]}))
        return web.Response(body=self.files[request.match_info["path"].removeprefix("files/")])

    async def _do_getMe(self, _: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Telegram's spelling, here and below
        return {"id": BOT_ID, "is_bot": True, "first_name": "lx", "username": "lianxi_test_bot"}

    async def _do_setWebhook(self, params: dict[str, Any]) -> bool:  # noqa: N802
        self.webhook = {"url": params.get("url", ""), "secret_token": params.get("secret_token", "")}
        return True

    async def _do_deleteWebhook(self, _: dict[str, Any]) -> bool:  # noqa: N802
        self.webhook = {}
        return True

    async def _do_getWebhookInfo(self, _: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        waiting = len(self.pending)
        return {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": waiting}

    async def _do_setMyCommands(self, params: dict[str, Any]) -> bool:  # noqa: N802
        self.commands = params["commands"]
        return True

    async def _do_getUpdates(self, params: dict[str, Any]) -> Any:  # noqa: N802
        """An offset confirms all before it, for good; without news it waits at most `timeout` seconds."""
        if self.webhook.get("url"):
            return _refuse(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(params.get("offset", 0))
        self.pending = [u for u in self.pending if u["update_id"] >= offset]
        try:
            async with asyncio.timeout(float(params.get("timeout", 0))), self.changed:
                await self.changed.wait_for(lambda: self.pending)
        except TimeoutError:
            return []
        return self.pending[: int(params.get("limit", 100))]

    async def _do_sendMessage(self, params: dict[str, Any]) -> Any:  # noqa: N802
        if len(params["text"]) > 4096:
            return _refuse(400, "Bad Request: message is too long")
        chat = int(params["chat_id"])
        message = {"message_id": self.number(), "date": 0, "chat": {"id": chat, "type": "private"}} | {
            k: params[k] for k in ("text", "reply_markup") if k in params
        }
        self.chats[chat].append(message | {"from_bot": True})
        return message

    async def _do_editMessageReplyMarkup(self, params: dict[str, Any]) -> bool:  # noqa: N802
        for message in self.chats[int(params["chat_id"])]:
            if message["message_id"] == int(params["message_id"]):
                message["reply_markup"] = params.get("reply_markup", {})
        return True

    async def _do_deleteMessages(self, params: dict[str, Any]) -> Any:  # noqa: N802
        if not 1 <= len(params["message_ids"]) <= 100:
            return _refuse(400, "Bad Request: too many messages")
        chat = int(params["chat_id"])
        self.chats[chat] = [m for m in self.chats[chat] if m["message_id"] not in set(params["message_ids"])]
        return True

    async def _do_deleteMessage(self, params: dict[str, Any]) -> Any:  # noqa: N802
        return await self._do_deleteMessages(params | {"message_ids": [int(params["message_id"])]})

    async def _do_answerCallbackQuery(self, _: dict[str, Any]) -> bool:  # noqa: N802
        return True

    async def _do_getFile(self, params: dict[str, Any]) -> Any:  # noqa: N802
        file_id = params["file_id"]
        if file_id not in self.files:
            return _refuse(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(self.files[file_id]) > 20 * 1024 * 1024:
            return _refuse(400, "Bad Request: file is too big")
        unique = f"u-{file_id}"
        return {"file_id": file_id, "file_unique_id": unique, "file_path": f"files/{file_id}"}


def _refuse(status: int, description: str, parameters: Mapping[str, int] | None = None) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description}
    return web.json_response(body | ({"parameters": dict(parameters)} if parameters else {}), status=status)
