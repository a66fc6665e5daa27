"""The forms about a team's group: link it, try it, say when it is told, unlink it. Its leader and liaison use them."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.notices import NoticeMode
from domain.rules import HEADS
from handlers.desk.team import group
from web.access import LANG, needs, services_of, session_of, words_for
from web.desk.team import back_to, team_of, team_page
from web.guard import PUBLIC_URL
from web.people import field

_PART = "group"


def register(app: web.Application) -> None:
    app.router.add_post("/desk/team/link", _link)
    app.router.add_post("/desk/team/robot", _robot)
    app.router.add_post("/desk/team/try", _try)
    app.router.add_post("/desk/team/times", _times)
    app.router.add_post("/desk/team/unlink", _unlink)


@needs(*HEADS)
async def _link(request: web.Request) -> web.StreamResponse:
    team_id = await team_of(request)
    token = await group.make_link(services_of(request), session_of(request), team_id)
    return await team_page(request, team_id, token_made=token)


@needs(*HEADS)
async def _robot(request: web.Request) -> web.StreamResponse:
    team_id = await team_of(request)
    try:
        await group.link_robot(services_of(request), session_of(request), team_id, await field(request, "address"))
    except Refused as refused:
        # What was pasted is not shown again: it may be somebody's key.
        return await _again(request, refused, robot_wrong=words_for(request, refused))
    raise back_to(team_id, _PART)


@needs(*HEADS)
async def _try(request: web.Request) -> web.StreamResponse:
    team_id = await team_of(request)
    page = str(request.app[PUBLIC_URL] / "desk")
    await group.try_out(services_of(request), session_of(request), team_id, page, request.app[LANG])
    raise back_to(team_id, _PART, "tried")


@needs(*HEADS)
async def _times(request: web.Request) -> web.StreamResponse:
    team_id, typed = await team_of(request), [await field(request, name) for name in ("mode", "from", "to")]
    try:
        await group.set_times(
            services_of(request), session_of(request), team_id, _mode(typed[0]), (typed[1], typed[2])
        )  # fmt: skip
    except Refused as refused:
        return await _again(request, refused, times_wrong=words_for(request, refused), times=typed)
    raise back_to(team_id, _PART, "saved")


@needs(*HEADS)
async def _unlink(request: web.Request) -> web.StreamResponse:
    team_id = await team_of(request)
    await group.unlink(services_of(request), session_of(request), team_id)
    raise back_to(team_id, _PART)


async def _again(request: web.Request, refused: Refused, **said: object) -> web.StreamResponse:
    """The page again with what is wrong beside the field; refusals that are no matter of a field go up."""
    if refused.reason is not Reason.BAD_INPUT:
        raise refused
    return await team_page(request, await team_of(request), status=409, **said)


def _mode(typed: str) -> NoticeMode:
    try:
        return NoticeMode(typed)
    except ValueError:
        raise Refused(Reason.BAD_INPUT, "notice-mode") from None
