"""What an office's plan reads and writes by the hundred: names of units, who inspects what, who sits where."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from domain.ids import MemberId, OfficeId, RoundId, TeamId, UnitId
from domain.rounds import Role, Unit
from storage.office.teams import Assignment, as_unit
from storage.people.members import Member, Membership, list_members
from storage.schema.office import assignment, unit, unit_alias
from storage.schema.people import membership
from storage.store import Tx


def all_aliases(tx: Tx, office_id: OfficeId) -> dict[UnitId, tuple[str, ...]]:
    """The other names of units that have any."""
    joined = select(unit_alias).join(unit, unit.c.id == unit_alias.c.unit_id).where(unit.c.office_id == office_id)
    found: dict[UnitId, tuple[str, ...]] = defaultdict(tuple)
    for row in tx.execute(joined.order_by(unit_alias.c.alias)):
        found[UnitId(row.unit_id)] += (row.alias,)
    return dict(found)


def free_paths(tx: Tx, rows: Collection[Unit]) -> None:
    """Takes the paths of units that `update_units` will write, so that they may change places, also with new ones."""
    if rows:
        by_id = update(unit).where(unit.c.id == bindparam("of_id"))
        tx.execute(
            by_id.values(path=bindparam("free")), [{"of_id": one.id, "free": f"/{one.id.hex()}"} for one in rows]
        )


def update_units(tx: Tx, rows: Collection[Unit]) -> None:
    """Writes parent, level, code, name and path of units that stand. Raises `Conflict` for a path that is taken."""
    if not rows:
        return
    columns: dict[str, Any] = {
        name: bindparam(f"new_{name}") for name in ("parent_id", "level", "code", "name", "path")
    }
    values = [{"of_id": row.id, **{f"new_{name}": getattr(row, name) for name in columns}} for row in rows]
    tx.execute(update(unit).where(unit.c.id == bindparam("of_id")).values(columns), values)


def set_aliases(tx: Tx, aliases: Mapping[UnitId, Sequence[str]]) -> None:
    """Gives each of these units these other names, and no others."""
    if aliases:
        tx.execute(delete(unit_alias).where(unit_alias.c.unit_id == bindparam("of")), [{"of": one} for one in aliases])
    rows = [{"unit_id": unit_id, "alias": alias} for unit_id, names in aliases.items() for alias in names]
    if rows:
        tx.execute(insert(unit_alias), rows)


def replace_assignments(tx: Tx, round_id: RoundId, gone: Collection[UnitId], rows: Collection[Assignment]) -> None:
    """Nobody inspects the units `gone` by name any more; `rows` are put in, also in place of one that stands."""
    out = [{"of_round": round_id, "of_unit": one} for one in {*gone, *(row.unit_id for row in rows)}]
    if out:
        mine = (assignment.c.round_id == bindparam("of_round")) & (assignment.c.unit_id == bindparam("of_unit"))
        tx.execute(delete(assignment).where(mine), out)
    values = [
        {"round_id": round_id, "unit_id": row.unit_id, "team_id": row.team_id, "reason": row.reason} for row in rows
    ]
    if values:
        tx.execute(insert(assignment), values)


def seats_of_office(tx: Tx, office_id: OfficeId, on: date) -> dict[MemberId, tuple[Membership, ...]]:
    """The roles that everybody of the office and of its teams holds on that day."""
    lasts = (membership.c.from_on <= on) & or_(membership.c.to_on.is_(None), membership.c.to_on >= on)
    found: dict[MemberId, tuple[Membership, ...]] = defaultdict(tuple)
    for row in tx.execute(select(membership).where(membership.c.office_id == office_id, lasts)):
        team_id = None if row.team_id is None else TeamId(row.team_id)
        seat = Membership(MemberId(row.member_id), office_id, team_id, Role(row.role), row.from_on, row.to_on)
        found[seat.member_id] += (seat,)
    return dict(found)


def people_by_team(tx: Tx, office_id: OfficeId, on: date) -> dict[TeamId, list[tuple[Member, Role]]]:
    """Who belongs to each team on that day, in which role, by login; disabled members too."""
    held = seats_of_office(tx, office_id, on)
    found: dict[TeamId, list[tuple[Member, Role]]] = defaultdict(list)
    for one in list_members(tx, office_id):
        for seat in held.get(one.id, ()):
            if seat.team_id is not None:
                found[seat.team_id].append((one, seat.role))
    return dict(found)


def units_by_team(tx: Tx, round_id: RoundId) -> dict[TeamId, tuple[Unit, ...]]:
    """The units that each team inspects by name (not what lies below them), by path; no team that has none."""
    named = select(unit, assignment.c.team_id).join(assignment, assignment.c.unit_id == unit.c.id)
    found: dict[TeamId, tuple[Unit, ...]] = defaultdict(tuple)
    for row in tx.execute(named.where(assignment.c.round_id == round_id).order_by(unit.c.path)):
        found[TeamId(row.team_id)] += (as_unit(row),)
    return dict(found)
