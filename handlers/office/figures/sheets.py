"""All counts of a round at one moment. What the office is not shown is not in it: the recusal queue, and test cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.deadlines import WorkingDays
from domain.figures import Cell, Sheet
from domain.ids import BatchId, RoundId, TeamId, UnitId
from domain.rounds import CardBatch, Round, Team, TeamKind, Unit
from handlers.calendar import calendar_in
from handlers.services import DeskServices
from storage.desk import counters
from storage.office import batch_figures, cards, printing, rounds, teams, units
from storage.store import Tx
from storage.watch import watching
from storage.watch.watching import LateTip

_SHOWN = tuple(sheet for sheet in Sheet if sheet is not Sheet.CHANNEL)
"""`CHANNEL` counts every tip: less the others, it would tell how many went to the recusal queue."""

LATE_LISTED = 500
"""Late numbers of a team that are listed: more than anybody asks about one by one."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """A round's counts by sheet, and whatever is needed to name them. Teams without recusal, batches without tests.

    `funnel` by batch (None: without a card) and step: scan, start, describe, submit. `named`: the units on a
    batch's cards; `printed`: cards of it; `late`: late numbers of a team, the longest over first, and where there are
    more than `LATE_LISTED` one more.
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
    late: Mapping[TeamId, Sequence[LateTip]]

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
        shown = tuple(one for one in teams.list_teams(tx, round_id) if one.kind is not TeamKind.RECUSAL)
        return Sheets(
            round=round_,
            teams=shown,
            units={one.id: one for one in units.list_units(tx, round_.office_id)},
            batches=tuple(one for one in cards.list_batches(tx, round_id) if not one.is_test),
            calendar=calendar_in(tx, services.calendar, round_.office_id),
            counted_at=now,
            cells={sheet: counters.read_sheet(tx, round_id, sheet) for sheet in _SHOWN},
            funnel=counters.read_funnel(tx, round_id),
            named=batch_figures.units_by_batch(tx, round_id),
            printed=printing.printed_by_batch(tx, round_id),
            # Team by team: by the index each ends at its limit, however many are late.
            late={one.id: watching.late_tips(tx, round_id, one.id, now.date(), LATE_LISTED + 1) for one in shown},
        )

    return await services.store.read(load)
