"""Everything that the board shows of a round, worked out of one snapshot: page, charts and export read it from here."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from domain.deadlines import working_days_between
from domain.figures import Cell, Done, Sheet
from domain.ids import BatchId, TeamId
from domain.rounds import CardBatch, Team, Unit
from domain.tips import Channel
from handlers.office.figures.measure import Overdue, Replies, Tally, ages, chosen, overdue, replies, tally
from handlers.office.figures.places import Place, by_kind, by_place
from handlers.office.figures.scope import Scope, days_in, teams_in
from handlers.office.figures.sheets import Sheets

STEPS = ("scan", "start", "describe", "submit")
"""Of a reporter's way, as the funnel counts them; accepting comes after."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """Tips received on one day by channel, in the order of `Channel`. `rests`: no working day."""

    on: date
    counts: tuple[int, ...]
    rests: bool


@dataclass(frozen=True, slots=True)
class DoneDay:
    """What was done on one day, and until then."""

    on: date
    done: tuple[int, ...]
    so_far: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """How often each step of `STEPS` was taken with a batch's cards, and what of it was accepted."""

    batch: CardBatch
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """`workday`: the day of the count is the round's n-th. `late`: told after the round had closed.

    Days bound `tally`, `replies`, `late`, `days`, `teams` and `ages`; they do not bound what no sheet keeps by day.
    """

    sheets: Sheets
    scope: Scope
    workday: int
    tally: Tally
    replies: Replies
    overdue: Overdue
    late: int
    days: tuple[Day, ...]
    teams: tuple[tuple[Team, Tally], ...]
    places: tuple[Place, ...]
    kinds: dict[Unit | None, Counter[str]]
    funnels: tuple[Funnel, ...]
    ages: tuple[int, ...]
    done: tuple[DoneDay, ...]

    @property
    def funnel(self) -> Funnel | None:
        """That of the batch asked for, else of the one most tips were begun with; None without batches."""
        asked = [one for one in self.funnels if one.batch.id == self.scope.batch_id]
        return next(iter(asked or self.funnels), None)


def board(sheets: Sheets, scope: Scope) -> Board:
    """The board of `scope`, which is checked already."""
    cohort, calendar, today = chosen(sheets[Sheet.COHORT], **scope.bounds), sheets.calendar, sheets.today
    due = chosen(sheets[Sheet.DUE], teams=scope.teams)
    return Board(
        sheets=sheets,
        scope=scope,
        workday=max(0, working_days_between(sheets.round.opens_at.date() - _DAY, today, calendar)),
        tally=tally(cohort),
        replies=replies(chosen(sheets[Sheet.REPLY], **scope.bounds), calendar),
        overdue=overdue(due, sheets.round.days, today, calendar),
        late=sum(chosen(sheets[Sheet.LATE], **scope.bounds).values()),
        days=_days(sheets, scope),
        teams=_teams(sheets, scope),
        places=tuple(by_place(sheets, scope)),
        kinds=by_kind(sheets),
        funnels=_funnels(sheets, scope),
        ages=ages(cohort, today, calendar),
        done=_done(sheets, scope),
    )


def _teams(sheets: Sheets, scope: Scope) -> tuple[tuple[Team, Tally], ...]:
    by: dict[TeamId | None, dict[Cell, int]] = {}
    for cell, n in chosen(sheets[Sheet.COHORT], **scope.bounds).items():
        by.setdefault(cell.team_id, {})[cell] = n
    return tuple((team, tally(by.get(team.id, {}))) for team in teams_in(sheets, scope))


def _days(sheets: Sheets, scope: Scope) -> tuple[Day, ...]:
    by: Counter[tuple[date, str]] = Counter()
    for cell, n in chosen(sheets[Sheet.COHORT], teams=scope.teams).items():
        if cell.day:
            by[cell.day, cell.channel] += n
    days = days_in(sheets, scope)
    return tuple(Day(on, tuple(by[on, one] for one in Channel), not sheets.calendar.is_working(on)) for on in days)


def _done(sheets: Sheets, scope: Scope) -> tuple[DoneDay, ...]:
    by: Counter[tuple[date, str]] = Counter()
    for cell, n in chosen(sheets[Sheet.DONE], teams=scope.teams).items():
        if cell.day:
            by[cell.day, cell.measure] += n
    found, so_far = [], (0,) * len(Done)
    for on in days_in(sheets, Scope(scope.team_id)):
        today = tuple(by[on, one] for one in Done)
        so_far = tuple(map(sum, zip(so_far, today, strict=True)))
        found.append(DoneDay(on, today, so_far))
    return tuple(found)


def _funnels(sheets: Sheets, scope: Scope) -> tuple[Funnel, ...]:
    """Of the batches of the teams looked at, the one with most starts first: a typed code is no scan."""
    accepted: Counter[BatchId] = Counter()
    for cell, n in sheets[Sheet.BATCH].items():
        if cell.batch_id:
            accepted[cell.batch_id] += n
    found = [
        Funnel(batch, (*(sheets.funnel.get((batch.id, step), 0) for step in STEPS), accepted[batch.id]))
        for batch in sheets.batches
        if scope.teams is None or batch.team_id in scope.teams
    ]
    return tuple(sorted(found, key=lambda one: (-one.steps[1], -one.steps[0], one.batch.code)))
