"""An approval is signed with the approver's own key: a seat in a list of the database does not make a signature."""

import hashlib

from domain.errors import BadSeal
from domain.ids import RoundId, TipId
from handlers.desk.writing import Note
from handlers.people.sessions import Session
from vault.context import canonical
from vault.keys import sign, verify


def sign_approval(session: Session, round_id: RoundId, tip_id: TipId, note: Note, version: int) -> str:
    """My signature, as hex, over the move that `note` came with, its words and its files."""
    return sign(session.seed, _message(round_id, tip_id, note, version)).hex()


def is_approved(member_verify: bytes, round_id: RoundId, tip_id: TipId, note: Note) -> bool:
    """Whether the owner of `member_verify` made the approval that `note` carries, for this very tip."""
    try:
        verify(member_verify, _message(round_id, tip_id, note, note.version), bytes.fromhex(note.approval))
    except (BadSeal, ValueError):
        return False
    return True


def _message(round_id: RoundId, tip_id: TipId, note: Note, version: int) -> bytes:
    digest = hashlib.sha256(note.text.encode())
    for file in note.files:
        digest.update(file.id.encode() + file.key.encode())
    return canonical(
        kind="approval",
        act=note.act,
        round=round_id,
        tip=tip_id,
        member=note.member,
        minute=note.minute,
        version=version,
        digest=digest.digest(),
    )
