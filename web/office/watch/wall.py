"""清仓销号 on a big screen: one page without navigation that fills it, and prints on one sheet of paper."""

from aiohttp import web

from domain.rounds import OFFICE_ROLES
from handlers.office.watch.wall import make_wall
from web.access import needs, page
from web.office.watch.parts import chosen_round, sheets_of

_HOUR = 3600


def register(app: web.Application) -> None:
    app.router.add_get("/office/wall", _wall)


@needs(*OFFICE_ROLES)
async def _wall(request: web.Request) -> web.StreamResponse:
    round_ = await chosen_round(request)
    if round_ is None:
        return page(request, "office/empty.html", at="watch")
    response = page(request, "office/wall.html", wall=make_wall(await sheets_of(request, round_.id)))
    response.headers["Refresh"] = str(_HOUR)  # as the figures move; the page needs no script for it
    return response
