"""What must hold between the rows of a plan. Every contradiction is noted at a cell that can be changed to end it.

A row may have cells that could not be read. What follows from these alone is no contradiction and is not noted.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.rounds import TEAM_ROLES, CrossRegion, Level, Role
from reports.cells import Row
from reports.faults import Fault
from reports.plan import RECUSAL, PlanAssignment, PlanMember, PlanRound, PlanTeam, PlanUnit

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Placed = tuple[Row, T]
"""A part of a plan and the row it was read from."""

DEPTH = {Level.COUNTY: 0, Level.TOWNSHIP: 1, Level.VILLAGE: 2}
CUSTODIANS = 2


@dataclass(frozen=True, slots=True)
class Known(Generic[K]):
    """What the rows of a sheet are called, or name. `is_all`: the sheet and that cell of each row could be read."""

    keys: frozenset[K]
    is_all: bool

    def lack(self, key: K) -> bool:
        """Whether it is certain that no row is called so."""
        return self.is_all and key not in self.keys


def check_round(rounds: Sequence[Placed[PlanRound]]) -> None:
    for row, item in rounds:
        if row.has("opens_at", "closes_at") and item.closes_at <= item.opens_at:
            row.wrong("closes_at", Fault.ENDS_BEFORE_IT_BEGINS)
    for row, _ in rounds[1:]:
        row.wrong("term", Fault.ONE_ROUND)


def check_units(units: Sequence[Placed[PlanUnit]], codes: Known[str]) -> None:
    """Codes are unique, names among siblings too; every parent is there and stands on a higher level."""
    _check_unique(units, ("code",), lambda unit: unit.code)
    _check_unique(units, ("name", "parent_code"), lambda unit: (unit.parent_code, unit.name))
    levels = {unit.code: unit.level for row, unit in units if row.has("code", "level")}
    for row, unit in units:
        if not row.has("parent_code"):
            continue
        if unit.parent_code and codes.lack(unit.parent_code):
            row.wrong("parent_code", Fault.NO_PARENT, code=unit.parent_code)
        elif row.has("level") and _hangs_wrong(unit, levels):
            row.wrong("level", Fault.WRONG_LEVEL)


def _hangs_wrong(unit: PlanUnit, levels: Mapping[str, Level]) -> bool:
    if not unit.parent_code:
        return unit.level is not Level.COUNTY
    return unit.parent_code in levels and DEPTH[unit.level] <= DEPTH[levels[unit.parent_code]]


def check_teams(teams: Sequence[Placed[PlanTeam]], codes: Known[str], inspecting: Known[int]) -> None:
    """`inspecting`: the teams that an assignment names."""
    _check_unique(teams, ("ordinal",), lambda team: team.ordinal)
    _check_unique(teams, ("name",), lambda team: team.name)
    for row, team in teams:
        if row.has("home_code") and team.home_code and codes.lack(team.home_code):
            row.wrong("home_code", Fault.UNKNOWN_UNIT, code=team.home_code)
        if row.has("ordinal") and inspecting.lack(team.ordinal):
            row.wrong("ordinal", Fault.WITHOUT_UNITS)


def check_assignments(
    assignments: Sequence[Placed[PlanAssignment]], codes: Known[str], ordinals: Known[int]
) -> None:  # fmt: skip
    _check_unique(assignments, ("unit_code",), lambda assignment: assignment.unit_code)
    for row, assignment in assignments:
        if row.has("unit_code") and codes.lack(assignment.unit_code):
            row.wrong("unit_code", Fault.UNKNOWN_UNIT, code=assignment.unit_code)
        if row.has("team_ordinal") and ordinals.lack(assignment.team_ordinal):
            row.wrong("team_ordinal", Fault.UNKNOWN_TEAM)


def check_homes(
    cross_region: CrossRegion,
    assignments: Sequence[Placed[PlanAssignment]],
    teams: Sequence[Placed[PlanTeam]],
    parents: Mapping[str, str],
) -> None:
    """异地交叉: no team inspects its home, a part of it, or a place around it; where the round says `WARN` it may,
    with a reason. `parents` maps each unit's code to its parent's, or to ''."""
    homes = {team.ordinal: team.home_code for row, team in teams if row.has("ordinal", "home_code")}
    for row, assignment in assignments:
        home, unit = homes.get(assignment.team_ordinal, ""), assignment.unit_code
        if not row.has("unit_code", "team_ordinal") or not home:
            continue
        if not (home in _upwards(unit, parents) or unit in _upwards(home, parents)):
            continue
        if cross_region is CrossRegion.REFUSE:
            row.wrong("unit_code", Fault.HOME_REGION)
        elif not assignment.reason:
            row.wrong("reason", Fault.REASON_NEEDED)


def check_members(members: Sequence[Placed[PlanMember]], ordinals: Known[int]) -> None:
    _check_unique(members, ("login",), lambda member: member.login)
    for row, member in members:
        if not row.has("role", "team_ordinal"):
            continue
        if member.role not in TEAM_ROLES:
            if member.team_ordinal is not None:
                row.wrong("team_ordinal", Fault.NO_TEAM_ALLOWED)
        elif member.team_ordinal is None:
            row.wrong("team_ordinal", Fault.TEAM_NEEDED)
        elif member.team_ordinal != RECUSAL and ordinals.lack(member.team_ordinal):
            row.wrong("team_ordinal", Fault.UNKNOWN_TEAM)
    keepers = [row for row, member in members if row.has("role") and member.role is Role.CUSTODIAN]
    alone = len(keepers) == 1 and all(row.has("role") for row, _ in members)
    for row in keepers if alone else keepers[CUSTODIANS:]:
        row.wrong("role", Fault.TWO_CUSTODIANS)


def _check_unique(placed: Sequence[Placed[T]], names: tuple[str, ...], key: Callable[[T], Hashable]) -> None:
    """Notes every repetition but not the first, at the first of the fields `names` that make up the key."""
    seen: dict[Hashable, int] = {}
    for row, item in placed:
        if row.has(*names):
            first = seen.setdefault(key(item), row.number)
            if first != row.number:
                row.wrong(names[0], Fault.DUPLICATE, row=str(first))


def _upwards(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    """The unit and those above it. Ends even on a circle, which `check_units` has noted by its levels."""
    for _ in DEPTH:
        if not code:
            return
        yield code
        code = parents.get(code, "")
