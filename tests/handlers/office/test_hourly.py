"""The full hour: what is done then, what goes wrong then, and what stands in between."""

import asyncio
from datetime import UTC, datetime

import pytest

from domain.errors import CannotStore
from handlers.hourly import Hourly, on_the_hour, until_full_hour
from handlers.services import DeskServices
from tests.patience import PATIENCE
from tests.world import World


@pytest.mark.parametrize(("minute", "second", "left"), [(0, 0, 3600), (59, 59, 1), (30, 15, 1785)])
def test_the_next_full_hour_is_never_now(minute: int, second: int, left: int) -> None:
    now = datetime(2026, 11, 11, 23, minute, second, tzinfo=UTC)
    assert until_full_hour(now).total_seconds() == left


@pytest.mark.parametrize("fault", [CannotStore("full"), RuntimeError("a name that no log may hold")])
async def test_whatever_goes_wrong_is_named_by_its_kind_and_tried_again_at_the_next_full_hour(
    caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    times, done = 0, asyncio.Event()

    async def work() -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise fault
        done.set()

    last_moment = datetime(2026, 11, 11, 11, 59, 59, 990_000, tzinfo=UTC)
    task = asyncio.create_task(on_the_hour(lambda: last_moment, work, "not done"))
    async with asyncio.timeout(PATIENCE):
        await done.wait()
    task.cancel()
    assert [one.getMessage() for one in caplog.records] == [f"not done: {type(fault).__name__}"]


def counted() -> Hourly[str, int]:
    """How often a key was asked for; of "lame" it cannot be said a second time."""
    times: dict[str, int] = {}

    async def make(_: DeskServices, key: str) -> int:
        times[key] = times.get(key, 0) + 1
        if (key, times[key]) == ("lame", 2):
            raise CannotStore("away")
        return times[key]

    return Hourly(make)


async def test_what_was_made_shortly_before_a_full_hour_stands_until_the_one_after(world: World) -> None:
    values = counted()
    world.clock.forward(minutes=59)
    shown = [await values.get(world.desk, "a")]
    for minutes in (1, 59, 1, 59, 1):  # 13:00, 13:59, 14:00, 14:59, 15:00
        world.clock.forward(minutes=minutes)
        if world.clock().minute == 0:
            await values.renew(world.desk)
        shown.append(await values.get(world.desk, "a"))
    assert shown == [1, 1, 1, 2, 2, 3]


async def test_full_hours_a_little_late_are_an_hour_apart_all_the_same(world: World) -> None:
    values = counted()
    shown = []
    for seconds in (5, 3598, 3600, 3597):  # the first count took five seconds, later ones less
        world.clock.forward(seconds=seconds)
        await values.renew(world.desk)
        shown.append(await values.get(world.desk, "a"))
    assert shown == [1, 2, 3, 4]


async def test_what_cannot_be_made_stays_and_holds_up_nothing_else(world: World) -> None:
    values, keys = counted(), ("lame", "a")
    for key in keys:
        await values.get(world.desk, key)
    shown = []
    for _ in range(2):
        world.clock.forward(hours=1)
        await values.renew(world.desk)
        shown.append([await values.get(world.desk, key) for key in keys])
    assert shown == [[1, 2], [3, 3]]
