"""The engine of a team's moves: approvals, evidence, clocks, claims that end, and the notice with its number."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.clocks import Stage
from domain.errors import Reason, Refused
from domain.ids import TipId
from domain.tips import Action, State
from handlers.desk.locking.recusing import recuse
from handlers.desk.locking.standing import stand
from handlers.desk.moves.acting import ELSEWHERE, Wish, act
from handlers.desk.moves.assigning import assign, return_claims
from handlers.desk.moves.notes import note
from handlers.desk.tip.reading import Said
from handlers.desk.writing.messages import Message, Note, note_of, store_messages
from handlers.desk.writing.signing import is_signed, signed
from handlers.people.sessions import Session
from storage.intake import tips
from storage.intake.boxes import BoxKind
from storage.schema.boxes import box as box_table
from tests.handlers.desk.side import Told, tell
from tests.world import World
from vault.keys import public_half


async def makes(told: Told, who: Session, action: Action, reason: str = "", words: str = "") -> State:
    """One move at the tip's present version, and the state after it."""
    await act(told.world.desk, who, told.id, Wish(action, await told.version(who), reason, words))
    return (await told.opened(who)).standing.work.state


async def detail_of(told: Told, who: Session, action: Action, reason: str = "", words: str = "") -> str:
    with pytest.raises(Refused) as refused:
        await makes(told, who, action, reason, words)
    return refused.value.detail or refused.value.reason


async def notes_of(told: Told, who: Session) -> list[Said]:
    return [one for one in (await told.opened(who)).thread if isinstance(one.value, Note)]


async def test_a_tip_goes_from_received_to_cleared_by_way_of_a_numbered_notice(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, heyu), (_, tang) = [await world.sign_in(name) for name in ("zhou", "heyu", "tang")]
    assert await makes(told, tang, Action.CLAIM) is State.RECEIVED
    assert await makes(told, tang, Action.ACCEPT) is State.ACCEPTED
    assert await makes(told, tang, Action.VERIFY) is State.VERIFYING
    assert await makes(told, tang, Action.PROPOSE_NOTICE, words="请村里七天内补齐公示") is State.VERIFYING
    assert await makes(told, zhou, Action.NOTICE) is State.NOTICED
    assert await makes(told, heyu, Action.REPORT_BACK, words="村里报来照片") is State.REPORTED_BACK
    assert await makes(told, tang, Action.RESOLVE, "put-right", "公示已经补齐") is State.RESOLVED
    assert await makes(told, zhou, Action.CLEAR, words="现场看过") is State.CLEARED
    tip = await told.opened(zhou)
    assert tip.rectification is not None
    assert tip.rectification.number == 1
    assert all(clock.stopped_on for clock in tip.clocks)
    assert tip.standing.work.next_due_on is None
    told_states = [one.state for one in await told.news()]
    assert told_states == [
        State.ACCEPTED, State.NOTICED, State.REPORTED_BACK, State.RESOLVED, State.CLEARED,
    ]  # fmt: skip


async def test_nobody_approves_what_they_proposed_or_clears_what_they_resolved(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, tang) = await world.sign_in("zhou"), await world.sign_in("tang")
    for action in (Action.ACCEPT, Action.VERIFY):
        await makes(told, zhou, action)
    await makes(told, zhou, Action.PROPOSE_NOTICE, words="请补齐公示")
    assert await detail_of(told, zhou, Action.NOTICE) == "own-work"
    assert await detail_of(told, tang, Action.NOTICE) == "leader-only"
    await assign(world.desk, zhou, told.id, await told.version(zhou), tang.member_id)
    assert await detail_of(told, zhou, Action.NOTICE) == "own-work"  # still the one who proposed it
    await makes(told, zhou, Action.RESOLVE, "explained", "已经当面说清")
    assert await detail_of(told, zhou, Action.CLEAR, words="凭据在卷") == "own-work"


async def test_handling_is_not_taken_off_before_approving(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, tang) = await world.sign_in("zhou"), await world.sign_in("tang")
    await makes(told, zhou, Action.ACCEPT)
    await makes(told, zhou, Action.VERIFY)
    await makes(told, tang, Action.RESOLVE, "explained")
    await makes(told, zhou, Action.RELEASE)
    assert await detail_of(told, zhou, Action.CLEAR, words="凭据在卷") == "own-work"


async def test_only_heads_take_a_tip_from_a_colleague_who_handles_it(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, tang) = await world.sign_in("zhou"), await world.sign_in("tang")
    await makes(told, zhou, Action.ACCEPT)
    assert await detail_of(told, tang, Action.RELEASE) == "heads-only"
    await makes(told, zhou, Action.RELEASE)
    assert (await told.opened(zhou)).assignee == ""


async def test_a_note_that_its_writer_did_not_sign_is_not_taken_for_theirs(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, tang) = await world.sign_in("zhou"), await world.sign_in("tang")
    await note(world.desk, zhou, told.id, "先看账")
    standing = await stand(world.desk, tang, told.id)
    forged = replace(note_of(world.desk, tang, "此件不用办"), by=zhou.name, member=zhou.member_id.hex())
    strange = Message(BoxKind.NOTE, b"{}")
    for one in (signed(tang, standing, forged), forged.message(), strange):
        await store_messages(world.desk, tang, await stand(world.desk, tang, told.id), [one], lambda _tx, _first: None)
    assert [one.signed for one in await notes_of(told, zhou)] == [True, False, False]
    broken = (await told.opened(zhou)).thread[-1]
    assert (broken.kind, broken.value) == (BoxKind.NOTE, None)  # one rubbish box breaks no page


