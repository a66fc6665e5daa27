"""Who may come in: session, CSRF and role of every page behind the sign-in. Every refusal of a page is made here."""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus

from aiohttp import web

from domain.errors import BadSeal, CannotStore, Reason, Refused
from domain.rounds import OFFICE_ROLES, Role
from handlers.people.sessions import Session, load_session, sign_out
from handlers.services import DeskServices
from handlers.texts import refusal, say
from web.desk import uploads
from web.guard import PUBLIC_URL, same_origin
from web.pages import render

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SIGN_IN = "/sign-in"
SECOND_STEP = "/sign-in/code"
_SAFE = frozenset({"GET", "HEAD"})


SERVICES = web.AppKey("SERVICES", DeskServices)
LANG = web.AppKey("LANG", str)
_SESSION = web.RequestKey("session", Session)
_VISIT = web.RequestKey("visit", str)
_DESK = "desk"
_VISITOR = "visit"  # before there is a session: only so that the sign-in form can carry a token


def register(app: web.Application, services: DeskServices, *, lang: str = "zh") -> None:
    """Tells this file what it works with. `lang` is that of the desk's and the office's pages."""
    app[SERVICES] = services
    app[LANG] = lang
    uploads.register(app)


def session_of(request: web.Request) -> Session:
    """The session of whoever asks; only behind `needs` or `half_signed_in`."""
    return request[_SESSION]


def services_of(request: web.Request) -> DeskServices:
    return request.app[SERVICES]


def needs(*roles: Role, stream: bool = False, touch: bool = True) -> Callable[[Handler], Handler]:
    """A page for members who hold one of `roles` (none named: any member) and are signed in with both factors.

    Others meet 404, as on an address that does not exist; nobody signed in is sent to sign in. With `stream` a form
    may bring files: its token comes first, and `uploads.read_what_came` reads the rest. Without `touch` it keeps nobody
    signed in: a page asks for it by itself.
    """

    def guard(handler: Handler) -> Handler:
        async def checked(request: web.Request) -> web.StreamResponse:
            session = await signed_in(request, touch=touch)
            if session is None:
                raise web.HTTPSeeOther(SIGN_IN)
            if not session.is_full:
                raise web.HTTPSeeOther(SECOND_STEP)
            if roles and session.roles.isdisjoint(roles):
                raise web.HTTPNotFound
            return await handler(request)

        return _answering(handler, checked, stream=stream)

    return guard


def half_signed_in(handler: Handler) -> Handler:
    """A page for somebody whose password was right and whose second factor is still to come."""

    async def checked(request: web.Request) -> web.StreamResponse:
        session = await signed_in(request)
        if session is None or session.is_full:
            raise web.HTTPSeeOther(SIGN_IN)
        return await handler(request)

    return _answering(handler, checked)


def everybody(handler: Handler) -> Handler:
    """A page that needs no session; its forms carry a token all the same."""
    return _answering(handler, handler)


def csrf_token(request: web.Request) -> str:
    """What a form of this visitor must bring back. Bound to the cookie, so that a new session has a new one."""
    return _token_of(cookie_of(request) or request.get(_VISIT, ""))


def keep_session(request: web.Request, response: web.StreamResponse, cookie: str) -> None:
    """Gives the browser a new session cookie; the old one is worth nothing from here on."""
    _set_cookie(request, response, _DESK, cookie)


async def end_session(request: web.Request) -> None:
    """Ends the session that the browser brought: one that is about to get a new one, or that leaves."""
    session = await signed_in(request)
    if session is not None:
        await sign_out(services_of(request), session)


def drop_session(request: web.Request, response: web.StreamResponse) -> None:
    secure = is_secure(request)
    response.del_cookie(_name(request, _DESK), path="/", secure=secure, httponly=True, samesite="Strict")


def home_of(session: Session) -> str:
    """Where a member's work begins."""
    if session.teams:
        return "/desk"
    return "/me" if session.roles.isdisjoint(OFFICE_ROLES) else "/office"


