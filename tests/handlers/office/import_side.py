"""Plans as they come from the office's workbook, the round after the county's own, and all that an import may touch."""

from typing import Any

import pytest
from sqlalchemy import select

from domain.ids import RoundId
from domain.rounds import Team, Unit
from handlers.office.importing import planning
from handlers.office.importing.changes import Changes
from handlers.office.importing.planning import Imported
from reports.faults import PlanErrors
from reports.plan import Plan
from reports.unpacking import unpack
from reports.workbook import read_sound
from storage.office import planned, rounds, teams, units
from storage.schema.base import metadata
from storage.store import Tx
from tests.reports.plan_edits import Edit, edited, put, read
from tests.world import World

SEVENTH = put("轮次", "B2", 7)
"""The template's window begins months after that of the county's open round, the sixth."""


def plan(*edits: Edit) -> Plan:
    return read(edited(SEVENTH, *edits))


def with_mistakes(*edits: Edit) -> Plan:
    """What a look is made of when the file itself has problems."""
    return read_sound(edited(SEVENTH, *edits), open_=unpack)


async def sixth(world: World, *edits: Edit) -> Plan:
    """The plan of the county's own round, which is open, as the office would bring it again; with mistakes, what is
    sound of it."""
    round_ = await world.house.store.read(lambda tx: rounds.get_round(tx, world.made.round_id))
    window = [
        put("轮次", "B2", round_.ordinal),
        put("轮次", "D2", f"{round_.opens_at:%Y-%m-%d %H:%M}"),
        put("轮次", "E2", f"{round_.closes_at:%Y-%m-%d %H:%M}"),
    ]
    return read_sound(edited(*window, *edits), open_=unpack)


async def bring(world: World, wanted: Plan, by: str = "fang") -> Imported:
    _, session = await world.sign_in(by)
    return await planning.import_plan(world.desk, session.office_id, wanted, session.member_id)


async def look(world: World, wanted: Plan, by: str = "fang") -> Changes:
    _, session = await world.sign_in(by)
    return await planning.look_at(world.desk, session.office_id, wanted, session.member_id)


async def refused(world: World, wanted: Plan, by: str = "fang") -> list[str]:
    """Every problem with its place; a look and an import name the same, and neither leaves anything behind."""
    before = await everything(world)
    with pytest.raises(PlanErrors) as looked:
        await look(world, wanted, by)
    with pytest.raises(PlanErrors) as brought:
        await bring(world, wanted, by)
    assert await everything(world) == before
    assert str(looked.value) == str(brought.value)
    return [str(problem) for problem in brought.value.problems]


async def everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the database but for sessions, which signing in makes."""
    tables = [table for table in metadata.sorted_tables if table.name != "session"]

    def load(tx: Tx) -> dict[str, list[tuple[Any, ...]]]:
        return {table.name: sorted((tuple(row) for row in tx.execute(select(table))), key=repr) for table in tables}

    return await world.house.store.read(load)


async def tree(world: World) -> dict[str, Unit]:
    """The office's units by path."""
    _, session = await world.sign_in("fang")
    found = await world.house.store.read(lambda tx: units.list_units(tx, session.office_id))
    return {unit.path: unit for unit in found}


async def aliases(world: World, path: str) -> set[str]:
    _, session = await world.sign_in("fang")
    found = await world.house.store.read(lambda tx: planned.all_aliases(tx, session.office_id))
    return set(found.get((await tree(world))[path].id, ()))


async def teams_of(world: World, round_id: RoundId) -> dict[str, Team]:
    found = await world.house.store.read(lambda tx: teams.list_teams(tx, round_id))
    return {team.name: team for team in found}


async def inspected(world: World, round_id: RoundId) -> dict[str, str]:
    """The team of every unit that is assigned by name."""
    paths = {unit.id: path for path, unit in (await tree(world)).items()}
    names = {team.id: name for name, team in (await teams_of(world, round_id)).items()}
    found = await world.house.store.read(lambda tx: teams.list_assignments(tx, round_id))
    return {paths[one.unit_id]: names[one.team_id] for one in found}
