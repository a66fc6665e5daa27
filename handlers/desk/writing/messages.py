"""Words that members write, sealed and stored: letters to the reporter, notes to colleagues, with files beside them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from domain.ids import AttachmentId
from domain.tips import Action
from handlers import letters
from handlers.conversation.talk import File
from handlers.desk.locking.locks import sealed_to
from handlers.desk.locking.standing import Standing, check_holders
from handlers.people.sessions import Session
from handlers.sealing import box_context
from handlers.services import DeskServices
from storage.intake import boxes
from storage.intake.boxes import Attachment, BoxKind, SealedBox, SealedEnvelope
from storage.store import Conflict, Tx
from vault.replies import write_reply
from vault.seal import Box, Holder, file_size_class, write


@dataclass(frozen=True, slots=True)
class Message:
    """A body to be sealed, `OUT` or `NOTE`, and the files whose keys stand in it."""

    kind: BoxKind
    body: bytes
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What a member wrote for colleagues. `minute` is local time, ISO 8601 to the minute.

    `act` is the move it came with, made when the tip stood at `version`; empty for a plain note. `signature` (hex) is
    the writer's own: see signing.py.
    """

    by: str
    minute: str
    text: str
    act: str = ""
    files: tuple[File, ...] = ()
    member: str = ""  # hex id of who wrote it
    version: int = 0
    signature: str = ""

    def message(self) -> Message:
        return Message(BoxKind.NOTE, encode_note(self), self.files)


def note_of(
    services: DeskServices, session: Session, text: str, *, act: Action | None = None, files: tuple[File, ...] = ()
) -> Note:
    """A note of mine, of this minute."""
    minute = services.clock().isoformat(timespec="minutes")
    return Note(session.name, minute, text, act.value if act else "", files, session.member_id.hex())


def encode_note(note: Note) -> bytes:
    """UTF-8 JSON of the note."""
    return json.dumps(asdict(note), ensure_ascii=False).encode()


def decode_note(data: bytes) -> Note:
    """Inverse of `encode_note`; what an older version did not write stands at its default. Raises `BadSeal`."""
    with letters.ours():
        raw = json.loads(data)
        note = Note(**{**raw, "files": tuple(File(**one) for one in raw.get("files", ()))})
        minute_of(note)
        bytes.fromhex(note.member)
        return note


def minute_of(note: Note) -> datetime:
    """When it was written, in the office's time."""
    return datetime.fromisoformat(note.minute)


Also = Callable[[Tx, int], None]
"""What is written in the same transaction; gets the number of the first message."""


async def store_messages(
    services: DeskServices, session: Session, standing: Standing, messages: Sequence[Message], also: Also
) -> None:
    """Seals `messages` to who may read the tip and stores them with `also`, all or nothing.

    Raises `Refused`: NOT_ALLOWED (`lock-differs`), STALE when the tip got another lock meanwhile, and what `also` does.
    """
    tip, holders = standing.tip, await sealed_to(services, session, standing)
    for last in (False, True):
        first = await services.store.read(lambda tx: boxes.next_seq(tx, tip.round_id, tip.id))
        sealed = [_seal(standing, holders, one, first + i) for i, one in enumerate(messages)]

        def store(tx: Tx, sealed: list[_Sealed] = sealed, first: int = first) -> None:
            check_holders(tx, standing)
            for one in sealed:
                one.insert(tx)
            also(tx, first)

        try:
            return await services.store.write(store)
        except Conflict:
            if last:  # the reporter or a colleague took the number once; twice is a fault
                raise
    return None


@dataclass(frozen=True, slots=True)
class _Sealed:
    box: SealedBox
    envelopes: list[SealedEnvelope]
    files: list[Attachment]

    def insert(self, tx: Tx) -> None:
        boxes.insert_box(tx, self.box, self.envelopes)
        for one in self.files:
            boxes.insert_attachment(tx, one)


def _seal(standing: Standing, holders: Sequence[Holder], message: Message, seq: int) -> _Sealed:
    tip = standing.tip
    context = box_context(message.kind, tip.round_id, tip.id, seq)
    box = (
        write_reply(standing.signer, holders, tip.reply_public, message.body, context)
        if message.kind is BoxKind.OUT
        else write(holders, message.body, context)
    )
    return _Sealed(
        SealedBox(tip.round_id, tip.id, seq, message.kind, box.body),
        _envelopes(seq, box),
        [
            Attachment(AttachmentId(bytes.fromhex(one.id)), tip.round_id, tip.id, seq, file_size_class(one.size))
            for one in message.files
        ],
    )


def _envelopes(seq: int, box: Box) -> list[SealedEnvelope]:
    return [SealedEnvelope(seq, one.holder_id, one.sealed) for one in box.envelopes]
