"""What the intake inserted becomes the desk's work: once, in order, with numbers that have no gap."""

import asyncio

from domain.figures import Sheet
from domain.tips import Action, State
from handlers.conversation.events import Chose, Said
from handlers.desk.arriving.fold import fold
from handlers.desk.moves.acting import Wish, act
from storage.desk import counters, work
from storage.desk.work import View
from storage.office import teams
from tests.world import World

ANY = View()


async def queue(world: World, ordinal: int = 1):  # type: ignore[no-untyped-def]
    round_id = world.made.round_id

    def load(tx):  # type: ignore[no-untyped-def]
        team = next(one for one in teams.list_teams(tx, round_id) if one.ordinal == ordinal)
        return sorted(work.first_in_view(tx, round_id, team.id, ANY, 100), key=lambda one: one.number)

    return await world.house.store.read(load)


async def test_numbers_count_from_one_in_each_team_without_a_gap(world: World) -> None:
    for n, place in enumerate(("苇庄镇", "青坪乡", "苇庄镇", "苇庄镇", "青坪乡")):
        await world.villager(f"v{n}").tells(place, "路灯不亮")
    await fold(world.desk)
    assert [one.number for one in await queue(world, 1)] == [1, 2, 3]
    assert [one.number for one in await queue(world, 2)] == [1, 2]


async def test_two_desks_that_fold_at_once_fold_each_tip_once(world: World) -> None:
    for n in range(4):
        await world.villager(f"v{n}").tells("苇庄镇", "路灯不亮")
    changes = await asyncio.gather(fold(world.desk), fold(world.desk), fold(world.desk))
    assert sum(map(len, changes)) == 4
    assert [one.number for one in await queue(world)] == [1, 2, 3, 4]
    counted = await world.house.store.read(lambda tx: counters.read_sheet(tx, world.made.round_id, Sheet.COHORT))
    assert list(counted.values()) == [4]


async def test_a_new_tip_is_due_after_the_rounds_working_days(world: World) -> None:
    await world.villager("v").tells("苇庄镇", "路灯不亮")
    await fold(world.desk)
    (tip,) = await queue(world)
    assert tip.state is State.RECEIVED
    assert tip.next_due_on is not None
    assert tip.next_due_on > world.clock().date()


async def withdraw(villager, code: str) -> None:  # type: ignore[no-untyped-def]
    for event in (Chose("noted"), Chose("progress"), Said(code), Chose("withdraw")):
        answer = await villager.does(event)
    if answer.state.step == "withdraw":
        await villager.does(Chose("withdraw"))


async def test_a_tip_that_its_reporter_withdraws_is_worked_on_no_more(world: World) -> None:
    villager = world.villager("v")
    code = await villager.tells("苇庄镇", "路灯不亮")
    await fold(world.desk)
    await withdraw(villager, code)
    await fold(world.desk)
    (tip,) = await queue(world)
    assert (tip.state, tip.next_due_on) == (State.WITHDRAWN, None)


async def test_a_wish_to_withdraw_that_comes_after_acceptance_moves_nothing(world: World) -> None:
    villager = world.villager("v")
    code = await villager.tells("苇庄镇", "路灯不亮")
    for event in (Chose("noted"), Chose("progress"), Said(code)):
        await villager.does(event)  # the page that still offers to withdraw
    await fold(world.desk)
    (before,) = await queue(world)
    _, zhou = await world.sign_in("zhou")
    await villager.does(Chose("withdraw"))
    await act(world.desk, zhou, before.tip_id, Wish(Action.ACCEPT, before.version))
    await villager.does(Chose("withdraw"))
    await fold(world.desk)
    assert (await queue(world))[0].state is State.ACCEPTED
    assert await fold(world.desk) == []
