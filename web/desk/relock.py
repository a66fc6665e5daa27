"""The button by which a team locks its tips anew after somebody left."""

from aiohttp import web

from domain.rounds import TEAM_ROLES
from handlers.desk.locking.relocking import relock
from web.access import needs, services_of, session_of
from web.desk.team import back_to, team_of


def register(app: web.Application) -> None:
    app.router.add_post("/desk/team/relock", _relock)


@needs(*TEAM_ROLES)
async def _relock(request: web.Request) -> web.StreamResponse:
    team_id = await team_of(request)
    await relock(services_of(request), session_of(request), team_id)
    raise back_to(team_id)
