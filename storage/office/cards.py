"""Card batches: one code for all cards of a batch, found by the whole code or by the six typed characters."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from domain.ids import BatchId, MemberId, RoundId, TeamId, UnitId, new_id
from domain.rounds import BatchState, CardBatch, Target, Unit
from storage.office.teams import as_unit
from storage.rows import update_one
from storage.schema.cards import card_batch, card_batch_unit, print_run
from storage.schema.office import unit
from storage.store import Tx

SHORT = 6
"""Characters of a code that a person types."""


def insert_batch(tx: Tx, row: CardBatch, unit_ids: Sequence[UnitId]) -> None:
    """Raises `Conflict` when the code or its six typed characters are taken: draw another."""
    tx.execute(
        insert(card_batch).values(
            id=row.id,
            round_id=row.round_id,
            team_id=row.team_id,
            code=row.code,
            short_code=row.code[:SHORT],
            way=row.way,
            target=row.target,
            state=row.state,
            is_test=row.is_test,
            cards=row.cards,
        )
    )
    for unit_id in unit_ids:
        tx.execute(insert(card_batch_unit).values(batch_id=row.id, unit_id=unit_id))


def batch_by_code(tx: Tx, code: str) -> CardBatch | None:
    """The batch of a whole code, revoked ones too (look at `state`)."""
    row = tx.execute(select(card_batch).where(card_batch.c.code == code)).one_or_none()
    return None if row is None else _batch(row)


def batch_by_short_code(tx: Tx, short: str) -> CardBatch | None:
    row = tx.execute(select(card_batch).where(card_batch.c.short_code == short)).one_or_none()
    return None if row is None else _batch(row)


def get_batch(tx: Tx, batch_id: BatchId) -> CardBatch | None:
    row = tx.execute(select(card_batch).where(card_batch.c.id == batch_id)).one_or_none()
    return None if row is None else _batch(row)


def list_batches(tx: Tx, round_id: RoundId) -> list[CardBatch]:
    rows = tx.execute(select(card_batch).where(card_batch.c.round_id == round_id).order_by(card_batch.c.code))
    return [_batch(row) for row in rows]


def revoke_batch(tx: Tx, batch_id: BatchId, replaced_by: BatchId | None = None) -> None:
    """Raises `Refused(STALE)` when it is unknown or revoked already."""
    active = (card_batch.c.id == batch_id) & (card_batch.c.state == BatchState.ACTIVE)
    update_one(tx, update(card_batch).where(active).values(state=BatchState.REVOKED, replaced_by=replaced_by))


def units_of_batch(tx: Tx, batch_id: BatchId) -> list[Unit]:
    """The units a batch names, by path."""
    named = select(unit).join(card_batch_unit, card_batch_unit.c.unit_id == unit.c.id)
    rows = tx.execute(named.where(card_batch_unit.c.batch_id == batch_id).order_by(unit.c.path))
    return [as_unit(row) for row in rows]


def names_of_batches(tx: Tx, batch_ids: Sequence[BatchId]) -> dict[BatchId, tuple[str, str]]:
    """The way of each batch and the path of the first unit that it names, empty where it names none."""
    named = select(card_batch.c.id, card_batch.c.way, func.coalesce(func.min(unit.c.path), "").label("path"))
    joined = named.outerjoin(card_batch_unit, card_batch_unit.c.batch_id == card_batch.c.id)
    joined = joined.outerjoin(unit, unit.c.id == card_batch_unit.c.unit_id)
    rows = tx.execute(joined.where(card_batch.c.id.in_(batch_ids)).group_by(card_batch.c.id, card_batch.c.way))
    return {BatchId(row.id): (row.way, row.path) for row in rows}


def insert_print_run(
    tx: Tx, batch_id: BatchId, cards: int, on: date, *, what: str = "cards", by: MemberId | None = None
) -> None:
    """Remembers that so many cards of the batch were printed, or another paper of it (`cards` 0); by the machine for
    None."""
    values = {"batch_id": batch_id, "cards": cards, "printed_on": on, "what": what, "printed_by": by}
    tx.execute(insert(print_run).values(id=new_id(), **values))


def cards_printed(tx: Tx, batch_id: BatchId) -> int:
    total = select(func.coalesce(func.sum(print_run.c.cards), 0)).where(print_run.c.batch_id == batch_id)
    return int(tx.execute(total).scalar_one())


def _batch(row: Row[Any]) -> CardBatch:
    return CardBatch(
        BatchId(row.id),
        RoundId(row.round_id),
        TeamId(row.team_id),
        row.code,
        row.way,
        Target(row.target),
        BatchState(row.state),
        row.is_test,
        row.cards,
        None if row.replaced_by is None else BatchId(row.replaced_by),
    )
