"""The teams of a round as pages: a table with people and places, and a form for each."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import UnitId
from domain.rounds import OFFICE_ROLES, RoundState, Unit
from handlers.office.plan import teams
from handlers.office.plan.teams import TeamForm, TeamLine
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of
from web.ids import id_of
from web.office.parts import Question, confirm, round_id, whole, words
from web.office.plan.parts import team_id
from web.people import field

_PATH = "/office/rounds/{round}/teams"
_CONTACTS = ("phone", "address", "mailbox")
_FIELDS = ("ordinal", "name", "home", *_CONTACTS)


def register(app: web.Application) -> None:
    app.router.add_get(_PATH, _list)
    app.router.add_post(_PATH, _add)
    app.router.add_get(f"{_PATH}/{{team}}", _one)
    app.router.add_post(f"{_PATH}/{{team}}", _change)
    app.router.add_get(f"{_PATH}/{{team}}/remove", _ask_remove)
    app.router.add_post(f"{_PATH}/{{team}}/remove", _remove)


@needs(*OFFICE_ROLES)
async def _list(request: web.Request) -> web.StreamResponse:
    return await _show_list(request, 200, {}, saved=request.query.get("saved", ""))


@needs(*OFFICE_ROLES)
async def _add(request: web.Request) -> web.StreamResponse:
    typed, here = await _typed(request), round_id(request)
    try:
        await teams.add_team(services_of(request), session_of(request), here, _read(typed))
    except Refused as refused:
        return await _show_list(request, 409, typed, words(request, refused))
    raise web.HTTPSeeOther(f"/office/rounds/{here.hex()}/teams?saved=add")


@needs(*OFFICE_ROLES)
async def _one(request: web.Request) -> web.StreamResponse:
    return await _show_one(request, 200)


@needs(*OFFICE_ROLES)
async def _change(request: web.Request) -> web.StreamResponse:
    services, session, here = services_of(request), session_of(request), round_id(request)
    typed, version = await _typed(request), whole(await field(request, "version"))
    try:
        round_, line = await teams.get_line(services, session, here, team_id(request))
        if round_.state is not RoundState.PLANNED:  # the form of an open round asks for no more
            typed = _stands(line) | {name: typed[name] for name in _CONTACTS}
        await teams.change_team(services, session, team_id(request), version, _read(typed), round_id=here)
    except Refused as refused:
        # Who comes second sees what stands now beside what they typed, and may then save over it knowingly.
        kept = None if refused.reason is Reason.STALE else version
        return await _show_one(request, 409, typed, words(request, refused), version=kept)
    raise web.HTTPSeeOther(f"/office/rounds/{here.hex()}/teams?saved=change")


@needs(*OFFICE_ROLES)
async def _ask_remove(request: web.Request) -> web.StreamResponse:
    _, line = await teams.get_line(services_of(request), session_of(request), round_id(request), team_id(request))
    lang, back = request.app[LANG], f"/office/rounds/{round_id(request).hex()}/teams"
    return confirm(
        request,
        Question(
            at="rounds",
            title=say(lang, "plan-team-remove-title", name=line.team.name),
            consequence=say(lang, "plan-team-remove-is", n=len(line.units)),
            verb=say(lang, "plan-team-remove-do", name=line.team.name),
            action=f"{back}/{line.team.id.hex()}/remove",
            back=back,
        ),
    )


@needs(*OFFICE_ROLES)
async def _remove(request: web.Request) -> web.StreamResponse:
    here = round_id(request)
    try:
        await teams.remove_team(services_of(request), session_of(request), here, team_id(request))
    except Refused as refused:
        return await _show_list(request, 409, {}, words(request, refused))
    raise web.HTTPSeeOther(f"/office/rounds/{here.hex()}/teams?saved=remove")


async def _show_list(
    request: web.Request, status: int, typed: Mapping[str, str], wrong: Sequence[str] = (), *, saved: str = ""
) -> web.Response:  # fmt: skip
    services, session = services_of(request), session_of(request)
    round_, lines = await teams.list_lines(services, session, round_id(request))
    homes = await teams.list_homes(services, session)
    begins = dict.fromkeys(_FIELDS, "") | {"ordinal": str(max((line.team.ordinal for line in lines), default=0) + 1)}
    said = saved if saved in ("add", "change", "remove") else ""
    shown = {"lines": lines, "homes": homes, "typed": begins | dict(typed), "wrong": wrong, "saved": said}
    planned = round_.state is RoundState.PLANNED
    return page(request, "office/plan_teams.html", status=status, at="rounds", round=round_, planned=planned, **shown)


async def _show_one(
    request: web.Request, status: int, typed: Mapping[str, str] | None = None, wrong: Sequence[str] = (), *,
    version: int | None = None,
) -> web.Response:  # fmt: skip
    services, session = services_of(request), session_of(request)
    round_, line = await teams.get_line(services, session, round_id(request), team_id(request))
    homes = _with_own(await teams.list_homes(services, session), line.home)
    stands = _stands(line)
    kept = line.version if version is None else version
    shown = {"line": line, "homes": homes, "stands": stands, "typed": stands | dict(typed or {}), "wrong": wrong}
    planned = round_.state is RoundState.PLANNED
    return page(
        request, "office/plan_team.html", status=status, at="rounds", round=round_, planned=planned, version=kept,
        **shown,
    )  # fmt: skip


def _with_own(homes: list[Unit], home: Unit | None) -> list[Unit]:
    """The places to choose from, and the one that stands, should it lie deeper."""
    return homes if home is None or home in homes else [*homes, home]


async def _typed(request: web.Request) -> dict[str, str]:
    return {name: (await field(request, name)).strip() for name in _FIELDS}


def _read(typed: Mapping[str, str]) -> TeamForm:
    home = UnitId(id_of(typed["home"])) if typed["home"] else None
    return TeamForm(
        whole(typed["ordinal"]), typed["name"], typed["phone"], typed["address"], typed["mailbox"], home
    )  # fmt: skip


def _stands(line: TeamLine) -> dict[str, str]:
    team = line.team
    contacts = {"phone": team.phone, "address": team.address, "mailbox": team.mailbox}
    home = team.home_unit_id.hex() if team.home_unit_id else ""
    return {"ordinal": str(team.ordinal), "name": team.name, "home": home, **contacts}
