"""What a member does with a tip, and what of it the reporter's code shows."""

import asyncio

import pytest
from sqlalchemy import update

from domain.clocks import Stage
from domain.errors import Reason, Refused
from domain.rules import Decline
from domain.tips import Action, Channel, State
from handlers import letters
from handlers.desk.locking import keyring
from handlers.desk.locking.locks import sealed_to
from handlers.desk.locking.standing import stand
from handlers.desk.moves.acting import Wish, act
from handlers.desk.moves.notes import note
from handlers.letters import TeamLetter
from handlers.sealing import box_context, peer_aad
from storage.intake import boxes, outbox, subscriptions
from storage.intake.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.intake.subscriptions import Subscription
from storage.people import audit
from storage.schema.boxes import box as box_table
from storage.schema.tips import tip as tip_table
from tests.handlers.desk.side import WORDS, tell, words_of
from tests.world import World
from vault.lock import lock
from vault.replies import write_reply


async def test_the_team_reads_the_words_and_the_office_gets_nothing(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    assert WORDS in words_of(await told.opened(zhou))
    for login in ("fang", "qiao", "shen", "jiang"):
        _, other = await world.sign_in(login)
        with pytest.raises(Refused) as caught:
            await told.opened(other)
        assert caught.value.reason is Reason.UNKNOWN


async def test_acceptance_reaches_the_reporter_as_a_signed_milestone(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    assert await told.news() == ()
    await act(world.desk, zhou, told.id, Wish(Action.ACCEPT, await told.version(zhou)))
    (news,) = await told.news()
    assert news.state is State.ACCEPTED
    assert "第一巡察组已经受理" in news.text


@pytest.mark.parametrize("reason", list(Decline))
async def test_a_refusal_names_the_door(world: World, reason: Decline) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    await act(world.desk, zhou, told.id, Wish(Action.DECLINE, await told.version(zhou), reason))
    (news,) = await told.news()
    assert news.state is State.DECLINED
    assert any(door in news.text for door in ("12345", "12388", "信访局", "一起办"))
    assert (await told.opened(zhou)).standing.work.state is State.DECLINED


async def test_a_question_and_its_answer_cross_by_code_alone(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    await act(world.desk, zhou, told.id, Wish(Action.ACCEPT, await told.version(zhou)))
    await act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="您还记得是哪一个月吗？"))
    waiting = await told.opened(zhou)
    assert waiting.standing.work.state is State.AWAITING_REPORTER
    assert waiting.thread[-1].by == zhou.name
    assert (await told.news())[-1].text == "您还记得是哪一个月吗？"
    await told.adds("是八月")
    answered = await told.opened(zhou)
    assert "是八月" in words_of(answered)
    assert answered.standing.work.state is State.VERIFYING


async def test_a_note_stays_between_colleagues(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    await note(world.desk, zhou, told.id, "先不要问老孟家")
    assert "先不要问老孟家" in words_of(await told.opened(tang))
    assert await told.news() == ()


async def test_of_two_who_claim_at_once_one_gets_it_and_the_other_is_told(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    version = await told.version(zhou)
    claims = [act(world.desk, one, told.id, Wish(Action.CLAIM, version)) for one in (zhou, tang)]
    outcomes = await asyncio.gather(*claims, return_exceptions=True)
    lost = [one for one in outcomes if isinstance(one, Refused)]
    assert [one.reason for one in lost] == [Reason.STALE]
    assert (await told.opened(zhou)).assignee in {zhou.name, tang.name}


async def test_two_who_accept_at_once_tell_the_reporter_once(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    version = await told.version(zhou)
    both = [act(world.desk, one, told.id, Wish(Action.ACCEPT, version)) for one in (zhou, tang)]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert len(await told.news()) == 1


async def test_what_the_table_of_moves_does_not_know_is_refused_and_leaves_no_word(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    await act(world.desk, zhou, told.id, Wish(Action.DECLINE, await told.version(zhou), "hotline"))
    for work in (
        act(world.desk, zhou, told.id, Wish(Action.ACCEPT, await told.version(zhou))),
        act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="还在吗")),
    ):
        with pytest.raises(Refused) as caught:
            await work
        assert caught.value.reason is Reason.WRONG_STATE
    assert len(await told.news()) == 1


async def test_nobody_answers_a_reporter_whose_key_was_exchanged(world: World) -> None:
    told, other = await tell(world), await tell(world, name="somebody else")
    _, zhou = await world.sign_in("zhou")
    stolen = (await other.opened(zhou)).standing.tip.reply_public
    exchange = update(tip_table).where(tip_table.c.id == told.id).values(reply_public=stolen)
    await world.house.store.write(lambda tx: tx.execute(exchange))
    with pytest.raises(Refused) as caught:
        await act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="谁在读？"))
    assert caught.value.detail == "wrong-reporter"


async def test_a_reporter_who_asked_for_it_gets_one_notice_without_content(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    peer = lock(world.intake.secrets.peer_lock_key, b"4711", peer_aad(Channel.TELEGRAM))
    row = Subscription(world.made.round_id, told.id, Channel.TELEGRAM, peer, 0)
    await world.house.store.write(lambda tx: subscriptions.subscribe(tx, row))
    before = await world.house.store.read(outbox.pending)
    await act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="第一问"))
    await act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="第二问"))
    assert await world.house.store.read(outbox.pending) == before + 1


