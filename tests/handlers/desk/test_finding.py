"""查找: all that I can open is found by any piece of it, and nothing else; what is known ends with the session."""

import asyncio
import gc
import weakref
from datetime import timedelta

import pytest
from sqlalchemy import update

from bench.tips import fill
from domain.errors import Reason, Refused
from domain.ids import TeamId, TipId
from domain.tips import Action
from handlers import letters
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.finding.building import start, sweep, warm
from handlers.desk.finding.fetching import extent
from handlers.desk.finding.find import SHOWN, Found, find
from handlers.desk.locking import recusing
from handlers.desk.moves.acting import Wish, act
from handlers.desk.moves.notes import note
from handlers.letters import TeamLetter
from handlers.people import sessions
from handlers.people.sessions import IDLE, Session
from handlers.sealing import box_context
from storage.intake import boxes
from storage.intake.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.people import audit, keys
from storage.people.members import MemberState, set_member_state
from storage.schema.tips import tip_work
from tests.handlers.desk.side import tell
from tests.world import World
from vault.seal import Holder, write


async def found(world: World, session: Session, typed: str) -> Found:
    """What is found once everything has been read."""
    warm(world.desk, session)
    while True:
        got = await find(world.desk, session, typed)
        if got.is_complete:
            return got


async def labels(world: World, session: Session, typed: str) -> list[str]:
    return [hit.label for hit in (await found(world, session, typed)).hits]


async def by_name(world: World) -> TipId:
    """A real-name tip with a number, told on the card of 苇庄镇."""
    villager = world.villager("by name")
    await villager.does(Start(world.card("苇庄镇")), Said("路灯接通了，等村里验收"), Chose("done"), Chose("skip"))
    await villager.does(Chose("real_name"), Said("周大山"), Said("0000-7654321"), Chose("recusal:no"))
    assert (await villager.does(Chose("submit"))).state.step == "receipt"
    return (await fold(world.desk))[0].tip_id


