"""The wire: what the Bot API answers becomes the right error, and nothing ever quotes the token."""

import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.line import make_bot
from bot.telegram.send import seconds_of
from bot.telegram.wire import Wire, quiet_loggers
from tests.doubles.bot_api import TOKEN, BotApi, Fault


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    bot = make_bot(TOKEN, api.url)
    await bot.initialize()
    yield bot
    await bot.shutdown()


async def test_a_message_arrives_with_its_buttons(api: BotApi, bot: Bot) -> None:
    sent = await bot.send_message(5, "您好&=+\u0000\n🌾")
    assert api.chats[5][0]["text"] == "您好&=+\u0000\n🌾"
    assert sent.message_id == api.chats[5][0]["message_id"]


async def test_a_lone_surrogate_does_not_stop_a_message(api: BotApi, bot: Bot) -> None:
    await bot.send_message(5, "a\ud800b")
    assert api.chats[5][0]["text"] == "a?b"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(403, description="Forbidden: bot was blocked by the user"), Forbidden),
        (Fault(400), BadRequest),
        (Fault(500), NetworkError),
        (Fault(502), NetworkError),
        (Fault(reset=True), NetworkError),
    ],
)
async def test_an_answer_becomes_its_error(api: BotApi, bot: Bot, fault: Fault, error: type[TelegramError]) -> None:
    api.fail("sendMessage", fault)
    with pytest.raises(error) as caught:
        await bot.send_message(5, "x")
    assert type(caught.value) is error


async def test_a_429_says_how_long_to_wait(api: BotApi, bot: Bot) -> None:
    api.fail("sendMessage", Fault(429, retry_after=37))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(5, "x")
    assert seconds_of(caught.value) == 37.0


async def test_silence_is_a_timeout(api: BotApi) -> None:
    wire = Wire(read_timeout=0.1)
    bot = Bot(TOKEN, f"{api.url}/bot", request=wire, get_updates_request=wire)
    async with wire:  # the bot itself would ask who it is first, and the answer may take longer
        with pytest.raises(TimedOut):
            await bot.do_api_request("get_Updates", api_kwargs={"timeout": 5})


@pytest.mark.parametrize("answer", ["a file", "none"])
async def test_what_is_no_bot_api_answer_is_a_network_error(api: BotApi, answer: str) -> None:
    api.files["odd"] = b"[" * 100_000 if answer == "a file" else b"[]"
    async with Wire() as wire:
        with pytest.raises(NetworkError):
            wire.parse_json_payload(await wire.retrieve(f"{api.url}/file/bot{TOKEN}/files/odd"))


async def test_no_error_and_no_log_line_quotes_the_token(caplog: pytest.LogCaptureFixture) -> None:
    quiet_loggers()
    caplog.set_level(logging.DEBUG)
    bot = make_bot(TOKEN, "http://127.0.0.1:1")
    await bot.request.initialize()
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(5, "粮食补贴")
    await bot.request.shutdown()
    shown = caplog.text + "".join(repr(e) for e in (caught.value, caught.value.__cause__, caught.value.__context__))
    assert TOKEN not in shown
    assert "粮食补贴" not in shown


async def test_updates_that_cannot_be_read_are_not_logged(
    api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    quiet_loggers()
    caplog.set_level(logging.DEBUG)
    api.pending = [{"update_id": 1, "message": {"text": "canary-in-a-broken-update"}}]
    with pytest.raises((TypeError, KeyError)):
        await bot.get_updates()
    assert "canary" not in caplog.text
