"""Which updates were taken in already. A key is kept in the same transaction as what its update did."""

from datetime import date

from sqlalchemy import delete, select

from domain.tips import Channel
from storage.rows import insert_or_keep, matching
from storage.schema.intake import seen_update
from storage.store import Tx

_FIND = select(seen_update.c.seen_on).where(matching(seen_update, "channel", "update_key"))


def first_time(tx: Tx, channel: Channel, update_key: str, on: date) -> bool:
    """True once per channel and key; False for every repetition."""
    return insert_or_keep(tx, seen_update, channel=channel, update_key=update_key, seen_on=on)


def is_known(tx: Tx, channel: Channel, update_key: str) -> bool:
    """Whether the key was seen, without noting it: spares a repetition the work that `first_time` would undo."""
    return tx.execute(_FIND, {"of_channel": channel, "of_update_key": update_key}).first() is not None


def prune(tx: Tx, before: date) -> None:
    """Forgets keys seen before that day."""
    tx.execute(delete(seen_update).where(seen_update.c.seen_on < before))
