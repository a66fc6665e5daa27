"""What a tip's boxes say to a member who holds a key. What was changed or forged is not shown."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.errors import BadSeal
from domain.ids import KeyId, MemberId
from handlers import letters
from handlers.desk.approving import is_approved
from handlers.desk.keyring import Held
from handlers.desk.standing import Standing
from handlers.desk.writing import Note, day_of, decode_note
from handlers.letters import Header, Letter, TeamLetter
from handlers.sealing import box_context
from storage import boxes, keys, members, tips
from storage.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.store import Tx
from storage.tips import TipEvent
from vault.open import read
from vault.replies import read_reply


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the thread. `value` None: it was changed or forged, and is not shown."""

    seq: int
    kind: BoxKind
    on: date | None
    value: Letter | TeamLetter | Note | None
    by: str = ""  # the member whose move it came with
    act: str = ""  # that move
    approved: bool = False  # the note's signature is that of the member it names


def letters_of(tx: Tx, standing: Standing) -> tuple[Letter, ...]:
    """What the reporter wrote, in order; without what cannot be opened."""
    return tuple(one.value for one in thread_of(tx, standing) if isinstance(one.value, Letter))


def _mine(tx: Tx, standing: Standing) -> list[tuple[SealedBox, SealedEnvelope, Held]]:
    """The tip's boxes that a key of mine opens, in order."""
    tip, by_id = standing.tip, {one.key.id: one for one in standing.held}
    openable = {
        one.seq: (one, by_id[KeyId(one.holder_id)])
        for one in boxes.list_envelopes(tx, tip.round_id, tip.id)
        if one.holder_id in by_id
    }
    sealed = boxes.list_boxes(tx, tip.round_id, tip.id)
    return [(box, *openable[box.seq]) for box in sealed if box.seq in openable]


def thread_of(tx: Tx, standing: Standing) -> tuple[Said, ...]:
    mine = [one for one in _mine(tx, standing) if one[0].kind is not BoxKind.HEADER]
    return _with_authors(tx, standing, [_open(standing, box, envelope, key) for box, envelope, key in mine])


def header_of(tx: Tx, standing: Standing) -> Header | None:
    for box, envelope, key in _mine(tx, standing):
        if box.kind is BoxKind.HEADER:
            try:
                return letters.decode_header(_plain(box, envelope, key))
            except BadSeal:
                return None
    return None


def _open(standing: Standing, box: SealedBox, envelope: SealedEnvelope, key: Held) -> Said:
    try:
        return _said(standing, box, envelope, key)
    except BadSeal:
        return Said(box.seq, box.kind, None, None)


def _said(standing: Standing, box: SealedBox, envelope: SealedEnvelope, key: Held) -> Said:
    if box.kind is BoxKind.OUT:
        told = letters.decode_team_letter(_reply(standing, box, envelope, key))
        return Said(box.seq, box.kind, told.on, told)
    plain = _plain(box, envelope, key)
    if box.kind is BoxKind.NOTE:
        note = decode_note(plain)
        return Said(box.seq, box.kind, day_of(note).date(), note)
    letter = letters.decode_letter(plain)
    return Said(box.seq, box.kind, datetime.fromisoformat(letter.minute).date(), letter)


def _plain(box: SealedBox, envelope: SealedEnvelope, key: Held) -> bytes:
    context = box_context(box.kind, box.round_id, box.owner_id, box.seq)
    return read(key.open, envelope.holder_id, box.body, envelope.sealed, context)


def _reply(standing: Standing, box: SealedBox, envelope: SealedEnvelope, key: Held) -> bytes:
    """What one of the tip's teams wrote. Raises `BadSeal` when none of them signed it."""
    for verify in standing.letter_keys:
        try:
            return read_reply(
                key.open,
                envelope.holder_id,
                box.body,
                envelope.sealed,
                box_context(box.kind, box.round_id, box.owner_id, box.seq),
                team_verify=verify,
                reporter_public=standing.tip.reply_public,
            )
        except BadSeal:
            continue
    raise BadSeal("not signed by a team of this tip")


def _with_authors(tx: Tx, standing: Standing, thread: list[Said]) -> tuple[Said, ...]:
    """Who wrote what, from the tip's events; a letter and the note of one move stand side by side."""
    events = tips.list_events(tx, standing.tip.round_id, standing.tip.id)
    by_seq = {one.box_seq: one for one in events if one.actor_id is not None}
    return tuple(_with_author(tx, standing, one, by_seq.get(one.seq)) for one in thread)


def _with_author(tx: Tx, standing: Standing, said: Said, event: TipEvent | None) -> Said:
    by = members.get_member(tx, event.actor_id).name if event and event.actor_id else ""
    approved = isinstance(said.value, Note) and bool(said.value.approval) and _is_approved(tx, standing, said.value)
    return replace(said, by=by, act=event.act.value if event else "", approved=approved)


def _is_approved(tx: Tx, standing: Standing, note: Note) -> bool:
    key = keys.member_key(tx, MemberId(bytes.fromhex(note.member)))
    return key is not None and is_approved(key.verify, standing.tip.round_id, standing.tip.id, note)
