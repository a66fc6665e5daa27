"""The team's own page: who holds its key, the group that is told, what it often says. Other files answer its forms."""

from collections.abc import Callable, Mapping

from aiohttp import web

from domain.ids import MemberId, TeamId
from domain.notices import HALF_HOURS, NoticeMode
from domain.rounds import TEAM_ROLES
from handlers.desk.mine import answers_for, my_first
from handlers.desk.team.canned import list_replies
from handlers.desk.team.group import read_group
from handlers.desk.team.key_holders import grant_key, key_differs, read_team
from handlers.desk.team.robot import ADDRESS
from web.access import needs, page, services_of, session_of
from web.desk.reminders import reminders_for
from web.ids import id_of
from web.people import field

_BOT: web.AppKey[Callable[[], str]] = web.AppKey("BOT")


_NOTHING_SAID: Mapping[str, object] = {
    "done": "", "token_made": "", "robot_wrong": "", "times_wrong": "", "typed": None,
}  # fmt: skip
"""What the page's parts say after a form, while there was none."""


def register(app: web.Application, telegram_bot: Callable[[], str]) -> None:
    app[_BOT] = telegram_bot
    app.router.add_get("/desk/team", _team)
    app.router.add_post("/desk/team/grant", _grant)


async def team_page(request: web.Request, team_id: TeamId, *, status: int = 200, **more: object) -> web.Response:
    """The page of my team. `more` is what its parts say besides: see the templates. Raises `Refused(UNKNOWN)`."""
    services, session = services_of(request), session_of(request)
    group = await read_group(services, session, team_id)
    values = {
        "shown": await read_team(services, session, team_id),
        "group": group,
        "times": (group.mode, *(str(group.quiet).split("-") if group.quiet else ("", ""))),
        "replies": await list_replies(services, session, team_id),
        "bot": request.app[_BOT](),
        "modes": tuple(NoticeMode),
        "half_hours": [f"{at:%H:%M}" for at in HALF_HOURS],
        "robot_address": ADDRESS,
        "may_link": answers_for(session, team_id),
        "differs": await key_differs(services, session, team_id),
        **await reminders_for(request),
    }
    return page(request, "desk/team.html", status=status, **{**_NOTHING_SAID, **values, **more})


async def team_of(request: web.Request) -> TeamId:
    """The team that the form names. Raises 404."""
    return TeamId(id_of(await field(request, "team")))


def back_to(team_id: TeamId, part: str = "", done: str = "") -> web.HTTPSeeOther:
    """The way back to the page after a form; `part` of it, with the word of what was `done`."""
    said = f"&done={done}" if done else ""
    return web.HTTPSeeOther(f"/desk/team?team={team_id.hex()}{said}" + (f"#{part}" if part else ""))


@needs(*TEAM_ROLES)
async def _team(request: web.Request) -> web.StreamResponse:
    named = request.query.get("team", "")
    team_id = TeamId(id_of(named)) if named else await my_first(services_of(request), session_of(request))
    return await team_page(request, team_id, done=request.query.get("done", ""))


@needs(*TEAM_ROLES)
async def _grant(request: web.Request) -> web.StreamResponse:
    team_id, member_id = await team_of(request), MemberId(id_of(await field(request, "member")))
    await grant_key(services_of(request), session_of(request), team_id, member_id)
    raise back_to(team_id)