async def test_two_characters_a_piece_of_a_number_and_a_label_find_the_tip(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    await tell(world, words="种粮补贴公示写了 11 亩，他家只有 6 亩多")
    await by_name(world)
    for typed in ("补贴", "１１", "11", "他家 补贴", "公示写了 6", "1-0001", "1-1", "0001"):
        assert "1-0001" in await labels(world, zhou, typed), typed
    for typed in ("周大山", "76543", "00007654321", "0000-7654321", "大山 验收", "1-2"):
        assert await labels(world, zhou, typed) == ["1-0002"], typed
    assert await labels(world, zhou, "补贴 周大山") == [], "both words must be in one tip"
    assert await labels(world, zhou, "没有的词") == []


async def test_a_word_of_one_character_is_not_looked_for_and_no_words_find_nothing(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    await tell(world)
    assert (await found(world, zhou, "补 亩")).words == ()
    assert (await found(world, zhou, "补 亩")).total == 0
    assert (await found(world, zhou, "补 补贴")).words == ("补贴",)


async def test_additions_notes_and_replies_are_found_as_soon_as_they_are_there(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    told = await tell(world)
    assert await labels(world, zhou, "老孟") == []
    await told.adds("地是老孟家的")
    assert await labels(world, zhou, "老孟") == ["1-0001"]
    await note(world.desk, zhou, told.id, "先看农服中心的账")
    assert await labels(world, zhou, "农服中心") == ["1-0001"]
    version = await told.version(zhou)
    await act(world.desk, zhou, told.id, Wish(Action.ASK, version, words="公示是哪一个月贴的"))
    assert await labels(world, zhou, "哪一个月") == ["1-0001"]


async def test_a_reply_that_the_team_did_not_sign_is_not_found(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    told, round_id = await tell(world), world.made.round_id
    key = (await world.house.store.read(lambda tx: keys.team_keys(tx, round_id, zhou.teams[0])))[0]
    letter = letters.encode(TeamLetter(world.clock().date(), "第一巡察组", "公示是哪一个月贴的"))
    made = write([Holder(key.id, key.public)], bytes(65) + letter, box_context(BoxKind.OUT, round_id, told.id, 2))
    row, envelope = SealedBox(round_id, told.id, 2, BoxKind.OUT, made.body), made.envelopes[0]
    sealed = [SealedEnvelope(2, envelope.holder_id, envelope.sealed)]
    await world.house.store.write(lambda tx: boxes.insert_box(tx, row, sealed))
    assert await labels(world, zhou, "哪一个月") == []
    assert await labels(world, zhou, "补贴") == ["1-0001"]


async def test_a_search_in_which_nothing_changed_reads_nothing_again(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    told = await tell(world)
    await found(world, zhou, "补贴")
    index = world.desk.finder.index(zhou.token_hash, zhou.teams[0])
    before = index.entries
    assert index.extent == await extent(world.desk, zhou, zhou.teams[0])
    await found(world, zhou, "补贴")
    assert index.entries is before
    await note(world.desk, zhou, told.id, "先看账")
    assert index.extent != await extent(world.desk, zhou, zhou.teams[0])


async def test_a_recused_tip_vanishes_at_the_next_search(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    told = await tell(world)
    assert await labels(world, tang, "补贴") == ["1-0001"]
    await recusing.recuse(world.desk, zhou, told.id, tang.member_id)
    got = await find(world.desk, tang, "补贴")
    assert (got.hits, got.total, got.of) == ((), 0, 0)
    assert not world.desk.finder.index(tang.token_hash, tang.teams[0]).entries, "not even in memory"
    assert await labels(world, zhou, "补贴") == ["1-0001"], "who is left goes on"


async def test_a_tip_that_left_the_team_vanishes(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    _, shen = await world.sign_in("shen")
    told = await tell(world)
    assert await labels(world, zhou, "补贴") == ["1-0001"]
    away = update(tip_work).where(tip_work.c.tip_id == told.id).values(team_id=shen.teams[0])
    await world.house.store.write(lambda tx: tx.execute(away))
    assert await labels(world, zhou, "补贴") == []


async def test_another_teams_tips_never_appear_and_its_id_is_unknown(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    _, shen = await world.sign_in("shen")
    await tell(world, place="苇庄镇", name="a")
    await tell(world, place="青坪乡", name="b")
    assert await labels(world, zhou, "补贴") == ["1-0001"]
    assert await labels(world, shen, "补贴") == ["2-0001"]
    for team_id in (shen.teams[0], TeamId(bytes(16))):
        with pytest.raises(Refused) as caught:
            await find(world.desk, zhou, "补贴", team_id)
        assert caught.value.reason is Reason.UNKNOWN


async def test_results_are_ranked_cut_and_counted(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    await fill(world.house, 1, 120)
    got = await found(world, zhou, "1")
    assert (got.total, len(got.hits), got.of) == (120, SHOWN, 120)
    assert got.hits[0].label == "1-0001", "the number that was typed comes first"
    assert [hit.label for hit in got.hits[1:]] == sorted((hit.label for hit in got.hits[1:]), reverse=True)


async def test_the_index_ends_with_the_session(world: World) -> None:
    await tell(world)
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    for session in (zhou, tang):
        await found(world, session, "补贴")
    index = weakref.ref(world.desk.finder.index(zhou.token_hash, zhou.teams[0]))
    await sessions.sign_out(world.desk, zhou)
    await sweep(world.desk)
    gc.collect()
    assert index() is None
    assert world.desk.finder.sessions() == {tang.token_hash}
    world.clock.now += IDLE + timedelta(seconds=1)
    await sweep(world.desk)
    assert world.desk.finder.sessions() == set()


async def test_a_disabled_members_index_goes(world: World) -> None:
    await tell(world)
    _, tang = await world.sign_in("tang")
    await found(world, tang, "补贴")
    await sweep(world.desk)
    assert world.desk.finder.sessions() == {tang.token_hash}
    await world.house.store.write(lambda tx: set_member_state(tx, tang.member_id, MemberState.DISABLED))
    await sweep(world.desk)
    assert world.desk.finder.sessions() == set()


async def test_what_is_being_read_when_the_session_ends_is_dropped(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    await fill(world.house, 1, 400)
    warm(world.desk, zhou)
    index = world.desk.finder.index(zhou.token_hash, zhou.teams[0])
    assert index.reading is not None
    world.desk.finder.drop(zhou.token_hash)
    await asyncio.wait({index.reading})
    assert index.reading.cancelled()
    assert world.desk.finder.sessions() == set()


async def test_an_unfinished_index_says_how_far_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.desk.finding.building.PATIENCE", 0)
    _, zhou = await world.sign_in("zhou")
    await fill(world.house, 1, 300)
    got = await find(world.desk, zhou, "我")
    assert (got.ready, got.of, got.is_complete) == (0, 300, False)
    await start(world.desk, zhou, world.desk.finder.index(zhou.token_hash, zhou.teams[0]))
    assert (await find(world.desk, zhou, "0")).ready == 300


async def test_searching_is_in_the_audit_without_its_words(world: World) -> None:
    _, zhou = await world.sign_in("zhou")
    await tell(world)
    await found(world, zhou, "补贴")
    lines = await world.house.store.read(lambda tx: audit.list_lines(tx, zhou.office_id))
    assert [line.entry.act for line in lines][-1] == "search"
    assert lines[-1].entry.object_id == zhou.member_id
