"""The two cookies of the members' side, and the token by which a form shows that one of our own pages sent it."""

import hmac
import secrets

from aiohttp import web

from web.guard import PUBLIC_URL

SESSION = "desk"
VISITOR = "visit"
"""Before there is a session: only so that the sign-in form can carry a token."""
_FRESH = web.RequestKey("fresh", str)


def is_secure(request: web.Request) -> bool:
    """False only where the public address is plain http: a trial on a local network, and every page says so."""
    return request.app[PUBLIC_URL].scheme == "https"


def cookie_of(request: web.Request, name: str = SESSION) -> str:
    """The cookie's value, empty without one."""
    return request.cookies.get(_full(request, name), "")


def keep(request: web.Request, response: web.StreamResponse, name: str, value: str) -> None:
    """Gives the browser a cookie until it is closed, for this site alone."""
    secure = is_secure(request)
    response.set_cookie(_full(request, name), value, path="/", secure=secure, httponly=True, samesite="Strict")


def drop(request: web.Request, response: web.StreamResponse, name: str) -> None:
    secure = is_secure(request)
    response.del_cookie(_full(request, name), path="/", secure=secure, httponly=True, samesite="Strict")


def visitor_of(request: web.Request) -> str:
    """The visitor's cookie, or the one that the answer has to give them."""
    return cookie_of(request, VISITOR) or request.setdefault(_FRESH, secrets.token_urlsafe(32))


def token_of(cookie: str) -> str:
    """What a form must bring back. Bound to the cookie: nobody who cannot read the one knows the other."""
    return hmac.digest(_bytes(cookie), b"mashangxun/1/csrf", "sha256").hex()


def has_a_cookie(request: web.Request) -> bool:
    return bool(cookie_of(request) or cookie_of(request, VISITOR))


def is_token(sent: object, good: str) -> bool:
    """Whether a form brought the token `good`; how long that takes tells nothing."""
    return isinstance(sent, str) and hmac.compare_digest(_bytes(sent), good.encode())


def _full(request: web.Request, name: str) -> str:
    return f"__Host-{name}" if is_secure(request) else name


def _bytes(sent: str) -> bytes:
    """What a browser sent, whatever it was: a header may hold bytes that are no text."""
    return sent.encode("utf-8", "replace")
