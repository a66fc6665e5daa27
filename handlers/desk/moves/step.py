"""One move as it is stored, inside its transaction: the tip's state, handler, clocks, dates and history."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain import clocks as running
from domain.clocks import Clock
from domain.hours import add_working_hours
from domain.ids import MemberId, TipId
from domain.rounds import Round
from domain.rules import RULES
from domain.tips import Action, State, TipWork
from handlers.calendar import calendar_in
from handlers.desk.locking.standing import Standing
from handlers.desk.team.notices import promise_notice
from handlers.people import trail
from handlers.services import DeskServices
from storage.desk import clocks, work
from storage.intake import tips
from storage.intake.tips import TipEvent
from storage.store import Tx

_HANDLED = frozenset({
    Action.ACCEPT, Action.DECLINE, Action.REFER, Action.VERIFY, Action.ASK, Action.REPLY, Action.HAND_OVER,
    Action.PROPOSE_NOTICE, Action.REPORT_BACK, Action.ANSWER, Action.RESOLVE,
})  # fmt: skip
"""Moves of whoever handles a tip: made on one that nobody claimed, they claim it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move as it is stored. `at` is aware, in the office's zone; `box_seq` names what was written with it."""

    action: Action
    state: State
    at: datetime
    member_id: MemberId | None  # None: the reporter
    reason: str = ""
    box_seq: int | None = None


def enter(tx: Tx, services: DeskServices, standing: Standing, before: TipWork, step: Step) -> TipWork:
    """Writes the move. Raises `Refused(STALE)` when somebody was faster."""
    tip = standing.tip
    kept = clocks_after(tx, services, standing.round, before, step)
    changed = _assigned(services, tx, standing.round, before, step)
    calendar = calendar_in(tx, services.calendar, tip.office_id)
    after = running.with_next_due(replace(changed, state=step.state), kept, standing.round.days, calendar)
    tips.insert_event(tx, event_of(tx, before, step))  # first: figures look at what has happened
    written = work.update_work(tx, after)
    _set_milestones(tx, before, step)
    trail.note(tx, services, trail.Deed(tip.office_id, step.member_id, step.action.value, "tip", tip.id))
    if RULES[step.action].tells and before.split_from is None:
        promise_notice(tx, services, tip.round_id, tip.id)
    return written


def clocks_after(tx: Tx, services: DeskServices, round_: Round, before: TipWork, step: Step) -> tuple[Clock, ...]:
    """Stores and returns the tip's clocks as the move leaves them."""
    calendar = calendar_in(tx, services.calendar, round_.office_id)
    stood = clocks.list_clocks(tx, before.round_id, before.tip_id)
    kept = running.after(stood, step.action, step.state, step.at.date(), days=round_.days, calendar=calendar)
    clocks.save_clocks(tx, before.round_id, before.tip_id, kept)
    return kept


def event_of(tx: Tx, before: TipWork, step: Step) -> TipEvent:
    """The move as a line of the tip's own history."""
    return TipEvent(
        round_id=before.round_id,
        tip_id=before.tip_id,
        n=tips.next_event_n(tx, before.round_id, before.tip_id),
        act=step.action,
        from_state=before.state,
        to_state=step.state,
        actor_kind="member",
        actor_id=step.member_id,
        on=step.at.date(),
        reason=step.reason,
        box_seq=step.box_seq,
    )


def note_deed(tx: Tx, services: DeskServices, standing: Standing, member_id: MemberId, act: str) -> None:
    """A line of the audit about a tip, for deeds that are no moves."""
    tip_id: TipId = standing.tip.id
    trail.note(tx, services, trail.Deed(standing.tip.office_id, member_id, act, "tip", tip_id))


def _assigned(services: DeskServices, tx: Tx, round_: Round, before: TipWork, step: Step) -> TipWork:
    """Who handles the tip from here on. A claim is soft until its owner does something."""
    if step.action is Action.RELEASE:
        return replace(before, assignee_id=None, claim_until=None)
    if step.action is Action.CLAIM:
        calendar = calendar_in(tx, services.calendar, round_.office_id)
        ends = add_working_hours(step.at, round_.claim_hours, calendar)
        return replace(before, assignee_id=step.member_id, claim_until=ends)
    if step.action not in _HANDLED:
        return before
    if before.assignee_id in {None, step.member_id}:
        return replace(before, assignee_id=step.member_id, claim_until=None)
    return before


def _set_milestones(tx: Tx, before: TipWork, step: Step) -> None:
    today, dates = step.at.date(), work.get_milestones(tx, before.round_id, before.tip_id)
    if step.action is Action.ACCEPT:
        dates = replace(dates, accepted_on=today)
    if RULES[step.action].tells:
        dates = replace(dates, first_reply_on=dates.first_reply_on or today)
    match step.state:
        case State.RESOLVED:
            dates = replace(dates, resolved_on=dates.resolved_on if before.state is State.RESOLVED else today)
        case State.CLEARED:
            dates = replace(dates, cleared_on=dates.cleared_on or today)
        case State.REOPENED:
            # What was declined, referred or withdrawn before it was accepted is accepted by this.
            dates = replace(dates, accepted_on=dates.accepted_on or today, resolved_on=None, cleared_on=None)
        case _:
            pass
    work.set_milestones(tx, before.round_id, before.tip_id, dates)
