"""Taking a key away from a tip: its envelopes go, and new boxes are no longer sealed to it."""

from sqlalchemy import delete

from domain.ids import KeyId, RoundId, TipId
from storage.schema.boxes import envelope, holder
from storage.store import Tx


def drop_holder(tx: Tx, round_id: RoundId, tip_id: TipId, key_id: KeyId) -> None:
    """Deletes every envelope of the tip that `key_id` opens, and the key from the tip's holders."""
    tx.execute(
        delete(envelope).where(
            envelope.c.round_id == round_id, envelope.c.owner_id == tip_id, envelope.c.key_id == key_id
        )
    )
    tx.execute(
        delete(holder).where(holder.c.round_id == round_id, holder.c.owner_id == tip_id, holder.c.key_id == key_id)
    )
