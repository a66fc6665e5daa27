"""Talks under way and the parts of their drafts. Everything said stands here locked; the hour is the finest time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, tuple_, update

from domain.ids import AttachmentId, BatchId, Locked, OfficeId
from domain.tips import Channel
from storage.rows import insert_or_keep, insert_or_replace, matching, update_one
from storage.schema.intake import chat_message, draft_part, thread
from storage.store import Tx

_CHAT = ("channel", "peer_tag")
_LOAD_THREAD = select(thread).where(matching(thread, *_CHAT))
_INSERT_THREAD = insert(thread)
_UPDATE_THREAD = update(thread).where(matching(thread, *_CHAT, "version"))
_DELETE_THREAD = delete(thread).where(matching(thread, *_CHAT))
_LIST_PARTS = select(draft_part).where(matching(draft_part, *_CHAT)).order_by(draft_part.c.seq)
_DELETE_PARTS = delete(draft_part).where(matching(draft_part, *_CHAT)).returning(draft_part.c.attachment_id)
_DELETE_PART = delete(draft_part).where(matching(draft_part, *_CHAT, "seq")).returning(draft_part.c.attachment_id)
_OF_CHAT = matching(chat_message, *_CHAT)


@dataclass(frozen=True, slots=True)
class Thread:
    """One chat. `key_epoch` names the hour key of `state`, `expires_hour` is in hours since 1970 (UTC)."""

    channel: Channel
    peer_tag: bytes
    office_id: OfficeId
    card_batch_id: BatchId | None
    state: Locked
    key_epoch: int
    expires_hour: int
    version: int


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One message of a draft. `attachment_id` names its file on disk."""

    seq: int
    locked: Locked
    attachment_id: AttachmentId | None


def load_thread(tx: Tx, channel: Channel, peer_tag: bytes) -> Thread | None:
    row = tx.execute(_LOAD_THREAD, _of(channel, peer_tag)).one_or_none()
    if row is None:
        return None
    return Thread(
        Channel(row.channel),
        row.peer_tag,
        OfficeId(row.office_id),
        None if row.card_batch_id is None else BatchId(row.card_batch_id),
        Locked(row.state_locked),
        row.key_epoch,
        row.expires_hour,
        row.version,
    )


def save_thread(tx: Tx, row: Thread) -> None:
    """Writes the thread whose `version` is the one it was loaded with, 0 for a new one; it is stored as version + 1.

    Raises `Refused(STALE)` when another event of the same chat was faster.
    """
    values: dict[str, Any] = {
        "office_id": row.office_id,
        "card_batch_id": row.card_batch_id,
        "state_locked": row.state,
        "key_epoch": row.key_epoch,
        "expires_hour": row.expires_hour,
        "version": row.version + 1,
    }
    if row.version == 0:
        tx.execute(_INSERT_THREAD, {"channel": row.channel, "peer_tag": row.peer_tag, **values})
        return
    update_one(tx, _UPDATE_THREAD, {**_of(row.channel, row.peer_tag), "of_version": row.version, **values})


def delete_thread(tx: Tx, channel: Channel, peer_tag: bytes) -> None:
    """Forgets the chat and its draft."""
    delete_parts(tx, channel, peer_tag)
    tx.execute(_DELETE_THREAD, _of(channel, peer_tag))


def save_part(tx: Tx, channel: Channel, peer_tag: bytes, row: DraftPart) -> None:
    """Adds a part to the draft of a thread that stands, or replaces the part with the same `seq`."""
    insert_or_replace(
        tx,
        draft_part,
        channel=channel,
        peer_tag=peer_tag,
        seq=row.seq,
        locked=row.locked,
        attachment_id=row.attachment_id,
    )


def list_parts(tx: Tx, channel: Channel, peer_tag: bytes) -> list[DraftPart]:
    """The draft in the order it was told."""
    rows = tx.execute(_LIST_PARTS, _of(channel, peer_tag))
    return [DraftPart(row.seq, Locked(row.locked), _attachment(row.attachment_id)) for row in rows]


def delete_part(tx: Tx, channel: Channel, peer_tag: bytes, seq: int) -> AttachmentId | None:
    """Removes one part; the id of its file, whose deletion is the caller's after the commit."""
    return _attachment(tx.execute(_DELETE_PART, {**_of(channel, peer_tag), "of_seq": seq}).scalar())


def delete_parts(tx: Tx, channel: Channel, peer_tag: bytes) -> list[AttachmentId]:
    """Removes the whole draft; the ids of its files."""
    gone = tx.execute(_DELETE_PARTS, _of(channel, peer_tag)).scalars()
    return [AttachmentId(one) for one in gone if one is not None]


def drop_expired(tx: Tx, hour: int) -> list[AttachmentId]:
    """Forgets every thread whose `expires_hour` is `hour` or earlier, with its draft; the ids of the drafts' files."""
    old = select(thread.c.channel, thread.c.peer_tag).where(thread.c.expires_hour <= hour)
    of_old = tuple_(draft_part.c.channel, draft_part.c.peer_tag).in_(old)
    gone = tx.execute(delete(draft_part).where(of_old).returning(draft_part.c.attachment_id)).scalars().all()
    tx.execute(delete(thread).where(thread.c.expires_hour <= hour))
    return [AttachmentId(one) for one in gone if one is not None]


def draft_files(tx: Tx) -> set[AttachmentId]:
    """Files that some draft still names."""
    named = select(draft_part.c.attachment_id).where(draft_part.c.attachment_id.is_not(None))
    return {AttachmentId(one) for one in tx.execute(named).scalars()}


def note_message(tx: Tx, channel: Channel, peer_tag: bytes, message_id: int, hour: int) -> None:
    """Remembers a message of the chat, so that 擦除本对话 can delete it on both sides."""
    insert_or_keep(tx, chat_message, channel=channel, peer_tag=peer_tag, message_id=message_id, hour=hour)


def list_messages(tx: Tx, channel: Channel, peer_tag: bytes) -> list[int]:
    """The chat's known messages, oldest first."""
    known = select(chat_message.c.message_id).where(_OF_CHAT).order_by(chat_message.c.message_id)
    return list(tx.execute(known, _of(channel, peer_tag)).scalars())


def forget_messages(tx: Tx, channel: Channel, peer_tag: bytes, ids: Sequence[int]) -> None:
    """Forgets those messages of the chat: they stand on neither side any more. Unknown ones change nothing."""
    deleted = delete(chat_message).where(_OF_CHAT, chat_message.c.message_id.in_(ids))
    tx.execute(deleted, _of(channel, peer_tag))


def drop_messages(tx: Tx, before_hour: int) -> None:
    """Forgets messages older than `before_hour`: no channel deletes them any more."""
    tx.execute(delete(chat_message).where(chat_message.c.hour < before_hour))


def _of(channel: Channel, peer_tag: bytes) -> dict[str, Any]:
    return {"of_channel": channel, "of_peer_tag": peer_tag}


def _attachment(value: bytes | None) -> AttachmentId | None:
    return None if value is None else AttachmentId(value)
