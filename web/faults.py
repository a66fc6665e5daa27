"""The members' own error pages: constant, in their frame, with a way back. They hold nothing of what was asked."""

from functools import cache

from aiohttp import web

from domain.errors import CannotStore
from handlers.texts import LANGUAGES
from web.access import LANG, SIGN_IN, home_of, signed_in
from web.cookies import cookie_of, is_secure
from web.guard import FACE
from web.pages import to_html

_SIDES = {"/desk": "/desk", "/office": "/office"} | dict.fromkeys(("/me", SIGN_IN, "/sign-out", "/invite"), SIGN_IN)
"""Where the addresses behind the sign-in begin, and where each leads back to while nobody is known."""
_KEYS = {
    403: "desk-error-forbidden",
    404: "desk-error-unknown",
    405: "desk-error-unknown",
    408: "desk-error-too-slow",
    413: "desk-error-too-large",
    429: "desk-error-throttled",
    500: "desk-error-fault",
    503: "desk-cannot-store",
}


def register(app: web.Application) -> None:
    """Give the members' side of `app` its own error pages."""
    app[FACE] = _face


async def _face(request: web.Request, status: int) -> web.Response | None:
    side = "/" + request.path.removeprefix("/").partition("/")[0]
    if side not in _SIDES:
        return None
    # What broke may be the database: whose page it is, is told by its address alone.
    home = _SIDES[side] if status >= 500 else await _home(request, _SIDES[side])
    key = "desk-error-invite" if (side, status) == ("/invite", 404) else _KEYS.get(status, "desk-error-bad-input")
    text = _page(key, _lang(request), home, is_secure(request))
    return web.Response(status=status, text=text, content_type="text/html")


@cache
def _page(key: str, lang: str, home: str, secure: bool) -> str:
    back = {"/desk": "desk", "/office": "office", "/me": "me"}.get(home, "sign-in")
    return to_html("desk/fault.html", lang, session=None, home=home, back=back, secure=secure, key=key)


async def _home(request: web.Request, side: str) -> str:
    """Where the work of whoever asks begins; `side` when the database does not say."""
    try:
        session = await signed_in(request, touch=False)
    except CannotStore:
        return side
    return home_of(session) if session and session.is_full else SIGN_IN


def _lang(request: web.Request) -> str:
    """That of the pages for a member, that of the browser for somebody signed out."""
    if not cookie_of(request):
        for wanted in request.headers.get("Accept-Language", "").split(","):
            if (tag := wanted.strip()[:2].lower()) in LANGUAGES:
                return tag
    return request.app[LANG]
