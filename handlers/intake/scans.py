"""Scans not put down yet: a number per round, batch and day, in memory. Who, when and from where is kept nowhere."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from domain.ids import BatchId, RoundId

Waiting = Counter[tuple[RoundId, BatchId, date]]


@dataclass(slots=True)
class Scans:
    """As many entries as there are batches in use, times the days since the last full hour: one, seldom two."""

    _waiting: Waiting = field(default_factory=Counter)

    def add(self, round_id: RoundId, batch_id: BatchId, day: date) -> None:
        self._waiting[round_id, batch_id, day] += 1

    def take(self) -> Waiting:
        """All that waits; it waits no longer."""
        taken, self._waiting = self._waiting, Counter()
        return taken

    def give_back(self, taken: Waiting) -> None:
        """What could not be put down."""
        self._waiting.update(taken)
