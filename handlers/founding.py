"""A new tip, sealed to who will handle it and inserted whole: told by a reporter, entered by a member, or split off."""

from collections.abc import Callable, Sequence

from domain.ids import AttachmentId, KeyId
from domain.tips import Tip
from handlers import letters
from handlers.conversation.talk import Part
from handlers.letters import Letter
from handlers.sealing import box_context
from storage.intake import boxes, tips
from storage.intake.boxes import Attachment, BoxKind, SealedBox, SealedEnvelope
from storage.store import Tx
from vault.seal import Holder, file_size_class, write

Write = Callable[[Tx], object]
"""Something to be done inside one transaction."""


def new_tip(tip: Tip, letter: Letter, gist: str, holders: Sequence[Holder]) -> list[Write]:
    """The tip with its header and its first letter. `gist`: its one line; `holders`: the keys that open it.

    The letter's files are not named here: see `name_files`.
    """
    header = letters.header_of(letter, gist)
    return [
        lambda tx: tips.insert_tip(tx, tip),
        lambda tx: _insert_holders(tx, tip, holders),
        new_box(tip, BoxKind.HEADER, 0, letters.encode(header), holders),
        new_box(tip, BoxKind.IN, 1, letters.encode(letter), holders),
    ]


def new_box(tip: Tip, kind: BoxKind, seq: int, body: bytes, holders: Sequence[Holder]) -> Write:
    """Box number `seq` of the tip, sealed now and inserted later."""
    sealed = write(holders, body, box_context(kind, tip.round_id, tip.id, seq))
    row = SealedBox(tip.round_id, tip.id, seq, kind, sealed.body)
    envelopes = [SealedEnvelope(seq, one.holder_id, one.sealed) for one in sealed.envelopes]
    return lambda tx: boxes.insert_box(tx, row, envelopes)


def name_files(tip: Tip, seq: int, parts: Sequence[Part]) -> Write:
    """Rows for the files whose keys stand in box `seq`: while a row names a file it is kept."""
    rows = [
        Attachment(AttachmentId(bytes.fromhex(p.file.id)), tip.round_id, tip.id, seq, file_size_class(p.file.size))
        for p in parts
        if p.file
    ]
    return lambda tx: _insert_files(tx, rows)


def _insert_holders(tx: Tx, tip: Tip, holders: Sequence[Holder]) -> None:
    for one in holders:
        boxes.insert_holder(tx, tip.round_id, tip.id, KeyId(one.id))


def _insert_files(tx: Tx, rows: Sequence[Attachment]) -> None:
    for row in rows:
        boxes.insert_attachment(tx, row)
