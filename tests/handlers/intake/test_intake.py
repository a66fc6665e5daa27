"""Tips that come by a script, and words under a code nobody knows: nothing refused, nothing lost, nothing told."""

from domain.tips import Lane, Tip
from handlers.conversation.events import Chose, Said
from handlers.intake.lanes import CARD_BURST
from handlers.office.rounds import opening
from tests.handlers.office.side import plan_round
from tests.promises.telling import tip_of
from tests.world import World

UNKNOWN = "1234567890123452"


async def lane_without_card(world: World, n: int) -> Lane:
    """The lane of one more tip without a card, by a chat of its own."""
    villager = world.villager(f"script {n}")
    for event in (Said("我要反映"), Said("柳沟村的补贴没有发。"), Chose("done"), Said("柳沟"), Chose("anonymous")):
        await villager.does(event)
    await villager.does(Chose("recusal:no"))
    answer = await villager.does(Chose("submit"))
    tip = await tip_of(world, answer.state.code)
    assert tip is not None
    return tip.lane


async def test_tips_without_a_card_overflow_by_the_team_they_go_to(world: World) -> None:
    found = [await lane_without_card(world, n) for n in range(CARD_BURST + 3)]
    assert found == [Lane.MAIN] * CARD_BURST + [Lane.REVIEW] * 3


async def added(world: World, code: str) -> Tip | None:
    """Adds to `code` as anybody may, and finds what became of it."""
    villager = world.villager(f"adds to {code}")
    await villager.does(Chose("progress"), Said(code))
    await villager.does(Chose("add"), Said("还有一件。"))
    answer = await villager.does(Chose("submit"))
    assert "补充的话已收到" in answer.spoken[-1].text
    return await tip_of(world, code)


async def test_while_the_next_round_is_only_planned_an_unknown_code_takes_words_like_a_known_one(world: World) -> None:
    known = await world.villager("known").tells("苇庄镇", "一件事。")
    _, director = await world.sign_in("fang")
    await opening.close_round(world.desk, director, world.made.round_id)
    await plan_round(world)
    assert await added(world, known) is not None
    tip = await added(world, UNKNOWN)
    assert tip is not None
    assert (tip.round_id, tip.lane) == (world.made.round_id, Lane.REVIEW)
