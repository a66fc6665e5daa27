"""Polling: the offset is a promise, so it moves only over what is durable."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.telegram.line import check_webhook
from domain.errors import Refused
from tests.bot.booth import PLACE, Booth, held_database, open_booth
from tests.doubles import updates
from tests.doubles.bot_api import BotApi, Fault
from tests.doubles.villager import Villager
from tests.world import World


@pytest.fixture
async def polling(live: World, api: BotApi) -> AsyncIterator[Booth]:
    async with open_booth(live, api, webhook=False) as opened:
        yield opened


def said(api: BotApi, chat: int, text: str) -> dict[str, Any]:
    return {"update_id": api.number("update"), "message": updates.message(chat, api.number(), text=text)}


def offsets(api: BotApi) -> list[int]:
    return [int(call.params.get("offset", 0)) for call in api.called("getUpdates")]


async def test_the_offset_stays_before_what_could_not_be_stored(polling: Booth) -> None:
    api, villager = polling.api, Villager(polling.api)
    update = said(api, villager.chat, "/start")
    async with held_database(polling.world):
        await api.push(update)
        await api.until(lambda: villager.answers)  # 现在存不了
        tries = len(offsets(api))
        await api.until(lambda: len(offsets(api)) > tries)
        assert max(offsets(api)) <= update["update_id"]
        assert api.pending == [update]
    await villager.sees("report")
    await api.until(lambda: max(offsets(api)) == update["update_id"] + 1)


async def test_nothing_behind_a_failed_message_of_a_chat_overtakes_it(polling: Booth) -> None:
    api, villager = polling.api, Villager(polling.api)
    await villager.says(f"/start {polling.code}")
    await villager.sees("report")
    await villager.taps("report")
    await villager.sees("cancel")
    async with held_database(polling.world):
        await api.push(*(said(api, villager.chat, text) for text in ("一", "二", "三")))
        await api.until(lambda: "存不了" in villager.last_message)
    await api.until(lambda: not api.pending)
    assert await polling.draft(villager.chat) == ["一", "二", "三"]


async def test_a_process_that_dies_before_the_commit_gets_the_update_again(live: World, api: BotApi) -> None:
    villager = Villager(api)
    async with open_booth(live, api, webhook=False), held_database(live):
        await api.push(said(api, villager.chat, f"/start {live.card(PLACE)}"))
        await api.until(lambda: villager.answers)
    async with open_booth(live, api, webhook=False):
        await villager.sees("report")
        await api.until(lambda: not api.pending)
    assert len([text for text in villager.answers if "不用注册" in text]) == 1


async def test_a_broken_update_does_not_hold_up_the_others(polling: Booth) -> None:
    api, villager = polling.api, Villager(polling.api)
    await api.push({"update_id": api.number("update"), "message": {"text": 5}}, said(api, villager.chat, "/start"))
    await villager.sees("report")
    await api.until(lambda: not api.pending)


@pytest.mark.parametrize("fault", [Fault(500), Fault(reset=True), Fault(409), Fault(429, retry_after=1), Fault(401)])
async def test_polling_goes_on_after_trouble(polling: Booth, fault: Fault) -> None:
    polling.api.fail("getUpdates", fault, fault)
    villager = Villager(polling.api)
    await villager.says("/start")
    await villager.sees("report")


async def test_polling_takes_down_a_webhook_that_was_left(live: World, api: BotApi) -> None:
    api.webhook = {"url": "http://127.0.0.1:1/left", "secret_token": "x"}
    async with open_booth(live, api, webhook=False):
        assert api.webhook == {}


async def test_chats_of_one_batch_do_not_wait_for_each_other(polling: Booth) -> None:
    api, slow, quick = polling.api, Villager(polling.api), Villager(polling.api)
    released = asyncio.Event()
    api.hold("getFile", released)
    voice = updates.message(slow.chat, api.number(), voice=updates.voice("v", 9, 1))
    await api.push({"update_id": api.number("update"), "message": voice}, said(api, quick.chat, "/start"))
    await quick.sees("report")
    assert slow.answers == []
    released.set()


def test_plain_http_is_refused_only_towards_the_real_telegram() -> None:
    with pytest.raises(Refused):
        check_webhook("http://lx.example", "https://api.telegram.org")
    check_webhook("https://lx.example", "https://api.telegram.org")
    check_webhook("http://192.0.2.7:8080", "http://127.0.0.1:8081")
