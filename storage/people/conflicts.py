"""What members declared: ties to places that their team should not inspect with them. No reason is asked or kept."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, select

from domain.ids import MemberId, OfficeId, UnitId
from domain.regions import Relation
from storage.rows import insert_or_replace
from storage.schema.office import unit
from storage.schema.people import conflict
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Declared:
    """One tie of a member to a unit."""

    member_id: MemberId
    unit_id: UnitId
    relation: Relation
    declared_on: date


def put_conflict(tx: Tx, row: Declared) -> None:
    """Declares a tie, in place of an older one of the member to the same unit."""
    values = {"member_id": row.member_id, "unit_id": row.unit_id}
    insert_or_replace(tx, conflict, **values, relation=row.relation, declared_on=row.declared_on)


def drop_conflict(tx: Tx, member_id: MemberId, unit_id: UnitId) -> bool:
    """False when the member had declared none to that unit."""
    mine = (conflict.c.member_id == member_id) & (conflict.c.unit_id == unit_id)
    return tx.execute(delete(conflict).where(mine)).rowcount == 1


def conflicts_of(tx: Tx, member_id: MemberId) -> list[Declared]:
    """What a member declared, in the order of places."""
    named = select(conflict).join(unit, unit.c.id == conflict.c.unit_id)
    rows = tx.execute(named.where(conflict.c.member_id == member_id).order_by(unit.c.path))
    return [_declared(row) for row in rows]


def conflicts_in(tx: Tx, office_id: OfficeId) -> dict[MemberId, tuple[Declared, ...]]:
    """What each member of an office declared, in the order of places; nobody who declared nothing."""
    named = select(conflict).join(unit, unit.c.id == conflict.c.unit_id)
    found: dict[MemberId, tuple[Declared, ...]] = defaultdict(tuple)
    for row in tx.execute(named.where(unit.c.office_id == office_id).order_by(unit.c.path)):
        found[MemberId(row.member_id)] += (_declared(row),)
    return dict(found)


def _declared(row: Row[Any]) -> Declared:
    return Declared(MemberId(row.member_id), UnitId(row.unit_id), Relation(row.relation), row.declared_on)
