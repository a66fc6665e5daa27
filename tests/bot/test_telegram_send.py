"""Reply -> message: rows of buttons, long texts in pieces, and what Telegram's answers mean for the outbox."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.carrier import Gone, Outcome, Sent, Trouble, Wait
from bot.telegram.line import make_bot
from bot.telegram.send import Sender, keyboard, split
from tests.doubles.bot_api import TOKEN, BotApi, Fault


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def sender(api: BotApi) -> AsyncIterator[Sender]:
    bot = make_bot(TOKEN, api.url)
    await bot.initialize()
    yield Sender(bot)
    await bot.shutdown()


def test_short_labels_stand_in_pairs_and_long_ones_alone() -> None:
    markup = keyboard([("a", "否"), ("b", "是"), ("c", "不知道"), ("submit", "提交给第三巡察组"), ("d", "取消")])
    assert markup is not None
    assert [[b.text for b in row] for row in markup.inline_keyboard] == [
        ["否", "是"],
        ["不知道"],
        ["提交给第三巡察组"],
        ["取消"],
    ]


def test_no_buttons_make_no_keyboard() -> None:
    assert keyboard([]) is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.integers(2, 60))
def test_pieces_fit_and_nothing_but_blank_pieces_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(len(p.encode("utf-16-le")) // 2 <= limit for p in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_long_text_breaks_between_lines() -> None:
    assert split("第一行\n第二行\n第三行", 9) == ["第一行\n第二行\n", "第三行"]


async def test_a_long_message_comes_in_pieces_with_the_buttons_under_the_last(api: BotApi, sender: Sender) -> None:
    outcome = await sender.send("5", "补" * 5000, [("submit", "提交")])
    texts = [m["text"] for m in api.chats[5]]
    assert outcome == Sent(tuple(m["message_id"] for m in api.chats[5]))
    assert [len(t) for t in texts] == [4096, 904]
    assert ["reply_markup" in m for m in api.chats[5]] == [False, True]


async def test_links_are_sent_without_a_preview(api: BotApi, sender: Sender) -> None:
    await sender.send("5", "lx.example", [])
    assert api.called("sendMessage")[0].params["link_preview_options"]["is_disabled"] is True


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(429, retry_after=3600), Wait(3600)),
        (Fault(403), Gone()),
        (Fault(400), Gone()),
        (Fault(401), Trouble()),
        (Fault(500), Trouble()),
        (Fault(reset=True), Trouble()),
    ],
)
async def test_an_answer_says_what_becomes_of_the_message(
    api: BotApi, sender: Sender, fault: Fault, outcome: Outcome
) -> None:
    api.fail("sendMessage", fault)
    assert await sender.send("5", "x", []) == outcome


async def test_a_group_that_became_a_supergroup_is_followed(api: BotApi, sender: Sender) -> None:
    api.fail("sendMessage", Fault(400, parameters={"migrate_to_chat_id": -1009}))
    await sender.send("-9", "有新来信", [])
    assert [m["text"] for m in api.chats[-1009]] == ["有新来信"]


async def test_deleting_goes_by_hundreds_and_leaves_what_is_too_old(api: BotApi, sender: Sender) -> None:
    for _ in range(150):
        await sender.send("5", "x", [])
    numbers = [m["message_id"] for m in api.chats[5]]
    api.fail("deleteMessages", Fault(400, description="Bad Request: message can't be deleted"))
    api.fail("deleteMessage", Fault(400, description="Bad Request: message can't be deleted"))
    assert await sender.delete("5", numbers) == Sent(())
    assert [m["message_id"] for m in api.chats[5]] == numbers[:1]
