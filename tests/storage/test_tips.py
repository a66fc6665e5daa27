"""Tips, their events, boxes and work as rows."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.clocks import Clock, Stage
from domain.errors import Reason, Refused
from domain.ids import AttachmentId, KeyId, MemberId, Sealed, TeamId, TipId, new_id
from domain.tips import Action, State, TipWork
from storage.desk import clocks, work
from storage.intake import boxes, tips
from storage.intake.boxes import Attachment, BoxKind, SealedBox, SealedEnvelope
from storage.intake.tips import REPORTER, TipEvent
from storage.people import keys
from storage.schema.tips import tip_work
from storage.store import Conflict, Store, Tx
from tests.patience import PATIENCE
from tests.storage.frame import DAY, Frame, a_tip, a_work


def added(frame: Frame, tip_id: TipId, n: int, actor: str = REPORTER) -> TipEvent:
    return TipEvent(frame.round, tip_id, n, Action.ADD, State.RECEIVED, State.RECEIVED, actor, None, DAY, "", 2)


async def test_a_tip_comes_back_as_it_was_inserted(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    bare = replace(a_tip(frame), unit_id=None, card_batch_id=None, late=True, entered_by=frame.member)
    await store.write(lambda tx: (tips.insert_tip(tx, tip), tips.insert_tip(tx, bare)))
    assert await store.read(lambda tx: tips.get_tip(tx, frame.round, tip.id)) == tip
    assert await store.read(lambda tx: tips.get_tip(tx, frame.round, bare.id)) == bare
    assert await store.read(lambda tx: tips.tip_by_receipt(tx, frame.round, tip.receipt_tag)) == tip
    assert await store.read(lambda tx: tips.tip_by_receipt(tx, frame.round, b"unknown")) is None
    with pytest.raises(Refused) as caught:
        await store.read(lambda tx: tips.get_tip(tx, frame.round, TipId(new_id())))
    assert caught.value.reason is Reason.UNKNOWN


async def test_the_desk_folds_every_tip_and_every_reporters_event_once(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    await store.write(lambda tx: tips.insert_tip(tx, tip))
    await store.write(lambda tx: tips.insert_event(tx, added(frame, tip.id, 1)))
    await store.write(lambda tx: tips.insert_event(tx, added(frame, tip.id, 2, "member")))
    assert await store.read(tips.unfolded_tips) == [tip]
    assert await store.read(tips.unfolded_events) == [added(frame, tip.id, 1)]
    folded = [await store.write(lambda tx: tips.mark_folded(tx, frame.round, tip.id, 1)) for _ in range(2)]
    assert folded == [True, False]
    await store.write(lambda tx: tips.mark_folded(tx, frame.round, tip.id, 0))
    assert await store.read(lambda tx: tips.unfolded_tips(tx) or tips.unfolded_events(tx)) == []
    assert [e.n for e in await store.read(lambda tx: tips.list_events(tx, frame.round, tip.id))] == [1, 2]
    assert await store.read(lambda tx: tips.next_event_n(tx, frame.round, tip.id)) == 3


async def test_an_event_has_one_place(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    await store.write(lambda tx: tips.insert_tip(tx, tip))
    await store.write(lambda tx: tips.insert_event(tx, added(frame, tip.id, 1)))
    with pytest.raises(Conflict):
        await store.write(lambda tx: tips.insert_event(tx, added(frame, tip.id, 1)))


async def test_numbers_taken_at_once_are_gapless_and_unique_even_when_some_are_given_back(
    store: Store, frame: Frame
) -> None:
    def take(tx: Tx, keep: bool) -> int:
        number = work.next_number(tx, frame.round, "team 1")
        if not keep:
            raise Refused(Reason.THROTTLED)
        return number

    asked = [store.write(lambda tx, n=n: take(tx, n % 3 != 0)) for n in range(90)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(one for one in answers if isinstance(one, int)) == list(range(1, 61))
    assert await store.write(lambda tx: work.next_number(tx, frame.round, "team 2")) == 1


async def test_two_processes_share_one_row_of_numbers(url: str, store: Store, frame: Frame) -> None:
    second = await Store.open(url, busy_ms=int(PATIENCE * 1000))
    both = [one.write(lambda tx: work.next_number(tx, frame.round, "t")) for _ in range(30) for one in (store, second)]
    assert sorted(await asyncio.gather(*both)) == list(range(1, 61))
    await second.aclose()


async def test_of_two_members_who_claim_at_once_one_is_told_to_look_again(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    first = a_work(frame, tip.id, 1)
    await store.write(lambda tx: (tips.insert_tip(tx, tip), work.insert_work(tx, first)))
    mine = replace(first, assignee_id=frame.member, state=State.ACCEPTED, next_due_on=DAY)
    theirs = replace(first, state=State.DECLINED)
    outcomes = await asyncio.gather(
        store.write(lambda tx: work.update_work(tx, mine)),
        store.write(lambda tx: work.update_work(tx, theirs)),
        return_exceptions=True,
    )
    assert outcomes[0] == replace(mine, version=2)
    assert isinstance(outcomes[1], Refused)
    assert outcomes[1].reason is Reason.STALE
    assert await store.read(lambda tx: work.get_work(tx, frame.round, tip.id)) == replace(mine, version=2)


async def test_a_tip_is_folded_into_work_once(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    await store.write(lambda tx: (tips.insert_tip(tx, tip), work.insert_work(tx, a_work(frame, tip.id, 1))))
    with pytest.raises(Conflict):
        await store.write(lambda tx: work.insert_work(tx, a_work(frame, tip.id, 2)))


async def test_milestones_and_clocks_stand_as_written(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    running = Clock(Stage.ACCEPT, DAY, DAY + timedelta(days=21))
    paused = replace(running, paused_on=DAY, paused_days=2)
    reached = work.Milestones(accepted_on=DAY)

    def write(tx: Tx) -> None:
        tips.insert_tip(tx, tip)
        work.insert_work(tx, a_work(frame, tip.id, 1))
        work.set_milestones(tx, frame.round, tip.id, reached)
        clocks.save_clocks(tx, frame.round, tip.id, [running, Clock(Stage.CLOSE, DAY, DAY)])
        clocks.save_clocks(tx, frame.round, tip.id, [paused])

    await store.write(write)
    assert await store.read(lambda tx: work.get_milestones(tx, frame.round, tip.id)) == reached
    assert await store.read(lambda tx: clocks.list_clocks(tx, frame.round, tip.id)) == [paused]


async def test_boxes_are_found_by_those_who_hold_an_envelope(store: Store, frame: Frame) -> None:
    tip, key = a_tip(frame), keys.Key(KeyId(new_id()), frame.office, keys.KeyKind.TEAM, b"p", b"v")
    header = SealedBox(frame.round, tip.id, 0, BoxKind.HEADER, Sealed(b"header"))
    reply = SealedBox(frame.round, tip.id, 1, BoxKind.OUT, Sealed(b"reply"))
    to_team = SealedEnvelope(0, key.id, Sealed(b"team"))
    to_code = SealedEnvelope(1, b"code", Sealed(b"code"))
    file = Attachment(AttachmentId(new_id()), frame.round, tip.id, 1, 65536)

    def write(tx: Tx) -> None:
        tips.insert_tip(tx, tip)
        keys.insert_key(tx, key)
        boxes.insert_box(tx, header, [to_team])
        boxes.insert_box(tx, reply, [to_code])
        boxes.insert_holder(tx, frame.round, tip.id, key.id)
        boxes.insert_holder(tx, frame.round, tip.id, key.id)
        boxes.insert_attachment(tx, file)

    await store.write(write)

    def look(tx: Tx) -> None:
        assert boxes.list_boxes(tx, frame.round, tip.id) == [header, reply]
        assert boxes.list_envelopes(tx, frame.round, tip.id) == [to_team, to_code]
        assert boxes.boxes_for(tx, frame.round, [tip.id], BoxKind.HEADER, [key.id]) == [(header, to_team)]
        assert boxes.boxes_for(tx, frame.round, [tip.id], BoxKind.OUT, [key.id]) == []
        assert boxes.boxes_for(tx, frame.round, [tip.id], BoxKind.OUT, [b"code"]) == [(reply, to_code)]
        assert boxes.list_holders(tx, frame.round, tip.id) == [key.id]
        assert boxes.next_seq(tx, frame.round, tip.id) == 2
        assert boxes.list_attachments(tx, frame.round, tip.id) == [file]
        assert boxes.kept_files(tx) == {file.id}

    await store.read(look)
    with pytest.raises(Conflict):
        await store.write(lambda tx: boxes.insert_box(tx, reply, []))


states = st.sampled_from(list(State))
dues = st.none() | st.integers(0, 4).map(lambda n: DAY + timedelta(days=n))
rows = st.lists(st.tuples(states, st.booleans(), st.booleans(), dues), max_size=30)
views = st.builds(
    lambda states, who, since, until: (states, who, since, until),
    st.frozensets(states, max_size=3),
    st.sampled_from(["any", "mine", "nobody"]),
    dues,
    dues,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(rows=rows, view=views, limit=st.integers(1, 31))
async def test_the_first_of_a_view_and_its_size_are_what_slow_sorting_finds(
    store: Store,
    frame: Frame,
    rows: list[tuple[State, bool, bool, object]],
    view: tuple[frozenset[State], str, object, object],
    limit: int,
) -> None:
    made = await store.write(lambda tx: _replace_queue(tx, frame, rows))
    asked = work.View(view[0], frame.member if view[1] == "mine" else None, view[1] == "nobody", view[2], view[3])

    fits = [one for one in made if one.team_id == frame.team and _fits(one, asked, frame.member)]
    first = await store.read(lambda tx: work.first_in_view(tx, frame.round, frame.team, asked, limit))
    assert first == sorted(fits, key=work.position)[:limit]
    assert await store.read(lambda tx: work.count_view(tx, frame.round, frame.team, asked)) == len(fits)


def _replace_queue(tx: Tx, frame: Frame, rows: list[tuple[State, bool, bool, object]]) -> list[TipWork]:
    tx.execute(tip_work.delete())
    made = []
    for number, (state, mine, other_team, due) in enumerate(rows, start=1):
        tip = a_tip(frame)
        tips.insert_tip(tx, tip)
        team: TeamId = frame.other_team if other_team else frame.team
        assignee: MemberId | None = frame.member if mine else None
        made.append(TipWork(frame.round, tip.id, team, number, state, assignee, due, 1))
        work.insert_work(tx, made[-1])
    return made


def _fits(one: TipWork, view: work.View, me: MemberId) -> bool:
    day = work.position(one)[0]
    return (
        (not view.states or one.state in view.states)
        and (view.assignee_id is None or one.assignee_id == me)
        and (not view.unassigned or one.assignee_id is None)
        and (view.due_from is None or day >= view.due_from)
        and (view.due_to is None or day <= view.due_to)
    )
