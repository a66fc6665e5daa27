"""Group robots of WeCom: what each of its answers means, and that the outbox reaches them with or without Telegram."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.carrier import Gone, Outcome, Sent, Trouble, Wait
from bot.outbox import Outbox
from bot.serve import serving
from bot.settings import Settings
from bot.telegram.line import make_bot
from bot.telegram.send import Sender
from bot.wecom import Robots
from handlers.desk.team import group, notices
from storage.intake import outbox
from storage.intake.outbox import OutChannel
from tests.bot.booth import QUICK
from tests.doubles.bot_api import TOKEN, BotApi
from tests.doubles.bot_api import Fault as TelegramFault
from tests.doubles.wecom import LONGEST, NO_ROBOT, TOO_MUCH, Fault, WeCom
from tests.handlers.desk.group_side import CHAT, KEY, PAGE, ROBOT, link
from tests.handlers.desk.side import WORDS, tell
from tests.world import NOON, World

OTHER_KEY = KEY.replace("0f8f", "1a2b")


@pytest.fixture
async def wecom() -> AsyncIterator[WeCom]:
    async with WeCom(KEY, OTHER_KEY) as server:
        yield server


@pytest.fixture
async def robots(wecom: WeCom) -> AsyncIterator[Robots]:
    carrier = Robots(wecom.url)
    yield carrier
    await carrier.close()


@asynccontextmanager
async def deliver(live: World, api: BotApi, robots: Robots) -> AsyncIterator[Outbox]:
    """An outbox with both carriers at work."""
    bot = make_bot(TOKEN, api.url)
    await bot.initialize()
    box = Outbox(live.intake, {OutChannel.TELEGRAM: Sender(bot), OutChannel.WECOM: robots}, QUICK)
    task = asyncio.create_task(box.run())
    try:
        yield box
    finally:
        box.stop()
        await task
        await bot.shutdown()


async def link_robot(live: World, login: str = "zhou", address: str = ROBOT) -> None:
    _, session = await live.sign_in(login)
    await group.link_robot(live.desk, session, session.teams[0], address)


async def try_out(live: World, login: str = "zhou") -> None:
    _, session = await live.sign_in(login)
    await group.try_out(live.desk, session, session.teams[0], PAGE, "zh")


async def test_a_robot_says_the_text_word_for_word(wecom: WeCom, robots: Robots) -> None:
    text = '第一巡察组 提醒\n1-0001 <font color="warning">石桥村</font> [x](https://example.org)'
    assert await robots.send(KEY, text, ()) == Sent(())
    assert wecom.said[KEY] == [text]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(TOO_MUCH), Wait(60.0)),
        (Fault({"errcode": 45033}), Wait(60.0)),
        (Fault(NO_ROBOT), Gone()),
        (Fault({"errcode": 40058, "errmsg": "…"}), Gone()),
        (Fault({"errcode": -1, "errmsg": "system busy"}), Trouble()),
        (Fault(status=500), Trouble()),
        (Fault(status=502, body=b"<html>"), Trouble()),
        (Fault(status=302, body=b""), Trouble()),
        (Fault(body=b"<html>a proxy's page</html>"), Trouble()),
        (Fault(body=b""), Trouble()),
        (Fault(body=b"\xff\xfe"), Trouble()),
        (Fault(body=b"[" * 60_000), Trouble()),
        (Fault(body=b'{"errcode": "0"}'), Trouble()),
        (Fault(body=b"[]"), Trouble()),
        (Fault(reset=True), Trouble()),
    ],
)
async def test_every_answer_has_its_meaning(wecom: WeCom, robots: Robots, fault: Fault, outcome: Outcome) -> None:
    wecom.fail(fault)
    assert await robots.send(KEY, "一", ()) == outcome


async def test_a_server_out_of_reach_is_trouble_and_its_key_stands_in_no_error() -> None:
    async with WeCom() as gone:
        url = gone.url
    carrier = Robots(url)
    assert await carrier.send(KEY, "一", ()) == Trouble()
    await carrier.close()


async def test_a_robot_takes_nothing_back(robots: Robots) -> None:
    assert await robots.delete(KEY, (1,)) == Gone()


async def test_two_teams_hear_their_own_each_by_its_own_channel(
    live: World, api: BotApi, wecom: WeCom, robots: Robots
) -> None:
    await link(live)
    await link_robot(live, "gu")
    await tell(live)
    await tell(live, place="苇原县水利站", name="of the other team")
    live.clock.now += NOON - live.clock()  # groups are told in the first minute of a half hour
    assert await notices.due_group_notices(live.desk, PAGE) == 2
    async with deliver(live, api, robots):
        await wecom.until(lambda: wecom.said[KEY])
        await api.until(lambda: api.chats[CHAT])
    (by_robot,), (by_telegram,) = wecom.said[KEY], [one["text"] for one in api.chats[CHAT]]
    assert "3-0001 苇原县水利站" in by_robot
    assert "1-0001" in by_telegram
    for text in (by_robot, by_telegram):
        assert len(text.encode()) <= LONGEST
        assert not any(word in text for word in (WORDS, "补贴", "11 亩"))
    assert await live.intake.store.read(outbox.pending) == 0


async def test_a_robot_that_said_too_much_holds_up_nobody(
    live: World, api: BotApi, wecom: WeCom, robots: Robots
) -> None:
    await link_robot(live)
    await link_robot(live, "shen", ROBOT.replace(KEY, OTHER_KEY))
    wecom.fail(Fault(TOO_MUCH))
    await try_out(live)
    async with deliver(live, api, robots) as box:
        await wecom.until(lambda: wecom.calls == 1)
        await try_out(live, "shen")
        box.wake()
        await wecom.until(lambda: wecom.said[OTHER_KEY])
    assert wecom.said[KEY] == []
    assert await live.intake.store.read(outbox.pending) == 1


async def test_trouble_is_tried_again_until_the_group_hears(
    live: World, api: BotApi, wecom: WeCom, robots: Robots
) -> None:
    await link_robot(live)
    wecom.fail(Fault(status=503), Fault(reset=True), Fault({"errcode": -1}))
    await try_out(live)
    async with deliver(live, api, robots):
        await wecom.until(lambda: wecom.said[KEY])
    assert len(wecom.said[KEY]) == 1


async def refused_on(live: World) -> object:
    _, session = await live.sign_in("zhou")
    return (await group.read_group(live.desk, session, session.teams[0])).refused_on


async def test_a_robot_that_is_gone_is_given_up_and_the_teams_page_says_so(
    live: World, api: BotApi, wecom: WeCom, robots: Robots
) -> None:
    await link_robot(live)
    wecom.robots.clear()
    await try_out(live)
    async with deliver(live, api, robots):
        await wecom.until(lambda: wecom.calls == 1)
    assert await live.intake.store.read(outbox.pending) == 0
    assert await refused_on(live) == live.clock().date()
    wecom.robots.add(KEY)
    await try_out(live)
    async with deliver(live, api, robots):
        await wecom.until(lambda: wecom.said[KEY])
    assert await refused_on(live) is None


async def test_a_telegram_group_that_shut_us_out_is_noted_as_well(live: World, api: BotApi, robots: Robots) -> None:
    await link(live)
    api.fail("sendMessage", TelegramFault(403), chat=CHAT)
    await try_out(live)
    async with deliver(live, api, robots):
        await api.until(lambda: api.called("failed sendMessage"))
    assert await refused_on(live) == live.clock().date()


def settings_of(live: World, **more: str) -> Settings:
    return live.settings.model_copy(update={"listen": "127.0.0.1:0", **more})


async def test_without_a_telegram_bot_robots_are_served_all_the_same(live: World, wecom: WeCom) -> None:
    await link_robot(live)
    async with serving(live.house, settings_of(live, wecom_api_url=wecom.url)):
        await try_out(live)
        await wecom.until(lambda: wecom.said[KEY])


async def test_where_the_halves_run_apart_the_intake_delivers_what_the_desk_promised(live: World, wecom: WeCom) -> None:
    await link_robot(live)
    await try_out(live)
    settings = settings_of(live, wecom_api_url=wecom.url)
    async with serving(replace(live.house, intake=None), settings):
        assert await live.house.store.read(outbox.pending) == 1
    async with serving(replace(live.house, desk=None), settings):
        await wecom.until(lambda: wecom.said[KEY])
