"""What a member does with a tip: claim, accept, decline, ask, note. What the reporter is shown is signed and sealed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.errors import Reason, Refused
from domain.ids import TipId
from domain.tips import Action, State, TipWork, move
from domain.words import clean
from handlers import letters
from handlers.desk.fold import count, stop_clock
from handlers.desk.locks import sealed_to
from handlers.desk.notices import promise_notice
from handlers.desk.standing import Standing, check_holders, stand
from handlers.desk.thread import Note, encode_note, letters_of
from handlers.letters import Letter, TeamLetter
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.sealing import box_context
from handlers.services import DeskServices
from handlers.texts import say
from storage import boxes, tips, work
from storage.boxes import BoxKind, SealedBox, SealedEnvelope
from storage.store import Conflict, Tx
from storage.tips import TipEvent
from vault.keys import reporter_hash
from vault.replies import write_reply
from vault.seal import Box, write

LONGEST = 4000
"""Characters of a question or a note."""


class Decline(StrEnum):
    """Why a tip is not accepted; each has a sentence for the reporter that names the right door."""

    OUT_OF_SCOPE = "out-of-scope"
    DISCIPLINE = "discipline"
    PETITION = "petition"
    HOTLINE = "hotline"
    REPEAT = "repeat"
    NO_FACTS = "no-facts"


@dataclass(frozen=True, slots=True)
class _Move:
    """One act on a tip: what it is called, where it leads, and what the reporter is told."""

    act: Action
    on: date
    state: State
    text: str
    reason: str = ""
    milestone: State | None = None


async def claim(services: DeskServices, session: Session, tip_id: TipId, version: int) -> None:
    """Makes me the one who handles the tip. Raises `Refused(STALE)` when it is no longer at `version`."""
    standing = await stand(services, session, tip_id)
    mine = replace(_at(standing, version), assignee_id=session.member_id)

    def store(tx: Tx) -> None:
        work.update_work(tx, mine)
        _note(tx, services, session, tip_id, "claim")

    await services.store.write(store)


async def accept(services: DeskServices, session: Session, tip_id: TipId, version: int) -> None:
    """受理: the reporter is told.

    Raises `Refused`: STALE, WRONG_STATE, NOT_ALLOWED (`wrong-reporter`, `lock-differs`).
    """
    standing = await stand(services, session, tip_id)
    letter = await _checked_letter(services, standing)
    text = say(letter.lang, "desk-tell-accepted", team=standing.team.name)
    state = move(standing.work.state, Action.ACCEPT)
    await _tell(
        services,
        session,
        standing,
        version,
        _Move(Action.ACCEPT, services.clock().date(), state, text, milestone=state),
    )


async def decline(services: DeskServices, session: Session, tip_id: TipId, version: int, reason: str) -> None:
    """不予受理: the reporter is told why and which door is right. Raises as `accept`; BAD_INPUT for no known reason."""
    if reason not in set(Decline):
        raise Refused(Reason.BAD_INPUT, "reason")
    standing = await stand(services, session, tip_id)
    letter = await _checked_letter(services, standing)
    text = say(letter.lang, f"desk-tell-declined-{reason}", team=standing.team.name)
    state = move(standing.work.state, Action.DECLINE)
    await _tell(
        services, session, standing, version, _Move(Action.DECLINE, services.clock().date(), state, text, reason, state)
    )


async def ask(services: DeskServices, session: Session, tip_id: TipId, version: int, text: str) -> None:
    """Writes to the reporter; an accepted tip then waits for the answer. Raises as `accept`, BAD_INPUT for no text."""
    words = _words(text)
    standing = await stand(services, session, tip_id)
    await _checked_letter(services, standing)
    state = move(standing.work.state, Action.ASK)
    await _tell(services, session, standing, version, _Move(Action.ASK, services.clock().date(), state, words))


async def note(services: DeskServices, session: Session, tip_id: TipId, text: str) -> None:
    """Writes to colleagues: sealed to those who can read the tip, never shown to the reporter. Raises as `accept`."""
    words = _words(text)
    standing = await stand(services, session, tip_id)
    holders = await sealed_to(services, session, standing)
    body = encode_note(Note(session.name, services.clock().isoformat(timespec="minutes"), words))

    def seal(seq: int) -> Box:
        context = box_context(BoxKind.NOTE, standing.tip.round_id, tip_id, seq)
        return write(holders, body, context)

    async def store(seq: int) -> None:
        row, envelopes = _rows(standing, BoxKind.NOTE, seq, seal(seq))

        def stored(tx: Tx) -> None:
            check_holders(tx, standing)
            boxes.insert_box(tx, row, envelopes)
            _note(tx, services, session, tip_id, "note")

        await services.store.write(stored)

    await _with_seq(services, standing, store)


async def _tell(services: DeskServices, session: Session, standing: Standing, version: int, step: _Move) -> None:
    """The reply, the event, the new state and the content-free notice: all of them or none."""
    before, tip = _at(standing, version), standing.tip
    holders = await sealed_to(services, session, standing)
    letter = TeamLetter(step.on, standing.team.name, step.text, step.milestone)
    body = letters.encode(letter)

    async def store(seq: int) -> None:
        context = box_context(BoxKind.OUT, tip.round_id, tip.id, seq)
        box = write_reply(standing.signer, holders, tip.reply_public, body, context)
        row, envelopes = _rows(standing, BoxKind.OUT, seq, box)

        def stored(tx: Tx) -> None:
            check_holders(tx, standing)
            boxes.insert_box(tx, row, envelopes)
            _enter(tx, session, before, step)
            tips.insert_event(tx, _event(tx, session, before, step, seq))
            _note(tx, services, session, tip.id, step.act.value)
            promise_notice(tx, services, tip.round_id, tip.id)

        await services.store.write(stored)

    await _with_seq(services, standing, store)
    services.nudge()


def _enter(tx: Tx, session: Session, before: TipWork, step: _Move) -> None:
    """The tip's new state, its dates and the office's figures."""
    today, tip_id, round_id = step.on, before.tip_id, before.round_id
    decided = step.act in {Action.ACCEPT, Action.DECLINE}
    if decided:
        stop_clock(tx, round_id, tip_id, today)
    if step.state is not before.state:
        count(tx, tips.get_tip(tx, round_id, tip_id), before.team_id, today, step.state)
    due = None if decided else before.next_due_on
    owner = before.assignee_id or session.member_id
    work.update_work(tx, replace(before, state=step.state, assignee_id=owner, next_due_on=due))
    dates = work.get_milestones(tx, round_id, tip_id)
    accepted = today if step.act is Action.ACCEPT else dates.accepted_on
    first = dates.first_reply_on or today
    work.set_milestones(tx, round_id, tip_id, replace(dates, accepted_on=accepted, first_reply_on=first))


def _event(tx: Tx, session: Session, before: TipWork, step: _Move, seq: int) -> TipEvent:
    return TipEvent(
        round_id=before.round_id,
        tip_id=before.tip_id,
        n=tips.next_event_n(tx, before.round_id, before.tip_id),
        act=step.act,
        from_state=before.state,
        to_state=step.state,
        actor_kind="member",
        actor_id=session.member_id,
        on=step.on,
        reason=step.reason,
        box_seq=seq,
    )


async def _checked_letter(services: DeskServices, standing: Standing) -> Letter:
    """The reporter's first letter, once it names the very reporter whose key the database gives."""
    found = await services.store.read(lambda tx: letters_of(tx, standing))
    if not found or found[0].reporter_hash != reporter_hash(standing.tip.reply_public).hex():
        raise Refused(Reason.NOT_ALLOWED, "wrong-reporter")
    return found[0]


