"""One tip, opened for a member: what was said on both sides, what colleagues noted, who can read it, what was done."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from domain.errors import BadSeal
from domain.ids import KeyId, MemberId, TipId
from domain.rounds import Role
from domain.tips import Action
from handlers import letters
from handlers.desk.fold import ACCEPT
from handlers.desk.keyring import Held
from handlers.desk.queue import OPENED, Deadline, deadline, number_label, unit_name
from handlers.desk.standing import Standing, stand
from handlers.letters import Header, Letter, TeamLetter
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.sealing import box_context
from handlers.services import DeskServices
from storage import audit, boxes, cards, clocks, keys, members, tips
from storage.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.clocks import Clock
from storage.members import MemberState
from storage.store import Tx
from storage.tips import TipEvent
from vault.open import read
from vault.replies import read_reply


@dataclass(frozen=True, slots=True)
class Note:
    """What a member wrote for colleagues. `minute` is local time, ISO 8601 to the minute."""

    by: str
    minute: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the thread. `value` None: it was changed or forged, and is not shown."""

    seq: int
    kind: BoxKind
    on: date | None
    value: Letter | TeamLetter | Note | None
    asked_by: str = ""  # who wrote it, when a member asked the reporter


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of the team, and whether a key of theirs opens the tip. `has_team_key` without it: recused."""

    member_id: MemberId
    name: str
    role: Role
    can_read: bool
    has_team_key: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the tip's history: `act` by somebody, named, or by the reporter when `name` is empty."""

    on: date
    name: str
    act: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenTip:
    """All that the page of a tip shows."""

    standing: Standing
    label: str
    unit: str
    card: str
    header: Header | None
    letter: Letter | None  # the first one: who wrote, and where it is
    thread: tuple[Said, ...]
    readers: tuple[Reader, ...]
    history: tuple[Deed, ...]
    assignee: str
    deadline: Deadline | None
    accept_clock: Clock | None


async def open_tip(services: DeskServices, session: Session, tip_id: TipId) -> OpenTip:
    """Opens a tip and writes that down. Raises what `stand` raises."""
    standing = await stand(services, session, tip_id)
    deed = trail.Deed(session.office_id, session.member_id, OPENED, "tip", tip_id)
    await services.store.write(lambda tx: trail.note(tx, services, deed))
    return await services.store.read(lambda tx: _load(tx, services, standing))


def encode_note(note: Note) -> bytes:
    """UTF-8 JSON of the note."""
    return json.dumps(asdict(note), ensure_ascii=False).encode()


def letters_of(tx: Tx, standing: Standing) -> tuple[Letter, ...]:
    """What the reporter wrote, in order; without what cannot be opened."""
    return tuple(one.value for one in _thread(tx, standing) if isinstance(one.value, Letter))


def _load(tx: Tx, services: DeskServices, standing: Standing) -> OpenTip:
    tip, work_ = standing.tip, standing.work
    asked = {
        one.box_seq: _name(tx, one.actor_id)
        for one in tips.list_events(tx, tip.round_id, tip.id)
        if one.act is Action.ASK
    }
    thread = tuple(replace(one, asked_by=asked.get(one.seq, "")) for one in _thread(tx, standing))
    batch = cards.get_batch(tx, tip.card_batch_id) if tip.card_batch_id else None
    running = clocks.list_clocks(tx, tip.round_id, tip.id)
    return OpenTip(
        standing=standing,
        label=number_label(standing.team, work_.number),
        unit=unit_name(tx, tip),
        card=batch.way if batch else "",
        header=_header(tx, standing),
        letter=next((one.value for one in thread if isinstance(one.value, Letter)), None),
        thread=thread,
        readers=_readers(tx, standing, services.clock().date()),
        history=_history(tx, standing, services.clock()),
        assignee=members.get_member(tx, work_.assignee_id).name if work_.assignee_id else "",
        deadline=deadline(services, standing.round, work_.next_due_on),
        accept_clock=next((clock for clock in running if clock.stage == ACCEPT), None),
    )


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


def _thread(tx: Tx, standing: Standing) -> tuple[Said, ...]:
    mine = _mine(tx, standing)
    return tuple(_open(standing, box, envelope, key) for box, envelope, key in mine if box.kind is not BoxKind.HEADER)


def _header(tx: Tx, standing: Standing) -> Header | None:
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
        note = Note(**json.loads(plain))
        return Said(box.seq, box.kind, datetime.fromisoformat(note.minute).date(), note)
    letter = letters.decode_letter(plain)
    return Said(box.seq, box.kind, datetime.fromisoformat(letter.minute).date(), letter)


def _plain(box: SealedBox, envelope: SealedEnvelope, key: Held) -> bytes:
    context = box_context(box.kind, box.round_id, box.owner_id, box.seq)
    return read(key.open, envelope.holder_id, box.body, envelope.sealed, context)


def _reply(standing: Standing, box: SealedBox, envelope: SealedEnvelope, key: Held) -> bytes:
    return read_reply(
        key.open,
        envelope.holder_id,
        box.body,
        envelope.sealed,
        box_context(box.kind, box.round_id, box.owner_id, box.seq),
        team_verify=standing.verify,
        reporter_public=standing.tip.reply_public,
    )


def _readers(tx: Tx, standing: Standing, today: date) -> tuple[Reader, ...]:
    able = {_owner(tx, given.holder_key_id) for key in standing.holders for given in keys.grants_of(tx, key.id)}
    team = {_owner(tx, given.holder_key_id) for given in keys.grants_of(tx, standing.team_key.key.id)}
    return tuple(
        Reader(one.id, one.name, role, one.id in able, one.id in team)
        for one, role in members.members_of_team(tx, standing.team.id, today)
        if one.state is not MemberState.DISABLED
    )


def _owner(tx: Tx, key_id: KeyId) -> MemberId | None:
    """Whose key it is; nobody's once it was retired, for a lost password leaves nothing that opens."""
    key = keys.get_key(tx, key_id)
    return key.member_id if key.retired_on is None else None


def _history(tx: Tx, standing: Standing, now: datetime) -> tuple[Deed, ...]:
    """By day; within a day the reporter's doings first, then the members' in the order of the audit."""
    tip = standing.tip
    events = tips.list_events(tx, tip.round_id, tip.id)
    theirs = [_event(tx, one) for one in events if one.actor_id is None]
    reasons = {(one.actor_id, one.act.value): one.reason for one in events}
    ours = [
        Deed(
            line.entry.at.astimezone(now.tzinfo).date(),
            _name(tx, line.entry.member_id),
            line.entry.act,
            reasons.get((line.entry.member_id, line.entry.act), ""),
        )
        for line in audit.lines_about(tx, tip.office_id, "tip", tip.id)
    ]
    # Once a day is enough to show who looked; the audit itself keeps every time.
    rest = dict.fromkeys(sorted([*theirs, *ours], key=lambda one: one.on))
    return (Deed(tip.received_on, "", "received"), *rest)


def _event(tx: Tx, event: TipEvent) -> Deed:
    return Deed(event.on, _name(tx, event.actor_id), event.act.value, event.reason)


def _name(tx: Tx, member_id: MemberId | None) -> str:
    return members.get_member(tx, member_id).name if member_id else ""
