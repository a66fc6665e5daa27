"""Which round, which card, which place: nothing is switched, guessed or cut off under a reporter's hands."""

from aiohttp import ClientSession

from domain.rounds import TeamKind
from domain.tips import Tip
from handlers.conversation.events import Chose, Said, Start
from handlers.conversation.talk import Step
from handlers.desk.arriving.fold import fold
from handlers.intake.converse import peek
from handlers.office.rounds import opening
from storage.office import teams
from tests.promises.process import Program
from tests.promises.telling import Kiosk, card, said, tip_of
from tests.world import World

FAULTY = "tests.promises.faulty"
WORDS = "集体鱼塘租金三年没有公开。"


async def team_name(world: World, tip: Tip) -> str:
    """Whom a tip went to."""
    return (await world.house.store.read(lambda tx: teams.get_team(tx, tip.first_team_id))).name


async def test_a_round_closed_while_somebody_writes_still_takes_that_draft_flagged_late(program: Program) -> None:
    await program.start(FAULTY, "plain")
    async with Kiosk(program.url) as kiosk:
        await kiosk.tells(card(program), WORDS)
        async with program.house() as world:  # the desk's half, a process of its own
            _, director = await world.sign_in("fang")
            await opening.close_round(world.desk, director, world.made.round_id)
        replies = await kiosk.chooses("submit")
        assert replies[-1]["kind"] == "receipt"
        assert "晚到" in said(replies)
    assert program.sql("SELECT late FROM tip") == [(1,)]


async def test_after_the_round_the_landing_says_so_and_names_the_doors_that_stay_open(program: Program) -> None:
    await program.start(FAULTY, "plain")
    async with program.house() as world:
        _, director = await world.sign_in("fang")
        await opening.close_round(world.desk, director, world.made.round_id)
    async with ClientSession() as session, session.get(f"{program.url}/k/{card(program)}") as response:
        page = await response.text()
    assert response.status == 200
    assert "已经结束" in page
    assert "12388" in page
    assert "/chat" not in page, "there is no way into a conversation that would end nowhere"
    async with Kiosk(program.url) as kiosk:
        replies = await kiosk.opens(card(program))
        assert "report" not in [one["id"] for one in replies[-1].get("choices", [])]
        assert "结束" in said(replies)
        await kiosk.says(WORDS)
    assert program.sql("SELECT count(*) FROM draft_part") == [(0,)]


async def test_a_second_card_never_takes_an_open_draft_along(world: World) -> None:
    villager = world.villager("two cards")
    await villager.does(Start(world.card("苇庄镇")), Said(WORDS))
    answer = await villager.does(Start(world.card("青坪乡")))
    assert answer.state.step is Step.SWITCH, "it asks"
    await villager.does(Chose("skip"))
    answer = await villager.does(Chose("done"), Chose("skip"), Chose("anonymous"), Chose("recusal:no"))
    assert [part.text for part in answer.parts] == [WORDS]
    tip = await tip_of(world, (await villager.does(Chose("submit"))).state.code)
    assert tip is not None
    assert await team_name(world, tip) == "第一巡察组"


async def test_the_new_card_is_taken_when_the_reporter_says_so_and_the_old_words_are_gone(world: World) -> None:
    villager = world.villager("two cards")
    await villager.does(Start(world.card("苇庄镇")), Said(WORDS))
    await villager.does(Start(world.card("青坪乡")))
    answer = await villager.does(Chose("restart"))
    assert answer.state.card is not None
    assert answer.state.card.team == "第二巡察组"
    answer = await villager.does(
        Said("新的一件"), Chose("done"), Chose("skip"), Chose("anonymous"), Chose("recusal:no")
    )
    assert [part.text for part in answer.parts] == ["新的一件"]
    tip = await tip_of(world, (await villager.does(Chose("submit"))).state.code)
    assert tip is not None
    assert await team_name(world, tip) == "第二巡察组"


async def test_without_a_card_a_name_that_two_villages_bear_asks_which(world: World) -> None:
    villager = world.villager("no card")
    await villager.does(Start(), Said(WORDS), Chose("done"))
    answer = await villager.does(Said("石桥村"))
    assert answer.state.step is Step.WHERE, "it does not guess"
    assert {place.name for place in answer.state.options} == {"苇庄镇石桥村", "青坪乡石桥村"}
    theirs = next(place for place in answer.state.options if place.name == "青坪乡石桥村")
    await villager.does(Chose(f"unit:{theirs.id.hex()}"), Chose("anonymous"), Chose("recusal:no"))
    tip = await tip_of(world, (await villager.does(Chose("submit"))).state.code)
    assert tip is not None
    assert tip.unit_id == theirs.id
    assert await team_name(world, tip) == "第二巡察组"


async def test_without_a_card_and_with_a_place_nobody_knows_it_goes_to_the_liaisons(world: World) -> None:
    villager = world.villager("no card")
    await villager.does(Start(), Said(WORDS), Chose("done"), Said("不存在的地方"), Chose("skip"))
    await villager.does(Chose("anonymous"), Chose("recusal:no"))
    code = (await villager.does(Chose("submit"))).state.code
    await fold(world.desk)
    tip = await tip_of(world, code)
    assert tip is not None
    team = await world.house.store.read(lambda tx: teams.get_team(tx, tip.first_team_id))
    assert team.kind is TeamKind.UNROUTED
    assert (await peek(world.intake, villager.peer)).state.step is Step.RECEIPT
