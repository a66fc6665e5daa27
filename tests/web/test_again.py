"""A form that outlived its session: what was typed stays with whoever typed it, and is kept nowhere else."""

import logging
import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser

from handlers.people.sessions import IDLE
from tests.web.desk.tip_side import at_work
from tests.web.desk_browser import signed_in
from tests.web.desk_site import Member, Page, Site
from tests.web.site import PNG
from web import again

LETTER = '请问清的是哪一段水渠？\n还记得"大概"是哪几天吗 <b>？'
TEMPLATES = Path(again.__file__).parent / "templates"
AT_HOME = {"Sec-Fetch-Site": "same-origin"}


def kept(page: Page) -> dict[str, str]:
    """The hidden fields of the page, without its token."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    return {unescape(name): unescape(value) for name, value in found if name != "csrf"}


async def ended(site: Site, member: Member) -> Member:
    """The same browser when its session is over by the clock."""
    site.world.clock.forward(minutes=IDLE // timedelta(minutes=1) + 1)
    return member


async def test_what_was_typed_comes_back_and_can_be_sent_after_a_new_sign_in(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    work = await at_work(site, "zhou", await site.tip())
    await work.does("claim")
    member = await ended(site, work.member)
    page = await work.sends("write", to="note", text=LETTER)
    assert page.status == 403
    assert "再发一次" in page.text
    assert kept(page)["text"] == LETTER
    assert f'action="{work.here}/write"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "水渠" not in caplog.text
    early = await member.post_bare(f"{work.here}/write", {**kept(page), "csrf": page.csrf})
    assert (early.status, kept(early)["text"]) == (403, LETTER)
    member.cookies["desk"] = (await site.member("zhou")).cookies["desk"]
    assert (await member.post_bare(f"{work.here}/write", {**kept(page), "csrf": page.csrf})).status == 303
    assert unescape((await work.reads()).text).count("请问清的是哪一段水渠？") == 1


async def test_a_form_of_an_older_session_comes_back_with_a_token_of_the_new_one(site: Site) -> None:
    work = await at_work(site, "zhou", await site.tip())
    old = work.page.csrf
    work.member.cookies["desk"] = (await site.member("zhou")).cookies["desk"]
    fields = {"to": "note", "text": LETTER, "version": work.page.version, "csrf": old}
    page = await work.member.post_bare(f"{work.here}/write", fields, **AT_HOME)
    assert (page.status, kept(page)["text"]) == (403, LETTER)
    assert "/sign-in" not in page.text
    assert page.csrf != old
    assert (await work.member.post_bare(f"{work.here}/write", {**kept(page), "csrf": page.csrf})).status == 303


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"},
     {"Origin": "null"}, {"Sec-Fetch-Site": "none"}],
)  # fmt: skip
async def test_no_other_site_is_given_such_a_page(site: Site, headers: dict[str, str]) -> None:
    work = await at_work(site, "zhou", await site.tip())
    member = await ended(site, work.member)
    page = await member.post_bare(f"{work.here}/write", {"text": LETTER, "csrf": "ab" * 32}, **headers)
    assert page.status == 403
    assert "水渠" not in page.text


async def test_a_secret_never_comes_back(site: Site) -> None:
    member = await ended(site, await site.member("zhou"))
    secret = "ten grey carp below the stone bridge"
    for path, fields in (
        ("/me/password", {"old": secret, "password": secret, "again": secret}),
        ("/desk/team/robot", {"team": "ab" * 16, "address": secret}),
    ):
        page = await member.post(path, fields)
        assert (page.status, page.location) == (303, "/sign-in"), path
        assert secret not in page.text


def test_every_password_field_is_a_secret() -> None:
    tags = [tag for path in TEMPLATES.rglob("*.html") for tag in re.findall(r"<input[^>]*>", path.read_text())]
    found = {re.findall(r' name="([^"]+)"', tag)[0] for tag in tags if 'type="password"' in tag}
    assert found
    assert found <= again.SECRETS


async def test_files_do_not_come_back_and_the_page_says_so(site: Site) -> None:
    work = await at_work(site, "zhou", await site.tip())
    await ended(site, work.member)
    page = await work.sends("write", PNG, to="note", text=LETTER)
    assert kept(page)["text"] == LETTER
    assert "文件没有留下来" in page.text
    form = aiohttp.FormData({"csrf": work.member.csrf, "to": "note", "text": LETTER}, default_to_multipart=True)
    form.add_field("file", BytesIO(b"x" * (3 * again.MOST_TEXT)), filename="large.jpg")
    large = await work.member.ask("POST", f"{work.here}/write", data=form)
    assert kept(large)["text"] == LETTER
    assert "文件没有留下来" in large.text


async def test_more_than_a_page_should_carry_does_not_come_back(site: Site) -> None:
    work = await at_work(site, "zhou", await site.tip())
    await ended(site, work.member)
    many = aiohttp.FormData({"csrf": work.member.csrf}, default_to_multipart=True)
    for n in range(again.MOST_FIELDS + 1):
        many.add_field(f"f{n}", "")
    for form in (many, long_form(work.member.csrf)):
        page = await work.member.ask("POST", f"{work.here}/write", data=form)
        assert (page.status, kept(page)) == (413, {})


def long_form(csrf: str) -> aiohttp.FormData:
    half = "长" * 300_000
    return aiohttp.FormData({"csrf": csrf, **{f"f{n}": half for n in range(4)}}, default_to_multipart=True)


async def test_twins_of_a_field_and_the_address_with_its_question_are_kept(site: Site) -> None:
    member = await ended(site, await site.member("zhou"))
    form = aiohttp.FormData([("csrf", member.csrf), ("tip", "1"), ("tip", "2"), ("action", "decline")])
    page = await member.ask("POST", "/desk/bulk?view=all&q=%22", data=form)
    assert re.findall(r'name="tip" value="(\d)"', page.text) == ["1", "2"]
    assert 'action="/desk/bulk?view=all&amp;q=%22"' in page.text


async def test_a_role_that_may_not_send_it_meets_an_address_that_does_not_exist(site: Site) -> None:
    member = await site.member("fang")
    page = await member.post_bare("/desk/bulk", {"tip": "1", "csrf": "ab" * 32}, **AT_HOME)
    assert page.status == 404
    assert page.body == (await member.get("/desk/nowhere")).body


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
