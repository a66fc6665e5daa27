"""What of a round somebody looks at: one team or all, tips received on some days or on any, the cards of one batch."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

from domain.errors import Reason, Refused
from domain.figures import Sheet
from domain.ids import BatchId, TeamId
from domain.rounds import Team
from handlers.office.figures.sheets import Sheets

_DAY = timedelta(days=1)


class Bounds(TypedDict):
    """As the measures ask it."""

    teams: tuple[TeamId, ...] | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Scope:
    """None: no bound. `first` and `last` are days received, both within."""

    team_id: TeamId | None = None
    first: date | None = None
    last: date | None = None
    batch_id: BatchId | None = None

    @property
    def teams(self) -> tuple[TeamId, ...] | None:
        """As the measures ask it."""
        return None if self.team_id is None else (self.team_id,)

    @property
    def bounds(self) -> Bounds:
        """As the measures ask it."""
        return {"teams": self.teams, "first": self.first, "last": self.last}

    @property
    def is_dated(self) -> bool:
        return self.first is not None or self.last is not None


def checked(sheets: Sheets, scope: Scope) -> Scope:
    """The scope, if the round has its team and batch; days the wrong way round are turned.

    Raises `Refused(UNKNOWN)`.
    """
    if scope.team_id and scope.team_id not in {team.id for team in sheets.teams}:
        raise Refused(Reason.UNKNOWN)
    if scope.batch_id and scope.batch_id not in {batch.id for batch in sheets.batches}:
        raise Refused(Reason.UNKNOWN)
    first, last = scope.first, scope.last
    if first and last and last < first:
        first, last = last, first
    return Scope(scope.team_id, first, last, scope.batch_id)


def teams_in(sheets: Sheets, scope: Scope) -> tuple[Team, ...]:
    """The teams looked at, in the order of the round."""
    return tuple(team for team in sheets.teams if scope.team_id in (None, team.id))


def days_in(sheets: Sheets, scope: Scope) -> tuple[date, ...]:
    """The days looked at, at least one: of the window until the count, and of days outside it that have tips."""
    counted = [cell.day for sheet in (Sheet.COHORT, Sheet.DONE) for cell in sheets[sheet] if cell.day]
    begins = min([sheets.round.opens_at.date(), sheets.today, *counted])
    ends = max([min(sheets.today, sheets.round.ends_at.date()), *counted])
    first, last = max(begins, scope.first or begins), min(ends, scope.last or ends)
    found = tuple(first + n * _DAY for n in range((last - first).days + 1))
    return found or (scope.first or scope.last or ends,)
