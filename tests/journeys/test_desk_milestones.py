"""What a reporter reads by code at every milestone, for every move and every reason that a member can give."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from domain.rules import RULES, Words
from domain.tips import Action
from handlers import texts
from handlers.desk.moves.acting import ELSEWHERE, Wish, act
from handlers.desk.moves.transferring import targets, transfer
from handlers.people.sessions import Session
from handlers.texts import say
from tests.handlers.desk.side import Told, tell
from tests.world import World

ACCEPTED = ("tang accept",)
RESOLVED = ("tang accept", "tang resolve explained")
WAY: dict[Action, Sequence[str]] = {
    Action.REFER: ACCEPTED,
    Action.HAND_OVER: ACCEPTED,
    Action.NOTICE: ("tang accept", "tang propose_notice"),
    Action.REPORT_BACK: ("tang accept", "tang propose_notice", "zhou notice"),
    Action.ANSWER: ACCEPTED,
    Action.RESOLVE: ACCEPTED,
    Action.CLEAR: RESOLVED,
    Action.REOPEN: RESOLVED,
}
"""What leads to a move; the rest can be made of a tip that just came."""

TOLD = [
    (action, reason)
    for action, rule in RULES.items()
    if rule.tells and action not in ELSEWHERE
    for reason in (sorted(rule.reasons) or [""])
]
OWN = "写给反映人的话"
AMONG_US = "写给同事的话"


def key_of(action: Action, reason: str) -> str:
    return "-".join(filter(None, ("desk-tell", action.value.replace("_", "-"), reason)))


async def makes(told: Told, who: Session, action: Action, reason: str = "") -> None:
    """The move with whatever words it may carry."""
    words = "" if RULES[action].words is Words.NONE else OWN if RULES[action].to_reporter else AMONG_US
    await act(told.world.desk, who, told.id, Wish(action, await told.version(who), reason, words))


async def goes(told: Told, people: Mapping[str, Session], way: Sequence[str]) -> None:
    for step in way:
        name, move, *why = step.split()
        await makes(told, people[name], Action(move), *why)


@pytest.mark.parametrize("action", dict.fromkeys(action for action, _ in TOLD))
async def test_the_reporter_reads_by_code_what_was_decided(world: World, action: Action) -> None:
    people = {name: (await world.sign_in(name))[1] for name in ("zhou", "tang")}
    for reason in [why for one, why in TOLD if one is action]:
        told = await tell(world, name=f"reporter {reason}")
        await goes(told, people, WAY.get(action, ()))
        before = (await told.opened(people["zhou"])).standing
        await makes(told, people["zhou"], action, reason)
        after, news = (await told.opened(people["zhou"])).standing.work.state, (await told.news())[-1]
        said = "" if action in {Action.ASK, Action.REPLY} else say("zh", key_of(action, reason), team=before.team.name)
        assert news.text == "\n".join(filter(None, (said, OWN if RULES[action].to_reporter else "")))
        assert news.team == before.team.name
        assert news.state == (None if after is before.work.state or action is Action.ASK else after)
        assert AMONG_US not in "".join(one.text for one in await told.news())


async def test_the_reporter_reads_under_the_same_code_that_another_team_took_over(world: World) -> None:
    told, (_, zhou) = await tell(world), await world.sign_in("zhou")
    taker = (await targets(world.desk, zhou, told.id))[0]
    await transfer(world.desk, zhou, told.id, await told.version(zhou), taker.id, words=AMONG_US)
    assert (await told.news())[-1].text == say("zh", "desk-tell-transfer", team=taker.name)


def test_there_is_no_sentence_for_the_reporter_that_nobody_ever_reads() -> None:
    found = {
        key
        for path in (Path(texts.__file__).parent / "zh").glob("*.ftl")
        for key in re.findall(r"(?m)^(desk-tell-[\w-]+) =", path.read_text("utf-8"))
    }
    written = {key_of(action, reason) for action, reason in TOLD if action not in {Action.ASK, Action.REPLY}}
    assert found == written | {"desk-tell-transfer"}


SILENT: dict[Action, Sequence[str]] = {
    Action.CLAIM: (),
    Action.RELEASE: ("zhou claim",),
    Action.VERIFY: ACCEPTED,
    Action.PROPOSE_NOTICE: ACCEPTED,
    Action.RECEIPT_BACK: ("tang accept", "tang hand_over to-police"),
}


async def test_moves_between_colleagues_tell_the_reporter_nothing(world: World) -> None:
    assert set(SILENT) == {one for one, rule in RULES.items() if not rule.tells} - ELSEWHERE
    people = {name: (await world.sign_in(name))[1] for name in ("zhou", "tang")}
    for action, way in SILENT.items():
        told = await tell(world, name=f"reporter {action}")
        await goes(told, people, way)
        before = await told.news()
        await makes(told, people["zhou"], action)
        assert await told.news() == before, action
