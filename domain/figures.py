"""What one tip adds to the office's figures. Figures are sums of these cells, and a move is the difference of two."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ids import BatchId, TeamId, UnitId
from domain.rounds import TeamKind
from domain.tips import Channel, Kind, State


class Sheet(StrEnum):
    """One table of figures, kept by as many keys as its name says and no more: none grows with the number of tips."""

    CHANNEL = "channel"  # every tip there is, also those the office is not shown
    COHORT = "cohort"  # by team, channel, day received; measure: `Standing`
    DONE = "done"  # by team and the day it was done; measure: `Done`
    REPLY = "reply"  # by team, day received, and day of the first reply
    DUE = "due"  # by team, stage and the day on which it is due; what runs now
    LATE = "late"  # by team and day received: told after the round had closed
    UNIT = "unit"  # by unit and team; measure: `Standing`
    UNIT_DAY = "unit-day"  # by unit and day received
    UNIT_KIND = "unit-kind"  # by unit and kind
    BATCH = "batch"  # accepted tips by card batch


class Standing(StrEnum):
    """How far a tip has got. Its state, but that a tip passed on after it was accepted stays an accepted one."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    VERIFYING = "verifying"
    AWAITING_REPORTER = "awaiting_reporter"
    HANDED_OVER = "handed_over"
    NOTICED = "noticed"
    REPORTED_BACK = "reported_back"
    ANSWERED = "answered"
    REOPENED = "reopened"
    RESOLVED = "resolved"
    CLEARED = "cleared"
    PASSED_ON = "passed_on"  # accepted first, then referred
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Done(StrEnum):
    """Milestones by the day on which they were reached."""

    ACCEPTED = "accepted"
    RESOLVED = "resolved"
    CLEARED = "cleared"


UNDECIDED = frozenset({Standing.RECEIVED})
UNACCEPTED = frozenset({Standing.REFERRED, Standing.DECLINED})
"""Decided, and not accepted."""
IN_WORK = frozenset({
    Standing.ACCEPTED, Standing.VERIFYING, Standing.AWAITING_REPORTER, Standing.HANDED_OVER, Standing.NOTICED,
    Standing.REPORTED_BACK, Standing.ANSWERED, Standing.REOPENED,
})  # fmt: skip
RESOLVED = frozenset({Standing.RESOLVED, Standing.CLEARED})
ACCEPTED = IN_WORK | RESOLVED | {Standing.PASSED_ON}
DECIDED = ACCEPTED | UNACCEPTED
"""Accepted or not; neither what waits nor what its reporter took back."""
UNFINISHED = UNDECIDED | IN_WORK
"""What the backlog holds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a count belongs to; None and "" where the sheet does not ask."""

    sheet: Sheet
    day: date | None = None
    until: date | None = None
    team_id: TeamId | None = None
    unit_id: UnitId | None = None
    batch_id: BatchId | None = None
    channel: str = ""
    kind: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What is counted of a tip. `first_kind`: of the team that it came to first; `is_test`: told on a test card.

    `giver_id`: the team that passed it on to the recusal queue, where it is now; None for any other tip.
    """

    team_id: TeamId
    team_kind: TeamKind
    first_kind: TeamKind
    giver_id: TeamId | None
    unit_id: UnitId | None
    batch_id: BatchId | None
    is_test: bool
    channel: Channel
    kind: Kind
    late: bool
    received_on: date
    state: State
    due_on: date | None
    stage: str
    accepted_on: date | None
    first_reply_on: date | None
    resolved_on: date | None
    cleared_on: date | None


Cells = Counter[Cell]


def cells(case: Case) -> Cells:
    """What the tip adds. Nothing but `CHANNEL` for a test, and for what came to the recusal queue, wherever it is now.

    What was passed on to the recusal queue looks like any tip that the giving team referred elsewhere: that it went
    there is not for the office to see, for it may be about the office.
    """
    found: Cells = Counter([Cell(Sheet.CHANNEL, channel=case.channel)])
    if case.is_test or case.first_kind is TeamKind.RECUSAL:
        return found
    hidden = case.giver_id is not None
    found.update(_received(case, case.giver_id or case.team_id, _standing(case, hidden=hidden)))
    if not hidden:
        found.update(_worked(case))
    return found


def _standing(case: Case, *, hidden: bool) -> Standing:
    passed = hidden or case.state is State.REFERRED
    if passed:
        return Standing.PASSED_ON if case.accepted_on else Standing.REFERRED
    return Standing(case.state.value)


def _received(case: Case, team_id: TeamId, standing: Standing) -> list[Cell]:
    day, unit = case.received_on, case.unit_id
    found = [
        Cell(Sheet.COHORT, day, team_id=team_id, channel=case.channel, measure=standing),
        Cell(Sheet.UNIT, unit_id=unit, team_id=team_id, measure=standing),
        Cell(Sheet.UNIT_DAY, day, unit_id=unit),
        Cell(Sheet.UNIT_KIND, unit_id=unit, kind=case.kind),
    ]
    dated = ((Done.ACCEPTED, case.accepted_on), (Done.RESOLVED, case.resolved_on), (Done.CLEARED, case.cleared_on))
    found += [Cell(Sheet.DONE, on, team_id=team_id, measure=done) for done, on in dated if on]
    if case.late:
        found.append(Cell(Sheet.LATE, day, team_id=team_id))
    if case.first_reply_on:
        found.append(Cell(Sheet.REPLY, day, case.first_reply_on, team_id=team_id))
    if case.batch_id and case.accepted_on:
        found.append(Cell(Sheet.BATCH, batch_id=case.batch_id))
    return found


def _worked(case: Case) -> list[Cell]:
    if case.due_on is None:
        return []
    return [Cell(Sheet.DUE, case.due_on, team_id=case.team_id, measure=case.stage)]
