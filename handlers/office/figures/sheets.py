"""All counts of a round at one moment. What the office is not shown is not in it: the recusal queue, and test cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.deadlines import WorkingDays
from domain.figures import Cell, Sheet
from domain.ids import BatchId, RoundId, UnitId
from domain.rounds import CardBatch, Round, Team, TeamKind, Unit
from handlers.calendar import calendar_in
from handlers.services import DeskServices
from storage.desk import counters
from storage.office import batch_figures, cards, printing, rounds, teams, units
from storage.store import Tx

_SHOWN = tuple(sheet for sheet in Sheet if sheet is not Sheet.CHANNEL)
"""`CHANNEL` counts every tip: less the others, it would tell how many went to the recusal queue."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A round's counts by sheet, and whatever is needed to name them. Teams without recusal, batches without tests.

    `funnel` by batch (None: without a card) and step: scan, start, describe, submit. `named`: the units on a
    batch's cards; `printed`: cards of it.
    """

    round: Round
    teams: tuple[Team, ...]
    units: Mapping[UnitId, Unit]
    batches: tuple[CardBatch, ...]
    calendar: WorkingDays
    counted_at: datetime
    cells: Mapping[Sheet, Mapping[Cell, int]]
    funnel: Mapping[tuple[BatchId | None, str], int]
    named: Mapping[BatchId, tuple[UnitId, ...]]
    printed: Mapping[BatchId, int]

    @property
    def today(self) -> date:
        """The day of the count, in the office's zone."""
        return self.counted_at.date()

    def __getitem__(self, sheet: Sheet) -> Mapping[Cell, int]:
        return self.cells[sheet]


async def read_sheets(services: DeskServices, round_id: RoundId) -> Sheets:
    """The round's counts as of now, all of one moment. Raises `Refused(UNKNOWN)`."""
    now = services.clock()

    def load(tx: Tx) -> Sheets:
        round_ = rounds.get_round(tx, round_id)
        return Sheets(
            round=round_,
            teams=tuple(one for one in teams.list_teams(tx, round_id) if one.kind is not TeamKind.RECUSAL),
            units={one.id: one for one in units.list_units(tx, round_.office_id)},
            batches=tuple(one for one in cards.list_batches(tx, round_id) if not one.is_test),
            calendar=calendar_in(tx, services.calendar, round_.office_id),
            counted_at=now,
            cells={sheet: counters.read_sheet(tx, round_id, sheet) for sheet in _SHOWN},
            funnel=counters.read_funnel(tx, round_id),
            named=batch_figures.units_by_batch(tx, round_id),
            printed=printing.printed_by_batch(tx, round_id),
        )

    return await services.store.read(load)
