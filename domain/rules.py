"""Who may make which move, and what it must bring. `RULES` stands beside `MOVES`: this says who and with what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.rounds import TEAM_ROLES, Role
from domain.tips import Action, State


class Decline(StrEnum):
    """Why a tip is not accepted; each has a sentence for the reporter that names the right door."""

    OUT_OF_SCOPE = "out-of-scope"
    DISCIPLINE = "discipline"
    PETITION = "petition"
    HOTLINE = "hotline"
    REPEAT = "repeat"
    NO_FACTS = "no-facts"


class Organ(StrEnum):
    """Whom a matter is referred or handed over to."""

    DISCIPLINE = "to-discipline"  # 纪委监委
    POLICE = "to-police"
    PETITION = "to-petition"  # 信访
    ORGANIZATION = "to-organization"  # 组织部门
    DEPARTMENT = "to-department"  # 主管部门
    TOWNSHIP = "to-township"


class Outcome(StrEnum):
    """How a matter ended, as the reporter and the ledger are told."""

    PUT_RIGHT = "put-right"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    UNVERIFIABLE = "unverifiable"
    EXPLAINED = "explained"
    HANDED_ON = "handed-on"


class Again(StrEnum):
    """Why a leader takes up again what had ended."""

    NEW_FACTS = "new-facts"
    NOT_DONE = "not-done"
    MISTAKE = "mistake"


class Words(StrEnum):
    """Whether a move carries words, and whose eyes they are for."""

    NONE = "none"
    REPORTER = "reporter"  # required
    REPORTER_IF_ANY = "reporter-if-any"
    COLLEAGUES = "colleagues"  # required
    COLLEAGUES_IF_ANY = "colleagues-if-any"


@dataclass(frozen=True, slots=True)
class Rule:
    """`tells`: the reporter gets a signed letter. `evidence`: a file, or words for colleagues, must come with it.

    `not_handler`: not by who handles the tip, nor by who made the move before that it approves.
    """

    roles: frozenset[Role] = TEAM_ROLES
    reasons: frozenset[str] = frozenset()
    words: Words = Words.NONE
    tells: bool = False
    evidence: bool = False
    not_handler: bool = False

    @property
    def to_reporter(self) -> bool:
        return self.words in {Words.REPORTER, Words.REPORTER_IF_ANY}

    @property
    def needs_words(self) -> bool:
        return self.words in {Words.REPORTER, Words.COLLEAGUES}


_LEADERS = frozenset({Role.LEADER})
HEADS = frozenset({Role.LEADER, Role.LIAISON})
"""Who answers for a team: they may give a tip away, take it from a colleague, and speak for the team."""


RULES: Mapping[Action, Rule] = {
    Action.CLAIM: Rule(),
    Action.RELEASE: Rule(),
    Action.ASSIGN: Rule(HEADS),
    Action.ACCEPT: Rule(tells=True),
    Action.DECLINE: Rule(reasons=frozenset(Decline), tells=True),
    Action.REFER: Rule(reasons=frozenset(Organ), words=Words.COLLEAGUES_IF_ANY, tells=True),
    Action.VERIFY: Rule(),
    Action.ASK: Rule(words=Words.REPORTER, tells=True),
    Action.REPLY: Rule(words=Words.REPORTER, tells=True),
    Action.HAND_OVER: Rule(reasons=frozenset(Organ), words=Words.COLLEAGUES_IF_ANY, tells=True),
    Action.RECEIPT_BACK: Rule(words=Words.COLLEAGUES_IF_ANY, evidence=True),
    Action.PROPOSE_NOTICE: Rule(words=Words.COLLEAGUES),
    Action.NOTICE: Rule(_LEADERS, tells=True, not_handler=True),
    Action.REPORT_BACK: Rule(words=Words.COLLEAGUES_IF_ANY, tells=True, evidence=True),
    Action.ANSWER: Rule(words=Words.REPORTER, tells=True),
    Action.RESOLVE: Rule(reasons=frozenset(Outcome), words=Words.REPORTER_IF_ANY, tells=True),
    Action.CLEAR: Rule(_LEADERS, words=Words.COLLEAGUES_IF_ANY, tells=True, evidence=True, not_handler=True),
    Action.REOPEN: Rule(_LEADERS, reasons=frozenset(Again), words=Words.COLLEAGUES_IF_ANY, tells=True),
    Action.REPEAT: Rule(),
    Action.SPLIT: Rule(),
    Action.TRANSFER: Rule(HEADS, words=Words.COLLEAGUES_IF_ANY, tells=True),
}
"""What a member must be and bring. Moves of the reporter (add, withdraw) are not here: the intake takes them."""


def check(
    action: Action, roles: Collection[Role], *, reason: str, words: str, files: int, me: MemberId,
    handlers: Collection[MemberId | None],
) -> None:  # fmt: skip
    """Raises `Refused`: NOT_ALLOWED (`leader-only`, `heads-only`, `own-work`), BAD_INPUT (`reason`, `text`,
    `evidence`). `handlers`: who handles the tip, and who made the moves that this one approves.
    """
    rule = RULES[action]
    if rule.roles.isdisjoint(roles):
        raise Refused(Reason.NOT_ALLOWED, "leader-only" if rule.roles == _LEADERS else "heads-only")
    if rule.not_handler and me in handlers:
        raise Refused(Reason.NOT_ALLOWED, "own-work")
    if reason not in (rule.reasons or {""}):
        raise Refused(Reason.BAD_INPUT, "reason")
    if rule.needs_words and not words:
        raise Refused(Reason.BAD_INPUT, "text")
    if rule.evidence and not words and not files:
        raise Refused(Reason.BAD_INPUT, "evidence")


def offered(state: State, roles: Collection[Role], moves: Mapping[tuple[State, Action], State]) -> list[Action]:
    """The moves that a member with `roles` sees in `state`, in the order of the table."""
    return [a for a, rule in RULES.items() if (state, a) in moves and not rule.roles.isdisjoint(roles)]
