"""The team's queue as a page, and single rows of it for a page that stands. This file decides nothing about a tip."""

import asyncio

from aiohttp import web

from domain.rounds import TEAM_ROLES
from handlers.desk.finding.building import warm
from handlers.desk.listing.queue import PAGE, At, Queue, read_queue
from handlers.desk.listing.views import ViewName
from handlers.desk.mine import first_of, my_teams
from handlers.desk.moves.bulk import offered
from handlers.desk.team.key_holders import key_differs
from web.access import LANG, needs, page, services_of, session_of
from web.desk.asked import Asked, asked_of, of_team, position_of, position_text, team_asked, tips_asked
from web.desk.badges import badge_of
from web.desk.filters import fields_of
from web.desk.reminders import reminders_for


def register(app: web.Application) -> None:
    app.router.add_get("/desk", _queue)
    app.router.add_get("/desk/rows", _rows)


@needs(*TEAM_ROLES)
async def _queue(request: web.Request) -> web.StreamResponse:
    """`?team=`, `?view=`, filters, and `?after=` or `?before=` a position."""
    services, session, asked = services_of(request), session_of(request), asked_of(request)
    mine = await my_teams(services, session)
    team_id = asked.team_id or first_of(mine).id
    at = At(after=position_of(request, "after"), before=position_of(request, "before"))
    queue, differs = await asyncio.gather(
        read_queue(services, session, team_id, asked.view, asked.narrow, at=at), key_differs(services, session, team_id)
    )
    warm(services, session)
    return page(
        request,
        "desk/queue.html",
        status=200,
        **_shown(request, queue, asked),
        teams=mine,
        fields=fields_of(request.app[LANG], queue, asked),
        position=position_text,
        bulk_actions=offered(session, team_id),
        differs=differs,
        **await reminders_for(request),
        first=at.after is None and at.before is None,
    )


@needs(*TEAM_ROLES, touch=False)
async def _rows(request: web.Request) -> web.StreamResponse:
    """The rows of `?ids=` as they stand now, with the sizes of the views, for the page that the rest of it names."""
    asked, tip_ids = asked_of(request), tips_asked(request)
    if len(tip_ids) > PAGE:
        raise web.HTTPNotFound
    team_id, at = await team_asked(request, asked), At(only=tip_ids)
    queue = await read_queue(services_of(request), session_of(request), team_id, asked.view, asked.narrow, at=at)
    return page(request, "desk/queue_live.html", status=200, **_shown(request, queue, asked))


def _shown(request: web.Request, queue: Queue, asked: Asked) -> dict[str, object]:
    zone = services_of(request).clock().tzinfo
    return {
        "queue": queue,
        "asked": of_team(asked, queue.team.id),
        "origin": asked.origin,
        "views": list(ViewName),
        "badges": {row.tip.id: badge_of(request.app[LANG], row.deadline, row.work.state) for row in queue.rows},
        "claims": {row.tip.id: row.work.claim_until.astimezone(zone) for row in queue.rows if row.work.claim_until},
    }
