"""The JSON API: exactly its contract, and what it does with bodies that are none."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from io import BytesIO

import pytest
from aiohttp import FormData

from tests.web.citizen.api_side import Front, offered, serving, tells
from tests.web.site import PNG, Site, open_site, without_look_ups
from tests.world import World
from web.forms import FILE_LIMIT, JSON_LIMIT

TOWN = "苇庄镇"


@pytest.fixture
async def front(site: Site) -> AsyncIterator[Front]:
    async with serving(site) as made:
        yield made


async def test_a_tip_goes_from_card_to_receipt(world: World, front: Front) -> None:
    receipt = await tells(front, world.card(TOWN))
    assert receipt["kind"] == "receipt"
    assert len(receipt["code"]) == 16
    assert receipt["team"] == "第一巡察组"
    assert receipt["received_on"] == "2026-11-11"
    assert offered([receipt]) >= {"noted", "add", "progress"}


async def test_a_code_that_nobody_has_answers_like_one_without_news(world: World, front: Front) -> None:
    code = (await tells(front, world.card(TOWN)))["code"]
    answers = [(await front.post("/api/receipts", {"code": number}))[1] for number in (code, "1234567890123452")]
    assert answers[0]["replies"] == answers[1]["replies"]
    assert answers[0]["token"] != answers[1]["token"]
    status, answer = await front.post("/api/receipts", {"code": "1234567890123450"})
    assert (status, answer["error"]["code"]) == (400, "bad_code")


async def test_a_choice_that_is_not_offered_is_answered_with_what_is(world: World, front: Front) -> None:
    await front.opens(world.card(TOWN))
    assert "report" in offered(await front.does(type="choice", id="submit"))
    assert "report" in offered(await front.does(type="choice", id="nonsense:%00"))


@pytest.mark.parametrize("token", ["", "x", "0" * 96, "ä" * 5])
async def test_an_unknown_token_is_401_before_the_body_is_looked_at(front: Front, token: str) -> None:
    for path in ("/api/events", "/api/files"):
        status, answer = await front.post(path, b"\xff not JSON", token)
        assert (status, answer["error"]["code"]) == (401, "unauthorized")


async def test_an_unknown_card_is_404(world: World, front: Front) -> None:
    code = world.card(TOWN)
    for wrong in (code[:-1] + ("A" if code[-1] != "A" else "B"), "x", "\x00", "😀", "-"):
        status, _ = await front.post("/api/conversations", {"card": wrong})
        assert status == 404, wrong
    assert (await front.post("/api/conversations", {}))[0] == 201


def deep() -> bytes:
    return b"[" * 100_000


BODIES: list[bytes | Callable[[], bytes]] = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"NaN",
    b"\x1f\x8b\x08\x00",
    b"\xff\xfe{}",
    deep,
    b'{"type":"text"}',
    b'{"type":"text","text":1}',
    b'{"type":"text","text":"x","more":1}',
    b'{"type":"text","text":"x","text":"y"}',
    b'{"type":"choice","id":"' + b"x" * 300 + b'"}',
    b'{"type":"file","id":"x"}',
    b'{"type":"text","text":' + b"1" * 5000 + b"}",
    b'{"type":"text","text":NaN}',
]


@pytest.mark.parametrize("body", BODIES)
async def test_a_malformed_body_is_400_in_constant_words(
    world: World, front: Front, body: bytes | Callable[[], bytes]
) -> None:
    await front.opens(world.card(TOWN))
    status, answer = await front.post("/api/events", body if isinstance(body, bytes) else body())
    assert status == 400
    assert answer["error"]["code"] == "bad_input"


async def test_a_body_of_more_than_a_megabyte_is_413(world: World, front: Front) -> None:
    await front.opens(world.card(TOWN))
    status, _ = await front.post("/api/events", {"type": "text", "text": "x" * JSON_LIMIT})
    assert status == 413


async def test_a_body_without_an_end_is_stopped_at_the_limit(world: World, front: Front, site: Site) -> None:
    await front.opens(world.card(TOWN))
    opening = b'{"type":"text","text":"'
    assert await stopped_after(site, "/api/events", front.token, "application/json", opening) < JSON_LIMIT + MARGIN
    opening = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    kind = "multipart/form-data; boundary=b"
    assert await stopped_after(site, "/api/files", front.token, kind, opening) < FILE_LIMIT + MARGIN


MARGIN = 8 * 1024 * 1024
"""Bytes that may lie in sockets and buffers of both sides."""


async def stopped_after(site: Site, path: str, token: str, kind: str, opening: bytes) -> int:
    """How many bytes of an endless body were taken before 413 came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: {kind}\r\n"
    writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunk(opening))
    answer, sent = asyncio.create_task(reader.read(65536)), 0
    with suppress(ConnectionError):  # it may be gone as soon as it has answered
        while not answer.done() and sent < 64 * 1024 * 1024:
            writer.write(chunk(b"x" * 65536))
            sent += 65536
            await writer.drain()
    writer.transport.abort()
    assert (await answer).startswith(b"HTTP/1.1 413 ")
    return sent


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


