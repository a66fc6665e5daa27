"""Sign-in with one button, for the demo on this machine only: no other mode has it, and loopback alone is answered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from web import access, cookies
from web.access import everybody, page
from web.guard import from_this_machine


@dataclass(frozen=True, slots=True)
class Door:
    """`enter` turns a sign-in name into the cookie of a full session; `ways` says where each name is led."""

    enter: Callable[[str], Awaitable[str]]
    ways: Mapping[str, str]


_DOOR = web.AppKey("DOOR", Door)


def register(app: web.Application, door: Door) -> None:
    """Serve /demo/<name> for the names of `door`."""
    app[_DOOR] = door
    app.router.add_get("/demo/{login}", _button)
    app.router.add_post("/demo/{login}", _sign_in)


@everybody
async def _button(request: web.Request) -> web.StreamResponse:
    return page(request, "desk/demo.html", login=_login(request))


@everybody
async def _sign_in(request: web.Request) -> web.StreamResponse:
    login = _login(request)
    response = web.Response(status=303, headers={"Location": request.app[_DOOR].ways[login]})
    cookie = await request.app[_DOOR].enter(login)
    await access.end_session(request)
    cookies.keep(request, response, cookies.SESSION, cookie)
    return response


def _login(request: web.Request) -> str:
    """The name in the address. Raises 404 to anybody who does not sit at this machine."""
    login = request.match_info["login"]
    if login not in request.app[_DOOR].ways or not from_this_machine(request):
        raise web.HTTPNotFound
    return login
