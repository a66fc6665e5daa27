"""The webhook: the secret is compared before anything is read, and 200 is said only after the commit."""

import asyncio
import hmac
import json
from typing import Any, NoReturn

from aiohttp import web

from bot.telegram.taking import Telegram
from domain.errors import CannotStore

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
BODY_LIMIT = 1 << 20
"""Bytes of an update at most; Telegram's own stay far below."""

_PATIENCE = 10.0
"""Seconds that a body may take to arrive."""


def register(app: web.Application, telegram: Telegram, secret: str) -> None:
    """Adds the webhook's route. `secret` is what setWebhook was told."""
    hook = _Hook(telegram, secret.encode())
    app.router.add_post(PATH, hook.answer)


class _Hook:
    def __init__(self, telegram: Telegram, secret: bytes) -> None:
        self._telegram = telegram
        self._secret = secret

    async def answer(self, request: web.Request) -> web.Response:
        """200 once durable, or for what does not concern us; 503: deliver it again."""
        if not self._is_telegram(request):
            raise web.HTTPNotFound
        update = self._telegram.read(_parse(await _body(request)))
        if update is None:
            return web.Response()
        try:
            riding = await self._telegram.take(update, by_webhook=True)
        except CannotStore:
            raise web.HTTPServiceUnavailable from None
        return web.Response() if riding is None else web.json_response(riding)

    def _is_telegram(self, request: web.Request) -> bool:
        given = request.headers.getall(SECRET_HEADER, [])
        # Compared even when it is missing, so that the time tells nothing.
        same = hmac.compare_digest((given[0] if given else "").encode("utf-8", "surrogateescape"), self._secret)
        return same and len(given) == 1 and bool(self._secret)


async def _body(request: web.Request) -> bytes:
    if "Content-Encoding" in request.headers:
        raise web.HTTPBadRequest  # Telegram sends none, and a small body could unfold into a large one
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > BODY_LIMIT:
                    raise web.HTTPRequestEntityTooLarge(max_size=BODY_LIMIT, actual_size=len(body))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(body)


def _parse(body: bytes) -> dict[str, Any]:
    """The update as JSON. Answers 400 to anything else."""
    try:
        parsed = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest from None
    if not isinstance(parsed, dict) or type(parsed.get("update_id")) is not int:
        raise web.HTTPBadRequest
    return parsed


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON
