"""The webhook: who may speak, what may be said, and that 200 means durable."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.telegram.hook import PATH, SECRET_HEADER
from tests.bot.booth import SECRET, Booth, held_database, open_booth
from tests.doubles import updates
from tests.doubles.bot_api import BotApi, Fault
from tests.doubles.villager import Villager
from tests.patience import PATIENCE
from tests.world import World


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def post(
    client: ClientSession, booth: Booth, body: bytes, headers: list[tuple[str, str]] | None = None, method: str = "POST"
) -> int:
    given = [(SECRET_HEADER, SECRET)] if headers is None else headers
    async with client.request(method, booth.url + PATH, data=BytesIO(body), headers=given) as response:
        return response.status


def update(number: int, text: str = "/start") -> dict[str, Any]:
    return {"update_id": number, "message": updates.message(31, 5, text=text)}


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(SECRET_HEADER, "")],
        [(SECRET_HEADER, "wrong")],
        [(SECRET_HEADER, SECRET + "x")],
        [(SECRET_HEADER, SECRET), (SECRET_HEADER, SECRET)],
        [(SECRET_HEADER, "wrong"), (SECRET_HEADER, SECRET)],
        [(SECRET_HEADER, f"{SECRET}, {SECRET}")],
        [(SECRET_HEADER, "é中")],
    ],
)
@pytest.mark.parametrize("body", [json.dumps(update(1)).encode(), b"not json", b"[" * 100_000, bytes(2 << 20)])
async def test_without_the_secret_there_is_nothing_here(
    hook: Booth, client: ClientSession, headers: list[tuple[str, str]], body: bytes
) -> None:
    assert await post(client, hook, body, headers) == 404
    assert hook.api.called("sendMessage") == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_posts_are_taken(hook: Booth, client: ClientSession, method: str) -> None:
    assert await post(client, hook, b"", method=method) == 405


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"\xff\xfe\x00", 400),
        (b"[]", 400),
        (b"17", 400),
        (b'"x"', 400),
        (b"{}", 400),
        (b'{"update_id": "1"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 1, "a": NaN}', 400),
        (b'{"update_id": 1, "a": -Infinity}', 400),
        (b'{"update_id": 1, "a": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 1, "a": ' + b'{"b":' * 100_000, 400),
        (b'{"update_id": 1, "a": "' + b"x" * (1 << 20) + b'"}', 413),
        (b'{"update_id": 1}', 200),
        (b'{"update_id": 1, "unheard_of": {}}', 200),
        (b'{"update_id": 1, "message": {"text": 5}}', 200),
        (b'{"update_id": ' + b"9" * 400 + b"}", 200),
    ],
)
async def test_bad_bodies_are_answered_and_not_logged(
    hook: Booth, client: ClientSession, caplog: pytest.LogCaptureFixture, body: bytes, status: int
) -> None:
    caplog.set_level("DEBUG", "bot")
    assert await post(client, hook, body) == status
    assert hook.api.called("sendMessage") == []
    assert "unheard_of" not in caplog.text


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "x"])
async def test_a_packed_body_is_refused_before_it_unfolds(hook: Booth, client: ClientSession, encoding: str) -> None:
    headers = [(SECRET_HEADER, SECRET), ("Content-Encoding", encoding)]
    assert await post(client, hook, b"\x1f\x8b\x08" + bytes(50), headers) == 400


async def test_the_same_update_ten_times_at_once_is_one_message(hook: Booth) -> None:
    villager = Villager(hook.api)
    await villager.says(f"/start {hook.code}")
    await villager.sees("report")
    await villager.taps("report")
    await villager.sees("cancel")
    said = {"update_id": 77, "message": updates.message(villager.chat, 900, text="两次收了保险费。")}
    assert await hook.api.push(*[said] * 10) == [200] * 10
    await villager.hears("已记下")
    assert await hook.draft(villager.chat) == ["两次收了保险费。"]
    assert await hook.api.push(said) == [200]
    assert [text for text in villager.answers if "已记下" in text] == ["✓ 已记下"]


async def test_what_cannot_be_stored_is_not_acknowledged_and_the_reporter_is_told_once(hook: Booth) -> None:
    villager = Villager(hook.api)
    said = {"update_id": 501, "message": updates.message(villager.chat, 900, text="/start")}
    await hook.world.house.store.aclose()
    assert await hook.api.push(said) == [503]
    assert await hook.api.push(said) == [503]
    await hook.api.until(lambda: villager.answers)
    await hook.telegram.finish()
    assert len(villager.answers) == 1
    assert "存不了" in villager.last_message


async def test_what_could_not_be_stored_is_taken_when_it_comes_again(hook: Booth) -> None:
    villager = Villager(hook.api)
    said = {"update_id": 501, "message": updates.message(villager.chat, 900, text="/start")}
    async with held_database(hook.world):
        assert await hook.api.push(said) == [503]
    assert await hook.api.push(said) == [200]
    await villager.sees("report")


async def test_a_file_that_does_not_come_is_not_acknowledged(hook: Booth) -> None:
    villager = Villager(hook.api)
    voice = updates.message(villager.chat, 9, voice=updates.voice("gone-away", 900, 3))
    hook.api.fail("getFile", Fault(500))
    assert await hook.api.push({"update_id": 88, "message": voice}) == [503]


async def test_a_lone_tick_rides_in_the_answer_when_asked_to(live: World, api: BotApi) -> None:
    async with open_booth(live, api, webhook=True, ride=True) as booth:
        villager = Villager(booth.api)
        await villager.says(f"/start {booth.code}")
        await villager.sees("report")
        await villager.taps("report")
        await villager.sees("cancel")
        async with asyncio.timeout(PATIENCE):
            while await booth.outbox.pending():  # it arrived, and that is noted a moment later
                continue
        await villager.says("修路的钱不知去向。")
        assert villager.last_message == "✓ 已记下", "it is there as soon as the delivery was answered"
        assert "anonymous" in villager.buttons
        assert await booth.outbox.pending() == 0


async def test_a_day_old_update_is_still_content(hook: Booth) -> None:
    villager = Villager(hook.api)
    old = updates.message(villager.chat, 9, text="/start") | {"date": 1}
    assert await hook.api.push({"update_id": 5, "message": old}) == [200]
    await villager.sees("report")


async def test_a_group_is_linked_by_its_token_and_told_so(live: World, api: BotApi) -> None:
    linked: list[tuple[str, int]] = []

    async def link(token: str, chat: int) -> bool:
        linked.append((token, chat))
        return token == "good-token"

    async with open_booth(live, api, webhook=True, link_group=link):
        for number, token in enumerate(("bad-token", "good-token")):
            message = updates.group_message(-100_5, number, text=f"/start@lianxi_test_bot {token}")
            assert await api.push({"update_id": number, "message": message}) == [200]
    assert linked == [("bad-token", -1005), ("good-token", -1005)]
    assert len(api.called("sendMessage", -1005)) == 1


async def test_the_line_opens_when_telegram_answers_at_last(live: World, api: BotApi) -> None:
    api.fail("getMe", Fault(500), Fault(reset=True), Fault(429, retry_after=1))
    async with open_booth(live, api, webhook=True):
        assert api.webhook["secret_token"] == SECRET
        assert len(api.called("failed getMe")) == 3
