"""What the desk must allow, written apart from its code: moves as a table to read, and two teams as plain values."""

from dataclasses import dataclass, field, replace
from typing import Literal

from tests.domain.clock_oracle import Oracle

Role = Literal["leader", "liaison", "inspector"]

LIVE = "received accepted verifying awaiting_reporter handed_over noticed reported_back answered resolved reopened"
OPEN = "accepted verifying awaiting_reporter"
TABLE = f"""
claim          {LIVE}
release        {LIVE}
assign         {LIVE}
repeat         {LIVE}
reply          {LIVE} cleared declined referred
split          received {OPEN} reopened
transfer       received {OPEN} reopened
propose_notice {OPEN}
receipt_back   handed_over resolved
ask            received
accept         received > accepted
decline        received > declined
refer          received {OPEN} > referred
verify         accepted reopened awaiting_reporter > verifying
ask            {OPEN} > awaiting_reporter
hand_over      {OPEN} > handed_over
notice         {OPEN} > noticed
answer         {OPEN} > answered
report_back    noticed > reported_back
resolve        {OPEN} handed_over reported_back answered > resolved
clear          resolved > cleared
reopen         resolved declined referred withdrawn > reopened
"""
"""A member's moves: from where, and where to when they lead anywhere else."""

ORGANS = ["to-discipline", "to-police", "to-petition", "to-organization", "to-department", "to-township"]
REASONS = {
    "decline": ["out-of-scope", "discipline", "petition", "hotline", "repeat", "no-facts"],
    "refer": ORGANS,
    "hand_over": ORGANS,
    "resolve": ["put-right", "partly", "unfounded", "unverifiable", "explained", "handed-on"],
    "reopen": ["new-facts", "not-done", "mistake"],
}
WORK = frozenset({"verify", "hand_over", "propose_notice", "report_back", "answer", "resolve"})
"""Who did any of it does not approve it."""
LEADERS, HEADS = frozenset({"notice", "clear", "reopen"}), frozenset({"assign", "transfer"})
MUST_SAY = frozenset({"ask", "reply", "answer", "propose_notice"})
MUST_SHOW = frozenset({"receipt_back", "report_back", "clear"})
TO_REPORTER = frozenset({"ask", "reply", "answer"})
CLAIMING = frozenset({
    "claim", "accept", "decline", "refer", "verify", "ask", "reply", "hand_over", "propose_notice", "report_back",
    "answer", "resolve",
})  # fmt: skip
"""Whoever makes these handles a tip that nobody handled."""


def _read_table() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for line in TABLE.split("\n"):
        left, _, to = line.partition(">")
        action, *states = left.split() or [""]
        found |= {(state, action): to.strip() or state for state in states}
    return found


NEXT = _read_table()


@dataclass(frozen=True)
class Who:
    login: str
    team: int
    role: Role


@dataclass(frozen=True)
class Try:
    """A member's attempt. `other`: the place of a member, a team or a tip that the action names; -1: take back."""

    who: Who
    action: str
    reason: str = ""
    says: bool = False
    shows: bool = False
    stale: bool = False
    other: int = 0


@dataclass
class Case:
    """One tip. Members stand for themselves by sign-in name."""

    id: bytes
    team: int
    number: int
    oracle: Oracle
    state: str = "received"
    version: int = 1
    handler: str = ""
    worked: set[str] = field(default_factory=set)  # who did the work since it was last taken up
    proposal: bool = False
    repeat_of: bytes | None = None
    split_from: bytes | None = None


