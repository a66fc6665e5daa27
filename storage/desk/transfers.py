"""The way of a tip from team to team. Rows are inserted, never changed; each carries the giving team's signature."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select

from domain.ids import RoundId, TeamId, TipId
from storage.rows import matching
from storage.schema.tips import transfer
from storage.store import Tx

_INSERT = insert(transfer)
_LIST = select(transfer).where(matching(transfer, "round_id", "tip_id")).order_by(transfer.c.n)


@dataclass(frozen=True, slots=True)
class Transfer:
    """The `n`-th step, counted from 1."""

    round_id: RoundId
    tip_id: TipId
    n: int
    from_team_id: TeamId
    to_team_id: TeamId
    on: date
    signature: bytes


def insert_transfer(tx: Tx, row: Transfer) -> None:
    """Raises `Conflict` when there is an `n`-th step already."""
    values = {
        "round_id": row.round_id,
        "tip_id": row.tip_id,
        "n": row.n,
        "from_team_id": row.from_team_id,
        "to_team_id": row.to_team_id,
        "on_date": row.on,
        "signature": row.signature,
    }
    tx.execute(_INSERT, values)


def list_transfers(tx: Tx, round_id: RoundId, tip_id: TipId) -> list[Transfer]:
    """The steps in order."""
    rows = tx.execute(_LIST, {"of_round_id": round_id, "of_tip_id": tip_id})
    return [
        Transfer(round_id, tip_id, row.n, TeamId(row.from_team_id), TeamId(row.to_team_id), row.on_date, row.signature)
        for row in rows
    ]