async def test_every_look_at_a_tip_is_written_down(world: World) -> None:
    told = await tell(world)
    _, tang = await world.sign_in("tang")
    await told.opened(tang)
    await told.opened(tang)
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, tang.office_id, "tip", told.id))
    assert [(line.entry.act, line.entry.member_id) for line in lines] == [("open", tang.member_id)] * 2


async def test_the_first_deadline_stops_when_it_is_met(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    assert (await told.opened(zhou)).deadline is not None
    await act(world.desk, zhou, told.id, Wish(Action.ACCEPT, await told.version(zhou)))
    tip = await told.opened(zhou)
    assert tip.deadline is not None
    assert tip.deadline.stage is Stage.FIRST_REPLY
    running = {clock.stage for clock in tip.clocks if clock.stopped_on is None}
    assert running == {Stage.FIRST_REPLY, Stage.HAND_OVER, Stage.CLOSE}
    assert next(clock for clock in tip.clocks if clock.stage is Stage.ACCEPT).stopped_on == world.clock().date()


@pytest.mark.parametrize(("text", "detail"), [(" \u200b ", "text"), ("长" * 4001, "too-long")])
async def test_empty_and_endless_words_are_refused(world: World, text: str, detail: str) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    with pytest.raises(Refused) as caught:
        await note(world.desk, zhou, told.id, text)
    assert caught.value.detail == detail


async def test_a_reply_that_was_changed_in_the_database_is_shown_to_nobody(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    await act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="真的问题"))
    sealed = await world.house.store.read(lambda tx: boxes.list_boxes(tx, world.made.round_id, told.id))
    body = sealed[-1].body[:-1] + bytes([sealed[-1].body[-1] ^ 1])
    where = (box_table.c.owner_id == told.id) & (box_table.c.kind == BoxKind.OUT)
    await world.house.store.write(lambda tx: tx.execute(update(box_table).where(where).values(body=body)))
    assert (await told.opened(zhou)).thread[-1].value is None
    assert await told.news() == ()


async def test_a_reply_that_another_team_signed_is_not_shown_as_ours(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    _, shen = await world.sign_in("shen")
    mine, theirs = await stand(world.desk, zhou, told.id), await keyring.keys_for(world.desk, shen, shen.teams[0])
    context = box_context(BoxKind.OUT, world.made.round_id, told.id, 2)
    body = letters.encode(TeamLetter(world.clock().date(), "第一巡察组", "假的"))
    forged = write_reply(theirs[0].seed, await sealed_to(world.desk, zhou, mine), mine.tip.reply_public, body, context)
    row = SealedBox(world.made.round_id, told.id, 2, BoxKind.OUT, forged.body)
    envelopes = [SealedEnvelope(2, one.holder_id, one.sealed) for one in forged.envelopes]
    await world.house.store.write(lambda tx: boxes.insert_box(tx, row, envelopes))
    assert (await told.opened(zhou)).thread[-1].value is None
    assert await told.news() == ()
