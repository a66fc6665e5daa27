"""Use cases of the half that faces the internet: it seals and stores, and cannot read what it stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.deadlines import WorkingDays, add_working_days
from domain.errors import CannotStore, Reason, Refused
from domain.ids import KeyId, RoundId, TipId, UnitId, new_id
from domain.rounds import Intake, Round, Team, TeamKind
from domain.tips import Action, Kind, Lane, Tip
from domain.tips import State as TipState
from domain.words import gist
from handlers import letters
from handlers.calendar import calendar_in
from handlers.conversation.events import Submitted
from handlers.conversation.talk import Card, Identity, Involves, Part, Place, State
from handlers.founding import Write, name_files, new_box, new_tip
from handlers.intake import reading, recipients
from handlers.intake.admission import destination, latest_round
from handlers.intake.threads import Peer
from handlers.letters import Letter
from handlers.sealing import peer_aad
from handlers.services import IntakeServices
from storage.intake import boxes, subscriptions, tips
from storage.intake.boxes import BoxKind
from storage.intake.subscriptions import Subscription
from storage.office import rounds, teams
from storage.store import Tx
from vault.keys import reporter_hash
from vault.lock import lock
from vault.receipts import ReceiptKey, bind


@dataclass(frozen=True, slots=True)
class Done:
    """A submission ready to be stored: the writes, and what the conversation is told once they are durable."""

    event: Submitted
    writes: list[Write]


async def submit(services: IntakeServices, state: State, parts: Sequence[Part], peer: Peer) -> Done:
    """Seals a draft for the team it goes to. Raises `CannotStore` when nobody may be trusted to read it."""
    card, place = _card(state), _place(state)
    unit_id = place.id if place else None
    round_, team, calendar = await services.store.read(lambda tx: _bound_for(tx, services, state, card, unit_id))
    receipt = _receipt(services, round_.id, state)
    lane = services.lanes.lane(card.batch_id or team.id, peer.tag, services.clock().timestamp())
    tip = replace(
        _tip(services, round_, team, receipt, peer),
        unit_id=unit_id,
        card_batch_id=card.batch_id,
        kind=state.kind or Kind.OTHER,
        lane=lane,
    )
    letter = _letter(services, state, parts, receipt, late=tip.late)
    due = add_working_days(tip.received_on, round_.accept_days, calendar)
    phone = team.phone if team.kind is TeamKind.RECUSAL else team.phone or card.phone
    event = Submitted(team.name, phone, tip.received_on, due.on, tip.late, due.certain)
    return Done(event, await _new_tip(services, tip, letter))


def _bound_for(
    tx: Tx, services: IntakeServices, state: State, card: Card, unit_id: UnitId | None
) -> tuple[Round, Team, WorkingDays]:
    """The round and the team that the tip goes to, and the office's working days."""
    round_ = rounds.get_round(tx, card.round_id)
    involved = state.involves in {Involves.YES, Involves.UNKNOWN}
    team = destination(tx, card.round_id, card, unit_id, involved=involved)
    return round_, team, calendar_in(tx, services.calendar, round_.office_id)


async def append(services: IntakeServices, state: State, parts: Sequence[Part], peer: Peer) -> list[Write]:
    """Seals the draft as an addition to the open code's tip; under an unknown code as a new tip marked as such."""
    stretched = bytes.fromhex(state.stretched)
    found = await reading.find_tip(services, stretched)
    if found is None:
        return await _mismatched(services, state, parts, peer)
    tip, receipt = found
    trusted = await recipients.tip_keys(services, tip)
    holders = [key.holder for key in trusted]
    seq = await services.store.read(lambda tx: boxes.next_seq(tx, tip.round_id, tip.id))
    letter = _letter(services, state, parts, receipt, late=False)
    return [
        _still_held(tip, {key.id for key in trusted}),
        new_box(tip, BoxKind.IN, seq, letters.encode(letter), holders),
        name_files(tip, seq, parts),
        _event(services, tip, Action.ADD, seq),
    ]


async def withdraw(services: IntakeServices, state: State) -> Write:
    """The reporter's wish to withdraw, for the desk to fold; nothing at all for an unknown code."""
    found = await reading.find_tip(services, bytes.fromhex(state.stretched))
    return (lambda _tx: None) if found is None else _event(services, found[0], Action.WITHDRAW, None)


async def subscribe(services: IntakeServices, state: State, peer: Peer, address: str) -> Write:
    """Keeps the chat's address, locked, beside the open code's tip; nothing without an address or a known code."""
    found = await reading.find_tip(services, bytes.fromhex(state.stretched)) if address else None
    if found is None:
        return lambda _tx: None
    tip, _ = found
    locked = lock(services.secrets.peer_lock_key, address.encode(), peer_aad(peer.channel))
    row = Subscription(tip.round_id, tip.id, peer.channel, locked, key_epoch=0)
    return lambda tx: subscriptions.subscribe(tx, row)


