"""Scans not put down yet: a number per round, batch and day, in memory. Who, when and from where is kept nowhere."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from domain.ids import BatchId, RoundId

MOST = 600
"""Scans of one batch that are counted between two full hours, so that nobody who holds a card can make up any figure:
ten a minute fit, a script does not. Who scans is not asked; from the bound on nobody's scan counts until the hour."""

Waiting = Counter[tuple[RoundId, BatchId, date]]


@dataclass(slots=True)
class Scans:
    """As many entries as there are batches in use, times the days since the last full hour: one, seldom two."""

    _waiting: Waiting = field(default_factory=Counter)
    _late: Waiting = field(default_factory=Counter)  # of hours that are over

    def add(self, round_id: RoundId, batch_id: BatchId, day: date) -> None:
        """One more, up to `MOST`."""
        if self._waiting[round_id, batch_id, day] < MOST:
            self._waiting[round_id, batch_id, day] += 1

    def take(self) -> Waiting:
        """All that waits; it waits no longer."""
        taken, self._waiting, self._late = self._late + self._waiting, Counter(), Counter()
        return taken

    def give_back(self, taken: Waiting) -> None:
        """What could not be put down. It leaves the next hour all of its room."""
        self._late.update(taken)
