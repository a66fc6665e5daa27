"""The wire itself: requests that are no HTTP, that come too slowly, or that two readers could read differently."""

import asyncio
import logging

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from web.guard import PATIENCE, PUBLIC_URL, error_response, protect

log = logging.getLogger("msx.web")

_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\nServer: web\r\n\r\n"


class _Connection(RequestHandler):
    """aiohttp's connection with a limit on how long a request's head may take, and constant error answers."""

    __slots__ = ("_head_due", "https")

    https: bool
    _head_due: asyncio.TimerHandle | None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._head_due = asyncio.get_running_loop().call_later(PATIENCE, self._check_head)

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # `_waiter` is pending while no complete head has arrived: the first bytes of a later request start the clock.
        if self._head_due is None and self._waiter is not None:
            self._head_due = asyncio.get_running_loop().call_later(PATIENCE, self._check_head)
        super().data_received(data)
        if self._head_due is not None and self._messages_came():
            self._head_due.cancel()
            self._head_due = None

    def _messages_came(self) -> bool:
        return bool(self._messages) or self._waiter is None or self._waiter.done()

    def _check_head(self) -> None:
        self._head_due = None
        if self.transport is not None and self._waiter is not None and not self._waiter.done():
            self.transport.write(_TOO_SLOW)
            self.force_close()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - aiohttp's signature
    ) -> web.StreamResponse:
        """Constant bytes. aiohttp's own would log the sender's address and send back a piece of what came."""
        log.info("refused on the wire: %s %s", status, type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("answer already begun")
        response = error_response(status)
        protect(response.headers, https=self.https)
        response.force_close()
        return response

    def log_exception(self, *args: object, **kw: object) -> None:  # noqa: ARG002 - aiohttp's signature
        """No traceback: the message of an exception may hold content."""
        log.error("fault on the wire: %s", type(kw.get("exc_info")).__name__)


class _Server(web.Server):
    def __init__(self, inner: web.Server, *, https: bool) -> None:
        super().__init__(inner.request_handler, request_factory=inner.request_factory)
        self._https = https

    def __call__(self) -> RequestHandler:
        made = _Connection(
            self,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=75.0,
            access_log=None,  # type: ignore[arg-type]  # aiohttp means "no log" by it, as AppRunner does
            auto_decompress=False,  # a compressed body is no form and no JSON; and no bomb
        )
        made.https = self._https
        made._head_due = None
        return made


class Runner(web.AppRunner):
    """Serves an app that `web.guard` protects."""

    async def _make_server(self) -> web.Server:
        https = self.app[PUBLIC_URL].scheme == "https"
        return _Server(await super()._make_server(), https=https)
