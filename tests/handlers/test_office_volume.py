"""The board counts what was received per team and day, moves on the full hour only, and leaves recusal out."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import Refused
from domain.ids import RoundId
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.fold import fold
from handlers.office.volume import Boards, count, until_full_hour
from tests.world import World


async def tell(world: World, name: str, place: str) -> None:
    await world.villager(name).tells(place, "路灯一年没有亮")
    await fold(world.desk)


async def test_tips_are_counted_per_team_and_day_with_their_totals(world: World) -> None:
    for name, place in (("a", "苇庄镇"), ("b", "苇庄镇"), ("c", "青坪乡")):
        await tell(world, name, place)
    world.clock.forward(days=1)
    await tell(world, "d", "青坪乡")
    board = await count(world.desk, world.made.round_id)
    assert [team.name for team in board.teams] == ["第一巡察组", "第二巡察组", "第三巡察组", "待分件"]
    assert [day.counts for day in board.days[:2]] == [(0, 1, 0, 0), (2, 1, 0, 0)]
    assert (board.total, board.totals, board.busiest.total) == (4, (2, 2, 0, 0), 3)
    assert board.today.on == world.clock.now.date()
    assert board.days[-1].on == board.round.opens_at.date()
    assert all(a.on - b.on == timedelta(days=1) for a, b in zip(board.days, board.days[1:], strict=False))


async def test_the_board_stands_still_between_two_full_hours(world: World) -> None:
    boards = Boards()
    assert (await boards.get(world.desk, world.made.round_id)).total == 0
    await tell(world, "a", "苇庄镇")
    world.clock.forward(minutes=59)
    still = await boards.get(world.desk, world.made.round_id)
    assert (still.total, still.counted_at.hour) == (0, 12)
    world.clock.forward(minutes=1)
    await boards.count_all(world.desk)
    moved = await boards.get(world.desk, world.made.round_id)
    assert (moved.total, moved.counted_at.hour) == (1, 13)


async def test_boards_are_counted_anew_by_themselves_when_the_hour_is_full(world: World) -> None:
    boards = Boards()
    await boards.get(world.desk, world.made.round_id)
    await tell(world, "a", "苇庄镇")
    world.clock.forward(minutes=59, seconds=59.95)
    keeping = asyncio.create_task(boards.keep(world.desk))
    async with asyncio.timeout(10):
        while not (await boards.get(world.desk, world.made.round_id)).total:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0)
    keeping.cancel()
    assert (await boards.get(world.desk, world.made.round_id)).total == 1


async def test_a_tip_for_the_recusal_queue_moves_nothing_that_the_office_sees(world: World) -> None:
    villager = world.villager("a")
    await villager.does(Start(world.card("苇庄镇")))
    await villager.does(Said("巡察组的人收了礼"))
    for choice in ("done", "skip", "anonymous", "recusal:yes", "submit"):
        answer = await villager.does(Chose(choice))
    assert answer.state.step == "receipt"
    assert len(await fold(world.desk)) == 1
    board = await count(world.desk, world.made.round_id)
    assert board.total == 0
    assert "回避组" not in {team.name for team in board.teams}


async def test_days_off_are_marked_and_working_days_are_counted_from_the_opening(world: World) -> None:
    board = await count(world.desk, world.made.round_id)
    off = {f"{day.on:%m-%d}" for day in board.days if day.rests}
    assert off == {"10-07", "10-11", "10-17", "10-18", "10-24", "10-25", "10-31", "11-01", "11-07", "11-08"}
    assert board.workday == len(board.days) - len(off)


async def test_an_unknown_round_has_no_board(world: World) -> None:
    with pytest.raises(Refused):
        await Boards().get(world.desk, RoundId(b"\x01" * 16))


@pytest.mark.parametrize(("minute", "second", "left"), [(0, 0, 3600), (59, 59, 1), (30, 15, 1785)])
def test_the_next_full_hour_is_never_now(minute: int, second: int, left: int) -> None:
    now = datetime(2026, 11, 11, 23, minute, second, tzinfo=UTC)
    assert until_full_hour(now).total_seconds() == left
