"""Which moves a tip's page offers, in the order in which a handler needs them. What is legal is the domain's word."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.rules import RULES, Again, Decline, Organ, Outcome, Rule
from domain.tips import Action, State
from handlers.desk.mine import answers_for
from handlers.desk.moves.acting import offered
from handlers.desk.page import TipPage
from handlers.people.sessions import Session
from handlers.texts import refusal, say

_WORKED = (Action.NOTICE, Action.HAND_OVER, Action.PROPOSE_NOTICE, Action.RESOLVE)
_FIRST: Mapping[State, tuple[Action, ...]] = {
    State.RECEIVED: (Action.CLAIM, Action.ACCEPT, Action.DECLINE, Action.REFER),
    State.ACCEPTED: _WORKED,
    State.VERIFYING: _WORKED,
    State.AWAITING_REPORTER: _WORKED,
    State.HANDED_OVER: (Action.RECEIPT_BACK, Action.RESOLVE),
    State.NOTICED: (Action.REPORT_BACK,),
    State.REPORTED_BACK: (Action.RESOLVE,),
    State.ANSWERED: (Action.RESOLVE,),
    State.RESOLVED: (Action.CLEAR, Action.REOPEN),
    State.DECLINED: (Action.REOPEN,),
    State.REFERRED: (Action.REOPEN,),
    State.WITHDRAWN: (Action.REOPEN,),
    State.REOPENED: (Action.VERIFY,),
}
_MOST = 3
"""Buttons that stand beside each other; the rest waits behind one more."""

_KEYS: Mapping[Action, str] = {Action.ACCEPT: "a", Action.RESOLVE: "e"}
_WRITTEN = frozenset({Action.ASK, Action.REPLY})
"""Moves of the composer."""

_AT_ONCE = frozenset({Action.CLAIM, Action.RELEASE})
"""Moves that tell nobody and ask for nothing: a press is enough."""


@dataclass(frozen=True, slots=True)
class Button:
    """`name` is the last part of the form's address; `blocked` says why this member may not press it."""

    action: Action
    name: str
    label: str
    rule: Rule
    key: str = ""
    at_once: bool = False
    blocked: str = ""


def buttons(lang: str, shown: TipPage, session: Session) -> tuple[list[Button], list[Button]]:
    """The buttons that stand in the open, and the rest."""
    work = shown.tip.standing.work
    can = [
        one for one in offered(shown.tip.standing, session) if one not in _WRITTEN and _makes_sense(shown, session, one)
    ]
    first = [one for one in _FIRST.get(work.state, ()) if one in can][:_MOST]
    rest = [one for one in can if one not in first]
    return [_button(lang, shown, one) for one in first], [_button(lang, shown, one) for one in rest]


def targets(shown: TipPage, session: Session) -> list[str]:
    """Whom the composer writes to: reporter (a question), reply, note. A split-off part has no code to read under."""
    can = offered(shown.tip.standing, session) if shown.tip.standing.work.split_from is None else []
    asked = [name for name, action in (("reporter", Action.ASK), ("reply", Action.REPLY)) if action in can]
    return [*asked, "note"]


def button(lang: str, shown: TipPage, session: Session, action: Action) -> Button | None:
    """The button of `action`, unless it is not offered any more."""
    return next((one for part in buttons(lang, shown, session) for one in part if one.action is action), None)


def reasons_of(action: Action) -> list[str]:
    """The reasons that a move may have, in the order in which they are defined."""
    return [one for kind in (Decline, Organ, Outcome, Again) for one in kind if one in RULES[action].reasons]


def _makes_sense(shown: TipPage, session: Session, action: Action) -> bool:
    """Leaves out what is legal and idle: claiming what is mine, approving what nobody proposed."""
    work, notice = shown.tip.standing.work, shown.tip.rectification
    proposed = notice is not None and notice.number is None
    match action:
        case Action.CLAIM:
            return work.assignee_id != session.member_id
        case Action.RELEASE:
            theirs = work.assignee_id is not None and answers_for(session, work.team_id)
            return work.assignee_id == session.member_id or theirs
        case Action.NOTICE:
            return proposed
        case Action.PROPOSE_NOTICE:
            return not proposed
        case Action.ANSWER:
            return work.split_from is None
        case Action.REPEAT:
            return work.repeat_of is None
        case _:
            return True


def _button(lang: str, shown: TipPage, action: Action) -> Button:
    name = action.value.replace("_", "-")
    over = action is Action.CLAIM and shown.tip.standing.work.assignee_id is not None
    own = action in shown.own_work
    return Button(
        action,
        name,
        say(lang, "desk-do-claim-over" if over else f"desk-do-{name}"),
        RULES[action],
        _KEYS.get(action, ""),
        action in _AT_ONCE,
        refusal(lang, Refused(Reason.NOT_ALLOWED, "own-work")) if own else "",
    )
