"""How calls reach the Bot API: one aiohttp session. No error here quotes an address, for it holds the token."""

import json
import logging
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes of an answer at most: what the Bot API gives out of a file."""

_TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp")


class TooMuch(TelegramError):  # noqa: N818 - an answer about a file, not a fault
    """An answer is longer than `DOWNLOAD_LIMIT`; it was not read to its end."""


def quiet_loggers() -> None:
    """Silences libraries whose log lines would quote the bot token, addresses, whole updates or what was typed."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
        for child in logging.Logger.manager.loggerDict:
            if child.startswith(f"{name}."):
                logging.getLogger(child).setLevel(logging.NOTSET)


class Wire(BaseRequest):
    """python-telegram-bot's transport on aiohttp. Timeouts in seconds. Make it anywhere, initialize it in a loop."""

    __slots__ = ("_connect_timeout", "_read_timeout", "_session")

    def __init__(self, *, read_timeout: float = 20.0, connect_timeout: float = 10.0) -> None:
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        """Opens the session; a second call changes nothing."""
        if self._session is None:
            # trust_env: where Telegram is reached through a proxy only, the usual variables name it.
            self._session = ClientSession(cookie_jar=DummyCookieJar(), trust_env=True)

    async def shutdown(self) -> None:
        """Closes the session; a second call changes nothing."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0917 - the base class fixes it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the base class names it
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the base class names it
    ) -> tuple[int, bytes]:
        """Status and body. Raises `TimedOut`, `TooMuch` or `NetworkError`, none of which quotes the address."""
        if self._session is None:
            raise NetworkError("the wire is not open")
        read = self._read_timeout if isinstance(read_timeout, DefaultValue) else read_timeout
        connect = self._connect_timeout if isinstance(connect_timeout, DefaultValue) else connect_timeout
        limits = ClientTimeout(sock_connect=connect, sock_read=read)
        try:
            return await _fetch(self._session, method, url, _form(request_data), limits)
        except TimeoutError:
            raise TimedOut from None  # the cause would quote the address
        except (ClientError, OSError, ValueError) as error:
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the base class does it, but without logging what could not be read."""
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise NetworkError("the answer is no JSON") from None
        if not isinstance(parsed, dict):
            raise NetworkError("the answer is no object")
        return parsed


def _form(data: RequestData | None) -> bytes | None:
    """The parameters as a form. A lone surrogate becomes a question mark: it must not stop a message for ever."""
    return data.url_encoded_parameters({"errors": "replace"}).encode() if data is not None else None


async def _fetch(
    session: ClientSession, method: str, url: str, form: bytes | None, limits: ClientTimeout
) -> tuple[int, bytes]:
    headers = {"User-Agent": BaseRequest.USER_AGENT}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    call = session.request(method, url, data=form, headers=headers, timeout=limits, allow_redirects=False)
    async with call as response:
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > DOWNLOAD_LIMIT:
                raise TooMuch("the answer is too long")
        return response.status, bytes(body)
