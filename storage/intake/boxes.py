"""Sealed bodies, their envelopes and holders, and the attachments' rows. Nothing here can be opened here."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, insert, select

from domain.ids import AttachmentId, KeyId, RoundId, Sealed, TipId
from storage.rows import insert_or_keep, matching
from storage.schema.boxes import attachment, box, envelope, holder
from storage.store import Tx

OF_ITS_BOX = (
    (envelope.c.round_id == box.c.round_id) & (envelope.c.owner_id == box.c.owner_id) & (envelope.c.seq == box.c.seq)
)
"""How envelopes are joined to their boxes."""

_TIP = ("round_id", "owner_id")
_LAST_SEQ = select(func.max(box.c.seq)).where(matching(box, *_TIP))
_INSERT_BOX = insert(box)
_HOLDERS = select(holder.c.key_id).where(matching(holder, *_TIP)).order_by(holder.c.key_id)
_INSERT_ATTACHMENT = insert(attachment)


class BoxKind(StrEnum):
    HEADER = "header"  # what the queue shows
    IN = "in"  # from the reporter
    OUT = "out"  # to the reporter
    NOTE = "note"  # between members


@dataclass(frozen=True, slots=True)
class SealedBox:
    """A sealed body; `seq` counts from 0 within its owner and is bound into the seal."""

    round_id: RoundId
    owner_id: TipId
    seq: int
    kind: BoxKind
    body: Sealed


@dataclass(frozen=True, slots=True)
class SealedEnvelope:
    """Who may open box `seq`: a key's id, or b"code"."""

    seq: int
    holder_id: bytes
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside box `seq`. `size_class` is its length on disk in bytes, padded."""

    id: AttachmentId
    round_id: RoundId
    owner_id: TipId
    seq: int
    size_class: int


def next_seq(tx: Tx, round_id: RoundId, owner_id: TipId) -> int:
    """The `seq` to seal the owner's next box with."""
    found = tx.execute(_LAST_SEQ, {"of_round_id": round_id, "of_owner_id": owner_id}).scalar()
    return 0 if found is None else found + 1


def insert_box(tx: Tx, row: SealedBox, envelopes: Sequence[SealedEnvelope]) -> None:
    """Raises `Conflict` when `seq` is taken: seal again with a fresh one."""
    values = {
        "round_id": row.round_id,
        "owner_id": row.owner_id,
        "seq": row.seq,
        "owner_kind": "tip",
        "kind": row.kind,
        "body": row.body,
    }
    tx.execute(_INSERT_BOX, values)
    for one in envelopes:
        insert_envelope(tx, row.round_id, row.owner_id, one)


def insert_envelope(tx: Tx, round_id: RoundId, owner_id: TipId, row: SealedEnvelope) -> None:
    """Shares a box that stands with one more holder. Sharing twice changes nothing."""
    insert_or_keep(
        tx,
        envelope,
        round_id=round_id,
        owner_id=owner_id,
        seq=row.seq,
        key_id=row.holder_id,
        sealed=row.sealed,
    )


def list_boxes(tx: Tx, round_id: RoundId, owner_id: TipId) -> list[SealedBox]:
    """All boxes of a tip, by `seq`."""
    where = (box.c.round_id == round_id) & (box.c.owner_id == owner_id)
    return [_box(row) for row in tx.execute(select(box).where(where).order_by(box.c.seq))]


def list_envelopes(tx: Tx, round_id: RoundId, owner_id: TipId) -> list[SealedEnvelope]:
    """All envelopes of a tip's boxes, by `seq`."""
    where = (envelope.c.round_id == round_id) & (envelope.c.owner_id == owner_id)
    rows = tx.execute(select(envelope).where(where).order_by(envelope.c.seq, envelope.c.key_id))
    return [SealedEnvelope(row.seq, row.key_id, Sealed(row.sealed)) for row in rows]


def boxes_for(
    tx: Tx, round_id: RoundId, owner_ids: Sequence[TipId], kind: BoxKind, holder_ids: Sequence[bytes]
) -> list[tuple[SealedBox, SealedEnvelope]]:
    """Boxes of one kind of many tips, each with the envelopes of these holders: a queue's headers, a code's replies."""
    rows = tx.execute(
        select(box, envelope.c.key_id, envelope.c.sealed)
        .join(envelope, OF_ITS_BOX)
        .where(box.c.round_id == round_id, box.c.owner_id.in_(owner_ids), box.c.kind == kind)
        .where(envelope.c.key_id.in_(holder_ids))
        .order_by(box.c.owner_id, box.c.seq)
    )
    return [(_box(row), SealedEnvelope(row.seq, row.key_id, Sealed(row.sealed))) for row in rows]


def insert_holder(tx: Tx, round_id: RoundId, owner_id: TipId, key_id: KeyId) -> None:
    """Adds a key to those that new boxes of the tip are sealed to."""
    insert_or_keep(tx, holder, round_id=round_id, owner_id=owner_id, key_id=key_id)


def list_holders(tx: Tx, round_id: RoundId, owner_id: TipId) -> list[KeyId]:
    found = tx.execute(_HOLDERS, {"of_round_id": round_id, "of_owner_id": owner_id})
    return [KeyId(one) for one in found.scalars()]


def insert_attachment(tx: Tx, row: Attachment) -> None:
    values = {
        "id": row.id,
        "round_id": row.round_id,
        "owner_id": row.owner_id,
        "seq": row.seq,
        "store": "file",
        "size_class": row.size_class,
        "state": "kept",
    }
    tx.execute(_INSERT_ATTACHMENT, values)


def list_attachments(tx: Tx, round_id: RoundId, owner_id: TipId) -> list[Attachment]:
    """The tip's files that are still kept, by box."""
    kept = (attachment.c.round_id == round_id) & (attachment.c.owner_id == owner_id) & (attachment.c.state == "kept")
    rows = tx.execute(select(attachment).where(kept).order_by(attachment.c.seq, attachment.c.id))
    return [
        Attachment(AttachmentId(row.id), RoundId(row.round_id), TipId(row.owner_id), row.seq, row.size_class)
        for row in rows
    ]


def kept_files(tx: Tx) -> set[AttachmentId]:
    """Files that some tip still names."""
    return {
        AttachmentId(one) for one in tx.execute(select(attachment.c.id).where(attachment.c.state == "kept")).scalars()
    }


def _box(row: Row[Any]) -> SealedBox:
    return SealedBox(RoundId(row.round_id), TipId(row.owner_id), row.seq, BoxKind(row.kind), Sealed(row.body))