def _at(standing: Standing, version: int) -> TipWork:
    if standing.work.version != version:
        raise Refused(Reason.STALE)
    return standing.work


def _words(text: str) -> str:
    words = clean(text).strip()
    if not words:
        raise Refused(Reason.BAD_INPUT, "text")
    if len(words) > LONGEST:
        raise Refused(Reason.BAD_INPUT, "too-long")
    return words


def _rows(standing: Standing, kind: BoxKind, seq: int, box: Box) -> tuple[SealedBox, list[SealedEnvelope]]:
    row = SealedBox(standing.tip.round_id, standing.tip.id, seq, kind, box.body)
    return row, [SealedEnvelope(seq, one.holder_id, one.sealed) for one in box.envelopes]


async def _with_seq(services: DeskServices, standing: Standing, store: Callable[[int], Awaitable[None]]) -> None:
    """Stores under the next number; once more when the reporter or a colleague took it meanwhile."""
    tip = standing.tip
    for last in (False, True):
        seq = await services.store.read(lambda tx: boxes.next_seq(tx, tip.round_id, tip.id))
        try:
            return await store(seq)
        except Conflict:
            if last:
                raise
    return None


def _note(tx: Tx, services: DeskServices, session: Session, tip_id: TipId, act: str) -> None:
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "tip", tip_id))
