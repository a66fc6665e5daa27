"""The units of a plan in the office's tree: found by code, else by place; renamed, moved and added without a double."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.ids import UnitId, new_id
from domain.regions import upwards
from domain.rounds import Unit
from handlers.office.importing.standing import Coming
from handlers.office.importing.tally import Tally, word
from reports.checks import DEPTH
from reports.faults import Fault
from reports.plan import PlanUnit


@dataclass(frozen=True, slots=True)
class Places:
    """`ids` by the plan's codes. `tree` is the office's whole tree as it will stand; of it `new` has to be inserted,
    parents first, and `changed` to be written. `aliases` of the units that get other ones."""

    ids: Mapping[str, UnitId]
    tree: Mapping[UnitId, Unit]
    new: tuple[Unit, ...]
    changed: tuple[Unit, ...]
    aliases: Mapping[UnitId, tuple[str, ...]]
    tally: Tally


def place_units(coming: Coming) -> Places:
    """Where every unit of the plan belongs. What cannot be is noted."""
    before = coming.standing.units
    found = _find(coming)
    ids = {row.code: found[row.code] if row.code in found else UnitId(new_id()) for row in coming.plan.units}
    rows = {ids[row.code]: row for row in coming.plan.units}
    tree = _with_paths({**before, **{unit_id: _unit(unit_id, row, ids) for unit_id, row in rows.items()}})
    aliases = _other_names(coming, rows)
    tally = Tally("units")
    for unit_id, row in rows.items():
        if unit_id in before:
            _count(coming, tally, (before[unit_id], tree[unit_id], row), aliases.get(unit_id, ()))
        else:
            tally.new.append(tree[unit_id].path)
    _check_tree(coming, tree, rows)
    return Places(
        ids,
        tree,
        tuple(tree[ids[row.code]] for row in coming.plan.units if ids[row.code] not in before),
        tuple(unit for unit_id, unit in tree.items() if unit_id in before and before[unit_id] != unit),
        aliases,
        tally,
    )


def _other_names(coming: Coming, rows: Mapping[UnitId, PlanUnit]) -> dict[UnitId, tuple[str, ...]]:
    """Of the units that get other ones than they have; where the file gives none, those that stand are kept."""
    stands = coming.standing.aliases
    return {
        unit_id: row.aliases
        for unit_id, row in rows.items()
        if row.aliases and set(row.aliases) != set(stands.get(unit_id, ()))
    }


def _find(coming: Coming) -> dict[str, UnitId]:
    """The standing unit of every code of the plan that has one: that of the code, else that of the same place whose
    own code nobody claims."""
    units = coming.standing.units
    by_code = {unit.code: unit for unit in reversed([*units.values()]) if unit.code}
    found = {row.code: by_code[row.code].id for row in coming.plan.units if row.code in by_code}
    claimed = {*found.values(), *_left_out(coming)}
    by_place = {(unit.parent_id, unit.name): unit.id for unit in units.values() if unit.id not in claimed}
    for row in coming.plan.units:  # parents first
        parent_id = found.get(row.parent_code)
        if row.code not in found and (parent_id or not row.parent_code) and (parent_id, row.name) in by_place:
            found[row.code] = by_place[parent_id, row.name]
    return found


def _left_out(coming: Coming) -> set[UnitId]:
    """Standing units that rows of the plan name which are not sound: what becomes of them is not known yet."""
    codes = coming.left_out("units").codes
    return {unit.id for unit in coming.standing.units.values() if unit.code in codes}


def _unit(unit_id: UnitId, row: PlanUnit, ids: Mapping[str, UnitId]) -> Unit:
    parent_id = ids[row.parent_code] if row.parent_code else None
    return Unit(unit_id, parent_id, row.level, row.code, row.name, "")


def _with_paths(tree: Mapping[UnitId, Unit]) -> dict[UnitId, Unit]:
    return {
        unit_id: replace(unit, path="/".join([*(tree[one].name for one in upwards(unit_id, tree))][::-1]))
        for unit_id, unit in tree.items()
    }


def _count(coming: Coming, tally: Tally, step: tuple[Unit, Unit, PlanUnit], aliases: tuple[str, ...]) -> None:
    before, after, row = step
    changes = _changes(*step)
    if before.name != after.name and not changes.keys().isdisjoint({"parent_code", "level"}):
        coming.wrong("units", row.row, "code", Fault.CODE_OF_ANOTHER, place=before.path)
    if aliases:
        changes["aliases"] = "、".join(aliases)
    if coming.is_open:
        for name in changes:
            coming.fixed("units", row.row, name, _said(coming, before, name))
    tally.note(before.path, changes)


def _changes(before: Unit, after: Unit, row: PlanUnit) -> dict[str, str]:
    changes = {}
    if before.code != after.code:
        changes["code"] = after.code
    if before.name != after.name:
        changes["name"] = after.name
    if before.level is not after.level:
        changes["level"] = word("level", after.level)
    if before.parent_id != after.parent_id:
        changes["parent_code"] = row.parent_code
    return changes


def _said(coming: Coming, unit: Unit, name: str) -> str:
    """What stands there now, in the file's words."""
    parent = coming.standing.units[unit.parent_id] if unit.parent_id else None
    said = {
        "code": unit.code,
        "name": unit.name,
        "level": word("level", unit.level),
        "parent_code": parent.code if parent else "",
        "aliases": "、".join(coming.standing.aliases.get(unit.id, ())),
    }
    return said[name]


def _check_tree(coming: Coming, tree: Mapping[UnitId, Unit], rows: Mapping[UnitId, PlanUnit]) -> None:
    """No two units in one place, none beside what lies below it, none moved from under an open round."""
    unsettled = _left_out(coming)
    at: dict[str, UnitId] = {}
    for unit_id in sorted((one for one in tree if one not in unsettled), key=lambda one: one in rows):
        first = at.setdefault(tree[unit_id].path, unit_id)
        # Where even the parents are two in one place, they are named.
        if first != unit_id and unit_id in rows and tree[first].parent_id == tree[unit_id].parent_id:
            coming.wrong("units", rows[unit_id].row, "name", Fault.NAME_TAKEN, code=tree[first].code)
    for unit in tree.values():
        row = rows.get(unit.parent_id) if unit.parent_id else None
        if row and unit.id not in rows and unit.id not in unsettled and DEPTH[unit.level] <= DEPTH[row.level]:
            coming.wrong("units", row.row, "level", Fault.BELOW_LEVEL, place=unit.name)
    for unit_id, row in rows.items():
        for ordinal in _disturbed(coming, unit_id, tree):
            coming.wrong("units", row.row, "parent_code", Fault.MOVES_OPEN, ordinal=ordinal)


def _disturbed(coming: Coming, unit_id: UnitId, tree: Mapping[UnitId, Unit]) -> Iterator[int]:
    """Open rounds in which another team would have the unit, once it lies elsewhere."""
    before = coming.standing.units.get(unit_id)
    if before is None or before.parent_id == tree[unit_id].parent_id:
        return
    for other in coming.standing.others:
        named = other.assignments
        teams = [
            next((named[up].team_id for up in upwards(unit_id, one) if up in named), None)
            for one in (coming.standing.units, tree)
        ]
        if other.is_open and teams[0] != teams[1]:
            yield other.round.ordinal
