"""The board counts what was received, moves on the full hour only, and leaves recusal and test cards out."""

from datetime import timedelta

import pytest

from domain.errors import Refused
from domain.ids import RoundId, TeamId
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.office import cards
from handlers.office.figures.board import Board, board
from handlers.office.figures.scope import Scope
from handlers.office.figures.sheets import read_sheets
from handlers.office.figures.volume import Boards
from handlers.office.plan.removing import remove_round
from tests.handlers.office.side import plan_round
from tests.world import World


async def tell(world: World, name: str, place: str) -> None:
    await world.villager(name).tells(place, "路灯一年没有亮")
    await fold(world.desk)


async def count(world: World) -> Board:
    return board(await read_sheets(world.desk, world.made.round_id), Scope())


async def received(boards: Boards, world: World) -> tuple[int, int]:
    """Tips received, and the hour of the count."""
    sheets = await boards.get(world.desk, world.made.round_id)
    return board(sheets, Scope()).tally.received, sheets.counted_at.hour


async def test_tips_are_counted_per_team_and_day_with_their_totals(world: World) -> None:
    for name, place in (("a", "苇庄镇"), ("b", "苇庄镇"), ("c", "青坪乡")):
        await tell(world, name, place)
    world.clock.forward(days=1)
    await tell(world, "d", "青坪乡")
    found = await count(world)
    assert [(team.name, t.received) for team, t in found.teams] == [
        ("第一巡察组", 2), ("第二巡察组", 2), ("第三巡察组", 0), ("待分件", 0),
    ]  # fmt: skip
    assert [sum(day.counts) for day in found.days[-2:]] == [3, 1]
    assert (found.days[0].on, found.days[-1].on) == (found.sheets.round.opens_at.date(), world.clock.now.date())
    assert all(b.on - a.on == timedelta(days=1) for a, b in zip(found.days, found.days[1:], strict=False))


async def test_the_board_stands_still_between_two_full_hours(world: World) -> None:
    boards = Boards()
    assert await received(boards, world) == (0, 12)
    await tell(world, "a", "苇庄镇")
    world.clock.forward(minutes=59)
    assert await received(boards, world) == (0, 12)
    world.clock.forward(minutes=1)
    await boards.count_all(world.desk)
    assert await received(boards, world) == (1, 13)


async def test_what_is_made_of_figures_is_made_once_and_goes_with_them(world: World) -> None:
    boards, here = Boards(), world.made.round_id
    first = await boards.board(world.desk, here, Scope())
    assert await boards.board(world.desk, here, Scope()) is first
    assert (await boards.board(world.desk, here, Scope(last=first.sheets.today))).scope.last == first.sheets.today
    await tell(world, "a", "苇庄镇")
    world.clock.forward(hours=1)
    await boards.count_all(world.desk)
    assert (await boards.board(world.desk, here, Scope())).tally.received == 1
    with pytest.raises(Refused):
        await boards.board(world.desk, here, Scope(TeamId(b"x" * 16)))


async def test_a_round_that_was_removed_holds_up_no_other_board(world: World) -> None:
    boards, planned = Boards(), await plan_round(world)
    for round_id in (planned, world.made.round_id):
        await boards.get(world.desk, round_id)
    _, director = await world.sign_in("fang")
    await remove_round(world.desk, director, planned)
    await tell(world, "a", "苇庄镇")
    world.clock.forward(hours=1)
    await boards.count_all(world.desk)
    assert await received(boards, world) == (1, 13)
    with pytest.raises(Refused):
        await boards.get(world.desk, planned)


async def test_a_tip_for_the_recusal_queue_moves_nothing_that_the_office_sees(world: World) -> None:
    before = await count(world)
    villager = world.villager("a")
    await villager.does(Start(world.card("苇庄镇")))
    await villager.does(Said("巡察组的人收了礼"))
    for choice in ("done", "skip", "anonymous", "recusal:yes", "submit"):
        answer = await villager.does(Chose(choice))
    assert answer.state.step == "receipt"
    assert len(await fold(world.desk)) == 1
    found = await count(world)
    assert found.sheets.cells == before.sheets.cells
    assert "回避组" not in {team.name for team, _ in found.teams}


async def test_a_test_card_moves_nothing_and_is_in_no_funnel(world: World) -> None:
    place = world.batches["苇庄镇"]
    tried = await cards.make_batch(
        world.desk, round_id=place.batch.round_id, team_id=place.team.id, unit_ids=(place.units[0].id,), way="试一试",
        is_test=True,
    )  # fmt: skip
    view = await cards.get_batch(world.desk, place.round.office_id, tried, "zh")
    world.batches["试"] = view
    await tell(world, "a", "试")
    found = await count(world)
    assert found.tally.received == 0
    assert tried not in {one.batch.id for one in found.funnels}
    assert tried not in {batch for batch, _ in found.sheets.funnel}


async def test_a_way_through_the_conversation_is_a_way_through_the_funnel(world: World) -> None:
    await tell(world, "a", "苇庄镇")
    await world.villager("b").does(Start(world.card("苇庄镇")), Said("路灯"))
    found = next(one for one in (await count(world)).funnels if one.batch.id == world.batches["苇庄镇"].batch.id)
    assert found.steps[2:] == (2, 1, 0)  # described, submitted, accepted


async def test_days_off_are_marked_and_working_days_are_counted_from_the_opening(world: World) -> None:
    found = await count(world)
    off = {f"{day.on:%m-%d}" for day in found.days if day.rests}
    assert off == {"10-07", "10-11", "10-17", "10-18", "10-24", "10-25", "10-31", "11-01", "11-07", "11-08"}
    assert found.workday == len(found.days) - len(off)


async def test_an_unknown_round_has_no_board(world: World) -> None:
    with pytest.raises(Refused):
        await Boards().get(world.desk, RoundId(b"\x01" * 16))
