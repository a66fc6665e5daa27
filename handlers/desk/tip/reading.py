"""What a tip's boxes say to a member who holds a key. What was changed or forged is not shown."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.errors import BadSeal, Refused
from domain.ids import KeyId, MemberId
from handlers import letters
from handlers.desk.locking.keyring import Held
from handlers.desk.locking.opening import open_box, open_letter
from handlers.desk.locking.standing import Standing
from handlers.desk.writing.messages import Note, decode_note, minute_of
from handlers.desk.writing.signing import is_signed
from handlers.letters import Header, Letter, TeamLetter
from storage.intake import boxes, tips
from storage.intake.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.intake.tips import TipEvent
from storage.people import keys, members
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the thread. `value` None: it was changed or forged, and is not shown."""

    seq: int
    kind: BoxKind
    on: date | None
    value: Letter | TeamLetter | Note | None
    by: str = ""  # the member whose move it came with
    act: str = ""  # that move
    signed: bool = False  # the note bears the signature of the member it names


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
                return letters.decode_header(open_box(key, box, envelope))
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
        signers, reporter = standing.letter_keys, standing.tip.reply_public
        plain = open_letter(key, box, envelope, signers=signers, reporter_public=reporter)
        told = letters.decode_team_letter(plain)
        return Said(box.seq, box.kind, told.on, told)
    plain = open_box(key, box, envelope)
    if box.kind is BoxKind.NOTE:
        note = decode_note(plain)
        return Said(box.seq, box.kind, minute_of(note).date(), note)
    letter = letters.decode_letter(plain)
    return Said(box.seq, box.kind, datetime.fromisoformat(letter.minute).date(), letter)


def _with_authors(tx: Tx, standing: Standing, thread: list[Said]) -> tuple[Said, ...]:
    """Who wrote what, from the tip's events; a letter and the note of one move stand side by side."""
    events = tips.list_events(tx, standing.tip.round_id, standing.tip.id)
    by_seq = {one.box_seq: one for one in events if one.actor_id is not None}
    return tuple(_with_author(tx, standing, one, by_seq) for one in thread)


def _with_author(tx: Tx, standing: Standing, said: Said, by_seq: dict[int | None, TipEvent]) -> Said:
    event = by_seq.get(said.seq)
    by = members.get_member(tx, event.actor_id).name if event and event.actor_id else ""
    act = event.act.value if event else ""
    if not isinstance(said.value, Note):
        return replace(said, by=by, act=act)
    # The event names the first thing a move wrote; its note may be the second.
    move = event or by_seq.get(said.seq - 1)
    return replace(said, by=by, act=act, signed=_is_signed(tx, standing, said.value, move))


def _is_signed(tx: Tx, standing: Standing, note: Note, move: TipEvent | None) -> bool:
    """Whether the member it names wrote it, and made the move that it claims to come with."""
    member_id = MemberId(bytes.fromhex(note.member))
    if note.act and (move is None or (move.act.value, move.actor_id) != (note.act, member_id)):
        return False
    try:
        named = members.get_member(tx, member_id).name == note.by
    except Refused:
        return False
    tip, own = standing.tip, keys.member_keys(tx, member_id)
    return named and any(is_signed(key.verify, tip.round_id, tip.id, note) for key in own)
