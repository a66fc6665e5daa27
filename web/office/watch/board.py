"""The page 督办: alerts on top, every team's deadlines below, and for each team its late numbers and reminders."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import OFFICE_ROLES, Role
from handlers.office import rounds
from handlers.office.watch import overdue, reminding, settings
from handlers.office.watch.screen import round_on_screen
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.desk.badges import badge_of
from web.ids import id_of
from web.office.figures.volume import ALERTS
from web.office.parts import round_wanted, whole
from web.office.watch.parts import back_to_watch, sheets_of
from web.people import field

_TEAM = "/office/watch/teams/{team}"


def register(app: web.Application) -> None:
    app.router.add_get("/office/watch", _watch)
    app.router.add_post("/office/watch/days", _days)
    app.router.add_get(_TEAM, _team)
    app.router.add_post(_TEAM, _remind)


@needs(*OFFICE_ROLES)
async def _watch(request: web.Request) -> web.StreamResponse:
    return await _show(request, 200, saved="saved" in request.query)


@needs(*OFFICE_ROLES)
async def _days(request: web.Request) -> web.StreamResponse:
    typed = await field(request, "days")
    try:
        await settings.set_unread_days(services_of(request), session_of(request), whole(typed))
    except Refused as refused:
        return await _show(request, 409, wrong=words_for(request, refused), typed=typed)
    raise await back_to_watch(request, "&saved")


async def _show(
    request: web.Request, status: int, *, saved: bool = False, wrong: str = "", typed: str | None = None
) -> web.Response:
    services, session = services_of(request), session_of(request)
    round_ = await round_wanted(request)
    if round_ is None:
        return page(request, "office/empty.html", at="watch")
    sheets = await sheets_of(request, round_.id)
    days = await settings.unread_days(services, session)
    shown = {
        "round": round_,
        "alerts": await request.app[ALERTS].get(services, session),
        "lines": await overdue.board(services, sheets),
        "counted_at": sheets.counted_at,
        "days": typed if typed is not None else str(days),
        "most_days": settings.MOST_UNREAD_DAYS,
        "screen": await round_on_screen(services, session),
        "rounds": await rounds.list_rounds(services, session),
        "directs": Role.DIRECTOR in session.roles,
    }
    return page(request, "office/watch.html", status=status, at="watch", saved=saved, wrong=wrong, **shown)


@needs(*OFFICE_ROLES)
async def _team(request: web.Request) -> web.StreamResponse:
    return await _show_team(request, 200, sent="sent" in request.query)


@needs(*OFFICE_ROLES, again=("words",))
async def _remind(request: web.Request) -> web.StreamResponse:
    words = await field(request, "words")
    try:
        await reminding.remind(services_of(request), session_of(request), _team_id(request), words)
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        return await _show_team(request, 409, wrong=words_for(request, refused), typed=words)
    raise web.HTTPSeeOther(f"/office/watch/teams/{_team_id(request).hex()}?sent")


async def _show_team(
    request: web.Request, status: int, *, sent: bool = False, wrong: str = "", typed: str | None = None
) -> web.Response:
    services, lang = services_of(request), request.app[LANG]
    team = await overdue.team_of(services, session_of(request), _team_id(request))
    shown = await overdue.watch_team(services, await sheets_of(request, team.round_id), team)
    number = max(1, whole(request.query.get("page", "")))
    lines = shown.lines[(number - 1) * overdue.PAGE : number * overdue.PAGE]
    canned = reminding.sentence(lang, shown.counted_at.date(), shown.lines)
    return page(
        request,
        "office/watch_team.html",
        status=status,
        at="watch",
        shown=shown,
        lines=[(one, badge_of(lang, one.deadline, one.state)) for one in lines],
        number=number,
        more=len(shown.lines) > number * overdue.PAGE,
        words=canned if typed is None else typed,
        longest=reminding.LONGEST,
        sent=sent,
        wrong=wrong,
    )


def _team_id(request: web.Request) -> TeamId:
    return TeamId(id_of(request.match_info["team"]))
