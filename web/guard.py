"""What every answer carries and what every fault becomes. This file knows no page but the constant error page."""

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from ipaddress import ip_address

from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from domain.errors import CannotStore, Reason, Refused
from handlers.texts import say
from web.pages import to_html

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = logging.getLogger("msx.web")

PUBLIC_URL = web.AppKey("PUBLIC_URL", URL)
FACE: web.AppKey[Callable[[web.Request, int], Awaitable[web.Response | None]]] = web.AppKey("FACE")
"""Gives the error page for a status where a side of the house has its own, and None elsewhere."""

PATIENCE = 10.0
"""Seconds in which a sender must bring `STRIDE` more bytes, or the end of its body: what came before buys no rest."""
STRIDE = 5000
UPLOADS = "uploads"
"""The part meant when there is no room for more files just now; look-ups are throttled in words of their own."""
ROOM_FOR_BODY = 101 * 1024 * 1024
"""Bytes of any body: a form with five photos of full size. Single files and JSON have their own limits."""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_STATUS: Mapping[Reason, int] = {
    Reason.UNKNOWN: 404,
    Reason.BAD_INPUT: 400,
    Reason.BAD_CODE: 400,
    Reason.BAD_FILE: 400,
    Reason.TOO_LARGE: 413,
    Reason.THROTTLED: 429,
}
_CODES = {400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "unknown", 405: "method_not_allowed"} | {
    408: "too_slow", 409: "wrong_state", 413: "too_large", 429: "throttled", 500: "fault", 503: "cannot_store"
}  # fmt: skip
_KEYS = {
    401: "unauthorized",
    403: "forbidden",
    404: "unknown",
    405: "unknown",
    408: "too-slow",
    413: "too-large",
    500: "fault",
    503: "cannot-store",
}


def protect(headers: CIMultiDict[str], *, https: bool) -> None:
    """Add what is missing; a handler's own stricter value stays."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers["Server"] = "web"  # aiohttp has put its name and version there
    if https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal: not there and not yours are both 404, anything without a row is 409."""
    return _STATUS.get(refused.reason, 409)


@cache
def _error_page(key: str) -> str:
    return to_html("error.html", "zh", key=key, say=say)


def _key_of(status: int) -> str:
    return f"page-error-{_KEYS.get(status, 'bad-input')}"


def json_response(found: object, *, status: int = 200) -> web.Response:
    """JSON in UTF-8, as short as it can be."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return web.Response(text=text, status=status, content_type="application/json")


def api_error(status: int, message: str = "", code: str = "") -> web.Response:
    """An error as the JSON API and the scripts read it."""
    told = {"code": code or _CODES.get(status, "error"), "message": message or say("zh", _key_of(status))}
    return json_response({"error": told}, status=status)


def error_response(status: int, *, api: bool = False) -> web.Response:
    """The constant answer for `status`: the same bytes whatever was asked."""
    if api:
        return api_error(status)
    return web.Response(status=status, text=_error_page(_key_of(status)), content_type="text/html")


async def _fault(request: web.Request, status: int) -> web.Response:
    """The answer for `status` as the side that was asked gives it."""
    return await _own_page(request, status) or error_response(status, api=_is_api(request))


async def _own_page(request: web.Request, status: int) -> web.Response | None:
    face = request.config_dict.get(FACE)
    return await face(request, status) if face else None


def _is_api(request: web.Request) -> bool:
    return request.path.startswith("/api/")


def same_origin(request: web.Request) -> bool:
    """False when the browser says that another site sent this form.

    `Origin: null` tells nothing: browsers send it with our own forms because pages carry `no-referrer`.
    The token in the form decides then.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return True
    host = origin.partition("://")[2]
    return host == request.host or origin == str(request.config_dict[PUBLIC_URL].origin())


def from_this_machine(request: web.Request) -> bool:
    """Whether somebody at this very machine asks; what a proxy passes on does not count."""
    passed_on = {"X-Forwarded-For", "Forwarded", "X-Real-IP"} & set(request.headers)
    return bool(request.remote) and not passed_on and ip_address(request.remote or "").is_loopback


async def _prepare(request: web.Request, response: web.StreamResponse) -> None:
    protect(response.headers, https=request.config_dict[PUBLIC_URL].scheme == "https")


def _log_fault(error: Exception) -> None:
    """Where it broke, never what was said: the message of an exception may hold content."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("fault %s at %s:%s", type(error).__name__, place.filename.rpartition("/")[2], place.lineno)


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _with_allow(error, await _fault(request, error.status))
    except Refused as refused:
        return await _refusal(request, refused)
    except CannotStore:
        return await _fault(request, 503)
    except Exception as error:
        _log_fault(error)
        return await _fault(request, 500)


async def _refusal(request: web.Request, refused: Refused) -> web.Response:
    status, crowded = status_of(refused), refused.reason is Reason.THROTTLED and refused.detail == UPLOADS
    key = "chat-too-slow-files" if crowded else f"error-{refused.reason}"
    if _is_api(request):
        return api_error(status, say("zh", key), refused.reason.replace("-", "_"))
    villagers = web.Response(status=status, text=_error_page(key), content_type="text/html")
    return await _own_page(request, status) or villagers


def _with_allow(error: web.HTTPException, response: web.Response) -> web.Response:
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response


async def _watch(request: web.Request, window: asyncio.Timeout) -> None:
    """Move the end of `window` on with every stride of bytes, and lift it when the body is complete.

    A body that turns out to be too large ends the window at once.
    """
    clock, counted = asyncio.get_running_loop(), 0
    while not request.content.is_eof():
        came = request.content.total_bytes
        if came > ROOM_FOR_BODY:
            window.reschedule(clock.time())
            return
        if came - counted >= STRIDE or _we_are_slow(request):
            counted = came
            window.reschedule(clock.time() + PATIENCE)
        await asyncio.sleep(0.25)
    window.reschedule(None)


def _we_are_slow(request: web.Request) -> bool:
    """More has come than we have read, so the sender is made to wait."""
    return isinstance(request.transport, asyncio.ReadTransport) and not request.transport.is_reading()


@web.middleware
async def _unhurried(request: web.Request, handler: Handler) -> web.StreamResponse:
    """408 for a body that drips; 413 for one that announces too much, at once, or that never says how much it is."""
    if not request.can_read_body:
        return await handler(request)
    if (request.content_length or 0) > ROOM_FOR_BODY:
        raise web.HTTPRequestEntityTooLarge(ROOM_FOR_BODY, request.content_length or 0)
    try:
        async with asyncio.timeout(PATIENCE) as window:
            watcher = asyncio.create_task(_watch(request, window))
            try:
                return await handler(request)
            finally:
                watcher.cancel()
    except TimeoutError:
        if not window.expired():
            raise
        response = await _fault(request, 413 if request.content.total_bytes > ROOM_FOR_BODY else 408)
        response.force_close()
        return response


def register(app: web.Application, public_url: str) -> None:
    """Guard every answer of `app`. `public_url`: scheme and host that people see."""
    app[PUBLIC_URL] = URL(public_url)
    app.on_response_prepare.append(_prepare)
    app.middlewares.extend((_errors, _unhurried))
