"""The office's tree of units, edited one by one: codes are its own, paths follow names, what is in use stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import UnitId, new_id
from domain.rounds import Level, Unit
from handlers.office.plan import mine
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import units
from storage.store import Conflict, Tx

CODE = 32
ALIASES = 20
_BELOW = {None: Level.COUNTY, Level.COUNTY: Level.TOWNSHIP, Level.TOWNSHIP: Level.VILLAGE}
"""Which level hangs from which."""


@dataclass(frozen=True, slots=True)
class Node:
    """A unit and what hangs from it. `below`: how many units in all."""

    unit: Unit
    children: "tuple[Node, ...]"

    @property
    def below(self) -> int:
        return sum(1 + child.below for child in self.children)


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit with those above it from the root, those right below it, and its other names."""

    unit: Unit
    above: tuple[Unit, ...]
    children: tuple[Unit, ...]
    aliases: tuple[str, ...]

    @property
    def takes(self) -> Level | None:
        """The level of what can be added below; None below a village."""
        return _BELOW.get(self.unit.level)


async def read_tree(services: DeskServices, session: Session) -> list[Node]:
    """The office's counties, each with all that lies in it, siblings by code and name."""
    return grow(await services.store.read(lambda tx: units.list_units(tx, session.office_id)))


async def find(services: DeskServices, session: Session, typed: str) -> list[Unit]:
    """At most ten units for a typed name or alias; the one of that code in front."""

    def load(tx: Tx) -> list[Unit]:
        text = typed.strip()[: mine.NAME]
        coded = units.unit_by_code(tx, session.office_id, text) if text else None
        named = units.search_units(tx, session.office_id, text)
        return [*([coded] if coded else []), *(one for one in named if coded is None or one.id != coded.id)]

    return await services.store.read(load)


async def view_unit(services: DeskServices, session: Session, unit_id: UnitId) -> UnitView:
    """Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> UnitView:
        unit = mine.unit_of(tx, session, unit_id)
        children = units.children(tx, session.office_id, unit_id)
        above = units.path_to(tx, unit_id)[:-1]
        return UnitView(unit, tuple(above), tuple(children), tuple(units.list_aliases(tx, unit_id)))

    return await services.store.read(load)


async def add_unit(
    services: DeskServices, session: Session, parent_id: UnitId | None, *, name: str, code: str
) -> UnitId:  # fmt: skip
    """A new unit below `parent_id`, or a county for None.

    Raises `Refused`: UNKNOWN for a parent that is not there, BAD_INPUT (`plan-unit-name`, `plan-unit-code`,
    `plan-unit-same-code`, `plan-unit-same-name`, `plan-unit-deep` below a village).
    """
    name, code = _name(name), _code(code)
    unit_id = UnitId(new_id())

    def write(tx: Tx) -> None:
        parent = mine.unit_of(tx, session, parent_id) if parent_id is not None else None
        unit = _hung(parent, unit_id, name, code)
        _check_code(tx, session, code)
        units.insert_units(tx, session.office_id, [unit])
        _note(tx, services, session, "add-unit", unit_id)

    try:
        await services.store.write(write)
    except Conflict:
        raise Refused(Reason.BAD_INPUT, "plan-unit-same-name") from None
    return unit_id


async def change_unit(services: DeskServices, session: Session, before: Unit, *, name: str, code: str) -> None:
    """Gives a unit another name and code. `before`: name and code as they stood on the form.

    Raises `Refused`: as `add_unit`, STALE when somebody changed them meanwhile.
    """
    name, code = _name(name), _code(code)

    def write(tx: Tx) -> None:
        stands = mine.unit_of(tx, session, before.id)
        if (stands.name, stands.code) != (before.name, before.code):
            raise Refused(Reason.STALE)
        if code != stands.code:
            _check_code(tx, session, code)
        units.change_unit(tx, stands, name=name, code=code)
        _note(tx, services, session, "change-unit", before.id)

    try:
        await services.store.write(write)
    except Conflict:
        raise Refused(Reason.BAD_INPUT, "plan-unit-same-name") from None


async def add_alias(services: DeskServices, session: Session, unit_id: UnitId, alias: str) -> None:
    """Another name people use. Raises `Refused`: UNKNOWN, BAD_INPUT (`plan-unit-name`, `plan-unit-aliases`)."""
    alias = _name(alias)

    def write(tx: Tx) -> None:
        unit, known = mine.unit_of(tx, session, unit_id), units.list_aliases(tx, unit_id)
        if len(known) >= ALIASES:
            raise Refused(Reason.BAD_INPUT, "plan-unit-aliases")
        if alias not in known and alias != unit.name:
            units.insert_alias(tx, unit_id, alias)
            _note(tx, services, session, "add-alias", unit_id)

    await services.store.write(write)


async def drop_alias(services: DeskServices, session: Session, unit_id: UnitId, alias: str) -> None:
    """Nothing happens when the unit has no such name. Raises `Refused(UNKNOWN)`."""

    def write(tx: Tx) -> None:
        mine.unit_of(tx, session, unit_id)
        if units.drop_alias(tx, unit_id, alias):
            _note(tx, services, session, "drop-alias", unit_id)

    await services.store.write(write)


async def remove_unit(services: DeskServices, session: Session, unit_id: UnitId) -> None:
    """Raises `Refused`: UNKNOWN, BAD_INPUT (`plan-unit-used`) for a unit of a plan that was ever opened, or one in use.

    The first comes before any tip is looked at: whether a place can go must not say whether somebody wrote of it.
    """

    def write(tx: Tx) -> None:
        unit = mine.unit_of(tx, session, unit_id)
        if units.was_inspected(tx, unit) or units.is_used(tx, unit_id):
            raise Refused(Reason.BAD_INPUT, "plan-unit-used")
        units.drop_unit(tx, unit_id)
        _note(tx, services, session, "remove-unit", unit_id)

    await services.store.write(write)


def grow(known: Sequence[Unit]) -> list[Node]:
    """The tree of all units of an office, siblings by code and name."""
    below: dict[UnitId | None, list[Unit]] = {}
    for unit in sorted(known, key=lambda one: (one.code, one.name)):
        below.setdefault(unit.parent_id, []).append(unit)

    def nodes(parent_id: UnitId | None) -> tuple[Node, ...]:
        return tuple(Node(unit, nodes(unit.id)) for unit in below.get(parent_id, ()))

    return list(nodes(None))


def _hung(parent: Unit | None, unit_id: UnitId, name: str, code: str) -> Unit:
    """A unit right below `parent`, or a county. Raises `Refused(BAD_INPUT, "plan-unit-deep")`."""
    level = _BELOW.get(parent.level if parent else None)
    if level is None:
        raise Refused(Reason.BAD_INPUT, "plan-unit-deep")
    path = f"{parent.path}/{name}" if parent else name
    return Unit(unit_id, parent.id if parent else None, level, code, name, path)


def _name(typed: str) -> str:
    """A name that can stand in a path of names. Raises `Refused(BAD_INPUT, "plan-unit-name")`."""
    name = mine.line(typed, "plan-unit-name")
    if "/" in name:
        raise Refused(Reason.BAD_INPUT, "plan-unit-name")
    return name


def _code(typed: str) -> str:
    return mine.line(typed, "plan-unit-code", most=CODE)


def _check_code(tx: Tx, session: Session, code: str) -> None:
    if units.unit_by_code(tx, session.office_id, code) is not None:
        raise Refused(Reason.BAD_INPUT, "plan-unit-same-code")


def _note(tx: Tx, services: DeskServices, session: Session, act: str, unit_id: UnitId) -> None:
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "unit", unit_id))
