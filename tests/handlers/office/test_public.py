"""Public figures of a real round: frozen once a day, by the places of the plan, and without the recusal queue."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.demo.county import CLOSES_IN_DAYS
from domain.errors import Refused
from domain.ids import RoundId
from domain.publishing import About
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.office.reporting.releasing import find_day, release_due
from handlers.office.rounds.opening import close_round
from tests.handlers.office.side import plan_round
from tests.world import World


async def tell(world: World, name: str, place: str = "苇庄镇") -> None:
    await world.villager(name).tells(place, "路灯一年没有亮")
    await fold(world.desk)


async def channels(world: World, on: date | None = None) -> tuple[date, dict[str, int]] | None:
    _, director = await world.sign_in("fang")
    day = await find_day(world.desk, director, world.made.round_id, on)
    if day is None:
        return None
    table = next(one for one in day.tables if one.about is About.CHANNEL)
    return day.on, {row.key: row.shown[0] for row in table.rows}


async def test_the_figures_of_a_day_are_counted_once_and_never_change(world: World) -> None:
    assert await channels(world) is None
    for name in "abcdef":
        await tell(world, name)
    await release_due(world.desk)
    first = world.clock.now.date()
    assert await channels(world) == (first, {"web": 5, "telegram": 0, "letter": 0, "phone": 0})
    for name in "ghij":
        await tell(world, name)
    world.clock.forward(hours=11)
    await release_due(world.desk)
    assert await channels(world) == (first, {"web": 5, "telegram": 0, "letter": 0, "phone": 0})
    world.clock.forward(hours=1)
    await release_due(world.desk)
    later = await channels(world)
    assert later == (first + timedelta(days=1), {"web": 10, "telegram": 0, "letter": 0, "phone": 0})
    assert await channels(world, first) == (first, {"web": 5, "telegram": 0, "letter": 0, "phone": 0})


async def test_two_at_the_same_moment_freeze_the_same_figures(world: World) -> None:
    for name in "abcde":
        await tell(world, name)
    await asyncio.gather(*(release_due(world.desk) for _ in range(3)))
    assert await channels(world) == (world.clock.now.date(), {"web": 5, "telegram": 0, "letter": 0, "phone": 0})


async def places(world: World) -> dict[str, tuple[int, ...]]:
    _, director = await world.sign_in("fang")
    day = await find_day(world.desk, director, world.made.round_id, None)
    assert day is not None
    return {row.name: row.shown for table in day.tables if table.about is About.UNIT for row in table.rows}


async def test_villages_are_counted_in_their_township_once_the_round_takes_no_more(world: World) -> None:
    for name in "abcde":
        villager = world.villager(name)
        await villager.does(Start(world.card("苇庄镇")))
        await villager.does(Said("路灯一年没有亮"))
        asked = await villager.does(Chose("done"))
        village = next(one for one in asked.state.options if one.name != "苇庄镇")
        for choice in (f"unit:{village.id.hex()}", "anonymous", "recusal:no", "submit"):
            await villager.does(Chose(choice))
    assert len(await fold(world.desk)) == 5
    await release_due(world.desk)
    assert await places(world) == {}
    world.clock.forward(days=CLOSES_IN_DAYS + 2)
    await release_due(world.desk)
    shown = await places(world)
    assert (shown["苇庄镇"], shown["青坪乡"]) == ((5,), (0,))
    assert not {village.name, "苇原县"} & shown.keys()


async def test_places_are_shown_from_the_second_day_after_an_early_end_and_not_first_after_the_planned_one(
    world: World,
) -> None:
    """On the first one somebody can still send off what they had begun."""
    for name in "abcde":
        await tell(world, name)
    _, director = await world.sign_in("fang")
    await close_round(world.desk, director, world.made.round_id)
    for days, seen in ((1, set()), (1, {"苇庄镇"})):
        world.clock.forward(days=days)
        await release_due(world.desk)
        assert {"苇庄镇"} & (await places(world)).keys() == seen
    assert CLOSES_IN_DAYS > 2, "or it is no early end"


async def test_a_tip_for_the_recusal_queue_is_in_no_public_figure(world: World) -> None:
    for name in "abcde":
        villager = world.villager(name)
        await villager.does(Start(world.card("苇庄镇")))
        await villager.does(Said("巡察组的人收了礼"))
        for choice in ("done", "skip", "anonymous", "recusal:yes", "submit"):
            await villager.does(Chose(choice))
    assert len(await fold(world.desk)) == 5
    await release_due(world.desk)
    _, director = await world.sign_in("fang")
    day = await find_day(world.desk, director, world.made.round_id, None)
    assert day is not None
    assert not any(sum(table.totals) for table in day.tables)


async def test_a_round_that_is_planned_has_none_and_a_day_without_figures_is_unknown(world: World) -> None:
    planned = await plan_round(world)
    await release_due(world.desk)
    _, director = await world.sign_in("fang")
    assert await find_day(world.desk, director, planned, None) is None
    for round_id, on in ((RoundId(b"\x01" * 16), None), (world.made.round_id, date(2020, 1, 1))):
        with pytest.raises(Refused):
            await find_day(world.desk, director, round_id, on)


async def test_a_closed_round_is_counted_on_for_half_a_year(world: World) -> None:
    _, director = await world.sign_in("fang")
    await close_round(world.desk, director, world.made.round_id)
    world.clock.forward(days=200)
    await release_due(world.desk)
    assert await channels(world) == (world.clock.now.date(), dict.fromkeys(("web", "telegram", "letter", "phone"), 0))
    world.clock.forward(days=100)
    await release_due(world.desk)
    assert await channels(world) != (world.clock.now.date(), dict.fromkeys(("web", "telegram", "letter", "phone"), 0))
