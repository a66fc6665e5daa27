"""A tip about the inspection itself goes to the people of the discipline side, by key and by address."""

import pytest

from domain.errors import BadSeal, Reason, Refused
from domain.tips import Tip
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.listing.queue import read_queue
from handlers.desk.listing.views import ViewName
from handlers.desk.locking.keyring import Held, keys_for
from handlers.desk.tip.thread import open_tip
from handlers.letters import Letter
from handlers.people.sessions import Session
from handlers.sealing import box_context
from storage.intake import boxes
from storage.office import teams
from storage.people import keys
from tests.journeys.people import Browser
from tests.promises.process import Program
from tests.promises.telling import STATION, Kiosk, card, tip_of
from tests.world import World
from vault.open import read

WORDS = "巡察组的人在村里吃饭没有给钱。"
OTHERS = ("zhou", "heyu", "tang", "shen", "lu", "gu", "bai", "fang", "qiao")
THEY = ("jiang", "tian")


async def tip_about_us(world: World, answer: str) -> Tip:
    """A tip told on the card of the third team, about the inspection (是) or perhaps about it (不知道)."""
    villager = world.villager(f"about us {answer}")
    await villager.does(Start(world.card(STATION)), Said(WORDS), Chose("done"), Chose("anonymous"))
    done = await villager.does(Chose(f"recusal:{answer}"), Chose("submit"))
    await fold(world.desk)
    tip = await tip_of(world, done.state.code)
    assert tip is not None
    return tip


async def every_key(world: World, session: Session) -> list[Held]:
    """All team keys that a member was given, whatever the team."""
    all_teams = await world.house.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    return [held for team in all_teams for held in await keys_for(world.desk, session, team.id)]


async def opens_by_key(world: World, session: Session, tip: Tip) -> bool:
    """Whether any key of a member opens any box of the tip."""
    held = await every_key(world, session)
    sealed = await world.house.store.read(lambda tx: boxes.list_boxes(tx, tip.round_id, tip.id))
    envelopes = await world.house.store.read(lambda tx: boxes.list_envelopes(tx, tip.round_id, tip.id))
    for box in sealed:
        for envelope in (one for one in envelopes if one.seq == box.seq):
            for key in held:
                context = box_context(box.kind, tip.round_id, tip.id, box.seq)
                try:
                    read(key.seed, envelope.holder_id, box.body, envelope.sealed, context)
                except BadSeal:
                    continue
                return True
    return False


@pytest.mark.parametrize("answer", ["yes", "unknown"])
async def test_a_tip_about_the_inspection_opens_for_the_recusal_team_and_for_nobody_else(
    world: World, answer: str
) -> None:
    tip = await tip_about_us(world, answer)
    for login in THEY:
        _, session = await world.sign_in(login)
        letter = (await open_tip(world.desk, session, tip.id)).letter
        assert isinstance(letter, Letter)
        assert letter.parts[0].text == WORDS
        assert await opens_by_key(world, session, tip)
    for login in OTHERS:
        _, session = await world.sign_in(login)
        with pytest.raises(Refused) as refused:
            await open_tip(world.desk, session, tip.id)
        assert refused.value.reason is Reason.UNKNOWN, "as if it were not there"
        assert not await opens_by_key(world, session, tip), login


async def test_the_team_of_the_card_does_not_even_count_it(world: World) -> None:
    await tip_about_us(world, "yes")
    _, gu = await world.sign_in("gu")
    team_id = world.batches[STATION].team.id
    queue = await read_queue(world.desk, gu, team_id, ViewName.ALL)
    assert queue.rows == ()
    assert set(queue.counts.values()) == {0}


async def test_the_recusal_key_was_never_given_to_the_office(world: World) -> None:
    _, director = await world.sign_in("fang")
    assert await every_key(world, director) == []
    found = await world.house.store.read(lambda tx: keys.round_team_keys(tx, world.made.round_id))
    assert len(found) == 5, "three teams, recusal, unrouted"


async def test_by_address_it_is_404_for_other_teams_and_the_office(program: Program) -> None:
    await program.start("bot", "demo")
    async with Kiosk(program.url) as kiosk:
        await kiosk.opens(card(program))
        await kiosk.says(WORDS)
        await kiosk.chooses("done", "anonymous", "recusal:yes", "submit")
    async with Browser(program.url) as theirs:
        await theirs.enters("jiang")
        path = await theirs.finds(WORDS)
        assert WORDS in (await theirs.opens(path)).text
    for login in ("gu", "zhou", "fang"):
        async with Browser(program.url) as other:
            await other.enters(login)
            missing = await other.opens("/desk/tips/" + "0" * 32)
            page = await other.opens(path)
            assert page.status == missing.status == 404, login
            assert page.text == missing.text, "byte for byte as if it were not there"
