"""Words that outlived the session of their writer: nobody else is given them, and they go out in no other name."""

import asyncio
import logging
import re
from contextlib import suppress
from datetime import timedelta
from html import unescape
from io import BytesIO

import aiohttp
import pytest
from playwright.async_api import Browser

from handlers.people import sessions
from handlers.people.sessions import IDLE
from storage.people import members
from tests.web.desk.tip_side import at_work, box_of
from tests.web.desk_browser import signed_in
from tests.web.desk_site import Member, Page, Site
from tests.web.routes import ROUTES
from tests.web.site import PNG
from tests.web.test_access import filled

LETTER = '请问清的是哪一段水渠？\n还记得"大概"是哪几天吗 <b>？'
WORDED = {
    ("POST", "/desk/entry"): "words",
    ("POST", "/office/rounds/{round}/texts"): "scope",
    ("POST", "/office/watch/teams/{team}"): "words",
    **{
        ("POST", f"/desk/tips/{{tip}}/{name}"): "text"
        for name in ("write", "refer", "ask", "reply", "hand-over", "receipt-back", "propose-notice", "report-back",
                     "answer", "resolve", "clear", "reopen")
    },
}  # fmt: skip
"""The forms with long words, and the field that holds them: the promise, written apart from the code."""


def hidden(page: Page) -> dict[str, str]:
    """The hidden fields of the page, without its token."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    return {unescape(name): unescape(value) for name, value in found if name != "csrf"}


def all_of(page: Page) -> dict[str, str]:
    """What the page's button sends."""
    return {**hidden(page), "text": box_of(page), "csrf": page.csrf}


async def ended(site: Site, member: Member) -> Member:
    """The same browser when its session is over by the clock."""
    site.world.clock.forward(minutes=IDLE // timedelta(minutes=1) + 1)
    return member


async def left_letter(site: Site) -> tuple[Member, str, Page]:
    """Who wrote a note too long, where it goes, and the page that came back."""
    work = await at_work(site, "zhou", await site.tip())
    await work.does("claim")
    await ended(site, work.member)
    return work.member, f"{work.here}/write", await work.sends("write", to="note", text=LETTER)


async def test_words_come_back_to_be_read_and_are_sent_once_their_writer_has_signed_in(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    member, path, page = await left_letter(site)
    assert page.status == 403
    assert "会以您的名义发出" in page.text
    assert box_of(page) == LETTER
    assert hidden(page)["to"] == "note"
    assert f'action="{path}"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "水渠" not in caplog.text
    early = await member.post_bare(path, all_of(page))
    assert (early.status, box_of(early)) == (403, LETTER)
    member.cookies["desk"] = (await site.member("zhou")).cookies["desk"]
    assert (await member.post_bare(path, all_of(early))).status == 303
    assert unescape((await member.get(path.removesuffix("/write"))).text).count("请问清的是哪一段水渠？") == 1


@pytest.mark.parametrize("by", ["the clock", "signing out"])
async def test_it_says_what_is_true_however_the_session_ended(site: Site, by: str) -> None:
    work = await at_work(site, "zhou", await site.tip())
    cookies = dict(work.member.cookies)
    if by == "the clock":
        await ended(site, work.member)
    else:
        assert (await work.member.post("/sign-out")).location == "/sign-in"
    work.member.cookies = cookies  # of a form that was on its way
    page = await work.sends("write", to="note", text=LETTER)
    assert (page.status, box_of(page)) == (403, LETTER)
    assert "您现在没有登录" in page.text
    assert "到时间" not in page.text


async def test_between_the_two_factors_they_are_kept_as_well(site: Site) -> None:
    member, path, page = await left_letter(site)
    assert member.session is not None
    member.cookies["desk"] = await sessions.begin(site.world.desk, member.session.member_id, member.session.seed)
    half = await member.post_bare(path, all_of(page))
    assert (half.status, box_of(half)) == (403, LETTER)


@pytest.mark.parametrize("login", ["heyu", "fang"])
async def test_nobody_else_who_signs_in_there_sends_them(site: Site, login: str) -> None:
    member, path, page = await left_letter(site)
    member.cookies["desk"] = (await site.member(login)).cookies["desk"]
    answer = await member.post_bare(path, all_of(page))
    assert answer.status in {403, 404}
    assert "水渠" not in answer.text
    member.cookies["desk"] = (await site.member("zhou")).cookies["desk"]
    assert "水渠" not in (await member.get(path.removesuffix("/write"))).text


async def test_the_pages_token_is_good_for_its_own_address_alone(site: Site) -> None:
    member, path, page = await left_letter(site)
    member.cookies["desk"] = (await site.member("zhou")).cookies["desk"]
    for other in ("ask", "release", "recuse"):
        assert (await member.post_bare(path.replace("write", other), all_of(page))).status == 403
    assert (await member.post_bare("/me/shortcuts", {"csrf": page.csrf, "on": "no"})).status == 403


@pytest.mark.parametrize("login", ["zhou", "fang"])
async def test_only_the_forms_with_long_words_give_anything_back(site: Site, login: str) -> None:
    member = await site.member(login)
    await ended(site, member)
    told = dict.fromkeys(("login", "seat", "name", "body", "lines", "words", "text", "scope", "notice"), "mole")
    for method, path in ROUTES:
        if method == "POST":
            page = await member.post(filled(path), told)
            field = WORDED.get((method, path))
            expected = (403, "mole") if field else (303, "")
            assert (page.status, box_of(page, field) if field else box_of(page, "words")) == expected, path


async def test_a_deed_that_was_left_behind_is_not_done_by_whoever_signs_in_next(site: Site) -> None:
    member = await site.member("qiao")
    await ended(site, member)
    fields = {"login": "mole", "name": "mole", "seat": "director"}
    left = await member.post("/office/members", fields)
    assert (left.status, left.location) == (303, "/sign-in")
    token = member.csrf
    member.cookies["desk"] = (await site.member("fang")).cookies["desk"]
    assert (await member.post_bare("/office/members", {**fields, "csrf": token})).status == 403
    assert member.session is not None
    office_id = member.session.office_id
    assert await site.world.house.store.read(lambda tx: members.member_by_login(tx, office_id, "mole")) is None


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                                     {"Origin": "https://elsewhere.example"}])  # fmt: skip
async def test_no_other_site_is_given_such_a_page(site: Site, headers: dict[str, str]) -> None:
    member, path, _ = await left_letter(site)
    page = await member.post(path, {"text": LETTER}, **headers)
    assert page.status == 403
    assert "水渠" not in page.text
    assert "水渠" not in (await member.post_bare(path, {"text": LETTER, "csrf": "ab" * 32})).text