async def unsubscribe(services: IntakeServices, state: State, peer: Peer) -> Write:
    """Forgets the chat's address beside the open code's tip; nothing without a known code."""
    found = await reading.find_tip(services, bytes.fromhex(state.stretched)) if state.stretched else None
    if found is None:
        return lambda _tx: None
    tip, _ = found
    return lambda tx: subscriptions.unsubscribe(tx, tip.round_id, tip.id, peer.channel)


async def _mismatched(services: IntakeServices, state: State, parts: Sequence[Part], peer: Peer) -> list[Write]:
    """回执码不符: kept under the very code that was typed, so that what follows finds it."""

    def load(tx: Tx) -> tuple[Round, Team]:
        round_ = latest_round(tx, services.clock(), among=services.secrets.peppers())
        return round_, teams.team_of_kind(tx, round_.id, TeamKind.UNROUTED)

    round_, team = await services.store.read(load)
    receipt = _receipt(services, round_.id, state)
    tip = replace(_tip(services, round_, team, receipt, peer), lane=Lane.REVIEW)
    return await _new_tip(services, tip, _letter(services, state, parts, receipt, late=tip.late, code_mismatch=True))


def _tip(services: IntakeServices, round_: Round, team: Team, receipt: ReceiptKey, peer: Peer) -> Tip:
    """A tip of today for `team`, about no place and of no kind yet."""
    now = services.clock()
    return Tip(
        round_id=round_.id,
        id=TipId(new_id()),
        office_id=round_.office_id,
        first_team_id=team.id,
        unit_id=None,
        card_batch_id=None,
        channel=peer.channel,
        kind=Kind.OTHER,
        lane=Lane.MAIN,
        late=round_.intake_at(now) is Intake.CLOSED,
        received_on=now.date(),
        receipt_tag=receipt.tag,
        reply_public=receipt.half.public,
    )


async def _new_tip(services: IntakeServices, tip: Tip, letter: Letter) -> list[Write]:
    trusted = await recipients.team_key(services, tip.round_id, tip.first_team_id)
    line = gist(next((part.text for part in letter.parts if part.text), ""))
    return [
        lambda tx: recipients.check_served(tx, tip.round_id, tip.first_team_id, trusted.id),
        *new_tip(tip, letter, line, [trusted.holder]),
        name_files(tip, 1, letter.parts),
    ]


def _letter(
    services: IntakeServices, state: State, parts: Sequence[Part], receipt: ReceiptKey, *, late: bool,
    code_mismatch: bool = False,
) -> Letter:  # fmt: skip
    place = _place(state)
    return Letter(
        parts=tuple(parts),
        minute=services.clock().isoformat(timespec="minutes"),
        reporter_hash=reporter_hash(receipt.half.public).hex(),
        lang=state.lang,
        place=place.name if place else "",
        place_text=state.place_text,
        identity=state.identity or Identity.ANONYMOUS,
        name=state.name,
        phone=state.phone,
        involves=state.involves or Involves.NO,
        late=late,
        code_mismatch=code_mismatch,
    )


def _still_held(tip: Tip, sealed_to: set[KeyId]) -> Write:
    """A recusal that came between sealing and storing must not leave this message to whom it put out: seal again."""

    def check(tx: Tx) -> None:
        if set(boxes.list_holders(tx, tip.round_id, tip.id)) != sealed_to:
            raise Refused(Reason.STALE)

    return check


def _event(services: IntakeServices, tip: Tip, action: Action, box_seq: int | None) -> Write:
    """An event of the reporter. The intake does not know the tip's state: the desk works it out when it folds."""
    on = services.clock().date()

    def write_event(tx: Tx) -> None:
        n = tips.next_event_n(tx, tip.round_id, tip.id)
        row = tips.TipEvent(
            tip.round_id, tip.id, n, action, TipState.RECEIVED, TipState.RECEIVED, tips.REPORTER, None, on, "", box_seq
        )
        tips.insert_event(tx, row)

    return write_event


def _receipt(services: IntakeServices, round_id: RoundId, state: State) -> ReceiptKey:
    pepper = services.secrets.pepper(round_id)
    if pepper is None:
        raise CannotStore("the round has no pepper")
    return bind(bytes.fromhex(state.stretched), pepper)


def _place(state: State) -> Place | None:
    """The place that was chosen, or the only one that the card is for."""
    return state.place or (state.card.only_unit if state.card else None)


def _card(state: State) -> Card:
    if state.card is None:
        raise CannotStore("a draft without a round")
    return state.card
