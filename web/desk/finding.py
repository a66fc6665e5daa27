"""The search page. What is looked for travels in the form's body: an address is kept in histories and logs."""

from aiohttp import web

from domain.ids import TeamId
from domain.rounds import TEAM_ROLES
from domain.words import clean
from handlers.desk.finding.building import warm
from handlers.desk.finding.find import Found, find
from handlers.desk.finding.matching import LONGEST
from handlers.desk.mine import my_teams
from web.access import needs, page, services_of, session_of
from web.ids import id_of
from web.people import field


def register(app: web.Application) -> None:
    app.router.add_get("/desk/find", _empty)
    app.router.add_post("/desk/find", _find)


@needs(*TEAM_ROLES)
async def _empty(request: web.Request) -> web.StreamResponse:
    """The form alone; while somebody types, what they may search is read."""
    warm(services_of(request), session_of(request))
    return await _page(request, "", None, None)


@needs(*TEAM_ROLES)
async def _find(request: web.Request) -> web.StreamResponse:
    """`q`: what is looked for. `team` (hex): in that one of my teams, in all of them when it is empty."""
    typed, chosen = clean(await field(request, "q"))[:LONGEST], await field(request, "team")
    team_id = TeamId(id_of(chosen)) if chosen else None
    found = await find(services_of(request), session_of(request), typed, team_id)
    return await _page(request, typed, team_id, found)


async def _page(request: web.Request, typed: str, team_id: TeamId | None, found: Found | None) -> web.StreamResponse:
    teams = await my_teams(services_of(request), session_of(request))
    return page(request, "desk/find.html", typed=typed, teams=teams, chosen=team_id, found=found)