async def test_halves_of_characters_and_controls_are_content_not_errors(world: World, front: Front) -> None:
    await front.opens(world.card(TOWN))
    await front.does(type="choice", id="report")
    replies = await front.does(type="text", text="甲\ud800乙\x00\u202e丙")
    assert replies[-1]["kind"] == "tick"


def upload(data: bytes, name: str = "file") -> FormData:
    form = FormData()
    form.add_field(name, BytesIO(data), filename="../../x.png", content_type="image/png")
    return form


async def test_files_are_taken_up_to_twenty_megabytes(world: World, front: Front) -> None:
    await front.opens(world.card(TOWN))
    await front.does(type="choice", id="report")
    status, answer = await front.post("/api/files", upload(PNG))
    assert (status, answer["replies"][-1]["kind"]) == (200, "tick")
    assert (await front.post("/api/files", upload(PNG + bytes(FILE_LIMIT + 1 - len(PNG)))))[0] == 413
    assert (await front.post("/api/files", upload(b"MZ" + bytes(99))))[0] == 400
    assert (await front.post("/api/files", upload(PNG, "other")))[0] == 400
    assert (await front.post("/api/files", b"no form"))[0] == 400


async def test_look_ups_wait_in_a_queue_that_has_an_end(world: World, front: Front) -> None:
    codes = [f"{n:015d}{luhn(n)}" for n in range(150)]
    answers = await asyncio.gather(*(front.post("/api/receipts", {"code": code}) for code in codes))
    statuses = [status for status, _ in answers]
    assert set(statuses) == {200, 429}
    assert (await front.post("/api/conversations", {"card": world.card(TOWN)}))[0] == 201


async def test_a_full_line_of_look_ups_is_429_whichever_way_the_code_is_typed(world: World) -> None:
    async with open_site(without_look_ups(world)) as site, serving(site) as front:
        assert (await front.post("/api/receipts", {"code": f"{7:015d}{luhn(7)}"}))[0] == 429
        await front.opens(world.card(TOWN))
        status, answer = await front.post("/api/events", {"type": "text", "text": f"{7:015d}{luhn(7)}"})
        assert (status, answer["error"]["code"]) == (429, "throttled")
        receipt = await tells(front, world.card(TOWN))
        assert receipt["kind"] == "receipt", "and a tip is handed in all the same"


def luhn(number: int) -> int:
    """The check digit after fifteen digits."""
    digits = [int(d) for d in f"{number:015d}"]
    return -sum(sum(divmod(d * 2, 10)) if n % 2 == 0 else d for n, d in enumerate(reversed(digits))) % 10


async def test_a_full_store_is_503_and_never_a_tick(world: World, front: Front) -> None:
    await front.opens(world.card(TOWN))
    await world.house.store.aclose()
    status, answer = await front.post("/api/events", {"type": "text", "text": "x"})
    assert (status, answer["error"]["code"]) == (503, "cannot_store")
