"""Tips and their events as the intake inserts them: never updated. This file sees no text."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from domain.errors import Reason, Refused
from domain.ids import BatchId, MemberId, OfficeId, RoundId, TeamId, TipId, UnitId
from domain.tips import Action, Channel, Kind, Lane, State, Tip
from storage.rows import matching
from storage.schema.tips import tip, tip_event, unfolded
from storage.store import Tx

_INSERT_TIP = insert(tip)
_INSERT_EVENT = insert(tip_event)
_MARK = insert(unfolded)
_GET_TIP = select(tip).where(matching(tip, "round_id", "id"))
_TIP_BY_RECEIPT = select(tip).where(matching(tip, "round_id", "receipt_tag"))
_LAST_N = select(func.max(tip_event.c.n)).where(matching(tip_event, "round_id", "tip_id"))

REPORTER = "reporter"
"""`actor_kind` of events that the intake inserts for the desk to fold."""

_AT_ONCE = 256  # tips or events that are folded before the desk looks again


@dataclass(frozen=True, slots=True)
class TipEvent:
    """Something that happened to a tip. `n` counts from 1 within the tip; `reason` is a code, never a sentence."""

    round_id: RoundId
    tip_id: TipId
    n: int
    act: Action
    from_state: State
    to_state: State
    actor_kind: str  # reporter, member, system
    actor_id: MemberId | None
    on: date
    reason: str
    box_seq: int | None


def insert_tip(tx: Tx, row: Tip) -> None:
    """Inserts a tip and marks it for the desk. Raises `Conflict` when its receipt was used already in the round."""
    values = {
        "round_id": row.round_id,
        "id": row.id,
        "office_id": row.office_id,
        "first_team_id": row.first_team_id,
        "unit_id": row.unit_id,
        "card_batch_id": row.card_batch_id,
        "channel": row.channel,
        "kind": row.kind,
        "lane": row.lane,
        "late": row.late,
        "received_on": row.received_on,
        "entered_by": row.entered_by,
        "receipt_tag": row.receipt_tag,
        "reply_public": row.reply_public,
    }
    tx.execute(_INSERT_TIP, values)
    tx.execute(_MARK, {"round_id": row.round_id, "tip_id": row.id, "n": 0})


def get_tip(tx: Tx, round_id: RoundId, tip_id: TipId) -> Tip:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(_GET_TIP, {"of_round_id": round_id, "of_id": tip_id}).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return as_tip(row)


def tip_by_receipt(tx: Tx, round_id: RoundId, receipt_tag: bytes) -> Tip | None:
    """The tip behind a receipt code's look-up tag, within one round."""
    row = tx.execute(_TIP_BY_RECEIPT, {"of_round_id": round_id, "of_receipt_tag": receipt_tag}).one_or_none()
    return None if row is None else as_tip(row)


def next_event_n(tx: Tx, round_id: RoundId, tip_id: TipId) -> int:
    return (tx.execute(_LAST_N, {"of_round_id": round_id, "of_tip_id": tip_id}).scalar() or 0) + 1


def insert_event(tx: Tx, row: TipEvent) -> None:
    """Inserts an event; the reporter's are marked for the desk. Raises `Conflict` when `n` is taken."""
    values = {
        "round_id": row.round_id,
        "tip_id": row.tip_id,
        "n": row.n,
        "act": row.act,
        "from_state": row.from_state,
        "to_state": row.to_state,
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "on_date": row.on,
        "reason": row.reason,
        "box_seq": row.box_seq,
    }
    tx.execute(_INSERT_EVENT, values)
    if row.actor_kind == REPORTER:
        tx.execute(_MARK, {"round_id": row.round_id, "tip_id": row.tip_id, "n": row.n})


def list_events(tx: Tx, round_id: RoundId, tip_id: TipId) -> list[TipEvent]:
    """The tip's events in order."""
    of_tip = (tip_event.c.round_id == round_id) & (tip_event.c.tip_id == tip_id)
    return [_event(row) for row in tx.execute(select(tip_event).where(of_tip).order_by(tip_event.c.n))]


def unfolded_tips(tx: Tx) -> list[Tip]:
    """Some of the tips that the desk has not folded into its work yet."""
    marked = select(tip).join(unfolded, (unfolded.c.round_id == tip.c.round_id) & (unfolded.c.tip_id == tip.c.id))
    return [as_tip(row) for row in tx.execute(marked.where(unfolded.c.n == 0).limit(_AT_ONCE))]


def unfolded_events(tx: Tx) -> list[TipEvent]:
    """Some of the reporters' events that the desk has not folded yet, those of one tip in order."""
    same = (
        (unfolded.c.round_id == tip_event.c.round_id)
        & (unfolded.c.tip_id == tip_event.c.tip_id)
        & (unfolded.c.n == tip_event.c.n)
    )
    marked = select(tip_event).join(unfolded, same).order_by(unfolded.c.round_id, unfolded.c.tip_id, unfolded.c.n)
    return [_event(row) for row in tx.execute(marked.limit(_AT_ONCE))]


def mark_folded(tx: Tx, round_id: RoundId, tip_id: TipId, n: int) -> bool:
    """Takes the mark of the tip (n = 0) or of its event `n` away. False when another did so already."""
    mark = (unfolded.c.round_id == round_id) & (unfolded.c.tip_id == tip_id) & (unfolded.c.n == n)
    return tx.execute(delete(unfolded).where(mark)).rowcount == 1


def _event(row: Row[Any]) -> TipEvent:
    return TipEvent(
        RoundId(row.round_id),
        TipId(row.tip_id),
        row.n,
        Action(row.act),
        State(row.from_state),
        State(row.to_state),
        row.actor_kind,
        None if row.actor_id is None else MemberId(row.actor_id),
        row.on_date,
        row.reason,
        row.box_seq,
    )


def as_tip(row: Row[Any]) -> Tip:
    """A row of the tip table as a plain value."""
    return Tip(
        RoundId(row.round_id),
        TipId(row.id),
        OfficeId(row.office_id),
        TeamId(row.first_team_id),
        None if row.unit_id is None else UnitId(row.unit_id),
        None if row.card_batch_id is None else BatchId(row.card_batch_id),
        Channel(row.channel),
        Kind(row.kind),
        Lane(row.lane),
        row.late,
        row.received_on,
        row.receipt_tag,
        row.reply_public,
        None if row.entered_by is None else MemberId(row.entered_by),
    )
