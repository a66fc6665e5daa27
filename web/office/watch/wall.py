"""清仓销号 on a big screen: one page without navigation that fills it, and prints on one sheet of paper."""

from aiohttp import web
from yarl import URL

from domain.ids import RoundId
from domain.rounds import OFFICE_ROLES, Role
from handlers.office.watch import screen
from handlers.office.watch.wall import make_wall
from web.access import everybody, needs, page, services_of, session_of
from web.office.parts import PRESS, round_wanted
from web.office.watch.parts import back_to_watch, sheets_of

_HOUR = 3600


def register(app: web.Application) -> None:
    """The wall for who is signed in, and by an address of its own for a screen where nobody is."""
    app.router.add_get("/office/wall", _wall)
    app.router.add_post("/office/wall/address", _make)
    app.router.add_post("/office/wall/address/drop", _drop)
    app.router.add_get("/wall/{token}", _screen)


@needs(*OFFICE_ROLES)
async def _wall(request: web.Request) -> web.StreamResponse:
    round_ = await round_wanted(request)
    return await _show(request, round_.id) if round_ else page(request, "office/empty.html", at="watch")


@needs(Role.DIRECTOR)
async def _make(request: web.Request) -> web.StreamResponse:
    """`?round=` says which round the screen is to show."""
    round_ = await round_wanted(request)
    if round_ is None:
        raise web.HTTPNotFound
    token = await screen.make_address(services_of(request), session_of(request), round_)
    url = URL(request.app[PRESS]().public_url) / "wall" / token
    return page(request, "office/wall_address.html", at="watch", round=round_, url=str(url))


@needs(*OFFICE_ROLES)
async def _drop(request: web.Request) -> web.StreamResponse:
    await screen.drop_address(services_of(request), session_of(request))
    raise await back_to_watch(request, "#screen")


@everybody
async def _screen(request: web.Request) -> web.StreamResponse:
    return await _show(request, await screen.shown_round(services_of(request), request.match_info["token"]))


async def _show(request: web.Request, round_id: RoundId) -> web.Response:
    response = page(request, "office/wall.html", wall=make_wall(await sheets_of(request, round_id)))
    response.headers["Refresh"] = str(_HOUR)  # as the figures move; the page needs no script for it
    return response
