"""The search page over real HTTP: what it lists, what it says while tips are still read, and what it never writes."""

import asyncio
import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from bench.tips import fill
from tests.browser import phone
from tests.promises import scanner
from tests.web.desk_site import Member, Page, Site

EVIL = "<script>alert(1)</script>"


async def finds(member: Member, q: str, **fields: str) -> Page:
    return await member.post("/desk/find", {"q": q, **fields})


def reading_of(site: Site, member: Member) -> asyncio.Task[None]:
    """What reads the member's tips in the background, once a search has begun it."""
    assert member.session is not None
    reading = site.world.desk.finder.index(member.session.token_hash, member.session.teams[0]).reading
    assert reading is not None
    return reading


async def test_a_search_lists_the_tip_with_the_words_around_the_hit(site: Site) -> None:
    tip = await site.tip(words="机耕路有两段只有 2 米多")
    zhou = await site.member("zhou")
    assert 'name="q"' in (await zhou.get("/desk/find")).text
    page = await finds(zhou, "两段")
    assert f'href="/desk/tips/{tip}"' in page.text
    assert "机耕路有<mark>两段</mark>只有 2 米多" in page.text
    assert "“两段” 1 件" in page.text
    assert re.search(r'name="q"[^>]* value="两段"', page.text)


async def test_nothing_found_says_what_was_looked_for_and_where(site: Site) -> None:
    await site.tip()
    zhou = await site.member("zhou")
    page = await finds(zhou, "没有的词")
    assert "没有找到“没有的词”" in page.text
    assert "您能打开的 1 件都找过了" in page.text
    assert "没有可以找的词" in (await finds(zhou, "路")).text
    assert "没有可以找的词" in (await finds(zhou, "")).text


async def test_what_is_told_and_what_is_typed_is_shown_and_never_run(site: Site) -> None:
    await site.tip(words=f"机耕路 {EVIL}")
    zhou = await site.member("zhou")
    for typed in ("机耕", EVIL, '"><b>机耕'):
        page = await finds(zhou, typed)
        assert page.status == 200
        assert "<script>alert" not in page.text
        assert "<b>机耕" not in page.text
    assert "&lt;script&gt;" in (await finds(zhou, "机耕")).text


@pytest.mark.parametrize("typed", ["路" * 100_000, "\0\u202e路段", "%", "_", "' OR 1=1", "ﷺ" * 200, "１" * 200])
async def test_odd_queries_find_nothing_and_break_nothing(site: Site, typed: str) -> None:
    await site.tip()
    page = await finds(await site.member("zhou"), typed)
    assert page.status == 200
    assert '<ul class="hits">' not in page.text


async def test_another_teams_id_answers_as_an_unknown_one_and_words_stand_in_no_address(site: Site) -> None:
    await site.tip()
    zhou, shen = await site.member("zhou"), await site.member("shen")
    assert shen.session is not None
    other = await finds(zhou, "机耕", team=shen.session.teams[0].hex())
    unknown = await finds(zhou, "机耕", team="00" * 16)
    assert (other.status, other.text) == (unknown.status, unknown.text)
    assert other.status == 404
    page = await finds(zhou, "机耕")
    assert not re.search(r'(href|action)="[^"]*(机耕|%E6|q=)', page.text)


async def test_pages_are_answered_while_tips_are_read_and_the_search_says_how_far_it_is(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.desk.finding.building.PATIENCE", 0)
    await fill(site.world.house, 1, 1000)
    zhou, answered = await site.member("zhou"), 0
    page = await finds(zhou, "1-0001")
    assert "正在读信，读了 0 件，一共 1000 件" in page.text
    assert 'data-again="ask"' in page.text
    reading = reading_of(site, zhou)
    while not reading.done():
        assert (await zhou.get("/desk/find")).status == 200
        answered += not reading.done()
    assert answered > 0
    done = await finds(zhou, "1-0001")
    assert 'data-again="ask"' not in done.text
    assert "1-0001</a>" in done.text


@pytest.mark.parametrize("script", [True, False])
async def test_a_search_that_came_too_early_is_asked_again_with_and_without_script(
    site: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch, script: bool
) -> None:
    monkeypatch.setattr("handlers.desk.finding.building.PATIENCE", 0)
    zhou = await site.member("zhou")
    async with await phone(browser, script=script) as context:
        await context.add_cookies([{"name": "desk", "value": zhou.cookies["desk"], "url": site.url}])
        page = await context.new_page()
        await page.goto(f"{site.url}/desk/find")
        await site.tip(words="机耕路有两段只有 2 米多")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.method) if request.method == "POST" else None)
        await page.fill("#q", "两段")
        await page.press("#q", "Enter")
        if not script:
            await page.wait_for_selector("#again")
            await reading_of(site, zhou)
            await page.click("#again button")
        await page.wait_for_selector("mark")
        assert await page.locator("#again").count() == 0
        assert len(asked) > 1, "the first time nothing was read yet"


async def test_the_page_keeps_to_the_rules_of_accessibility(site: Site, browser: Browser) -> None:
    await site.tip(words="机耕路有两段只有 2 米多")
    zhou = await site.member("zhou")
    async with await phone(browser) as context:
        await context.add_cookies([{"name": "desk", "value": zhou.cookies["desk"], "url": site.url}])
        page = await context.new_page()
        await page.goto(f"{site.url}/desk/find")
        for typed in ("两段", "没有的词", ""):
            await page.fill("#q", typed)
            async with page.expect_navigation():
                await page.press("#q", "Enter")
            await page.wait_for_selector("h2.sum, .empty, .note")
            assert (await Axe().run(page, {"include": ["main"]})).response["violations"] == [], typed


async def test_nothing_that_was_read_or_typed_is_on_disk(site: Site) -> None:
    told, typed = "金丝雀找信四七一一", "金丝雀打字五八二二"
    await site.tip(words=told)
    zhou = await site.member("zhou")
    assert f"<mark>{told[:4]}</mark>" in (await finds(zhou, told[:4])).text
    await finds(zhou, typed)
    assert typed in (await finds(zhou, typed)).text
    assert scanner.find([told, told[:7], typed], site.world.data) == []
