"""The office's reminders on the desk: a banner with its words, and 已阅 for who answers for the team."""

from aiohttp import web

from domain.rounds import TEAM_ROLES
from handlers.desk.team import reminders
from web.access import needs, services_of, session_of
from web.ids import id_of


def register(app: web.Application) -> None:
    app.router.add_post("/desk/reminders/{id}/seen", _seen)


async def reminders_for(request: web.Request) -> dict[str, object]:
    """What `desk/reminders.html` shows."""
    return {"reminders": await reminders.unseen(services_of(request), session_of(request))}


@needs(*TEAM_ROLES)
async def _seen(request: web.Request) -> web.StreamResponse:
    team_id = await reminders.mark_seen(services_of(request), session_of(request), id_of(request.match_info["id"]))
    raise web.HTTPSeeOther(f"/desk?team={team_id.hex()}")
