"""Talks, drafts and what waits to be delivered."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from domain.errors import Refused
from domain.ids import AttachmentId, Locked, new_id
from domain.tips import Channel
from storage.intake import drafts, outbox, subscriptions, tips
from storage.intake.drafts import DraftPart, Thread
from storage.intake.outbox import OutChannel, Outgoing, OutKind
from storage.store import Store, Tx
from tests.storage.frame import NOW, Frame, a_tip

TAG = b"chat one"
HOUR = 490_000


def a_thread(frame: Frame, tag: bytes = TAG) -> Thread:
    return Thread(Channel.WEB, tag, frame.office, frame.batch, Locked(b"state"), HOUR, HOUR + 24, 0)


def an_outgoing(order: bytes = TAG, body: bytes = b"hello", dedupe: str | None = None) -> Outgoing:
    end = NOW + timedelta(days=1)
    locked = (Locked(b"peer"), HOUR, order, Locked(body))
    return Outgoing(new_id(), OutKind.MESSAGE, OutChannel.TELEGRAM, *locked, NOW, end, dedupe_key=dedupe)


async def test_of_two_events_of_one_chat_the_slower_is_told_to_look_again(store: Store, frame: Frame) -> None:
    new = a_thread(frame)
    await store.write(lambda tx: drafts.save_thread(tx, new))
    with pytest.raises(Refused):
        await store.write(lambda tx: drafts.save_thread(tx, new))
    loaded = await store.read(lambda tx: drafts.load_thread(tx, Channel.WEB, TAG))
    assert loaded == replace(new, version=1)
    later = replace(new, state=Locked(b"later"), version=1, card_batch_id=None)
    await store.write(lambda tx: drafts.save_thread(tx, later))
    with pytest.raises(Refused):
        await store.write(lambda tx: drafts.save_thread(tx, later))
    assert await store.read(lambda tx: drafts.load_thread(tx, Channel.WEB, TAG)) == replace(later, version=2)
    assert await store.read(lambda tx: drafts.load_thread(tx, Channel.TELEGRAM, TAG)) is None


async def test_parts_keep_their_order_and_are_replaced_by_seq(store: Store, frame: Frame) -> None:
    file = AttachmentId(new_id())
    second, first = DraftPart(2, Locked(b"b"), file), DraftPart(1, Locked(b"a"), None)

    def tell(tx: Tx) -> list[DraftPart]:
        drafts.save_thread(tx, a_thread(frame))
        for part in (second, replace(first, locked=Locked(b"old")), first):
            drafts.save_part(tx, Channel.WEB, TAG, part)
        return drafts.list_parts(tx, Channel.WEB, TAG)

    assert await store.write(tell) == [first, second]
    assert await store.read(drafts.draft_files) == {file}
    assert await store.write(lambda tx: drafts.delete_part(tx, Channel.WEB, TAG, 1)) is None
    assert await store.write(lambda tx: drafts.delete_parts(tx, Channel.WEB, TAG)) == [file]
    assert await store.read(lambda tx: drafts.list_parts(tx, Channel.WEB, TAG)) == []


async def test_an_expired_draft_goes_with_its_parts_and_names_its_files(store: Store, frame: Frame) -> None:
    file = AttachmentId(new_id())

    def tell(tx: Tx) -> None:
        drafts.save_thread(tx, a_thread(frame))
        drafts.save_thread(tx, replace(a_thread(frame, b"young"), expires_hour=HOUR + 25))
        drafts.save_part(tx, Channel.WEB, TAG, DraftPart(1, Locked(b"a"), file))
        drafts.save_part(tx, Channel.WEB, b"young", DraftPart(1, Locked(b"a"), None))

    await store.write(tell)
    assert await store.write(lambda tx: drafts.drop_expired(tx, HOUR + 24)) == [file]
    assert await store.read(lambda tx: drafts.load_thread(tx, Channel.WEB, TAG)) is None
    assert await store.read(lambda tx: drafts.list_parts(tx, Channel.WEB, TAG)) == []
    assert len(await store.read(lambda tx: drafts.list_parts(tx, Channel.WEB, b"young"))) == 1


async def test_messages_are_known_until_they_are_too_old(store: Store) -> None:
    def note(tx: Tx) -> None:
        for message, hour in ((3, HOUR), (2**40, HOUR), (1, HOUR - 48), (3, HOUR)):
            drafts.note_message(tx, Channel.TELEGRAM, TAG, message, hour)
        drafts.drop_messages(tx, HOUR - 47)

    await store.write(note)
    assert await store.read(lambda tx: drafts.list_messages(tx, Channel.TELEGRAM, TAG)) == [3, 2**40]


async def test_only_the_messages_named_are_forgotten(store: Store) -> None:
    def known(tx: Tx) -> list[int]:
        return drafts.list_messages(tx, Channel.TELEGRAM, TAG)

    def forget(tx: Tx) -> None:
        drafts.forget_messages(tx, Channel.TELEGRAM, TAG, [2**40, 1, 99])
        drafts.forget_messages(tx, Channel.TELEGRAM, TAG, [])
        drafts.forget_messages(tx, Channel.TELEGRAM, b"another chat", [3])

    for message in (3, 2**40, 1):
        await store.write(lambda tx, n=message: drafts.note_message(tx, Channel.TELEGRAM, TAG, n, HOUR))
    assert await store.read(known) == [1, 3, 2**40]
    await store.write(forget)
    assert await store.read(known) == [3]


async def test_several_messages_are_settled_at_once(store: Store) -> None:
    rows = [an_outgoing(tag) for tag in (b"one", b"two", b"three")]
    for row in rows:
        await store.write(lambda tx, row=row: outbox.enqueue(tx, row))
    await store.write(lambda tx: outbox.settle(tx, [rows[0].id, rows[2].id, b"long gone"]))
    assert [one.id for one in await store.write(lambda tx: outbox.claim(tx, NOW, NOW))] == [rows[1].id]
    await store.write(lambda tx: outbox.settle(tx, []))
    assert await store.read(outbox.pending) == 1


async def test_a_chat_gets_its_messages_in_order_and_holds_up_nobody_else(store: Store) -> None:
    first, second, other = an_outgoing(body=b"1"), an_outgoing(body=b"2"), an_outgoing(b"chat two")
    for one in (first, second, other):
        assert await store.write(lambda tx, one=one: outbox.enqueue(tx, one))
    until = NOW + timedelta(minutes=1)

    async def claim(now=NOW) -> set[bytes]:
        return {one.id for one in await store.write(lambda tx: outbox.claim(tx, now, now + timedelta(minutes=1)))}

    assert await claim() == {first.id, other.id}
    assert await claim() == set()
    await store.write(lambda tx: outbox.retry(tx, first.id, NOW + timedelta(seconds=30)))
    await store.write(lambda tx: outbox.settle(tx, (other.id,)))
    assert await claim() == set()
    again = await store.write(lambda tx: outbox.claim(tx, NOW + timedelta(seconds=30), until))
    assert [(one.id, one.tries) for one in again] == [(first.id, 1)]
    await store.write(lambda tx: outbox.settle(tx, (first.id,)))
    assert await claim() == {second.id}
    assert await claim(until) == {second.id}, "a claim that ran out is free again"
    assert await store.read(outbox.pending) == 1


async def test_a_waiting_message_does_not_tell_the_minute(store: Store) -> None:
    await store.write(lambda tx: outbox.enqueue(tx, an_outgoing()))
    [claimed] = await store.write(lambda tx: outbox.claim(tx, NOW, NOW))
    assert claimed.due_at == NOW.astimezone(UTC).replace(minute=30, second=0)
    assert (claimed.expires_at.minute, claimed.expires_at.second) == (30, 0)


async def test_a_promise_is_made_once_per_key_and_expires(store: Store) -> None:
    assert await store.write(lambda tx: outbox.enqueue(tx, an_outgoing(dedupe="group 9:30")))
    assert not await store.write(lambda tx: outbox.enqueue(tx, an_outgoing(b"other", dedupe="group 9:30")))
    expired = NOW + timedelta(days=1)
    assert await store.write(lambda tx: outbox.claim(tx, expired, expired)) == []
    assert await store.write(lambda tx: outbox.prune(tx, expired)) == 1
    await store.write(lambda tx: outbox.enqueue(tx, an_outgoing()))
    await store.write(lambda tx: outbox.remove_all(tx, TAG))
    assert await store.read(outbox.pending) == 0


async def test_an_expired_message_does_not_block_the_chat(store: Store) -> None:
    old = replace(an_outgoing(), expires_at=NOW - timedelta(hours=1))
    new = an_outgoing()
    await store.write(lambda tx: (outbox.enqueue(tx, old), outbox.enqueue(tx, new)))
    assert [one.id for one in await store.write(lambda tx: outbox.claim(tx, NOW, NOW))] == [new.id]


async def test_a_subscription_can_be_taken_back(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    first = subscriptions.Subscription(frame.round, tip.id, Channel.TELEGRAM, Locked(b"one"), HOUR)
    second = replace(first, peer=Locked(b"two"))

    def write(tx: Tx) -> None:
        tips.insert_tip(tx, tip)
        subscriptions.subscribe(tx, first)
        subscriptions.subscribe(tx, second)

    await store.write(write)
    assert await store.read(lambda tx: subscriptions.list_subscriptions(tx, frame.round, tip.id)) == [second]
    await store.write(lambda tx: subscriptions.unsubscribe(tx, frame.round, tip.id, Channel.TELEGRAM))
    assert await store.read(lambda tx: subscriptions.list_subscriptions(tx, frame.round, tip.id)) == []