async def test_who_is_recused_or_put_out_handles_nothing_any_more(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, tang) = await world.sign_in("zhou"), await world.sign_in("tang")
    await makes(told, tang, Action.ACCEPT)
    await recuse(world.desk, zhou, told.id, tang.member_id)
    assert (await told.opened(zhou)).assignee == ""


async def test_a_notice_that_nobody_proposed_cannot_be_approved(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, tang) = await world.sign_in("zhou"), await world.sign_in("tang")
    await makes(told, tang, Action.ACCEPT)
    assert await detail_of(told, zhou, Action.NOTICE) == "no-proposal"


async def test_an_approval_bears_the_approvers_own_signature(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, tang) = await world.sign_in("zhou"), await world.sign_in("tang")
    await makes(told, tang, Action.ACCEPT)
    await makes(told, tang, Action.RESOLVE, "explained")
    await makes(told, zhou, Action.CLEAR, words="电话核过")
    (approval,) = [one for one in await notes_of(told, tang) if getattr(one.value, "act", "") == Action.CLEAR]
    assert approval.signed
    made = approval.value
    assert isinstance(made, Note)
    assert made.by == zhou.name
    verify, tip = public_half(zhou.seed).verify, (await told.opened(zhou)).standing.tip
    assert is_signed(verify, tip.round_id, tip.id, made)
    assert not is_signed(verify, tip.round_id, TipId(b"x" * 16), made)
    assert not is_signed(verify, tip.round_id, tip.id, replace(made, text="另一句"))
    assert not is_signed(public_half(tang.seed).verify, tip.round_id, tip.id, made)


async def test_a_question_pauses_what_runs_and_the_answer_lets_it_go_on(world: World) -> None:
    told = await tell(world)
    _, tang = await world.sign_in("tang")
    await makes(told, tang, Action.ACCEPT)
    close = next(one for one in (await told.opened(tang)).clocks if one.stage is Stage.CLOSE)
    await makes(told, tang, Action.ASK, words="是哪一年？")
    waiting = await told.opened(tang)
    assert waiting.deadline is None
    assert {one.stage for one in waiting.clocks if one.paused_on} == {Stage.HAND_OVER, Stage.CLOSE}
    world.clock.forward(days=7)  # five working days
    await told.adds("去年")
    after = await told.opened(tang)
    assert after.standing.work.state is State.VERIFYING
    now = next(one for one in after.clocks if one.stage is Stage.CLOSE)
    assert now.due_on - close.due_on == timedelta(days=7)


async def test_a_claim_nobody_acted_on_goes_back_and_one_that_was_acted_on_stays(world: World) -> None:
    first, second = await tell(world, name="a"), await tell(world, name="b")
    _, tang = await world.sign_in("tang")
    for told in (first, second):
        await makes(told, tang, Action.CLAIM)
    await makes(second, tang, Action.ACCEPT)
    assert await return_claims(world.desk) == 0
    world.clock.forward(days=6)
    _, tang = await world.sign_in("tang")
    assert await return_claims(world.desk) == 1
    assert (await first.opened(tang)).assignee == ""
    assert (await second.opened(tang)).assignee == tang.name
    assert "claim-ended" in {deed.act for deed in (await first.opened(tang)).history}


async def test_a_tip_is_given_only_to_somebody_who_can_open_it(world: World) -> None:
    told = await tell(world)
    (_, zhou), (_, tang), (_, shen) = [await world.sign_in(name) for name in ("zhou", "tang", "shen")]
    version = await told.version(zhou)
    with pytest.raises(Refused) as refused:
        await assign(world.desk, zhou, told.id, version, shen.member_id)
    assert refused.value.detail == "assignee"
    await assign(world.desk, zhou, told.id, version, tang.member_id)
    assert (await told.opened(zhou)).assignee == tang.name
    deeds = [deed.reason for deed in (await told.opened(zhou)).history if deed.act == Action.ASSIGN]
    assert deeds == [tang.name]


@pytest.mark.parametrize("action", sorted(ELSEWHERE))
async def test_moves_with_a_use_case_of_their_own_are_not_made_here(world: World, action: Action) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    assert await detail_of(told, zhou, action) == Reason.BAD_INPUT


async def test_a_refused_move_leaves_nothing_behind(world: World) -> None:
    told = await tell(world)
    _, tang = await world.sign_in("tang")
    before = await told.version(tang)
    stored = await world.desk.store.read(lambda tx: len(tx.execute(box_table.select()).all()))
    for action, reason, words in ((Action.CLEAR, "", "凭据"), (Action.RESOLVE, "nonsense", ""), (Action.ASK, "", " ")):
        await detail_of(told, tang, action, reason, words)
    assert await told.version(tang) == before
    assert await world.desk.store.read(lambda tx: len(tx.execute(box_table.select()).all())) == stored
    work = (await told.opened(tang)).standing.work
    assert await world.desk.store.read(lambda tx: tips.list_events(tx, work.round_id, told.id)) == []
