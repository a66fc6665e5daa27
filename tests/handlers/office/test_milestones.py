"""A day that the office names stands on the chart, in its own round only, and leaves a trace."""

from datetime import date

import pytest

from domain.errors import Reason, Refused
from domain.ids import RoundId
from handlers.office.figures.milestones import LONGEST, MOST, drop_milestone, list_milestones, save_milestone
from storage.office.milestones import Milestone
from storage.people import audit
from tests.handlers.office.side import plan_round
from tests.world import World

DAY = date(2026, 11, 4)


async def refused(world: World, on: date, words: str) -> str:
    _, clerk = await world.sign_in("qiao")
    with pytest.raises(Refused) as caught:
        await save_milestone(world.desk, clerk, world.made.round_id, on, words)
    assert caught.value.reason is Reason.BAD_INPUT
    return caught.value.detail


async def test_a_day_is_named_renamed_and_let_go(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    here, other = world.made.round_id, await plan_round(world)
    await save_milestone(world.desk, clerk, here, DAY, " 入户\n发卡 ")
    assert await list_milestones(world.desk, clerk, here) == [Milestone(DAY, "入户 发卡")]
    await save_milestone(world.desk, clerk, here, DAY, "赶集发卡")
    assert await list_milestones(world.desk, clerk, here) == [Milestone(DAY, "赶集发卡")]
    assert await list_milestones(world.desk, clerk, other) == []
    await drop_milestone(world.desk, clerk, here, DAY)
    assert await list_milestones(world.desk, clerk, here) == []
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, clerk.office_id, "round", here))
    acts = [line.entry.act for line in lines if line.entry.member_id == clerk.member_id]
    assert acts[-3:] == ["milestone", "milestone", "milestone-off"]


async def test_words_are_short_and_days_near_and_few(world: World) -> None:
    assert await refused(world, DAY, " \n ") == "milestone-words"
    assert await refused(world, DAY, "长" * (LONGEST + 1)) == "milestone-words"
    assert await refused(world, date(2022, 1, 1), "入户发卡") == "milestone-day"
    _, clerk = await world.sign_in("qiao")
    for n in range(MOST):
        await save_milestone(world.desk, clerk, world.made.round_id, date(2026, 11, 1 + n), "入户发卡")
    assert await refused(world, date(2026, 11, 20), "入户发卡") == "milestone-many"
    await save_milestone(world.desk, clerk, world.made.round_id, date(2026, 11, 1), "长" * LONGEST)


async def test_a_round_of_another_office_is_unknown(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    nowhere = RoundId(b"x" * 16)
    for act in (
        list_milestones(world.desk, clerk, nowhere),
        save_milestone(world.desk, clerk, nowhere, DAY, "入户发卡"),
        drop_milestone(world.desk, clerk, nowhere, DAY),
    ):
        with pytest.raises(Refused):
            await act
