"""What a tip is and which moves it may make. The table `MOVES` is the only source of legal moves."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import Reason, Refused
from domain.ids import BatchId, MemberId, OfficeId, RoundId, TeamId, TipId, UnitId


class Channel(StrEnum):
    WEB = "web"
    TELEGRAM = "telegram"
    LETTER = "letter"
    PHONE = "phone"
    VISIT = "visit"


class Lane(StrEnum):
    MAIN = "main"
    REVIEW = "review"  # 待核: overflow of one card or one chat; nothing is lost there


class Kind(StrEnum):
    SUBSIDY_WELFARE = "subsidy_welfare"
    COLLECTIVE_ASSETS = "collective_assets"
    LAND_HOUSING = "land_housing"
    PROJECTS = "projects"
    OPENNESS_ELECTIONS = "openness_elections"
    CADRE_CONDUCT = "cadre_conduct"
    GIFTS_BANQUETS = "gifts_banquets"
    PUBLIC_SERVICES = "public_services"
    INTIMIDATION = "intimidation"
    FAILED_RECTIFICATION = "failed_rectification"
    OTHER = "other"


class State(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    VERIFYING = "verifying"
    AWAITING_REPORTER = "awaiting_reporter"
    HANDED_OVER = "handed_over"
    NOTICED = "noticed"
    REPORTED_BACK = "reported_back"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    CLEARED = "cleared"
    REOPENED = "reopened"


class Action(StrEnum):
    """What is done to a tip. Those that lead to no new state stand in `MOVES` too: they have their time as well."""

    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    ACCEPT = "accept"
    DECLINE = "decline"
    REFER = "refer"
    WITHDRAW = "withdraw"
    VERIFY = "verify"
    ASK = "ask"
    REPLY = "reply"
    ADD = "add"  # the reporter writes: additions and answers
    HAND_OVER = "hand_over"
    RECEIPT_BACK = "receipt_back"  # the receiving organ confirmed a hand-over
    PROPOSE_NOTICE = "propose_notice"
    NOTICE = "notice"
    REPORT_BACK = "report_back"
    ANSWER = "answer"
    RESOLVE = "resolve"
    CLEAR = "clear"
    REOPEN = "reopen"
    REPEAT = "repeat"
    SPLIT = "split"
    TRANSFER = "transfer"


_WORKED = (State.ACCEPTED, State.VERIFYING, State.AWAITING_REPORTER)
_PASSED = (State.HANDED_OVER, State.NOTICED, State.REPORTED_BACK, State.ANSWERED)
_ENDED = (State.CLEARED, State.DECLINED, State.REFERRED, State.WITHDRAWN)
_LIVE = (State.RECEIVED, *_WORKED, *_PASSED, State.RESOLVED, State.REOPENED)


def _stay(action: Action, *states: State) -> dict[tuple[State, Action], State]:
    return {(state, action): state for state in states}


MOVES: dict[tuple[State, Action], State] = {
    **_stay(Action.CLAIM, *_LIVE),
    **_stay(Action.RELEASE, *_LIVE),
    **_stay(Action.ASSIGN, *_LIVE),
    **_stay(Action.REPLY, *_LIVE, State.CLEARED, State.DECLINED, State.REFERRED),
    **_stay(Action.REPEAT, *_LIVE),
    **_stay(Action.SPLIT, State.RECEIVED, *_WORKED, State.REOPENED),
    **_stay(Action.TRANSFER, State.RECEIVED, *_WORKED, State.REOPENED),
    **_stay(Action.PROPOSE_NOTICE, *_WORKED),
    **_stay(Action.RECEIPT_BACK, State.HANDED_OVER, State.RESOLVED),
    (State.RECEIVED, Action.ACCEPT): State.ACCEPTED,
    (State.RECEIVED, Action.DECLINE): State.DECLINED,
    (State.RECEIVED, Action.REFER): State.REFERRED,
    (State.RECEIVED, Action.WITHDRAW): State.WITHDRAWN,
    (State.RECEIVED, Action.ASK): State.RECEIVED,
    (State.ACCEPTED, Action.VERIFY): State.VERIFYING,
    (State.REOPENED, Action.VERIFY): State.VERIFYING,
    **{(s, Action.ASK): State.AWAITING_REPORTER for s in _WORKED},
    (State.AWAITING_REPORTER, Action.ADD): State.VERIFYING,
    (State.AWAITING_REPORTER, Action.VERIFY): State.VERIFYING,
    **{(s, Action.REFER): State.REFERRED for s in _WORKED},
    **{(s, Action.HAND_OVER): State.HANDED_OVER for s in _WORKED},
    **{(s, Action.NOTICE): State.NOTICED for s in _WORKED},
    **{(s, Action.ANSWER): State.ANSWERED for s in _WORKED},
    (State.NOTICED, Action.REPORT_BACK): State.REPORTED_BACK,
    **{(s, Action.RESOLVE): State.RESOLVED for s in _WORKED},
    (State.HANDED_OVER, Action.RESOLVE): State.RESOLVED,
    (State.REPORTED_BACK, Action.RESOLVE): State.RESOLVED,
    (State.ANSWERED, Action.RESOLVE): State.RESOLVED,
    (State.RESOLVED, Action.CLEAR): State.CLEARED,
    (State.RESOLVED, Action.REOPEN): State.REOPENED,
    (State.DECLINED, Action.REOPEN): State.REOPENED,
    (State.REFERRED, Action.REOPEN): State.REOPENED,
    (State.WITHDRAWN, Action.REOPEN): State.REOPENED,
}
"""`(state, action) -> next state`. What the reporter adds is legal in every state; see `move`."""

ENDED = frozenset(_ENDED)
"""States in which nothing is due any more."""


def move(state: State, action: Action) -> State:
    """The state after `action`. Raises `Refused(WRONG_STATE)` when the table has no such move."""
    if action is Action.ADD:
        return MOVES.get((state, action), state)
    try:
        return MOVES[state, action]
    except KeyError:
        raise Refused(Reason.WRONG_STATE, f"{action} from {state}") from None


@dataclass(frozen=True, slots=True)
class Tip:
    """The clear half of a tip as the intake inserts it; never updated. No time finer than a date."""

    round_id: RoundId
    id: TipId
    office_id: OfficeId
    first_team_id: TeamId
    unit_id: UnitId | None
    card_batch_id: BatchId | None
    channel: Channel
    kind: Kind
    lane: Lane
    late: bool
    received_on: date
    receipt_tag: bytes
    reply_public: bytes
    entered_by: MemberId | None = None


@dataclass(frozen=True, slots=True)
class TipWork:
    """The desk's folded view of a tip. `number` is unique within its team, counted from 1."""

    round_id: RoundId
    tip_id: TipId
    team_id: TeamId
    number: int
    state: State
    assignee_id: MemberId | None
    next_due_on: date | None
    version: int
    next_stage: str = ""  # of domain.clocks.Stage; empty when nothing runs
    risk_on: date | None = None  # from this day on the next deadline is at risk
    claim_until: datetime | None = None  # a claim nobody acted on ends here; aware
    repeat_of: TipId | None = None
    split_from: TipId | None = None
