"""What two custodians keep together of a team's key. This file can open none of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select

from domain.ids import KeyId, Locked
from storage.schema.people import escrow
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Escrow:
    """The seed of `key_id`, for the owners of two own keys, who open it one after the other."""

    key_id: KeyId
    first_key_id: KeyId
    second_key_id: KeyId
    box: Locked
    made_on: date


def insert_escrow(tx: Tx, row: Escrow) -> None:
    """Raises `Conflict` when the key is kept already."""
    tx.execute(
        insert(escrow).values(
            key_id=row.key_id,
            first_key_id=row.first_key_id,
            second_key_id=row.second_key_id,
            box=row.box,
            made_on=row.made_on,
        )
    )


def list_escrows(tx: Tx, key_ids: Collection[KeyId]) -> dict[KeyId, Escrow]:
    """What is kept of these keys."""
    rows = tx.execute(select(escrow).where(escrow.c.key_id.in_(key_ids)))
    return {KeyId(row.key_id): _escrow(row) for row in rows}


def _escrow(row: Row[Any]) -> Escrow:
    first, second = KeyId(row.first_key_id), KeyId(row.second_key_id)
    return Escrow(KeyId(row.key_id), first, second, Locked(row.box), row.made_on)