@dataclass
class Desk:
    """Both teams' tips, and the members of both."""

    people: tuple[Who, ...]
    cases: list[Case] = field(default_factory=list)

    def case(self, tip_id: bytes) -> Case:
        return next(one for one in self.cases if one.id == tip_id)

    def is_legal(self, case: Case, wish: Try) -> bool:
        who, action = wish.who, wish.action
        return (
            who.team == case.team
            and not wish.stale
            and (case.state, action) in NEXT
            and (who.role == "leader" or action not in LEADERS)
            and (who.role != "inspector" or action not in HEADS)
            and wish.reason in REASONS.get(action, [""])
            and (wish.says or action not in MUST_SAY)
            and (wish.says or wish.shows or action not in MUST_SHOW)
            and not (case.split_from and action in TO_REPORTER)
            and self._is_meant(case, wish)
        )

    def _is_meant(self, case: Case, wish: Try) -> bool:
        """What one action alone asks for."""
        match wish.action:
            case "notice":
                return case.proposal and wish.who.login not in {case.handler, *case.worked}
            case "clear":
                return wish.who.login not in {case.handler, *case.worked}
            case "release":
                return case.handler in {"", wish.who.login} or wish.who.role != "inspector"
            case "assign":
                return self.people[wish.other].team == case.team
            case "transfer":
                return wish.other != case.team
            case "repeat":
                return case.repeat_of is not None if wish.other < 0 else self._can_repeat(case, self.cases[wish.other])
            case _:
                return True

    def _can_repeat(self, case: Case, other: Case) -> bool:
        return other.team == case.team and case.id not in self.chain(other)

    def chain(self, case: Case) -> list[bytes]:
        """The tip and what it repeats, and what that repeats."""
        found = [case.id]
        while case.repeat_of is not None:
            case = self.case(case.repeat_of)
            found.append(case.id)
        return found

    def happens(self, case: Case, wish: Try) -> None:
        """What a legal attempt changes, but for clocks."""
        action, me = wish.action, wish.who.login
        case.state = NEXT[case.state, action]
        case.version += 1
        if action in CLAIMING and (not case.handler or action == "claim"):
            case.handler = me
        if action in WORK:
            case.worked.add(me)
        match action:
            case "release":
                case.handler = ""
            case "assign":
                case.handler = self.people[wish.other].login
            case "propose_notice":
                case.proposal = True
            case "notice":
                case.proposal = False
            case "reopen":
                case.worked = set()
            case "transfer":
                case.team, case.handler = wish.other, ""
            case "repeat":
                self._repeats(case, wish.other)

    def reporter_does(self, case: Case, action: str) -> bool:
        """Whether it moves the tip: what is withdrawn too late moves nothing."""
        if action == "withdraw" and case.state != "received":
            return False
        case.version += 1
        if action == "withdraw":
            case.state = "withdrawn"
        elif case.state == "awaiting_reporter":
            case.state = "verifying"
        return True

    def _repeats(self, case: Case, other: int) -> None:
        if other < 0:
            case.repeat_of = None
            return
        here = [one for one in self.chain(self.cases[other]) if self.case(one).team == case.team]
        case.repeat_of = here[-1]
        for one in self.cases:
            if one.repeat_of == case.id and one.team == case.team:
                one.repeat_of = here[-1]

    def legal(self, case: Case) -> list[Try]:
        """Everything that somebody may do to the tip now, with what it needs, in a fixed order."""
        return [wish for who in self.people for wish in self._attempts(who) if self.is_legal(case, wish)]

    def illegal(self, case: Case, who: Who) -> list[Try]:
        """Every move that is not theirs now, with all that it could ask for."""
        whole = [one for one in self._attempts(who) if one.reason in REASONS.get(one.action, [""])[:1]]
        return [one for one in whole if not self.is_legal(case, one)]

    def spoiled(self, case: Case, wish: Try) -> list[Try]:
        """A legal attempt with one thing amiss: an older version, nothing said or shown, no reason or a wrong one."""
        reasons = ("", "x", "hotline") if wish.action in REASONS else ()
        amiss = [replace(wish, stale=True), replace(wish, says=False, shows=False)]
        amiss += [replace(wish, reason=one) for one in reasons]
        return [one for one in amiss if not self.is_legal(case, one)]

    def _attempts(self, who: Who) -> list[Try]:
        """Every move with all that it may ask for, once for each reason and each other that it may name."""
        return [
            Try(who, action, reason, action in MUST_SAY, action in MUST_SHOW, other=n)
            for action in sorted({one for _, one in NEXT})
            for reason in REASONS.get(action, [""])
            for n in self._others(action)
        ]

    def _others(self, action: str) -> range:
        match action:
            case "repeat":
                return range(-1, len(self.cases))
            case "assign":
                return range(len(self.people))
            case _:
                return range(2 if action == "transfer" else 1)
