"""A tip's place in a part of the queue: how many stand before it, and how many there are."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, tuple_

from domain.tips import TipWork
from storage.desk.queue import Scope, inside
from storage.desk.work import position
from storage.schema.tips import tip_work
from storage.store import Tx

_ORDER = (tip_work.c.next_due_on, tip_work.c.number)


@dataclass(frozen=True, slots=True)
class Place:
    """The `n`-th of `total`, counted from 1."""

    n: int
    total: int


def place_in(tx: Tx, scope: Scope, row: TipWork) -> Place | None:
    """Where `row` stands in the order of the queue; None for a tip that the scope does not hold (any more)."""
    where = inside(scope)
    if not _count(tx, where & (tip_work.c.tip_id == row.tip_id)):
        return None
    before = where & (tuple_(*_ORDER) < tuple_(*position(row)))
    return Place(_count(tx, before) + 1, _count(tx, where))


def _count(tx: Tx, where: ColumnElement[bool]) -> int:
    return int(tx.execute(select(func.count()).select_from(tip_work).where(where)).scalar_one())
