"""A team and a reporter talk on Telegram: a question, a notice without content, the answer back in the thread."""

import pytest

from domain.tips import Action, Tip
from handlers.desk.arriving.fold import fold
from handlers.desk.moves.acting import Wish, act
from handlers.desk.tip.thread import OpenTip, open_tip
from handlers.people.sessions import Session
from tests.bot.booth import Booth
from tests.bot.chat_side import tell
from tests.doubles.bot_api import Fault
from tests.doubles.villager import Villager

LEADER = "gu"
"""Leads the third team."""

QUESTION = "请问是哪一年的补贴，有没有折子？"
ANSWER = "二〇二四年的，折子在家里。"


async def told(booth: Booth, villager: Villager) -> tuple[str, Tip, Session]:
    """A tip of this villager in the queue of the third team; its code, and the leader's session."""
    code = await tell(booth, villager, "水利站的补贴没有发到户。")
    tip = (await booth.tips())[0]
    await fold(booth.world.desk)
    _, session = await booth.world.sign_in(LEADER)
    return code, tip, session


async def opened(booth: Booth, session: Session, tip: Tip) -> OpenTip:
    return await open_tip(booth.world.desk, session, tip.id)


async def ask(booth: Booth, session: Session, tip: Tip) -> None:
    """The team accepts and asks."""
    desk = booth.world.desk
    for action, words in ((Action.ACCEPT, ""), (Action.ASK, QUESTION)):
        version = (await opened(booth, session, tip)).standing.work.version
        await act(desk, session, tip.id, Wish(action, version, words=words))


async def test_a_question_reaches_the_reporter_by_code_and_the_answer_comes_back(booth: Booth) -> None:
    villager = Villager(booth.api)
    code, tip, session = await told(booth, villager)
    await ask(booth, session, tip)
    await villager.taps("noted")
    await villager.says("/progress")
    await villager.hears("编号")
    await villager.says(code)
    await villager.hears(QUESTION)
    await villager.taps("add")
    await villager.sees("cancel")
    await villager.says(ANSWER)
    await villager.sees("submit")
    await villager.taps("submit")
    await villager.sees("add")
    await fold(booth.world.desk)
    thread = (await opened(booth, session, tip)).thread
    assert ANSWER in str(thread[-1])


async def test_who_asked_for_it_is_told_of_news_without_content(booth: Booth) -> None:
    villager, other = Villager(booth.api), Villager(booth.api)
    _, tip, session = await told(booth, villager)
    await villager.taps("notify")
    await villager.sees("noted")
    await tell(booth, other, "别的事。")
    await ask(booth, session, tip)
    notice = await villager.hears("新消息")
    assert QUESTION not in " ".join([*villager.answers, *other.answers])
    assert "补贴" not in notice["text"]
    assert all("新消息" not in text for text in other.answers)


@pytest.mark.parametrize("status", [403, 400])
async def test_a_reporter_who_blocked_the_bot_costs_the_team_nothing(booth: Booth, status: int) -> None:
    villager = Villager(booth.api)
    _, tip, session = await told(booth, villager)
    await villager.taps("notify")
    await villager.sees("noted")
    booth.api.fail("sendMessage", Fault(status), chat=villager.chat)
    await ask(booth, session, tip)
    await booth.api.until(lambda: booth.api.called("failed sendMessage"))
    assert QUESTION in str((await opened(booth, session, tip)).thread)