def is_secure(request: web.Request) -> bool:
    """False only where the public address is plain http: a trial on a local network, and every page says so."""
    return request.app[PUBLIC_URL].scheme == "https"


def page(request: web.Request, name: str, *, status: int = 200, **values: object) -> web.Response:
    """A page of the desk: `name` in templates/, with who is signed in, the token for its forms and the instant."""
    fresh = "" if cookie_of(request) else request.setdefault(_VISIT, secrets.token_urlsafe(32))
    session = request.get(_SESSION)
    home = home_of(session) if session and session.is_full else SIGN_IN
    known = {"session": session, "home": home, "csrf": csrf_token(request), "secure": is_secure(request)}
    known["instant"] = services_of(request).clock()
    response = render(name, request.app[LANG], status=status, **{"back": home, **known, **values})
    if fresh:
        _set_cookie(request, response, _VISITOR, fresh)
    return response


def _answering(handler: Handler, checked: Handler, *, stream: bool = False) -> Handler:
    """Checks the form's token, then runs `checked`, and turns what a rule refuses into words."""

    @wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        async with uploads.given_back(request):
            if request.method not in _SAFE:
                await _check_form(request, stream=stream)
            return await _in_words(request, checked)

    return answer


async def _in_words(request: web.Request, checked: Handler) -> web.StreamResponse:
    try:
        return await checked(request)
    except Refused as refused:
        return _refusal(request, refused)
    except CannotStore:
        words = say(request.app[LANG], "desk-cannot-store")
        return page(request, "desk/refused.html", status=HTTPStatus.SERVICE_UNAVAILABLE, words=words)
    except BadSeal:
        # A box that is not ours to open looks like one that is not there.
        raise web.HTTPNotFound from None


def _refusal(request: web.Request, refused: Refused) -> web.Response:
    if refused.reason is Reason.UNKNOWN:
        raise web.HTTPNotFound
    return page(request, "desk/refused.html", status=HTTPStatus.CONFLICT, words=words_for(request, refused))


def words_for(request: web.Request, refused: Refused) -> str:
    """The sentence for `refused` in the language of these pages."""
    return refusal(request.app[LANG], refused)


async def _check_form(request: web.Request, *, stream: bool) -> None:
    """403 unless the form carries this visitor's token and comes from our own pages. Of a stream no more is read."""
    cookie = cookie_of(request)
    if not cookie or not same_origin(request):
        raise web.HTTPForbidden
    sent = request.headers.get("X-CSRF") or await _sent_token(request, stream=stream)
    if not isinstance(sent, str) or not hmac.compare_digest(_bytes(sent), _token_of(cookie).encode()):
        raise web.HTTPForbidden


async def _sent_token(request: web.Request, *, stream: bool) -> object:
    if stream and uploads.is_stream(request):
        return await uploads.first_field(request, "csrf")
    return (await request.post()).get("csrf")


async def signed_in(request: web.Request, *, touch: bool = True) -> Session | None:
    """The session that the cookie stands for, at whichever stage; None without one."""
    cookie = request.cookies.get(_name(request, _DESK), "")
    session = await load_session(services_of(request), cookie, touch=touch) if cookie else None
    if session is not None:
        request[_SESSION] = session
    return session


def _name(request: web.Request, cookie: str) -> str:
    return f"__Host-{cookie}" if is_secure(request) else cookie


def cookie_of(request: web.Request) -> str:
    return request.cookies.get(_name(request, _DESK), "") or request.cookies.get(_name(request, _VISITOR), "")


def _token_of(cookie: str) -> str:
    return hmac.digest(_bytes(cookie), b"mashangxun/1/csrf", "sha256").hex()


def _bytes(sent: str) -> bytes:
    """What a browser sent, whatever it was: a header may hold bytes that are no text."""
    return sent.encode("utf-8", "replace")


def _set_cookie(request: web.Request, response: web.StreamResponse, name: str, value: str) -> None:
    secure = is_secure(request)
    response.set_cookie(_name(request, name), value, path="/", secure=secure, httponly=True, samesite="Strict")
