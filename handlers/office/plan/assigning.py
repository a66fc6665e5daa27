"""Giving places to teams: many at once, all of them or none, and nothing that a colleague gave meanwhile is lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.ids import RoundId, TeamId, UnitId
from domain.regions import in_line
from domain.rounds import CrossRegion, Round, RoundState, Team, Unit
from handlers.office.plan import mine
from handlers.office.plan.cover import Cover, cover_of, spread
from handlers.office.plan.overlaps import overlaps
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import teams, units
from storage.store import Tx

REASON = 200
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Change:
    """A place as a form brings it: the team it stood with when the form was made, the one chosen, the reason given."""

    unit_id: UnitId
    before: TeamId | None
    team_id: TeamId | None
    reason: str = ""


class Fault(StrEnum):
    """Why a place cannot go to a team; the value is the end of its sentence's key."""

    TAKEN = "taken"  # a colleague gave it away meanwhile; `team`: to whom
    RUNNING = "running"  # the round is open and the place has a team
    HOME = "home"  # 异地交叉
    REASON = "reason"  # the same, where the round allows it with a reason
    OVERLAP = "overlap"  # another round has the place on the same days


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place. `team`: which one stands in the way; `round`: which other one has the place."""

    unit: Unit
    fault: Fault
    team: Team | None = None
    round: Round | None = None


async def assign(
    services: DeskServices, session: Session, round_id: RoundId, changes: Sequence[Change],
    fill: Mapping[UnitId, TeamId] | None = None,
) -> list[Problem]:  # fmt: skip
    """Writes every change, or nothing when there are problems, which come back. `fill`: who takes all units right
    below a place that have no team by then.

    Raises `Refused`: UNKNOWN for a round, unit or team of another office or round, WRONG_STATE (`round-closed`),
    BAD_INPUT (`plan-reason-long`).
    """

    def write(tx: Tx) -> list[Problem]:
        round_ = mine.not_closed(mine.round_of(tx, session, round_id))
        table = _Table(tx, session, round_)
        wanted = [one for one in changes if table.is_change(one)]
        wanted += table.filled(wanted, fill or {})
        problems = [found for one in wanted for found in table.problems(one)] + table.overlapping(wanted)
        if not problems and wanted:
            for one in wanted:
                table.write(one)
            deed = trail.Deed(session.office_id, session.member_id, "assign", "round", round_id)
            trail.note(tx, services, deed)
        return problems

    return await services.store.write(write)


class _Table:
    """A round's assignments as they stand inside one transaction."""

    def __init__(self, tx: Tx, session: Session, round_: Round) -> None:
        self._tx, self._session, self._round = tx, session, round_
        self._cover: Cover = cover_of(tx, round_)
        self._teams = {team.id: team for team in mine.teams_of(tx, round_.id)}

    def is_change(self, one: Change) -> bool:
        """Whether the form says something else than what stood on it, or another reason for it."""
        mine.unit_of(self._tx, self._session, one.unit_id)
        if one.team_id is not None:
            mine.team_of(self._tx, self._round, one.team_id)
        stands = self._cover.named.get(one.unit_id)
        now = stands.team_id if stands else None
        if one.team_id != one.before:
            return one.team_id != now or bool(stands and _reason(one) != stands.reason)
        is_mine = stands is not None and now == one.team_id and self._at_home(one)
        return is_mine and stands is not None and _reason(one) != stands.reason

    def filled(self, wanted: Sequence[Change], fill: Mapping[UnitId, TeamId]) -> list[Change]:
        """A change for every unit right below the places of `fill` that nobody has after `wanted`."""
        named = {unit_id: row.team_id for unit_id, row in self._cover.named.items()}
        for one in wanted:
            named.pop(one.unit_id, None)
            if one.team_id is not None:
                named[one.unit_id] = one.team_id
        has = spread(self._cover.tree, named)
        touched = {one.unit_id for one in wanted}
        return [
            Change(child.id, None, mine.team_of(self._tx, self._round, team_id).id)
            for place, team_id in fill.items()
            for child in units.children(self._tx, self._session.office_id, place)
            if child.id not in has and child.id not in touched
        ]

    def problems(self, one: Change) -> Iterator[Problem]:
        unit = units.get_unit(self._tx, one.unit_id)
        stands = self._cover.named.get(one.unit_id)
        now = stands.team_id if stands else None
        if now not in (one.before, one.team_id):
            yield Problem(unit, Fault.TAKEN, self._teams.get(now) if now else None)
        elif self._round.state is RoundState.OPEN and one.unit_id in self._cover.team_of:
            yield Problem(unit, Fault.RUNNING, self._teams.get(self._cover.team_of[one.unit_id]))
        elif self._at_home(one):
            if self._round.cross_region is CrossRegion.REFUSE:
                yield Problem(unit, Fault.HOME, self._teams.get(one.team_id) if one.team_id else None)
            elif not _reason(one):
                yield Problem(unit, Fault.REASON, self._teams.get(one.team_id) if one.team_id else None)

    def overlapping(self, wanted: Sequence[Change]) -> list[Problem]:
        given = [one.unit_id for one in wanted if one.team_id is not None]
        return [Problem(unit, Fault.OVERLAP, None, other) for unit, other in overlaps(self._tx, self._round, given)]

    def write(self, one: Change) -> None:
        teams.drop_assignment(self._tx, self._round.id, one.unit_id)
        if one.team_id is not None:
            reason = _reason(one) if self._at_home(one) else ""
            teams.insert_assignment(self._tx, self._round.id, one.unit_id, one.team_id, reason)

    def _at_home(self, one: Change) -> bool:
        """Whether the chosen team comes from that place, from one in it or from one around it."""
        home = self._teams[one.team_id].home_unit_id if one.team_id else None
        return home is not None and in_line(units.get_unit(self._tx, home), units.get_unit(self._tx, one.unit_id))


def _reason(one: Change) -> str:
    return mine.line(one.reason, "plan-reason-long", most=REASON, needed=False)
