"""The desk's side of a tip: its number, state, assignee and dates, and which tips stand in a view."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from domain.errors import Reason, Refused
from domain.ids import MemberId, RoundId, TeamId, TipId
from domain.tips import State, TipWork
from storage.desk.counters import counting
from storage.rows import insert_or_add, update_one
from storage.schema.tips import sequence, tip, tip_work
from storage.store import Tx

_NO_DUE = date.max


@dataclass(frozen=True, slots=True)
class Milestones:
    """First days of a tip's stages; None while they have not come."""

    accepted_on: date | None = None
    first_reply_on: date | None = None
    resolved_on: date | None = None
    cleared_on: date | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What a queue shows. `states` empty: any. `unassigned` asks for those nobody claimed. Days are inclusive.

    `at_risk_on`: those whose next deadline is at risk on that day and not over yet.
    """

    states: frozenset[State] = frozenset()
    assignee_id: MemberId | None = None
    unassigned: bool = False
    due_from: date | None = None
    due_to: date | None = None
    at_risk_on: date | None = None


Position = tuple[date, int]
"""Where a page ended: due date (`date.max` for none) and number."""


def next_number(tx: Tx, round_id: RoundId, scope: str) -> int:
    """The next number of a scope within a round, counted from 1; gapless, since a refused transaction gives it back."""
    return insert_or_add(tx, sequence, "next", 1, round_id=round_id, scope=scope)


def insert_work(tx: Tx, row: TipWork) -> None:
    """Raises `Conflict` when the tip has been folded already or the number is taken."""
    values = {**_values(tx, row), "version": row.version, "round_id": row.round_id, "tip_id": row.tip_id}
    own = (tip.c.round_id == row.round_id) & (tip.c.id == row.tip_id)
    copied = {name: select(tip.c[name]).where(own).scalar_subquery() for name in ("unit_id", "kind", "channel")}
    with counting(tx, row.round_id, [row.tip_id]):
        tx.execute(insert(tip_work).values(**values, **copied))


def get_work(tx: Tx, round_id: RoundId, tip_id: TipId) -> TipWork:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(tip_work).where(_is(round_id, tip_id))).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return as_work(row)


def update_work(tx: Tx, row: TipWork) -> TipWork:
    """Writes what may change of a tip whose `version` is the one it was loaded with; returns it at version + 1.

    Raises `Refused(STALE)` when somebody was faster.
    """
    same = _is(row.round_id, row.tip_id) & (tip_work.c.version == row.version)
    values = {**_values(tx, row), "version": row.version + 1}
    with counting(tx, row.round_id, [row.tip_id]):
        update_one(tx, update(tip_work).where(same).values(**values))
    return get_work(tx, row.round_id, row.tip_id)


def get_milestones(tx: Tx, round_id: RoundId, tip_id: TipId) -> Milestones:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(tip_work).where(_is(round_id, tip_id))).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return Milestones(row.accepted_on, row.first_reply_on, row.resolved_on, row.cleared_on)


def set_milestones(tx: Tx, round_id: RoundId, tip_id: TipId, dates: Milestones) -> None:
    """Goes with `update_work` in one transaction, which checks the version."""
    values = {
        "accepted_on": dates.accepted_on,
        "first_reply_on": dates.first_reply_on,
        "resolved_on": dates.resolved_on,
        "cleared_on": dates.cleared_on,
    }
    with counting(tx, round_id, [tip_id]):
        update_one(tx, update(tip_work).where(_is(round_id, tip_id)).values(**values))


def first_in_view(tx: Tx, round_id: RoundId, team_id: TeamId, view: View, limit: int) -> list[TipWork]:
    """The first `limit` of a view by deadline, then number. A queue's pages are in queue.py."""
    found = select(tip_work).where(in_view(round_id, team_id, view))
    rows = tx.execute(found.order_by(tip_work.c.next_due_on, tip_work.c.number).limit(limit))
    return [as_work(row) for row in rows]


def ended_claims(tx: Tx, now: datetime) -> list[TipWork]:
    """Tips whose claim ran out before `now` (aware)."""
    return [as_work(row) for row in tx.execute(select(tip_work).where(tip_work.c.claim_until <= now))]


def handled_by(tx: Tx, member_id: MemberId) -> list[TipWork]:
    """Every tip that the member handles, in all rounds."""
    return [as_work(row) for row in tx.execute(select(tip_work).where(tip_work.c.assignee_id == member_id))]


def position(row: TipWork) -> Position:
    """Where a page that ends with `row` ends."""
    return (row.next_due_on or _NO_DUE, row.number)


def count_view(tx: Tx, round_id: RoundId, team_id: TeamId, view: View) -> int:
    """How many tips a view holds."""
    return int(
        tx.execute(select(func.count()).select_from(tip_work).where(in_view(round_id, team_id, view))).scalar_one()
    )


def due_values(row: TipWork) -> dict[str, Any]:
    """The columns of the next deadline."""
    return {"next_due_on": row.next_due_on or _NO_DUE, "next_stage": row.next_stage, "risk_on": row.risk_on}


def _values(tx: Tx, row: TipWork) -> dict[str, Any]:
    return {
        "team_id": row.team_id,
        "number": row.number,
        "state": row.state,
        "assignee_id": row.assignee_id,
        **due_values(row),
        "claim_until": row.claim_until,
        "repeat_of": row.repeat_of,
        "split_from": row.split_from,
        "changed": next_number(tx, row.round_id, f"changes:{row.team_id.hex()}"),
    }


def in_view(round_id: RoundId, team_id: TeamId, view: View) -> ColumnElement[bool]:
    """Whether a row stands in the team's `view`."""
    where = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id)
    if view.states:
        where &= tip_work.c.state.in_(sorted(view.states))
    if view.unassigned:
        where &= tip_work.c.assignee_id.is_(None)
    elif view.assignee_id is not None:
        where &= tip_work.c.assignee_id == view.assignee_id
    if view.due_from is not None:
        where &= tip_work.c.next_due_on >= view.due_from
    if view.due_to is not None:
        where &= tip_work.c.next_due_on <= view.due_to
    if view.at_risk_on is not None:
        where &= (tip_work.c.risk_on <= view.at_risk_on) & (tip_work.c.next_due_on >= view.at_risk_on)
    return where


def _is(round_id: RoundId, tip_id: TipId) -> ColumnElement[bool]:
    return (tip_work.c.round_id == round_id) & (tip_work.c.tip_id == tip_id)


def as_work(row: Row[Any]) -> TipWork:
    """A row of the table as a plain value."""
    return TipWork(
        RoundId(row.round_id),
        TipId(row.tip_id),
        TeamId(row.team_id),
        row.number,
        State(row.state),
        None if row.assignee_id is None else MemberId(row.assignee_id),
        None if row.next_due_on == _NO_DUE else row.next_due_on,
        row.version,
        row.next_stage,
        row.risk_on,
        row.claim_until,
        None if row.repeat_of is None else TipId(row.repeat_of),
        None if row.split_from is None else TipId(row.split_from),
    )
