"""What every answer carries, and what bad input on the wire is answered with."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from tests.patience import PATIENCE
from tests.web.site import PNG, Site, open_site
from tests.world import World
from web.forms import UPLOAD_ROOM
from web.guard import ROOM_FOR_BODY, STRIDE


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    async with open_site(world) as opened:
        yield opened


PATHS = ["/", "/chat", "/progress", "/away", "/static/base.css", "/nowhere", "/broken", "/k/zz", "/api/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_guarded(site: Site, path: str) -> None:
    page = await site.surfer().opens(path)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page.headers["Server"] == "web"
    assert "Strict-Transport-Security" not in page.headers
    if not path.startswith("/static/"):
        assert page.headers["Cache-Control"] == "no-store"


async def test_https_is_remembered_by_browsers(world: World) -> None:
    async with open_site(world, "https://contact.example") as site:
        page = await site.surfer().opens("/chat")
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-chat=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
    assert "http）" not in page.text


async def test_error_pages_are_the_same_bytes_whatever_was_asked(site: Site) -> None:
    surfer = site.surfer()
    first, second = await surfer.opens("/nowhere"), await surfer.opens("/desk/or/not?x=<script>")
    assert (first.status, second.status) == (404, 404)
    assert first.text == second.text


async def test_a_fault_is_answered_and_logged_without_content(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    page = await site.surfer().opens("/broken")
    assert page.status == 500
    assert "RuntimeError" not in page.text
    assert "fault RuntimeError at site.py" in caplog.text
    assert "a sentence of a tip" not in page.text + caplog.text


async def _wire(site: Site, *pieces: bytes, pause: float = 0) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        return await asyncio.wait_for(_answer(reader), PATIENCE)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """An answer whole, in however many pieces it comes."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: (\d+)\r\n", head)
    return head + await reader.readexactly(int(length[1]) if length else 0)


async def test_a_body_with_two_lengths_is_refused(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = await _wire(
        site,
        b"POST /api/events HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    )
    assert answer.startswith((b"HTTP/1.0 400 ", b"HTTP/1.1 400 "))
    assert b"Content-Security-Policy: default-src 'none'" in answer
    assert b"Server: web" in answer
    assert b"aiohttp" not in answer.lower()
    assert "127.0.0.1" not in caplog.text


async def test_what_is_no_request_gets_the_constant_page(site: Site) -> None:
    answer = await _wire(site, b"\x16\x03\x01\x02\x00\x01\x00<script>alert(1)</script>\r\n\r\n")
    assert answer.startswith((b"HTTP/1.0 400 ", b"HTTP/1.1 400 "))
    assert b"<script>alert" not in answer


async def test_a_head_that_never_ends_is_cut_off_after_ten_seconds(site: Site) -> None:
    begun = asyncio.get_running_loop().time()
    answer = await _wire(site, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert asyncio.get_running_loop().time() - begun > 9


async def test_a_body_that_drips_is_cut_off_after_ten_seconds(site: Site) -> None:
    head = b"POST /api/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n"
    answer = await _wire(site, head, b"{", b" ", b" ", pause=1)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"too_slow"' in answer


async def test_bytes_sent_fast_buy_no_hours_of_silence(site: Site) -> None:
    head = b"POST /api/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n"
    begun = asyncio.get_running_loop().time()
    answer = await _wire(site, head, b" " * 300_000)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert asyncio.get_running_loop().time() - begun > 9


async def test_a_slow_line_that_keeps_bringing_is_waited_for(site: Site) -> None:
    body = b'{"card": ""}'.ljust(13 * STRIDE)
    head = b"POST /api/conversations HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    answer = await _wire(site, head, *(body[n : n + STRIDE] for n in range(0, len(body), STRIDE)), pause=0.9)
    assert answer.startswith(b"HTTP/1.1 201 ")


async def test_no_room_for_files_is_said_in_its_own_words(world: World) -> None:
    async with open_site(world) as site:
        surfer = site.surfer()
        await surfer.opens("/chat")
        site.app[UPLOAD_ROOM].take(128 * 1024 * 1024)
        page = await surfer.sends(("a.png", PNG), seal="none")
        assert page.status == 429
        assert "传文件的人太多" in page.text


async def test_a_body_that_announces_too_much_is_refused_unread(site: Site) -> None:
    head = b"POST /chat HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    head += b"Content-Length: 999999999\r\n\r\n"
    answer = await _wire(site, head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"20 MB" in answer


async def test_a_body_that_never_says_how_much_it_is_ends_where_the_room_does(site: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(b"POST /chat HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n")
    writer.write(b"Transfer-Encoding: chunked\r\n\r\n")
    answer, sent = asyncio.create_task(reader.readline()), 0
    with suppress(ConnectionError):  # it may be gone as soon as it has answered
        while not answer.done() and sent < 10 * ROOM_FOR_BODY:
            writer.write(b"10000\r\n" + b"x" * 65534 + b"\r\n" + b"\r\n")
            sent += 65536
            await writer.drain()
    assert (await answer).startswith(b"HTTP/1.1 413 ")
    assert sent < 10 * ROOM_FOR_BODY
    writer.transport.abort()


async def test_static_files_are_kept_by_their_hash_and_nothing_else_is_served(site: Site) -> None:
    surfer = site.surfer()
    page = await surfer.opens("/")
    address = page.text.split('href="/static/base.css')[1].split('"')[0]
    kept = await surfer.opens(f"/static/base.css{address}")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (await surfer.opens("/static/base.css?v=old")).headers["Cache-Control"] == "no-cache"
    for name in ("..%2fpages.py", "%2e%2e/pages.py", "none.css"):
        assert (await surfer.opens(f"/static/{name}")).status == 404
