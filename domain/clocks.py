"""A tip's clocks: which stage runs, since when, until when. Deadlines follow from moves; nobody sets one by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.deadlines import WorkingDays, add_working_days, risk_from, working_days_between
from domain.tips import Action, State, TipWork


class Stage(StrEnum):
    """What is due. The round's settings say how many working days each may take."""

    ACCEPT = "accept"
    FIRST_REPLY = "first-reply"
    HAND_OVER = "hand-over"  # until the matter was passed on, put right by a notice, or answered
    RECTIFY = "rectify"  # until the unit reports what it did about a rectification notice
    CLOSE = "close"
    CLEAR = "clear"


StageDays = Mapping[Stage, int]
"""Working days allowed per stage; every stage is named."""

MOST_DAYS = 250
"""Working days that a stage may be given at most."""

Pause = tuple[date, date]
"""The day on which the reporter was asked, and the day on which that ended. The days after the first one up to and
with the second do not count."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that stands has `stopped_on`. `pauses` are those that ended; `paused_days` the working days that they
    moved `due_on`.
    """

    stage: Stage
    started_on: date
    due_on: date
    paused_on: date | None = None
    paused_days: int = 0
    stopped_on: date | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def is_running(self) -> bool:
        return self.stopped_on is None and self.paused_on is None


@dataclass(frozen=True, slots=True)
class NextDue:
    """The deadline that comes first. From `risk_on` on four fifths of its time are used, or two days are left."""

    stage: Stage
    on: date
    risk_on: date


_STARTS: Mapping[Action, frozenset[Stage]] = {
    Action.ACCEPT: frozenset({Stage.FIRST_REPLY, Stage.HAND_OVER, Stage.CLOSE}),
    Action.NOTICE: frozenset({Stage.RECTIFY}),
    Action.RESOLVE: frozenset({Stage.CLEAR}),
    Action.REOPEN: frozenset({Stage.CLOSE}),
}
_ALL = frozenset(Stage)
_STOPS: Mapping[Action, frozenset[Stage]] = {
    Action.ACCEPT: frozenset({Stage.ACCEPT}),
    Action.ASK: frozenset({Stage.FIRST_REPLY}),
    Action.REPLY: frozenset({Stage.FIRST_REPLY}),
    Action.HAND_OVER: frozenset({Stage.FIRST_REPLY, Stage.HAND_OVER}),  # what the reporter is told is a reply too
    Action.NOTICE: frozenset({Stage.FIRST_REPLY, Stage.HAND_OVER}),
    Action.ANSWER: frozenset({Stage.FIRST_REPLY, Stage.HAND_OVER}),
    Action.REPORT_BACK: frozenset({Stage.RECTIFY}),
    Action.RESOLVE: _ALL,
    Action.CLEAR: _ALL,
    Action.DECLINE: _ALL,
    Action.REFER: _ALL,
    Action.WITHDRAW: _ALL,
    Action.REOPEN: _ALL,
}


def received(on: date, days: StageDays, calendar: WorkingDays) -> tuple[Clock, ...]:
    """The clocks of a tip that came in on the day `on`."""
    return (_start(Stage.ACCEPT, on, days, calendar),)


def after(
    clocks: Sequence[Clock], action: Action, state: State, on: date, *, days: StageDays, calendar: WorkingDays
) -> tuple[Clock, ...]:
    """The clocks once `action` led to `state` on the day `on`.

    While the reporter is asked, what runs is paused; whatever leads out of that state lets it run on. A stage that
    starts again starts from nothing.
    """
    starts, stops = _STARTS.get(action, frozenset()), _STOPS.get(action, frozenset())
    kept = [_stop(one, on, days, calendar) if one.stage in stops else one for one in clocks]
    fresh = [_start(stage, on, days, calendar) for stage in Stage if stage in starts]
    kept = [one for one in kept if one.stage not in starts]
    change = _pause if state is State.AWAITING_REPORTER else _resume
    return tuple(change(one, on, days, calendar) for one in [*kept, *fresh])


def moved(
    clocks: Sequence[Clock], on: date, days: StageDays, calendar: WorkingDays, *, state: State
) -> tuple[Clock, ...]:
    """The clocks once another team has taken over in `state`: what did not stand begins anew for it, and is paused at
    once while the reporter is asked; what is done stays done.
    """
    since = on if state is State.AWAITING_REPORTER else None
    return tuple(
        replace(_start(one.stage, on, days, calendar), paused_on=since) if one.stopped_on is None else one
        for one in clocks
    )


def recomputed(clocks: Sequence[Clock], days: StageDays, calendar: WorkingDays) -> tuple[Clock, ...]:
    """The clocks under another calendar or another allowance, with the pauses there were; what is done stays."""
    return tuple(_until(one, days, calendar) if one.stopped_on is None else one for one in clocks)


def next_due(clocks: Sequence[Clock], days: StageDays, calendar: WorkingDays) -> NextDue | None:
    """The running clock that ends first, of two on one day the earlier stage; None when none runs."""
    running = [one for one in clocks if one.is_running]
    if not running:
        return None
    first = min(running, key=lambda one: (one.due_on, list(Stage).index(one.stage)))
    return NextDue(first.stage, first.due_on, risk_from(first.due_on, days[first.stage], calendar))


def with_next_due(row: TipWork, clocks: Sequence[Clock], days: StageDays, calendar: WorkingDays) -> TipWork:
    """`row` with the deadline that comes first among `clocks`."""
    due = next_due(clocks, days, calendar)
    if due is None:
        return replace(row, next_due_on=None, next_stage="", risk_on=None)
    return replace(row, next_due_on=due.on, next_stage=due.stage.value, risk_on=due.risk_on)


def _start(stage: Stage, on: date, days: StageDays, calendar: WorkingDays) -> Clock:
    return _until(Clock(stage, on, on), days, calendar)


def _until(clock: Clock, days: StageDays, calendar: WorkingDays) -> Clock:
    allowed, paused = days[clock.stage], 0
    due = add_working_days(clock.started_on, allowed, calendar).on
    for asked, back in clock.pauses:
        if asked > due:
            break  # What is late stays late: a question asked afterwards does not undo it.
        paused += working_days_between(asked, back, calendar)
        due = add_working_days(clock.started_on, allowed + paused, calendar).on
        if due < back:  # asked on the last day and back on a free one: it is due on the next working day
            paused += 1
            due = add_working_days(due, 1, calendar).on
    return replace(clock, due_on=due, paused_days=paused)


def _stop(clock: Clock, on: date, days: StageDays, calendar: WorkingDays) -> Clock:
    ended = _resume(clock, on, days, calendar)
    return replace(ended, stopped_on=ended.stopped_on or on)


def _pause(clock: Clock, on: date, _days: StageDays, _calendar: WorkingDays) -> Clock:
    return replace(clock, paused_on=on) if clock.is_running and on <= clock.due_on else clock


def _resume(clock: Clock, on: date, days: StageDays, calendar: WorkingDays) -> Clock:
    if clock.paused_on is None or clock.stopped_on is not None:
        return clock
    return _until(replace(clock, paused_on=None, pauses=(*clock.pauses, (clock.paused_on, on))), days, calendar)
