"""A note is signed with its writer's own key: whoever has only a team's public key cannot speak as a colleague."""

import hashlib
from dataclasses import replace

from domain.errors import BadSeal
from domain.ids import RoundId, TipId
from handlers.desk.locking.standing import Standing
from handlers.desk.writing.messages import Message, Note
from handlers.people.sessions import Session
from vault.context import canonical
from vault.keys import sign, verify


def signed(session: Session, standing: Standing, note: Note, version: int = 0) -> Message:
    """`note` under my signature, to be sealed; `version` is the tip's when it comes with a move."""
    at = replace(note, version=version)
    return replace(at, signature=sign_note(session, standing.tip.round_id, standing.tip.id, at)).message()


def sign_note(session: Session, round_id: RoundId, tip_id: TipId, note: Note) -> str:
    """My signature, as hex, over the note, its files and the move that it came with."""
    return sign(session.seed, _message(round_id, tip_id, note)).hex()


def is_signed(member_verify: bytes, round_id: RoundId, tip_id: TipId, note: Note) -> bool:
    """Whether the owner of `member_verify` wrote the note, for this very tip."""
    try:
        verify(member_verify, _message(round_id, tip_id, note), bytes.fromhex(note.signature))
    except (BadSeal, ValueError):
        return False
    return True


def _message(round_id: RoundId, tip_id: TipId, note: Note) -> bytes:
    digest = hashlib.sha256(note.text.encode())
    for file in note.files:
        digest.update(file.id.encode() + file.key.encode())
    return canonical(
        kind="note",
        act=note.act,
        round=round_id,
        tip=tip_id,
        member=note.member,
        minute=note.minute,
        version=note.version,
        digest=digest.digest(),
    )
