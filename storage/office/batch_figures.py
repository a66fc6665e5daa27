"""What all card batches of a round name, in one query."""

from sqlalchemy import select

from domain.ids import BatchId, RoundId, UnitId
from storage.schema.cards import card_batch, card_batch_unit
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
