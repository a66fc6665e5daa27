"""Which rounds are frozen on which days, by whom, and which places of the plan have a row."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.demo.county import CLOSES_IN_DAYS
from domain.ids import RoundId, UnitId, new_id
from domain.publishing import About
from domain.rounds import Level, RoundState, TeamKind, Unit
from handlers.office.reporting.releasing import AFTER_DAYS, find_day, keep, release_due
from storage.office import releases, rounds, teams, units
from storage.people import audit
from storage.schema.office import round_
from storage.store import Tx
from tests.handlers.office.side import plan_round
from tests.patience import PATIENCE
from tests.world import World


async def days(world: World, round_id: RoundId | None = None) -> list[date]:
    return await world.desk.store.read(lambda tx: releases.list_days(tx, round_id or world.made.round_id))


async def rows(world: World, about: About = About.UNIT) -> list[str]:
    """What has a row once the round takes no more; places, if nothing else is asked."""
    world.clock.forward(days=CLOSES_IN_DAYS + 2)
    await release_due(world.desk)
    _, director = await world.sign_in("fang")
    day = await find_day(world.desk, director, world.made.round_id, None)
    assert day is not None
    return next([row.name for row in one.rows] for one in day.tables if one.about is about)


async def assigned(world: World, *names: str) -> list[Unit]:
    """Changes the plan so that one team inspects these alone; gives all units there are."""

    def write(tx: Tx) -> list[Unit]:
        known = units.list_units(tx, world.batches["苇庄镇"].round.office_id)
        team = teams.list_teams(tx, world.made.round_id)[0].id
        tx.exec_driver_sql("DELETE FROM assignment")
        for one in known:
            if one.name in names:
                teams.insert_assignment(tx, world.made.round_id, one.id, team)
        return known

    return await world.desk.store.write(write)


async def neighbour(world: World) -> UnitId:
    """A township of a second county, which nobody inspects."""
    office_id = world.batches["苇庄镇"].round.office_id
    county, town = UnitId(new_id()), UnitId(new_id())
    added = [
        Unit(county, None, Level.COUNTY, "9", "云岭县", "云岭县"),
        Unit(town, county, Level.TOWNSHIP, "91", "苇庄镇", "云岭县/苇庄镇"),
    ]
    await world.desk.store.write(lambda tx: units.insert_units(tx, office_id, added))
    return town


def of_level(known: Sequence[Unit], level: Level) -> set[str]:
    return {one.name for one in known if one.level is level}


async def test_a_round_that_nobody_opened_has_no_figures_however_late_it_is(world: World) -> None:
    planned = await plan_round(world)
    world.clock.forward(days=100)
    await release_due(world.desk)
    assert await days(world, planned) == []
    assert await days(world) == [world.clock.now.date()]


async def test_a_round_has_figures_from_its_first_day_to_half_a_year_after_its_last(world: World) -> None:
    planned = await plan_round(world)

    def open_ahead(tx: Tx) -> tuple[date, date]:
        tx.execute(update(round_).where(round_.c.id == planned).values(state=RoundState.OPEN))
        found = rounds.get_round(tx, planned)
        return found.opens_at.date(), found.closes_at.date()

    first, last = await world.desk.store.write(open_ahead)
    end, one = last + timedelta(days=AFTER_DAYS), timedelta(days=1)
    for on in (first - one, first, end, end + one):
        world.clock.now = datetime.combine(on, world.clock.now.timetz())
        await release_due(world.desk)
    assert await days(world, planned) == [end, first]


async def test_what_was_frozen_stands_in_the_audit_once_a_day_and_by_nobody(world: World) -> None:
    office_id = world.batches["苇庄镇"].round.office_id
    for _ in range(3):
        await release_due(world.desk)
    lines = await world.desk.store.read(lambda tx: audit.list_lines(tx, office_id))
    frozen = [line.entry for line in lines if line.entry.act == "release"]
    assert [(one.member_id, one.object_kind, one.object_id) for one in frozen] == [(None, "round", world.made.round_id)]


async def test_a_fault_is_named_and_the_next_full_hour_tries_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    asked, frozen = 0, asyncio.Event()

    def clock() -> datetime:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise RuntimeError("no time")
        return world.clock.now.replace(minute=59, second=59, microsecond=950_000)

    class Watched:
        """The store; says when something was written."""

        def __getattr__(self, name: str) -> object:
            return getattr(world.desk.store, name)

        async def write(self, work: object) -> object:
            done = await world.desk.store.write(work)  # type: ignore[arg-type]
            frozen.set()
            return done

    keeping = asyncio.create_task(keep(replace(world.desk, clock=clock, store=Watched())))  # type: ignore[arg-type]
    async with asyncio.timeout(PATIENCE):
        await frozen.wait()
    keeping.cancel()
    assert await days(world) == [world.clock.now.date()]
    assert [one.getMessage() for one in caplog.records] == ["no figures released: RuntimeError"]


async def test_a_county_that_is_inspected_whole_has_a_row_for_each_of_its_places_and_none_of_its_own(
    world: World,
) -> None:
    known = await assigned(world, "苇原县")
    assert of_level(known, Level.VILLAGE)
    await neighbour(world)
    shown = await rows(world)
    assert len(shown) == len(set(shown))
    assert set(shown) == of_level(known, Level.TOWNSHIP)


async def test_a_village_that_is_inspected_has_the_row_of_its_township_and_no_other_place_has_one(
    world: World,
) -> None:
    known = await assigned(world, "苇庄镇")
    town = next(one for one in known if one.name == "苇庄镇")
    await assigned(world, next(one.name for one in known if one.parent_id == town.id))
    assert await rows(world) == ["苇庄镇"]


async def test_of_several_counties_each_place_is_named_with_its_county(world: World) -> None:
    town, team = await neighbour(world), world.batches["苇庄镇"].team.id
    await world.desk.store.write(lambda tx: teams.insert_assignment(tx, world.made.round_id, town, team))
    assert {"苇原县 苇庄镇", "云岭县 苇庄镇"} <= set(await rows(world))


async def test_only_ordinary_teams_have_a_row(world: World) -> None:
    listed = await world.desk.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    assert {one.kind for one in listed} == {*TeamKind}
    assert await rows(world, About.TEAM) == [one.name for one in listed if one.kind is TeamKind.TEAM]
