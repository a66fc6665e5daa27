"""How many tips came in, per team and day. A board moves on the full hour only, and never names a time of day."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.deadlines import WorkingDays, working_days_between
from domain.errors import CannotStore
from domain.figures import Cell, Sheet
from domain.ids import RoundId, TeamId
from domain.rounds import Round, Team, TeamKind
from handlers.calendar import calendar_in
from handlers.services import DeskServices
from storage import counters, rounds, teams
from storage.store import Tx

_log = logging.getLogger(__name__)
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Day:
    """Tips received on one day, by team in the order of the board's teams. `rests`: no working day."""

    on: date
    counts: tuple[int, ...]
    rests: bool

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Board:
    """Tips received in a round, counted at one moment; the latest day first.

    The recusal queue is left out: whom it concerns may sit in the office. `workday`: today is the round's n-th.
    """

    round: Round
    teams: tuple[Team, ...]
    days: tuple[Day, ...]
    counted_at: datetime
    workday: int

    @property
    def totals(self) -> tuple[int, ...]:
        """By team."""
        return tuple(map(sum, zip(*(day.counts for day in self.days), strict=True)))

    @property
    def total(self) -> int:
        return sum(self.totals)

    @property
    def busiest(self) -> Day:
        """The day with most tips, the earliest of several."""
        return max(reversed(self.days), key=lambda day: day.total)

    @property
    def today(self) -> Day:
        return self.days[0]


@dataclass(slots=True)
class Boards:
    """Every board as it was counted last. In memory: one set per process."""

    _boards: dict[RoundId, Board] = field(default_factory=dict)

    async def get(self, services: DeskServices, round_id: RoundId) -> Board:
        """The round's board as of the last full hour, or of the first look since the start of the process.

        Not counted on looking: who looks before and after somebody told a tip must not see the figure move.
        Raises `Refused(UNKNOWN)`.
        """
        if round_id not in self._boards:
            self._boards[round_id] = await count(services, round_id)
        return self._boards[round_id]

    async def count_all(self, services: DeskServices) -> None:
        """Counts every board anew that somebody has looked at. Called on the full hour."""
        for round_id in tuple(self._boards):
            self._boards[round_id] = await count(services, round_id)

    async def keep(self, services: DeskServices) -> None:
        """Counts on every full hour, for good. Boards that cannot be counted stay, and say of when they are."""
        while True:
            await asyncio.sleep(until_full_hour(services.clock()).total_seconds())
            try:
                await self.count_all(services)
            except CannotStore as error:
                _log.error("boards not counted: %s", type(error).__name__)


def until_full_hour(now: datetime) -> timedelta:
    """How long until the clock shows the next full hour."""
    return now.replace(minute=0, second=0, microsecond=0) + _HOUR - now


async def count(services: DeskServices, round_id: RoundId) -> Board:
    """The round's board as of now. Raises `Refused(UNKNOWN)`."""
    now = services.clock()

    def load(tx: Tx) -> tuple[Round, list[Team], dict[Cell, int], WorkingDays]:
        round_ = rounds.get_round(tx, round_id)
        shown = [team for team in teams.list_teams(tx, round_id) if team.kind is not TeamKind.RECUSAL]
        calendar = calendar_in(tx, services.calendar, round_.office_id)
        return round_, shown, counters.read_sheet(tx, round_id, Sheet.COHORT), calendar

    round_, shown, rows, calendar = await services.store.read(load)
    cells: dict[tuple[date, TeamId], int] = {}
    for cell, n in rows.items():
        if cell.day and cell.team_id:
            cells[cell.day, cell.team_id] = cells.get((cell.day, cell.team_id), 0) + n
    days = tuple(_day(calendar, on, shown, cells) for on in _span(round_, now.date(), [on for on, _ in cells]))
    before = round_.opens_at.date() - _DAY
    workday = max(0, working_days_between(before, now.date(), calendar))
    return Board(round_, tuple(shown), days, now, workday)


def _span(round_: Round, today: date, counted: list[date]) -> list[date]:
    """Every day of the window until today, and days outside it that have tips; the latest first."""
    first = min([round_.opens_at.date(), today, *counted])
    last = max([min(today, round_.closes_at.date()), *counted])
    return [last - n * _DAY for n in range((last - first).days + 1)]


def _day(calendar: WorkingDays, on: date, shown: list[Team], cells: dict[tuple[date, TeamId], int]) -> Day:
    counts = tuple(cells.get((on, team.id), 0) for team in shown)
    return Day(on, counts, not calendar.is_working(on))
