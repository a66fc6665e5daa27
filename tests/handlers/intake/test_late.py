"""Once a round is over a tip that was begun may still be handed in, for a day; whoever told nothing begins none."""

import pytest

from handlers.conversation.events import Chose, Event, Said, Start
from handlers.conversation.talk import Step
from handlers.office import cards
from handlers.office.plan import removing
from handlers.office.rounds import opening
from tests.handlers.office.side import ready_round
from tests.promises.telling import tip_of
from tests.world import Villager, World

WORDS = "水渠修了一半就停了。"


async def end(world: World) -> None:
    _, director = await world.sign_in("fang")
    await opening.close_round(world.desk, director, world.made.round_id)


async def scanned(world: World) -> Villager:
    villager = world.villager("slow")
    await villager.does(Start(world.card("苇庄镇")))
    return villager


@pytest.mark.parametrize("kept", [Chose("phone"), Chose("progress"), Chose("report")])
async def test_who_scanned_in_time_and_told_nothing_begins_no_tip_after_the_end(world: World, kept: Event) -> None:
    villager = await scanned(world)
    await villager.does(kept)
    await end(world)
    for _ in range(4):
        world.clock.forward(hours=20)
        await villager.does(kept)
    answer = await villager.does(Chose("cancel"), Chose("report"))
    assert answer.state.step is Step.START
    assert "report" not in {choice.id for one in answer.spoken for choice in one.choices}
    answer = await villager.does(Said(WORDS))
    assert not answer.state.parts, "nothing is kept that could not be handed in"


async def test_what_was_begun_in_time_is_handed_in_later_and_marked(world: World) -> None:
    villager = await scanned(world)
    await villager.does(Chose("report"), Said(WORDS))
    await end(world)
    world.clock.forward(hours=3)
    answer = await villager.does(Chose("done"), Chose("skip"), Chose("anonymous"), Chose("recusal:no"))
    answer = await villager.does(Chose("submit"))
    tip = await tip_of(world, answer.state.code)
    assert tip is not None
    assert tip.late


async def test_an_hour_changes_nothing_for_a_card_while_its_round_is_open(world: World) -> None:
    villager = await scanned(world)
    await villager.does(Chose("report"))
    world.clock.forward(hours=2)
    answer = await villager.does(Said(WORDS))
    assert (answer.state.step, len(answer.state.parts)) == (Step.TELL, 1)


@pytest.mark.parametrize(
    "fact",
    [(Chose("done"), Said("没有听说过的地方")), (Chose("done"), Chose("skip"), Chose("real_name"), Said("某某"))],
)
async def test_a_name_or_a_place_alone_keeps_no_chat_open_after_the_end(world: World, fact: tuple[Event, ...]) -> None:
    villager = await scanned(world)
    await villager.does(Chose("report"), Said(WORDS), *fact, Chose("undo"))
    await end(world)
    for _ in range(4):
        world.clock.forward(hours=20)
        await villager.does(Chose("help"))
    assert not (await villager.does(Said(WORDS))).state.parts


async def test_a_card_of_a_round_that_was_removed_is_forgotten_and_the_next_one_is_taken(world: World) -> None:
    _, director = await world.sign_in("fang")
    round_id = await ready_round(world)
    villager = world.villager("early")
    await villager.does(Start((await cards.list_batches(world.desk, round_id, "zh"))[0].batch.code))
    await removing.remove_round(world.desk, director, round_id)
    world.clock.forward(hours=1)
    answer = await villager.does(Start(world.card("苇庄镇")))
    assert "report" in {choice.id for one in answer.spoken for choice in one.choices}
