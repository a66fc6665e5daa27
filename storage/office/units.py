"""The office's tree of units, and how a typed place finds its unit. A search never guesses: it returns candidates."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, delete, exists, insert, or_, select, update

from domain.errors import Reason, Refused
from domain.ids import OfficeId, UnitId
from domain.regions import in_line
from domain.rounds import RoundState, Unit
from storage.office.teams import as_unit
from storage.rows import update_one
from storage.schema.cards import card_batch_unit
from storage.schema.office import assignment, office, round_, team, unit, unit_alias
from storage.schema.people import conflict
from storage.schema.tips import tip, tip_work
from storage.store import Tx

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


def drop_alias(tx: Tx, unit_id: UnitId, alias: str) -> bool:
    """False when the unit has no such name."""
    named = (unit_alias.c.unit_id == unit_id) & (unit_alias.c.alias == alias)
    return tx.execute(delete(unit_alias).where(named)).rowcount == 1


def list_aliases(tx: Tx, unit_id: UnitId) -> list[str]:
    found = select(unit_alias.c.alias).where(unit_alias.c.unit_id == unit_id)
    return sorted(tx.execute(found).scalars())


def change_unit(tx: Tx, before: Unit, *, name: str, code: str) -> None:
    """Gives the unit another name and code; the paths of what lies below follow.

    Raises `Refused(STALE)` when it no longer stands as in `before`, `Conflict` when its parent has one of that name.
    """
    same = (unit.c.id == before.id) & (unit.c.path == before.path) & (unit.c.code == before.code)
    path = before.path.removesuffix(before.name) + name
    update_one(tx, update(unit).where(same).values(name=name, code=code, path=path))
    for row in tx.execute(select(unit.c.id, unit.c.path).where(_below(before.path))).all():
        moved = path + row.path.removeprefix(before.path)
        tx.execute(update(unit).where(unit.c.id == row.id).values(path=moved))


def is_used(tx: Tx, unit_id: UnitId) -> bool:
    """Whether a plan, a card, a tip, a tie or another unit names it."""
    named = (
        unit.c.parent_id, assignment.c.unit_id, team.c.home_unit_id, card_batch_unit.c.unit_id, tip.c.unit_id,
        tip_work.c.unit_id, conflict.c.unit_id, office.c.region_unit_id,
    )  # fmt: skip
    return any(tx.execute(select(exists().where(column == unit_id))).scalar_one() for column in named)


def was_inspected(tx: Tx, row: Unit) -> bool:
    """Whether a round that was ever opened inspects the unit, a place it lies in, or a place in it."""
    given = select(unit).join(assignment, assignment.c.unit_id == unit.c.id)
    opened = given.join(round_, round_.c.id == assignment.c.round_id).where(round_.c.state != RoundState.PLANNED)
    return any(in_line(row, one) for one in _units(tx, opened.distinct()))


def drop_unit(tx: Tx, unit_id: UnitId) -> None:
    """Takes away a unit that nothing names, with its other names."""
    tx.execute(delete(unit_alias).where(unit_alias.c.unit_id == unit_id))
    tx.execute(delete(unit).where(unit.c.id == unit_id))


def get_unit(tx: Tx, unit_id: UnitId) -> Unit:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(unit).where(unit.c.id == unit_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return as_unit(row)


def unit_in(tx: Tx, office_id: OfficeId, unit_id: UnitId) -> Unit | None:
    """The unit, if it is one of that office."""
    row = tx.execute(select(unit).where(unit.c.office_id == office_id, unit.c.id == unit_id)).one_or_none()
    return None if row is None else as_unit(row)


def units_among(tx: Tx, office_id: OfficeId, unit_ids: Sequence[UnitId]) -> list[Unit]:
    """Those of the units that are of that office, in no order."""
    return _units(tx, select(unit).where(unit.c.office_id == office_id, unit.c.id.in_(unit_ids)))


def unit_by_code(tx: Tx, office_id: OfficeId, code: str) -> Unit | None:
    """The unit of that code; the first by path where older plans gave it to several."""
    coded = select(unit).where(unit.c.office_id == office_id, unit.c.code == code).order_by(unit.c.path).limit(1)
    row = tx.execute(coded).one_or_none()
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


def _below(path: str) -> ColumnElement[bool]:
    return unit.c.path.startswith(f"{path}/", autoescape=True)


def _units(tx: Tx, query: Select[tuple[object, ...]]) -> list[Unit]:
    return [as_unit(row) for row in tx.execute(query)]
