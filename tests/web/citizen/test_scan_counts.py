"""Scans wait in memory until the full hour: none is lost by a fault, and nobody makes more of them than the bound."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.errors import CannotStore
from domain.ids import RoundId
from handlers.hourly import on_the_hour
from handlers.intake import scanning, scans
from handlers.office.plan.removing import remove_round
from qr import codes
from storage.office import cards as card_rows
from tests.handlers.office.side import ready_round
from tests.patience import PATIENCE
from tests.web.citizen.scan_side import TOWN, batch_of, beacon, counted, waiting
from tests.web.site import Surfer
from tests.world import World


async def test_a_scan_before_midnight_belongs_to_its_own_day(world: World, surfer: Surfer) -> None:
    await beacon(surfer, world.card(TOWN))
    world.clock.now += timedelta(days=1)
    await beacon(surfer, world.card(TOWN))
    assert sorted(day.day for _, _, day in waiting(world)) == [11, 12]
    assert sum((await counted(world)).values()) == 2


async def test_what_cannot_be_put_down_waits_and_is_not_lost(world: World, surfer: Surfer) -> None:
    batch = world.batches[TOWN].batch.id
    await beacon(surfer, world.card(TOWN))
    await world.house.store.aclose()
    with pytest.raises(CannotStore):
        await scanning.put_down(world.intake)
    assert list(world.intake.scans.take().values()) == [1], batch


async def test_scans_of_a_round_that_was_removed_cost_no_other_batch_its_own(world: World, surfer: Surfer) -> None:
    planned, batch = await ready_round(world), world.batches[TOWN].batch.id
    of_planned = await world.house.store.read(lambda tx: card_rows.list_batches(tx, planned))
    for code in (of_planned[0].code, world.card(TOWN)):
        await beacon(surfer, code)
    assert len(waiting(world)) == 2
    _, director = await world.sign_in("fang")
    await remove_round(world.desk, director, planned)
    assert await counted(world) == {batch: 1}
    assert not waiting(world)


async def test_whatever_goes_wrong_what_was_to_be_put_down_waits(world: World, surfer: Surfer) -> None:
    await beacon(surfer, world.card(TOWN))
    (known,) = waiting(world)
    world.intake.scans.add(RoundId(b"\x01" * 16), known[1], known[2])  # of no round there is: the row is refused
    with pytest.raises(IntegrityError):
        await scanning.put_down(world.intake)
    assert waiting(world)[known] == 1


async def test_the_chore_puts_down_at_the_full_hour(world: World, surfer: Surfer) -> None:
    await beacon(surfer, world.card(TOWN))
    world.clock.now = world.clock.now.replace(minute=59, second=59, microsecond=999_000)
    done = asyncio.Event()

    async def work() -> None:
        await scanning.put_down(world.intake)
        done.set()

    task = asyncio.create_task(on_the_hour(world.clock, work))
    async with asyncio.timeout(PATIENCE):
        await done.wait()
    task.cancel()
    assert not waiting(world)


async def test_memory_holds_one_number_per_batch_however_often_somebody_calls(world: World, surfer: Surfer) -> None:
    for number in range(50):
        await beacon(surfer, world.card(TOWN))
        await beacon(surfer, codes.new_code(world.intake.secrets.card_mac_key))
        await beacon(surfer, f"FORGED{number:08}")
    assert list(waiting(world).values()) == [50]


async def test_whoever_scans_and_scans_makes_up_no_more_than_the_bound_and_the_next_hour_has_its_own(
    world: World, surfer: Surfer
) -> None:
    view, code = world.batches[TOWN], world.card(TOWN)
    other, other_code = await batch_of(world)
    for _ in range(scans.MOST - 1):
        world.intake.scans.add(view.round.id, view.batch.id, world.clock.now.date())
    assert [await beacon(surfer, code) for _ in range(3)] == [204] * 3, "it is answered as ever"
    await beacon(surfer, other_code)
    assert await counted(world) == {view.batch.id: scans.MOST, other: 1}
    await beacon(surfer, code)
    assert await counted(world) == {view.batch.id: scans.MOST + 1, other: 1}


async def test_what_an_hour_could_not_put_down_takes_no_room_from_the_next(world: World) -> None:
    view, waiting = world.batches[TOWN], world.intake.scans
    key = (view.round.id, view.batch.id, world.clock.now.date())
    for _ in range(2):
        for _ in range(scans.MOST + 5):
            waiting.add(*key)
        waiting.give_back(waiting.take())
    waiting.add(*key)
    assert waiting.take() == {key: 2 * scans.MOST + 1}
