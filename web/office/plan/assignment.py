"""Who inspects what as a form: every township with its team, all saved at once; the villages of one on a page each."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from domain.errors import Refused
from domain.ids import TeamId, UnitId
from domain.rounds import OFFICE_ROLES, RoundState
from handlers.office.plan import assigning, assignment
from handlers.office.plan.assigning import Change, Fault, Problem
from handlers.office.plan.assignment import Sheet
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of
from web.ids import id_of
from web.office.parts import overlap_words, round_id, words
from web.office.plan.parts import unit_id

_PATH = "/office/rounds/{round}/assignment"
_WITHIN = f"{_PATH}/{{unit}}"
_TEAM, _BEFORE, _REASON, _FILL = "t-", "b-", "r-", "f-"
"""How the fields of a unit begin: the team chosen, the one that stood, why, and who takes what is left below it."""


def register(app: web.Application) -> None:
    app.router.add_get(_PATH, _sheet)
    app.router.add_post(_PATH, _save)
    app.router.add_get(_WITHIN, _sheet)
    app.router.add_post(_WITHIN, _save)


@needs(*OFFICE_ROLES)
async def _sheet(request: web.Request) -> web.StreamResponse:
    return await _show(request, 200, saved="saved" in request.query)


@needs(*OFFICE_ROLES)
async def _save(request: web.Request) -> web.StreamResponse:
    typed = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    changes = [_change(typed, name.removeprefix(_TEAM)) for name in typed if name.startswith(_TEAM)]
    fill = {
        UnitId(id_of(name.removeprefix(_FILL))): TeamId(id_of(value))
        for name, value in typed.items()
        if name.startswith(_FILL) and value
    }
    services, session = services_of(request), session_of(request)
    try:
        problems = await assigning.assign(services, session, round_id(request), changes, fill)
    except Refused as refused:
        return await _show(request, 409, typed=typed, wrong=words(request, refused))
    if problems:
        wrong = [say(request.app[LANG], "plan-assign-problems", n=len(problems))]
        return await _show(request, 409, typed=typed, wrong=wrong, problems=problems)
    raise web.HTTPSeeOther(f"{request.path}?saved")


async def _show(
    request: web.Request, status: int, *, saved: bool = False, typed: Mapping[str, str] | None = None,
    wrong: Sequence[str] = (), problems: Sequence[Problem] = (),
) -> web.Response:  # fmt: skip
    within = unit_id(request) if "unit" in request.match_info else None
    sheet = await assignment.read_sheet(services_of(request), session_of(request), round_id(request), within)
    named = _problems_by_unit(request, problems)
    faults = [(problem.unit, _words(request, problem)) for problem in problems]
    chosen = _chosen(sheet, typed or {})
    for problem in problems:  # what was given with all the rest of a county stands in its own field from here on
        if problem.fault in (Fault.HOME, Fault.REASON) and problem.team and not chosen.get(problem.unit.id):
            chosen[problem.unit.id] = problem.team.id.hex()
    asks = {problem.unit.id for problem in problems if problem.fault is Fault.REASON}
    values = {"sheet": sheet, "round": sheet.round, "chosen": chosen, "typed": typed or {}}
    state = {"planned": sheet.round.state is RoundState.PLANNED, "closed": sheet.round.state is RoundState.CLOSED}
    return page(
        request, "office/plan_assignment.html", status=status, at="rounds", saved=saved, wrong=wrong, faults=faults,
        named=named, asks=asks, here=request.path, **values, **state,
    )  # fmt: skip


def _change(typed: Mapping[str, str], unit: str) -> Change:
    """What the form says of a unit. Raises 404 for what is no id."""
    chosen, before = typed[f"{_TEAM}{unit}"], typed.get(f"{_BEFORE}{unit}", "")
    return Change(UnitId(id_of(unit)), _team(before), _team(chosen), typed.get(f"{_REASON}{unit}", ""))


def _team(text: str) -> TeamId | None:
    return TeamId(id_of(text)) if text else None


def _chosen(sheet: Sheet, typed: Mapping[str, str]) -> dict[UnitId, str]:
    """The team to be shown in each field: what was chosen, else what stands now, a colleague's newer choice too."""
    found = {}
    for row in (row for group in sheet.groups for row in (group.head, *group.rows)):
        unit, stands = row.unit.id.hex(), row.team.id.hex() if row.team else ""
        chosen = typed.get(f"{_TEAM}{unit}", stands)
        untouched = chosen == typed.get(f"{_BEFORE}{unit}", "")
        found[row.unit.id] = stands if untouched else chosen
    return found


def _problems_by_unit(request: web.Request, problems: Sequence[Problem]) -> dict[UnitId, list[str]]:
    found: dict[UnitId, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.unit.id, []).append(_words(request, problem))
    return found


def _words(request: web.Request, problem: Problem) -> str:
    lang, place = request.app[LANG], problem.unit.name
    if problem.round is not None:
        return overlap_words(request, problem.unit, problem.round)
    if problem.team is None:
        return say(lang, "plan-fault-taken-back", place=place)
    return say(lang, f"plan-fault-{problem.fault}", place=place, team=problem.team.name)
