"""The office's tree of units, and how a typed place finds its unit. A search never guesses: it returns candidates."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, insert, or_, select

from domain.errors import Reason, Refused
from domain.ids import OfficeId, UnitId
from domain.rounds import Unit
from storage.schema.office import unit, unit_alias
from storage.store import Tx
from storage.teams import as_unit

SUFFIXES = ("街道", "社区", "村", "镇", "乡", "县")
"""What people leave off a place's name."""

_CANDIDATES = 10


def insert_units(tx: Tx, office_id: OfficeId, rows: Sequence[Unit]) -> None:
    """Inserts units, parents before children. Raises `Conflict` for a path that is there already."""
    values = [
        {
            "id": row.id,
            "office_id": office_id,
            "parent_id": row.parent_id,
            "level": row.level,
            "code": row.code,
            "name": row.name,
            "path": row.path,
        }
        for row in rows
    ]
    if values:
        tx.execute(insert(unit), values)


def insert_alias(tx: Tx, unit_id: UnitId, alias: str) -> None:
    """Another name people use for the unit."""
    tx.execute(insert(unit_alias).values(unit_id=unit_id, alias=alias))


def get_unit(tx: Tx, unit_id: UnitId) -> Unit:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(unit).where(unit.c.id == unit_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return as_unit(row)


def unit_by_path(tx: Tx, office_id: OfficeId, path: str) -> Unit | None:
    row = tx.execute(select(unit).where(unit.c.office_id == office_id, unit.c.path == path)).one_or_none()
    return None if row is None else as_unit(row)


def list_units(tx: Tx, office_id: OfficeId) -> list[Unit]:
    """The whole tree, by path."""
    return _units(tx, select(unit).where(unit.c.office_id == office_id).order_by(unit.c.path))


def children(tx: Tx, office_id: OfficeId, parent_id: UnitId | None) -> list[Unit]:
    """The units right below `parent_id`, or the roots, by code and name."""
    below = select(unit).where(unit.c.office_id == office_id, unit.c.parent_id == parent_id)
    return _units(tx, below.order_by(unit.c.code, unit.c.name))


def path_to(tx: Tx, unit_id: UnitId) -> list[Unit]:
    """The unit and those above it, from the root down. Raises `Refused(UNKNOWN)`."""
    here = get_unit(tx, unit_id)
    way = [here]
    while here.parent_id is not None:
        here = get_unit(tx, here.parent_id)
        way.append(here)
    return way[::-1]


def search_units(tx: Tx, office_id: OfficeId, typed: str) -> list[Unit]:
    """At most ten candidates for a typed place: exact name or alias, else without suffix, else containing it.

    The first of these three that finds anything answers, so an exact name is not drowned by longer ones.
    """
    name = "".join(typed.split())
    if not name:
        return []
    stem = next((name.removesuffix(one) for one in SUFFIXES if name.endswith(one) and name != one), name)
    tests = (
        _named(office_id, [name]),
        _named(office_id, [stem, *(stem + one for one in SUFFIXES)]),
        _containing(office_id, stem),
    )
    for where in tests:
        if found := _units(tx, select(unit).where(where).order_by(unit.c.path).limit(_CANDIDATES)):
            return found
    return []


def _named(office_id: OfficeId, names: list[str]) -> ColumnElement[bool]:
    by_alias = select(unit_alias.c.unit_id).where(unit_alias.c.alias.in_(names))
    return (unit.c.office_id == office_id) & or_(unit.c.name.in_(names), unit.c.id.in_(by_alias))


def _containing(office_id: OfficeId, part: str) -> ColumnElement[bool]:
    by_alias = select(unit_alias.c.unit_id).where(unit_alias.c.alias.contains(part, autoescape=True))
    return (unit.c.office_id == office_id) & or_(unit.c.name.contains(part, autoescape=True), unit.c.id.in_(by_alias))


def _units(tx: Tx, query: Select[tuple[object, ...]]) -> list[Unit]:
    return [as_unit(row) for row in tx.execute(query)]
