"""Days of a round that the office gave words to, to be seen on its charts."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from domain.ids import RoundId
from storage.rows import insert_or_replace
from storage.schema.office import milestone
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day and what it is remembered by."""

    on: date
    words: str


def list_milestones(tx: Tx, round_id: RoundId) -> list[Milestone]:
    """By day."""
    rows = tx.execute(select(milestone).where(milestone.c.round_id == round_id).order_by(milestone.c.on_date))
    return [Milestone(row.on_date, row.words) for row in rows]


def set_milestone(tx: Tx, round_id: RoundId, row: Milestone) -> None:
    """Writes the words of the day, in place of others."""
    insert_or_replace(tx, milestone, round_id=round_id, on_date=row.on, words=row.words)


def drop_milestone(tx: Tx, round_id: RoundId, on: date) -> None:
    """The day has no words any more; nothing happens when it had none."""
    tx.execute(delete(milestone).where(milestone.c.round_id == round_id, milestone.c.on_date == on))
