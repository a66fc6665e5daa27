"""A tip's place in a view of the queue: how many stand before it, and which come next on both sides."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, tuple_

from domain.ids import TipId
from domain.tips import TipWork
from storage.schema.tips import tip_work
from storage.store import Tx
from storage.work import View, in_view, position

_ORDER = (tip_work.c.next_due_on, tip_work.c.number)


@dataclass(frozen=True, slots=True)
class Place:
    """`n` counts from 1 and is None for a tip that the view does not hold (any more); its neighbours are there yet."""

    n: int | None
    total: int
    previous: TipId | None
    next: TipId | None


def place_in(tx: Tx, row: TipWork, view: View) -> Place:
    """Where `row` stands among its team's tips in `view`, by the queue's own order."""
    where, here = in_view(row.round_id, row.team_id, view), tuple_(*position(row))
    before, behind = tuple_(*_ORDER) < here, tuple_(*_ORDER) > here
    held = _count(tx, where & (tip_work.c.tip_id == row.tip_id))
    return Place(
        n=_count(tx, where & before) + 1 if held else None,
        total=_count(tx, where),
        previous=_first(tx, where & before, [one.desc() for one in _ORDER]),
        next=_first(tx, where & behind, list(_ORDER)),
    )


def _count(tx: Tx, where: ColumnElement[bool]) -> int:
    return int(tx.execute(select(func.count()).select_from(tip_work).where(where)).scalar_one())


def _first(tx: Tx, where: ColumnElement[bool], order: list[ColumnElement[object]]) -> TipId | None:
    found = tx.execute(select(tip_work.c.tip_id).where(where).order_by(*order).limit(1)).scalar()
    return None if found is None else TipId(found)
