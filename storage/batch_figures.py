"""What all card batches of a round name and how much was printed of them, each in one query."""

from sqlalchemy import func, select

from domain.ids import BatchId, RoundId, UnitId
from storage.schema.cards import card_batch, card_batch_unit, print_run
from storage.schema.office import unit
from storage.store import Tx


def units_by_batch(tx: Tx, round_id: RoundId) -> dict[BatchId, tuple[UnitId, ...]]:
    """The units that each batch names, by path."""
    named = (
        select(card_batch_unit.c.batch_id, card_batch_unit.c.unit_id)
        .join(card_batch, card_batch.c.id == card_batch_unit.c.batch_id)
        .join(unit, unit.c.id == card_batch_unit.c.unit_id)
        .where(card_batch.c.round_id == round_id)
        .order_by(unit.c.path)
    )
    found: dict[BatchId, tuple[UnitId, ...]] = {}
    for row in tx.execute(named):
        batch_id = BatchId(row.batch_id)
        found[batch_id] = (*found.get(batch_id, ()), UnitId(row.unit_id))
    return found


def printed_by_batch(tx: Tx, round_id: RoundId) -> dict[BatchId, int]:
    """Cards printed so far, of the batches that were printed."""
    total = select(print_run.c.batch_id, func.sum(print_run.c.cards).label("total"))
    ours = total.join(card_batch, card_batch.c.id == print_run.c.batch_id).where(card_batch.c.round_id == round_id)
    return {BatchId(row.batch_id): int(row.total) for row in tx.execute(ours.group_by(print_run.c.batch_id))}
