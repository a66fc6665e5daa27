"""Which rows of a plan are sound: nothing is wrong with them, nor with any row that they lean on."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from domain.rounds import CrossRegion, Level
from reports import checks
from reports.checks import K, Known, Placed, T
from reports.plan import NO_ROUND, RECUSAL, LeftOut, Plan, PlanAssignment, PlanMember, PlanRound, PlanTeam, PlanUnit


@dataclass(frozen=True, slots=True)
class Read:
    """Every row as it was read. `sheets`: those that could be read at all."""

    rounds: list[Placed[PlanRound]]
    teams: list[Placed[PlanTeam]]
    units: list[Placed[PlanUnit]]
    assignments: list[Placed[PlanAssignment]]
    members: list[Placed[PlanMember]]
    sheets: frozenset[str]

    def known(self, sheet: str, placed: Sequence[Placed[T]], name: str, key: Callable[[T], K]) -> Known[K]:
        """What the rows of `sheet` have in their field `name`."""
        is_all = sheet in self.sheets and all(row.has(name) for row, _ in placed)
        return Known(frozenset(key(item) for row, item in placed if row.has(name)), is_all)


def check(read: Read) -> None:
    """Notes every contradiction between the rows."""
    codes = read.known("units", read.units, "code", lambda unit: unit.code)
    ordinals = read.known("teams", read.teams, "ordinal", lambda team: team.ordinal)
    inspecting = read.known("assignments", read.assignments, "team_ordinal", lambda row: row.team_ordinal)
    checks.check_round(read.rounds)
    checks.check_teams(read.teams, codes, inspecting)
    checks.check_units(read.units, codes)
    checks.check_assignments(read.assignments, codes, ordinals)
    checks.check_members(read.members, ordinals)
    if read.rounds and all(row.has("cross_region") for row, _ in read.rounds):
        rule = next((item.cross_region for _, item in read.rounds if item.cross_region), CrossRegion.REFUSE)
        parents = {unit.code: unit.parent_code for row, unit in read.units if row.has("code", "parent_code")}
        checks.check_homes(rule, read.assignments, read.teams, parents)


def sound_plan(read: Read) -> Plan:
    """The sound rows, units after their parents, and what was left out of each part."""
    rounds = _sound(read.rounds)
    units = _rooted(_sound(read.units))
    codes = {unit.code for unit in units}
    teams = [team for team in _sound(read.teams) if not team.home_code or team.home_code in codes]
    ordinals = {RECUSAL, *(team.ordinal for team in teams)}
    assignments = [one for one in _sound(read.assignments) if one.unit_code in codes and one.team_ordinal in ordinals]
    members = [one for one in _sound(read.members) if one.team_ordinal is None or one.team_ordinal in ordinals]
    left_out = {
        "units": _left_out(read.known("units", read.units, "code", lambda unit: unit.code), codes),
        "assignments": _left_out(
            read.known("assignments", read.assignments, "unit_code", lambda one: one.unit_code),
            {one.unit_code for one in assignments},
        ),
    }
    return Plan(
        rounds[0] if len(rounds) == len(read.rounds) == 1 else NO_ROUND,
        tuple(teams),
        tuple(units),
        tuple(assignments),
        tuple(members),
        left_out=left_out,
    )


def _left_out(named: Known[str], kept: Set[str]) -> LeftOut:
    """What a sheet names beside the units that are kept."""
    return LeftOut(named.keys - kept, named.is_all)


def _sound(placed: Iterable[Placed[T]]) -> list[T]:
    return [item for row, item in placed if not row.spoilt]


def _rooted(units: Iterable[PlanUnit]) -> list[PlanUnit]:
    """Those whose parents, up to the root, are among them; each after its parent."""
    kept: dict[str, PlanUnit] = {}
    for unit in sorted(units, key=lambda one: list(Level).index(one.level)):
        if not unit.parent_code or unit.parent_code in kept:
            kept[unit.code] = unit
    return [*kept.values()]
