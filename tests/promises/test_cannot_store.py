"""Where a tip cannot be made durable, or could be read by the wrong people, the reporter is told so. Never 已收到."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from aiohttp import ClientSession, CookieJar

from domain.errors import CannotStore
from domain.ids import KeyId, new_id
from handlers.conversation.events import Chose, Said, Start
from handlers.conversation.talk import Step
from handlers.intake.converse import peek
from handlers.intake.recipients import statement_of
from handlers.office.keys import opening_keys
from storage.people import keys
from storage.schema.people import key as key_table
from tests.doubles.bot_api import BotApi
from tests.promises.process import SECONDS, Program
from tests.promises.telling import STATION, Kiosk, Stubborn, card, numbers, said, tell
from tests.web.site import Surfer
from tests.world import Villager, World
from vault.keys import new_seed, public_half, sign_statement

FAULTY = "tests.promises.faulty"
WORDS = "机耕路牌子上写 3 米宽，有两段只有 2 米多。"


@contextmanager
def full_disk(program: Program) -> Iterator[None]:
    """Meanwhile the program can make no file longer: each write beyond its beginning fails, as on a full disk."""
    assert program.process is not None
    before = resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, before)


async def test_on_a_full_disk_every_channel_says_so_and_the_drafts_are_still_there(
    program: Program, api: BotApi
) -> None:
    program.talks_to(api, "webhook")
    await program.start(FAULTY, "plain")
    villager = Stubborn(api)
    held = await tell(villager, card(program), WORDS)
    async with Kiosk(program.url) as kiosk, ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        await kiosk.tells(card(program), WORDS)
        surfer = Surfer(session, program.url)
        await surfer.opens(f"/k/{card(program)}/chat")
        await surfer.sends(text=WORDS, choice="anonymous")
        await surfer.sends(choice="recusal:no")
        with full_disk(program):
            await villager.taps("submit")
            await villager.hears("存不了")
            assert villager.undelivered is not None, "Telegram shall bring it again"
            assert await kiosk.chooses("submit") == []
            assert kiosk.status == 503
            page = await surfer.sends(choice="submit")
            assert page.status == 503
            assert "存不了" in page.text
            assert WORDS in page.text, "the draft is still there"
            assert "已收到" not in page.text + villager.last_message
        assert program.sql("SELECT count(*) FROM tip") == [(0,)]
        await villager.redeliver()
        await api.until(lambda: villager.receipts, SECONDS)
        assert numbers(villager.receipts[0]) == held
        assert (await kiosk.chooses("submit"))[-1]["kind"] == "receipt"
        assert len((await surfer.sends(choice="submit")).numbers()) == 16
    assert program.sql("SELECT count(*) FROM tip") == [(3,)]


async def test_a_swapped_key_is_answered_503_and_the_same_draft_goes_to_the_right_one(program: Program) -> None:
    await program.start(FAULTY, "plain")
    stranger = public_half(new_seed())
    team_key = "kind = 'team' AND team_id = (SELECT team_id FROM card_batch WHERE code = ?)"
    async with Kiosk(program.url) as kiosk:
        code = card(program)
        assert WORDS in said(await kiosk.tells(code, WORDS))
        ((right,),) = program.sql(f"SELECT public FROM key WHERE {team_key}", code)  # noqa: S608 - our own words
        program.sql(f"UPDATE key SET public = ? WHERE {team_key}", stranger.public, code)  # noqa: S608
        assert await kiosk.chooses("submit") == []
        assert kiosk.status == 503
        assert program.sql("SELECT count(*) FROM tip") == [(0,)]
        program.sql(f"UPDATE key SET public = ? WHERE {team_key}", right, code)  # noqa: S608
        assert (await kiosk.chooses("submit"))[-1]["kind"] == "receipt"


async def check_page(world: World) -> Villager:
    """Somebody with a draft on the check page."""
    villager = world.villager("teller")
    await villager.does(Start(world.card(STATION)), Said(WORDS))
    await villager.does(Chose("done"), Chose("anonymous"), Chose("recusal:no"))
    return villager


async def the_key(world: World) -> keys.Key:
    """The key of the team that inspects the station."""
    team_id = world.batches[STATION].team.id
    return (await world.house.store.read(lambda tx: keys.team_keys(tx, world.made.round_id, team_id)))[0]


async def change(world: World, key_id: KeyId, **values: object) -> None:
    """A row of the key table is changed behind our back."""
    await world.house.store.write(
        lambda tx: tx.execute(key_table.update().where(key_table.c.id == key_id).values(**values)) and None
    )


async def still_a_draft(world: World, villager: Villager) -> None:
    """Submitting is refused, and nothing was lost by it."""
    with pytest.raises(CannotStore):
        await villager.does(Chose("submit"))
    answer = await peek(world.intake, villager.peer, with_parts=True)
    assert answer.state.step is Step.CHECK
    assert [part.text for part in answer.parts] == [WORDS]
    assert not any("已收到" in one.text for one in answer.spoken)


@pytest.mark.parametrize("name", ["public", "verify", "signature", "not_after", "generation"])
async def test_a_team_key_of_which_anything_was_changed_is_sealed_to_by_nobody(world: World, name: str) -> None:
    villager, key = await check_page(world), await the_key(world)
    stranger = public_half(new_seed())
    forged = {
        "public": stranger.public,
        "verify": stranger.verify,
        "signature": None,
        "not_after": world.clock().date().replace(year=2099),
        "generation": 9,
    }
    await change(world, key.id, **{name: forged[name]})
    await still_a_draft(world, villager)
    await change(world, key.id, **{name: getattr(key, name)})
    assert (await villager.does(Chose("submit"))).state.step is Step.RECEIPT


async def test_a_key_signed_by_a_stranger_is_sealed_to_by_nobody(world: World) -> None:
    villager, key = await check_page(world), await the_key(world)
    seed = new_seed()
    half = public_half(seed)
    own = replace(key, public=half.public, verify=half.verify)
    signature = sign_statement(seed, statement_of(own))
    await change(world, key.id, public=half.public, verify=half.verify, signature=signature)
    await still_a_draft(world, villager)


async def test_an_older_key_than_one_seen_before_is_sealed_to_by_nobody(world: World) -> None:
    older = await the_key(world)
    _, director = await world.sign_in("fang")
    office_key, office_seed = await opening_keys.office_signer(world.desk, director)
    newer = await _second_generation(world, older, office_key, office_seed)
    await world.villager("first").tells(STATION, "第一件")
    villager = await check_page(world)
    with sqlite3.connect(world.data / "msx.db") as restored:  # as an older copy of the database would stand there
        restored.execute("DELETE FROM key WHERE id = ?", (newer.id,))
    restored.close()
    await still_a_draft(world, villager)


async def _second_generation(world: World, older: keys.Key, office_key: keys.Key, office_seed: bytes) -> keys.Key:
    """A key that the office signed rightly, one generation on."""
    half = public_half(new_seed())
    made = replace(older, id=KeyId(new_id()), generation=2, public=half.public, verify=half.verify)
    made = replace(made, signature=sign_statement(office_seed, statement_of(made)), signer_key_id=office_key.id)  # type: ignore[arg-type]
    await world.house.store.write(lambda tx: keys.insert_key(tx, made))
    return made
