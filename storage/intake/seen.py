"""Which updates were taken in already. A key is kept in the same transaction as what its update did."""

from datetime import date

from sqlalchemy import delete

from domain.tips import Channel
from storage.rows import insert_or_keep
from storage.schema.intake import seen_update
from storage.store import Tx


def first_time(tx: Tx, channel: Channel, update_key: str, on: date) -> bool:
    """True once per channel and key; False for every repetition."""
    return insert_or_keep(tx, seen_update, channel=channel, update_key=update_key, seen_on=on)


def prune(tx: Tx, before: date) -> None:
    """Forgets keys seen before that day."""
    tx.execute(delete(seen_update).where(seen_update.c.seen_on < before))
