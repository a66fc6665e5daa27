"""Who may come in: session, CSRF and role of every page behind the sign-in. Every refusal of a page is made here."""

from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus

from aiohttp import web

from domain.errors import BadSeal, CannotStore, Reason, Refused
from domain.rounds import OFFICE_ROLES, Role
from handlers.people.sessions import Session, load_session, sign_out, whose
from handlers.services import DeskServices
from handlers.texts import refusal, say
from web import cookies, uploads
from web.again import token_for, typed_in
from web.cookies import cookie_of, is_secure, token_of
from web.guard import same_origin
from web.pages import render

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SIGN_IN = "/sign-in"
SECOND_STEP = "/sign-in/code"
_SAFE = frozenset({"GET", "HEAD"})


SERVICES = web.AppKey("SERVICES", DeskServices)
LANG = web.AppKey("LANG", str)
_SESSION = web.RequestKey("session", Session)


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


def needs(
    *roles: Role, stream: bool = False, touch: bool = True, again: tuple[str, ...] = ()
) -> Callable[[Handler], Handler]:
    """A page for members who hold one of `roles` (none named: any member) and are signed in with both factors.

    Others meet 404, as on an address that does not exist; nobody signed in is sent to sign in, and nothing of their
    form is read. With `stream` a form may bring files: its token comes first, and `uploads.read_what_came` reads the
    rest. Without `touch` it keeps nobody signed in: a page asks for it by itself. `again` names fields for long words:
    to the member whose session ran out meanwhile they come back, and that member alone can send them again.
    """

    def guard(handler: Handler) -> Handler:
        async def checked(request: web.Request) -> web.StreamResponse:
            session = await signed_in(request, touch=touch)
            if session is None or not session.is_full:
                return await _signed_out(request, again, stream=stream)
            if roles and session.roles.isdisjoint(roles):
                raise web.HTTPNotFound
            kept = token_for(session.member_id, request.path) if again else ""
            await _check_token(request, kept, stream=stream)
            return await handler(request)

        return _answering(handler, checked)

    return guard


def half_signed_in(handler: Handler) -> Handler:
    """A page for somebody whose password was right and whose second factor is still to come."""

    async def checked(request: web.Request) -> web.StreamResponse:
        await _check_token(request)
        session = await signed_in(request)
        if session is None or session.is_full:
            raise web.HTTPSeeOther(SIGN_IN)
        return await handler(request)

    return _answering(handler, checked)


def everybody(handler: Handler) -> Handler:
    """A page that needs no session; its forms carry a token all the same."""

    async def checked(request: web.Request) -> web.StreamResponse:
        await _check_token(request)
        return await handler(request)

    return _answering(handler, checked)


async def end_session(request: web.Request) -> None:
    """Ends the session that the browser brought: one that is about to get a new one, or that leaves."""
    session = await signed_in(request)
    if session is not None:
        await sign_out(services_of(request), session)


def home_of(session: Session) -> str:
    """Where a member's work begins."""
    if session.teams:
        return "/desk"
    return "/me" if session.roles.isdisjoint(OFFICE_ROLES) else "/office"


def page(request: web.Request, name: str, *, status: int = 200, **values: object) -> web.Response:
    """A page of the desk: `name` in templates/, with who is signed in, the token for its forms and the instant."""
    session, bound = request.get(_SESSION), cookie_of(request) or cookies.visitor_of(request)
    home = home_of(session) if session and session.is_full else SIGN_IN
    known = {"session": session, "home": home, "csrf": token_of(bound), "secure": is_secure(request)}
    known["instant"] = services_of(request).clock()
    response = render(name, request.app[LANG], status=status, **{"back": home, **known, **values})
    if not cookies.has_a_cookie(request):
        cookies.keep(request, response, cookies.VISITOR, bound)
    return response


def _answering(handler: Handler, checked: Handler) -> Handler:
    """Refuses forms of other sites unread, runs `checked`, and turns what a rule refuses into words."""

    @wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.method not in _SAFE and not (same_origin(request) and cookies.has_a_cookie(request)):
            raise web.HTTPForbidden
        async with uploads.given_back(request):
            return await _in_words(request, checked)

    return answer


async def _signed_out(request: web.Request, again: tuple[str, ...], *, stream: bool) -> web.Response:
    """Sends to sign in, or first gives back what was written in the fields `again`, if it is known by whom.

    The page's token is of no use to anybody else who signs in.
    """
    half = request.get(_SESSION)
    otherwise = web.HTTPSeeOther(SECOND_STEP if half else SIGN_IN)
    if not again or request.method in _SAFE:
        raise otherwise
    member_id = half.member_id if half else await whose(services_of(request), cookie_of(request))
    if member_id is None:
        raise otherwise
    token = token_for(member_id, request.path)
    await _check_token(request, token, stream=stream)
    typed = await typed_in(request, again, stream=stream)
    if typed is None:
        raise otherwise
    return page(request, "desk/again.html", status=HTTPStatus.FORBIDDEN, typed=typed, csrf=token)


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


async def _check_token(request: web.Request, again: str = "", *, stream: bool = False) -> None:
    """403 for a form without the token of the cookie that came with it, or `again`. Of a stream no more is read."""
    if request.method in _SAFE:
        return
    sent = request.headers.get("X-CSRF") or await _sent_token(request, stream=stream)
    own = token_of(cookie_of(request) or cookies.visitor_of(request))
    if not cookies.is_token(sent, own) and not (again and cookies.is_token(sent, again)):
        raise web.HTTPForbidden


async def _sent_token(request: web.Request, *, stream: bool) -> object:
    if stream and uploads.is_stream(request):
        return await uploads.first_field(request, "csrf")
    return (await request.post()).get("csrf")


async def signed_in(request: web.Request, *, touch: bool = True) -> Session | None:
    """The session that the cookie stands for, at whichever stage; None without one."""
    cookie = cookie_of(request)
    session = await load_session(services_of(request), cookie, touch=touch) if cookie else None
    if session is not None:
        request[_SESSION] = session
    return session
