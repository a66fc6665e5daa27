"""The outbox: what was promised arrives, in order, at least once, and one chat's trouble is not another's."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.outbox import Outbox, Pace
from bot.telegram.line import make_bot
from bot.telegram.send import Sender
from domain.ids import Locked, new_id
from handlers.conversation.replies import Button, ReplyKind, Spoken
from handlers.intake.outgoing import Outbound, promise
from storage.intake import drafts, outbox
from storage.intake.outbox import OutChannel, Outgoing, OutKind
from tests.bot.booth import QUICK, held_database, peer
from tests.doubles.bot_api import TOKEN, BotApi, Fault
from tests.patience import PATIENCE
from tests.world import World

CHAT, OTHER = 51, 52


@asynccontextmanager
async def deliver(live: World, api: BotApi, pace: Pace = QUICK) -> AsyncIterator[Outbox]:
    """An outbox at work; what is under way ends before this does."""
    bot = make_bot(TOKEN, api.url)
    await bot.initialize()
    box = Outbox(live.intake, {OutChannel.TELEGRAM: Sender(bot)}, pace)
    task = asyncio.create_task(box.run())
    try:
        yield box
    finally:
        box.stop()
        await task
        await bot.shutdown()


async def promised(live: World, chat: int, *texts: str, wipe: bool = False) -> None:
    spoken = tuple(Spoken(ReplyKind.SAY, text, (Button("noted", "我记好了"),)) for text in texts)
    writes = promise(live.intake, peer(live, chat), Outbound(str(chat)), spoken, wipe=wipe)
    await live.intake.store.write(lambda tx: [write(tx) for write in writes])


def shown(api: BotApi, chat: int) -> list[str]:
    return [message["text"] for message in api.chats[chat]]


async def test_messages_of_a_chat_arrive_in_the_order_they_were_promised(live: World, api: BotApi) -> None:
    texts = [f"第 {n} 句" for n in range(12)]
    for text in texts:
        await promised(live, CHAT, text)
    async with deliver(live, api):
        await api.until(lambda: len(api.chats[CHAT]) == 12)
    assert shown(api, CHAT) == texts
    assert await live.intake.store.read(outbox.pending) == 0


async def test_a_wake_is_enough_and_no_wake_is_only_slower(live: World, api: BotApi) -> None:
    async with deliver(live, api) as box:
        await promised(live, CHAT, "叫醒")
        box.wake()
        await api.until(lambda: shown(api, CHAT) == ["叫醒"])
        await promised(live, CHAT, "没叫")
        await api.until(lambda: shown(api, CHAT) == ["叫醒", "没叫"])


@pytest.mark.parametrize(
    "faults", [[Fault(500)], [Fault(502), Fault(503)], [Fault(reset=True)], [Fault(429, retry_after=1)], [Fault(401)]]
)
async def test_trouble_delays_a_chat_and_keeps_its_order(live: World, api: BotApi, faults: list[Fault]) -> None:
    api.fail("sendMessage", *faults, chat=CHAT)
    await promised(live, CHAT, "一", "二")
    async with deliver(live, api):
        await api.until(lambda: len(api.chats[CHAT]) == 2)
    assert shown(api, CHAT) == ["一", "二"]


async def test_a_chat_that_must_wait_an_hour_holds_up_nobody(live: World, api: BotApi) -> None:
    api.fail("sendMessage", Fault(429, retry_after=3600), chat=CHAT)
    await promised(live, CHAT, "等一小时", "跟着等")
    async with deliver(live, api):
        await api.until(lambda: api.called("failed sendMessage"))
        for number in range(5):
            await promised(live, OTHER + number, "照常")
        await api.until(lambda: all(api.chats[OTHER + number] for number in range(5)))
    assert shown(api, CHAT) == []
    assert len(api.called("failed sendMessage", CHAT)) == 1
    assert await live.intake.store.read(outbox.pending) == 2


async def test_a_message_whose_answer_was_lost_comes_again_word_for_word(live: World, api: BotApi) -> None:
    api.fail("sendMessage", Fault(reset=True, after=True))
    await promised(live, CHAT, "编号 1234")
    async with deliver(live, api):
        await api.until(lambda: len(api.chats[CHAT]) == 2)
    assert shown(api, CHAT) == ["编号 1234"] * 2


@pytest.mark.parametrize("status", [400, 403])
async def test_a_refused_message_is_dropped_and_the_next_one_goes(live: World, api: BotApi, status: int) -> None:
    api.fail("sendMessage", Fault(status), chat=CHAT)
    await promised(live, CHAT, "不要", "下一句")
    async with deliver(live, api):
        await api.until(lambda: shown(api, CHAT) == ["下一句"])
    assert await live.intake.store.read(outbox.pending) == 0


async def test_a_row_claimed_by_a_process_that_died_comes_again(live: World, api: BotApi) -> None:
    await promised(live, CHAT, "留下的")
    now = live.intake.clock()
    dead = await live.intake.store.write(lambda tx: outbox.claim(tx, now, now + timedelta(seconds=0.5)))
    assert len(dead) == 1
    async with deliver(live, api):
        await api.until(lambda: shown(api, CHAT) == ["留下的"])


async def test_what_is_under_way_is_finished_before_the_end(live: World, api: BotApi) -> None:
    released = asyncio.Event()
    api.hold("sendMessage", released)
    await promised(live, CHAT, "正在路上")
    async with deliver(live, api) as box:
        await api.until(lambda: api.held("sendMessage") == 1)
        box.stop()
        released.set()
    assert shown(api, CHAT) == ["正在路上"]
    assert await live.intake.store.read(outbox.pending) == 0


async def test_a_disk_that_is_full_meanwhile_costs_a_repetition_and_no_message(
    live: World, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, failed = asyncio.Event(), asyncio.Event()
    monkeypatch.setattr(logging.getLogger("bot.outbox"), "warning", lambda _: failed.set())
    api.hold("sendMessage", released)
    await promised(live, CHAT, "到了没有")
    async with deliver(live, api, replace(QUICK, look=PATIENCE)) as box:  # what fails is the noting, and no look
        await api.until(lambda: api.held("sendMessage") == 1)
        async with held_database(live):
            released.set()
            await asyncio.wait_for(failed.wait(), PATIENCE)
        live.clock.forward(seconds=QUICK.lease)
        box.wake()
        await api.until(lambda: len(api.chats[CHAT]) == 2)
    assert set(shown(api, CHAT)) == {"到了没有"}


async def test_wiping_deletes_what_was_sent_and_what_was_said(live: World, api: BotApi) -> None:
    await promised(live, CHAT, "一", "二")
    mine = peer(live, CHAT)
    await live.intake.store.write(lambda tx: drafts.note_message(tx, mine.channel, mine.tag, 7, 0))
    api.chats[CHAT].append({"message_id": 7, "text": "我说的"})
    api.fail("deleteMessages", Fault(500))
    async with deliver(live, api):
        await api.until(lambda: len(api.chats[CHAT]) == 3)
        await promised(live, CHAT, "擦掉了", wipe=True)
        await api.until(lambda: "擦掉了" in shown(api, CHAT))
    assert shown(api, CHAT) == ["擦掉了"]
    assert 7 in api.called("deleteMessages")[0].params["message_ids"]


async def test_a_row_nobody_can_open_is_dropped(live: World, api: BotApi) -> None:
    now = live.intake.clock()
    spoilt = Outgoing(
        new_id(), OutKind.MESSAGE, OutChannel.TELEGRAM, Locked(b"\x01" + bytes(60)), 0, b"k",
        Locked(b"\x01" + bytes(60)), now, now + timedelta(hours=72),
    )  # fmt: skip
    await live.intake.store.write(lambda tx: outbox.enqueue(tx, spoilt))
    await promised(live, CHAT, "照常")
    async with deliver(live, api):
        await api.until(lambda: shown(api, CHAT) == ["照常"])
    assert await live.intake.store.read(outbox.pending) == 0
