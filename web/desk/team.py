"""The team's own page: who holds its key, giving it on, and the group that is told of new tips."""

from collections.abc import Callable

from aiohttp import web

from domain.ids import MemberId, TeamId
from domain.rounds import TEAM_ROLES
from handlers.desk.notices import LINKERS, make_link, may_link
from handlers.desk.queue import my_teams
from handlers.desk.team import grant_key, key_differs, read_team
from web.access import needs, page, services_of, session_of
from web.people import field

_BOT: web.AppKey[Callable[[], str]] = web.AppKey("BOT")


def register(app: web.Application, telegram_bot: Callable[[], str]) -> None:
    app[_BOT] = telegram_bot
    app.router.add_get("/desk/team", _team)
    app.router.add_post("/desk/team/grant", _grant)
    app.router.add_post("/desk/team/link", _link)


@needs(*TEAM_ROLES)
async def _team(request: web.Request) -> web.StreamResponse:
    return await _page(request, await _mine(request, request.query.get("team", "")))


@needs(*TEAM_ROLES)
async def _grant(request: web.Request) -> web.StreamResponse:
    team_id, member_id = (
        await _mine(request, await field(request, "team")),
        MemberId(_hex(await field(request, "member"))),
    )
    await grant_key(services_of(request), session_of(request), team_id, member_id)
    raise web.HTTPSeeOther(f"/desk/team?team={team_id.hex()}")


@needs(*LINKERS)
async def _link(request: web.Request) -> web.StreamResponse:
    team_id = await _mine(request, await field(request, "team"))
    token = await make_link(services_of(request), session_of(request), team_id)
    return await _page(request, team_id, token)


async def _page(request: web.Request, team_id: TeamId, token: str = "") -> web.StreamResponse:
    services, session = services_of(request), session_of(request)
    return page(
        request,
        "desk/team.html",
        shown=await read_team(services, session, team_id),
        teams=await my_teams(services, session),
        token_made=token,
        bot=request.app[_BOT](),
        may_link=may_link(session, team_id),
        differs=await key_differs(services, session, team_id),
    )


async def _mine(request: web.Request, text: str) -> TeamId:
    if text:
        return TeamId(_hex(text))
    return (await my_teams(services_of(request), session_of(request)))[0].id


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise web.HTTPNotFound from None
