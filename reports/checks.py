"""What must hold between the rows of a plan. Every contradiction is noted at a cell that can be changed to end it."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from domain.rounds import TEAM_ROLES, CrossRegion, Level, Role
from reports.cells import Row
from reports.faults import Fault
from reports.plan import RECUSAL, PlanAssignment, PlanMember, PlanRound, PlanTeam, PlanUnit

T = TypeVar("T")
Placed = tuple[Row, T]
"""A part of a plan and the row it was read from."""

DEPTH = {Level.COUNTY: 0, Level.TOWNSHIP: 1, Level.VILLAGE: 2}
CUSTODIANS = 2


def check_round(rounds: Sequence[Placed[PlanRound]]) -> None:
    for row, item in rounds:
        if item.closes_at <= item.opens_at:
            row.wrong("closes_at", Fault.ENDS_BEFORE_IT_BEGINS)
    for row, _ in rounds[1:]:
        row.wrong("term", Fault.ONE_ROUND)


def check_units(units: Sequence[Placed[PlanUnit]]) -> None:
    """Codes are unique, names among siblings too; every parent is there and stands on a higher level."""
    _check_unique(units, "code", lambda unit: unit.code)
    _check_unique(units, "name", lambda unit: (unit.parent_code, unit.name))
    levels = {unit.code: unit.level for _, unit in units}
    for row, unit in units:
        if unit.parent_code and unit.parent_code not in levels:
            row.wrong("parent_code", Fault.NO_PARENT, code=unit.parent_code)
        elif (
            DEPTH[unit.level] <= DEPTH[levels[unit.parent_code]] if unit.parent_code else unit.level is not Level.COUNTY
        ):
            row.wrong("level", Fault.WRONG_LEVEL)


def check_teams(
    teams: Sequence[Placed[PlanTeam]], assignments: Sequence[Placed[PlanAssignment]], codes: frozenset[str]
) -> None:
    _check_unique(teams, "ordinal", lambda team: team.ordinal)
    _check_unique(teams, "name", lambda team: team.name)
    with_units = {assignment.team_ordinal for _, assignment in assignments}
    for row, team in teams:
        if team.home_code and team.home_code not in codes:
            row.wrong("home_code", Fault.UNKNOWN_UNIT, code=team.home_code)
        if team.ordinal not in with_units:
            row.wrong("ordinal", Fault.WITHOUT_UNITS)


def check_assignments(
    assignments: Sequence[Placed[PlanAssignment]], teams: Sequence[Placed[PlanTeam]], parents: Mapping[str, str]
) -> None:
    """`parents` maps each unit's code to its parent's, or to ''."""
    _check_unique(assignments, "unit_code", lambda assignment: assignment.unit_code)
    ordinals = {team.ordinal for _, team in teams}
    for row, assignment in assignments:
        if assignment.unit_code not in parents:
            row.wrong("unit_code", Fault.UNKNOWN_UNIT, code=assignment.unit_code)
        if assignment.team_ordinal not in ordinals:
            row.wrong("team_ordinal", Fault.UNKNOWN_TEAM)


def check_homes(
    cross_region: CrossRegion,
    assignments: Sequence[Placed[PlanAssignment]],
    teams: Sequence[Placed[PlanTeam]],
    parents: Mapping[str, str],
) -> None:
    """异地交叉: no team inspects its home, a part of it, or a place around it; where the round says `WARN` it may,
    with a reason."""
    homes = {team.ordinal: team.home_code for _, team in teams}
    for row, assignment in assignments:
        home, unit = homes.get(assignment.team_ordinal, ""), assignment.unit_code
        if not home or not (home in _upwards(unit, parents) or unit in _upwards(home, parents)):
            continue
        if cross_region is CrossRegion.REFUSE:
            row.wrong("unit_code", Fault.HOME_REGION)
        elif not assignment.reason:
            row.wrong("reason", Fault.REASON_NEEDED)


def check_members(members: Sequence[Placed[PlanMember]], ordinals: frozenset[int]) -> None:
    _check_unique(members, "login", lambda member: member.login)
    for row, member in members:
        if member.role not in TEAM_ROLES:
            if member.team_ordinal is not None:
                row.wrong("team_ordinal", Fault.NO_TEAM_ALLOWED)
        elif member.team_ordinal is None:
            row.wrong("team_ordinal", Fault.TEAM_NEEDED)
        elif member.team_ordinal not in ordinals | {RECUSAL}:
            row.wrong("team_ordinal", Fault.UNKNOWN_TEAM)
    keepers = [row for row, member in members if member.role is Role.CUSTODIAN]
    for row in keepers if len(keepers) == 1 else keepers[CUSTODIANS:]:
        row.wrong("role", Fault.TWO_CUSTODIANS)


def _check_unique(placed: Sequence[Placed[T]], name: str, key: Callable[[T], Hashable]) -> None:
    """Notes every repetition but not the first."""
    seen: dict[Hashable, int] = {}
    for row, item in placed:
        first = seen.setdefault(key(item), row.number)
        if first != row.number:
            row.wrong(name, Fault.DUPLICATE, row=str(first))


def _upwards(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    """The unit and those above it. Ends even on a circle, which `check_units` has noted by its levels."""
    for _ in DEPTH:
        if not code:
            return
        yield code
        code = parents.get(code, "")
