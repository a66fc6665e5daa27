"""What was printed of the cards: a row each time, with its day. Read by the round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from domain.ids import BatchId, MemberId, RoundId
from storage.schema.cards import card_batch, print_run
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class PrintRun:
    """One printing. `what`: cards, poster or page; `cards`: how many, 0 of a poster; no `by`: on the command line."""

    batch_id: BatchId
    on: date
    what: str
    cards: int
    by: MemberId | None


def list_print_runs(tx: Tx, round_id: RoundId) -> list[PrintRun]:
    """All printings of a round's batches, the latest day first."""
    runs = select(print_run).join(card_batch, card_batch.c.id == print_run.c.batch_id)
    order = (print_run.c.printed_on.desc(), card_batch.c.code, print_run.c.what, print_run.c.cards.desc())
    return [
        PrintRun(
            BatchId(row.batch_id),
            row.printed_on,
            row.what,
            row.cards,
            None if row.printed_by is None else MemberId(row.printed_by),
        )
        for row in tx.execute(runs.where(card_batch.c.round_id == round_id).order_by(*order))
    ]


def printed_by_batch(tx: Tx, round_id: RoundId) -> Mapping[BatchId, int]:
    """Cards printed so far, by batch; those that were never printed are left out."""
    total = select(print_run.c.batch_id, func.sum(print_run.c.cards).label("total"))
    mine = total.join(card_batch, card_batch.c.id == print_run.c.batch_id).where(card_batch.c.round_id == round_id)
    return {BatchId(row.batch_id): int(row.total) for row in tx.execute(mine.group_by(print_run.c.batch_id))}
