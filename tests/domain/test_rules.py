"""Who may make which move, and what it must bring, case by case against what the house promises."""

import pytest

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.rounds import TEAM_ROLES, Role
from domain.rules import RULES, Again, Decline, Organ, Outcome, Words, check, offered
from domain.tips import ENDED, MOVES, Action, State

ME, OTHER = MemberId(b"m" * 16), MemberId(b"o" * 16)
REPORTERS = {Action.ADD, Action.WITHDRAW}


def judge(action: Action, *roles: Role, reason: str = "", words: str = "", files: int = 0, by: MemberId = OTHER) -> str:
    """The detail of the refusal, or `yes`."""
    try:
        check(action, roles, reason=reason, words=words, files=files, me=ME, handlers=(by,))
    except Refused as refused:
        return refused.detail
    return "yes"


def test_every_move_of_a_member_has_a_rule_and_no_move_of_the_reporter_has_one() -> None:
    assert set(RULES) == set(Action) - REPORTERS
    assert {action for _, action in MOVES} >= set(RULES)


def test_every_action_has_a_state_in_which_it_is_legal_and_one_in_which_it_is_not() -> None:
    for action in set(Action) - {Action.ADD}:
        legal = {state for state, one in MOVES if one is action}
        assert 0 < len(legal) < len(State), action


def test_from_everywhere_a_tip_can_still_end() -> None:
    for state in State:
        reached, new = {state}, {state}
        while new:
            new = {after for (before, _), after in MOVES.items() if before in new} - reached
            reached |= new
        assert reached & ENDED, state


@pytest.mark.parametrize("action", [Action.NOTICE, Action.CLEAR, Action.REOPEN])
def test_only_a_leader_approves_clears_and_reopens(action: Action) -> None:
    reason = "mistake" if action is Action.REOPEN else ""
    for role in TEAM_ROLES:
        said = judge(action, role, reason=reason, words="凭据在卷")
        assert said == ("yes" if role is Role.LEADER else "leader-only")


@pytest.mark.parametrize("action", [Action.ASSIGN, Action.TRANSFER])
def test_only_leaders_and_liaisons_give_a_tip_away(action: Action) -> None:
    said = {role: judge(action, role) for role in TEAM_ROLES}
    assert said == {Role.LEADER: "yes", Role.LIAISON: "yes", Role.INSPECTOR: "heads-only"}


@pytest.mark.parametrize("action", [Action.NOTICE, Action.CLEAR])
def test_nobody_approves_their_own_work(action: Action) -> None:
    assert judge(action, Role.LEADER, words="凭据在卷", by=ME) == "own-work"


@pytest.mark.parametrize("action", [Action.CLEAR, Action.REPORT_BACK, Action.RECEIPT_BACK])
def test_evidence_is_words_or_a_file(action: Action) -> None:
    assert judge(action, Role.LEADER) == "evidence"
    assert judge(action, Role.LEADER, words="村里已修好") == "yes"
    assert judge(action, Role.LEADER, files=1) == "yes"


@pytest.mark.parametrize(
    ("action", "codes"),
    [(Action.DECLINE, Decline), (Action.REFER, Organ), (Action.HAND_OVER, Organ), (Action.RESOLVE, Outcome),
     (Action.REOPEN, Again)],
)  # fmt: skip
def test_a_reason_is_one_of_those_there_are(action: Action, codes: type[Decline]) -> None:
    assert {judge(action, Role.LEADER, reason=one) for one in codes} == {"yes"}
    assert judge(action, Role.LEADER) == "reason"
    assert judge(action, Role.LEADER, reason="because") == "reason"


def test_a_move_that_takes_no_reason_refuses_one() -> None:
    assert judge(Action.ACCEPT, Role.INSPECTOR, reason="mistake") == "reason"


@pytest.mark.parametrize("action", [one for one, rule in RULES.items() if rule.needs_words])
def test_what_needs_words_is_refused_without(action: Action) -> None:
    assert judge(action, Role.LEADER) == "text"
    assert judge(action, Role.LEADER, words="请问是哪一年") == "yes"


def test_words_for_the_reporter_are_always_told() -> None:
    for action, rule in RULES.items():
        if rule.words in {Words.REPORTER, Words.REPORTER_IF_ANY}:
            assert rule.tells, action


def test_a_page_offers_what_the_tables_allow_and_nothing_else() -> None:
    shown = offered(State.RESOLVED, {Role.INSPECTOR}, MOVES)
    assert Action.CLEAR not in shown
    assert Action.REPLY in shown
    assert Action.CLEAR in offered(State.RESOLVED, {Role.LEADER}, MOVES)


def test_a_refusal_says_what_kind_it_is() -> None:
    with pytest.raises(Refused) as refused:
        check(Action.CLEAR, {Role.INSPECTOR}, reason="", words="", files=0, me=ME, handlers=())
    assert refused.value.reason is Reason.NOT_ALLOWED
