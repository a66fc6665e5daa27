"""Sign-in, the second factor, an invite's first password, and a member's own page. This file knows no tip."""

from aiohttp import web

from domain.errors import Reason, Refused
from handlers.desk.mine import first_of, my_teams
from handlers.people import accounts, sessions
from handlers.people.throttle import Throttle
from handlers.texts import say
from qr.draw import svg
from web import cookies
from web.access import (
    LANG,
    SECOND_STEP,
    SIGN_IN,
    end_session,
    everybody,
    half_signed_in,
    home_of,
    needs,
    page,
    services_of,
    session_of,
    words_for,
)

_THROTTLE = web.AppKey("THROTTLE", Throttle)


def register(app: web.Application) -> None:
    """The pages by which members come in and go out."""
    app[_THROTTLE] = Throttle()
    app.router.add_get(SIGN_IN, _sign_in_page)
    app.router.add_post(SIGN_IN, _sign_in)
    app.router.add_get(SECOND_STEP, _code_page)
    app.router.add_post(SECOND_STEP, _code)
    app.router.add_post("/sign-out", _sign_out)
    app.router.add_get("/invite/{token}", _invite_page)
    app.router.add_post("/invite/{token}", _invite)
    app.router.add_get("/me", _me_page)
    app.router.add_post("/me/password", _password)
    app.router.add_post("/me/sessions/end", _end_session)
    app.router.add_post("/me/shortcuts", _shortcuts)


async def field(request: web.Request, name: str) -> str:
    """A text field of the form, empty when it is absent or a file."""
    value = (await request.post()).get(name, "")
    return value if isinstance(value, str) else ""


@everybody
async def _sign_in_page(request: web.Request) -> web.StreamResponse:
    return page(request, "desk/sign_in.html", wrong="")


@everybody
async def _sign_in(request: web.Request) -> web.StreamResponse:
    login, password = await field(request, "login"), await field(request, "password")
    try:
        cookie = await sessions.sign_in(services_of(request), request.app[_THROTTLE], login, password)
    except Refused as refused:
        return page(request, "desk/sign_in.html", status=_status(refused), wrong=words_for(request, refused))
    await end_session(request)
    return _on_to(request, SECOND_STEP, cookie)


@half_signed_in
async def _code_page(request: web.Request) -> web.StreamResponse:
    return await _ask_code(request, 200, "")


@half_signed_in
async def _code(request: web.Request) -> web.StreamResponse:
    session = session_of(request)
    try:
        cookie = await sessions.confirm_code(
            services_of(request), request.app[_THROTTLE], session, await field(request, "code")
        )
    except Refused as refused:
        return await _ask_code(request, _status(refused), words_for(request, refused))
    return _on_to(request, home_of(session), cookie)


async def _ask_code(request: web.Request, status: int, wrong: str) -> web.Response:
    brand = say(request.app[LANG], "desk-brand")
    enrolment = await sessions.enrolment(services_of(request), session_of(request), brand)
    secret, uri = enrolment or ("", "")
    return page(request, "desk/code.html", status=status, wrong=wrong, secret=secret, qr=svg(uri) if uri else "")


@everybody
async def _sign_out(request: web.Request) -> web.StreamResponse:
    await end_session(request)
    response = web.HTTPSeeOther(SIGN_IN)
    cookies.drop(request, response, cookies.SESSION)
    raise response


@everybody
async def _invite_page(request: web.Request) -> web.StreamResponse:
    invitation = await accounts.invitation(services_of(request), request.match_info["token"])
    return page(request, "desk/invite.html", invitation=invitation, wrong="")


@everybody
async def _invite(request: web.Request) -> web.StreamResponse:
    services, token = services_of(request), request.match_info["token"]
    invitation = await accounts.invitation(services, token)
    try:
        cookie = await accounts.accept_invite(services, request.app[_THROTTLE], token, await _new_password(request))
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        words = words_for(request, refused)
        return page(request, "desk/invite.html", status=_status(refused), invitation=invitation, wrong=words)
    await end_session(request)
    return _on_to(request, SECOND_STEP, cookie)


@needs()
async def _me_page(request: web.Request) -> web.StreamResponse:
    return await _me(request, 200)


@needs()
async def _password(request: web.Request) -> web.StreamResponse:
    try:
        new, old = await _new_password(request), await field(request, "old")
        await accounts.change_password(services_of(request), request.app[_THROTTLE], session_of(request), old, new)
    except Refused as refused:
        return await _me(request, _status(refused), wrong=words_for(request, refused))
    return await _me(request, 200, done=say(request.app[LANG], "desk-password-changed"))


@needs()
async def _end_session(request: web.Request) -> web.StreamResponse:
    try:
        which = bytes.fromhex(await field(request, "session"))
    except ValueError:
        raise web.HTTPNotFound from None
    await accounts.end_session(services_of(request), session_of(request), which)
    raise web.HTTPSeeOther("/me")


@needs()
async def _shortcuts(request: web.Request) -> web.StreamResponse:
    await accounts.set_shortcuts(services_of(request), session_of(request), on=await field(request, "on") == "yes")
    raise web.HTTPSeeOther("/me")


async def _me(request: web.Request, status: int, *, wrong: str = "", done: str = "") -> web.Response:
    services, session = services_of(request), session_of(request)
    listed = await accounts.my_sessions(services, session)
    team = first_of(await my_teams(services, session)) if session.teams else None
    return page(request, "desk/me.html", status=status, team=team, sessions=listed, wrong=wrong, done=done)


async def _new_password(request: web.Request) -> str:
    password = await field(request, "password")
    if password != await field(request, "again"):
        raise Refused(Reason.BAD_INPUT, "passwords-differ")
    return password


def _status(refused: Refused) -> int:
    return 429 if refused.reason is Reason.THROTTLED else 409


def _on_to(request: web.Request, path: str, cookie: str) -> web.StreamResponse:
    response = web.HTTPSeeOther(path)
    cookies.keep(request, response, cookies.SESSION, cookie)
    raise response