async def test_whose_session_is_not_known_is_sent_to_sign_in(site: Site) -> None:
    member, path, _ = await left_letter(site)
    member.cookies = {"desk": "x" * 43}
    page = await member.post(path, {"text": LETTER})
    assert (page.status, page.location) == (303, "/sign-in")


async def test_a_visitors_token_is_no_token_beside_a_session(site: Site) -> None:
    member = await site.member("zhou")
    visitor = site.visitor()
    await visitor.get("/sign-in")
    member.cookies |= visitor.cookies
    assert (await member.post_bare("/me/shortcuts", {"csrf": visitor.csrf, "on": "no"})).status == 403


async def test_files_do_not_come_back_and_the_page_says_so(site: Site) -> None:
    work = await at_work(site, "zhou", await site.tip())
    await ended(site, work.member)
    page = await work.sends("write", PNG, to="note", text=LETTER)
    assert box_of(page) == LETTER
    assert "文件没有留下来" in page.text
    form = aiohttp.FormData({"csrf": work.member.csrf, "to": "note", "text": LETTER}, default_to_multipart=True)
    form.add_field("file", BytesIO(b"x" * 21 * 1024 * 1024), filename="large.jpg")
    large = await work.member.ask("POST", f"{work.here}/write", data=form)
    assert box_of(large) == LETTER
    assert "文件没有留下来" in large.text


@pytest.mark.parametrize("cookie", ["", "Cookie: desk=forged\r\n"])
async def test_a_strangers_form_is_answered_unread(site: Site, cookie: str) -> None:
    assert await poured(site, f"Sec-Fetch-Site: same-origin\r\n{cookie}") < 16 * 1024 * 1024


async def poured(site: Site, headers: str) -> int:
    """How many bytes of an endless entry were taken before it was answered."""
    reader, writer = await asyncio.open_connection(*site.url.removeprefix("http://").split(":"))
    head = f"POST /desk/entry HTTP/1.1\r\nHost: x\r\n{headers}Content-Type: multipart/form-data; boundary=b\r\n"
    writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    answer, sent = asyncio.create_task(reader.readline()), 0
    with suppress(ConnectionError):  # it may be gone as soon as it has answered
        while not answer.done() and sent < 256 * 1024 * 1024:
            writer.write(b"10000\r\n" + b"x\n" * 32768 + b"\r\n")
            sent += 65536
            await writer.drain()
    writer.transport.abort()
    assert (await answer).startswith((b"HTTP/1.1 403 ", b"HTTP/1.1 303 "))
    return sent


@pytest.mark.parametrize("script", [True, False])
async def test_a_letter_that_outlived_its_session_arrives_once(site: Site, browser: Browser, script: bool) -> None:
    work = await at_work(site, "zhou", await site.tip())
    await work.does("claim")
    context = await signed_in(site, browser, "zhou", (360, 640), script=script)
    page = await context.new_page()
    await page.goto(site.url + work.here)
    await page.fill("#w", LETTER)
    site.world.clock.forward(minutes=20)
    await page.click("#composer .btn.main")
    await page.get_by_role("button", name="再发一次").wait_for()
    async with context.expect_page() as opened:
        await page.get_by_role("link", name="在新的一页登录").click()
    second = await opened.value
    await second.wait_for_url("**/sign-in")
    cookie = (await site.member("zhou")).cookies["desk"]
    await context.add_cookies([{"name": "desk", "value": cookie, "url": site.url}])
    await page.get_by_role("button", name="再发一次").click()
    await page.wait_for_url(f"**{work.here}*")
    fresh = await at_work(site, "zhou", work.tip)
    assert fresh.page.text.count("请问清的是哪一段水渠？") == 1
    await context.close()
