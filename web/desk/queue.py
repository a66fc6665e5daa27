"""The team's queue as a page. This file decides nothing about a tip."""

from datetime import date

from aiohttp import web

from domain.ids import TeamId
from domain.rounds import TEAM_ROLES
from handlers.desk.queue import my_teams, read_queue
from handlers.desk.team import key_differs
from handlers.desk.views import ViewName
from storage.work import Position
from web.access import LANG, needs, page, services_of, session_of
from web.desk.badges import badge_of
from web.desk.numbers import number_of


def register(app: web.Application) -> None:
    app.router.add_get("/desk", _queue)


@needs(*TEAM_ROLES)
async def _queue(request: web.Request) -> web.StreamResponse:
    services, session, lang = services_of(request), session_of(request), request.app[LANG]
    mine = await my_teams(services, session)
    team_id = _id(request.query["team"]) if "team" in request.query else mine[0].id
    queue = await read_queue(services, session, team_id, _view(request), after=_after(request))
    return page(
        request,
        "desk/queue.html",
        queue=queue,
        teams=mine,
        views=list(ViewName),
        badges={row.tip.id: badge_of(lang, row.deadline, row.work.state) for row in queue.rows},
        new=sum(row.unread for row in queue.rows),
        differs=await key_differs(services, session, team_id),
        first=_after(request) is None,
    )


def _id(text: str) -> TeamId:
    try:
        return TeamId(bytes.fromhex(text))
    except ValueError:
        raise web.HTTPNotFound from None


def _view(request: web.Request) -> ViewName:
    try:
        return ViewName(request.query.get("view", ViewName.ALL))
    except ValueError:
        raise web.HTTPNotFound from None


def _after(request: web.Request) -> Position | None:
    """Where the page before ended, written as `2026-11-25.12`."""
    text = request.query.get("after")
    if text is None:
        return None
    day, _, number = text.partition(".")
    try:
        return date.fromisoformat(day), number_of(number)
    except ValueError:
        raise web.HTTPNotFound from None
