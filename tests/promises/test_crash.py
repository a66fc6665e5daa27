"""The process is killed at the worst moments. Afterwards there is exactly one tip, and the reporter holds its code."""

import asyncio
import signal

import pytest

from tests.doubles.bot_api import BotApi
from tests.promises.process import SECONDS, Program
from tests.promises.telling import Stubborn, card, numbers, tell, tip_of

FAULTY = "tests.promises.faulty"


async def one_tip_and_its_code(program: Program, villager: Stubborn, code: str) -> None:
    """Waits for the receipt, ends the program, and looks what is stored."""
    await villager.api.until(lambda: villager.receipts, SECONDS)
    assert await program.stop() == 0
    assert program.sql("SELECT count(*) FROM tip") == [(1,)]
    assert {numbers(text) for text in villager.receipts} == {code}
    assert len(set(villager.receipts)) == 1, "told twice, it is told in the same words"
    async with program.house() as world:
        assert await tip_of(world, code) is not None, "the code opens the tip's thread"


@pytest.fixture(params=["webhook", "polling"])
def bot(request: pytest.FixtureRequest, program: Program, api: BotApi) -> Program:
    """The program with a bot, in both ways it hears from Telegram."""
    program.talks_to(api, request.param)
    return program


@pytest.mark.parametrize("point", ["before-commit", "after-commit", "after-reply"])
async def test_killed_on_the_way_of_a_tip_it_is_one_tip_and_its_reporter_holds_the_code(
    bot: Program, api: BotApi, point: str
) -> None:
    villager = Stubborn(api)
    await bot.start(FAULTY, point)
    code = await tell(villager, card(bot), "危房改造的钱只到了一半。")
    await villager.taps("submit")
    assert await bot.ended() == -signal.SIGKILL
    assert bool(villager.receipts) is (point == "after-reply"), "nothing was acknowledged that is not durable"
    assert bot.sql("SELECT count(*) FROM tip") == [(0 if point == "before-commit" else 1,)]
    await bot.start(FAULTY, "plain")
    await villager.redeliver()
    await one_tip_and_its_code(bot, villager, code)


async def test_killed_after_the_acknowledgement_the_reply_still_comes(bot: Program, api: BotApi) -> None:
    villager, answering = Stubborn(api), asyncio.Event()
    await bot.start(FAULTY, "plain")
    code = await tell(villager, card(bot), "承包费从来没有贴出来过。")
    api.hold("sendMessage", answering)
    update = await villager.taps("submit")
    await api.until(lambda: api.held("sendMessage"), SECONDS)
    await api.until(lambda: _acknowledged(api, villager, update["update_id"]), SECONDS)
    assert await bot.stop(signal.SIGKILL) == -signal.SIGKILL
    assert villager.receipts == []
    answering.set()
    await bot.start(FAULTY, "plain")
    await one_tip_and_its_code(bot, villager, code)


def _acknowledged(api: BotApi, villager: Stubborn, update_id: int) -> bool:
    """By webhook with 200; by polling with an offset that goes over the update."""
    if api.webhook:
        return villager.undelivered is None
    return any(int(call.params.get("offset", 0)) > update_id for call in api.calls if call.method == "getUpdates")
