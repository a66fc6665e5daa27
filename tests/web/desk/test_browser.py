"""The queue in a real browser: rows that never move under the cursor, news by any way, keys, many tips, both sizes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from bench.tips import fill
from domain.ids import TipId
from domain.tips import Action
from handlers.desk.moves.acting import Wish, act
from tests.browser import phone
from tests.patience import PATIENCE
from tests.web.axe import violations
from tests.web.desk_site import Member, Site
from web.desk.lines import LINES


@asynccontextmanager
async def opened(
    browser: Browser, site: Site, member: Member, path: str = "/desk", *, script: bool = True, width: int = 1440
) -> AsyncIterator[Page]:
    """The member's browser with a page open. No error may be said on its console."""
    context = await phone(browser, script=script, width=width, height=900 if width > 400 else 640)
    await context.add_cookies([{"name": "desk", "value": member.cookies["desk"], "url": site.url}])
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(site.url + path)
    yield page
    assert faults == []
    await context.close()


async def listening(site: Site, n: int = 1) -> None:
    """Waits until `n` pages hear what is new."""
    async with asyncio.timeout(PATIENCE):
        while len(site.app[LINES]) < n:  # noqa: ASYNC110 - no event is set when a page begins to listen
            await asyncio.sleep(0.1)


async def colleague_accepts(site: Site, tip: str) -> None:
    tang = await site.member("tang")
    assert tang.session is not None
    await act(site.world.desk, tang.session, TipId(bytes.fromhex(tip)), Wish(Action.ACCEPT, 1))


async def top_of(page: Page, tip: str) -> float:
    box = await page.locator(f"tr[data-tip='{tip}']").bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("width", [360, 1440])
async def test_the_row_under_the_cursor_stays_while_tips_come_and_rows_change(
    site: Site, browser: Browser, width: int
) -> None:
    tips = [await site.tip() for _ in range(4)]
    async with opened(browser, site, await site.member("zhou"), width=width) as page:
        await listening(site)
        for _ in range(3):
            await page.keyboard.press("j")
        before = [await top_of(page, one) for one in tips]
        await colleague_accepts(site, tips[0])
        await colleague_accepts(site, tips[2])
        await site.tip()
        await page.wait_for_selector("#fresh:not([hidden])")
        assert await page.inner_text("#fresh") == "1 件新来信"
        changed = page.locator(f"tr[data-tip='{tips[2]}'] .c-st")
        await changed.filter(has_text="已受理").wait_for()
        await page.locator(f"tr[data-tip='{tips[0]}'] .c-st").filter(has_text="已受理").wait_for()
        assert [await top_of(page, one) for one in tips] == before
        assert await page.get_attribute("tr[aria-current]", "data-tip") == tips[2]
        assert await page.evaluate("document.activeElement.closest('tr').dataset.tip") == tips[2]
        assert await page.locator("#rows>tr").count() == 4
        await expect(page.locator("#views [aria-current] b")).to_have_text("5")
        assert (await page.title()).startswith("(5) 全部未销号")
        await page.click("#fresh a")
        await page.wait_for_selector("#rows>tr:nth-child(5)")


async def test_a_row_that_left_the_view_stays_dimmed_with_a_word(site: Site, browser: Browser) -> None:
    tips = [await site.tip() for _ in range(2)]
    async with opened(browser, site, await site.member("zhou"), "/desk?view=received") as page:
        await listening(site)
        await page.check(f"tr[data-tip='{tips[0]}'] input")
        await colleague_accepts(site, tips[0])
        gone = page.locator(f"tr.gone[data-tip='{tips[0]}']")
        await gone.wait_for()
        assert "已不在这里" in await gone.inner_text()
        assert await gone.locator("input").is_checked()
        assert await page.inner_text("#views [aria-current] b") == "1"


async def test_a_line_that_is_cut_is_taken_up_again(site: Site, browser: Browser) -> None:
    await site.tip()
    async with opened(browser, site, await site.member("zhou")) as page:
        await listening(site)
        for task in list(site.app[LINES]):
            task.cancel()
        await site.tip()
        await page.wait_for_selector("#fresh:not([hidden])")
        assert await page.inner_text("#fresh") == "1 件新来信"


async def test_where_streams_do_not_get_through_the_page_asks(site: Site, browser: Browser) -> None:
    first = await site.tip()
    for way in ("no EventSource", "cut"):
        async with opened(browser, site, await site.member("zhou"), "/me") as page:
            if way == "cut":
                await page.route("**/desk/events*", lambda route: route.abort())
            else:
                await page.add_init_script("delete window.EventSource")
            async with page.expect_response("**/desk/changes*"):
                await page.goto(site.url + "/desk?view=received")
            known = await page.locator("#rows>tr").count()
            tip = await site.tip()
            await page.wait_for_selector("#fresh:not([hidden])")
            assert await page.inner_text("#fresh") == "1 件新来信"
            assert await page.locator("#rows>tr").count() == known
            assert await page.locator(f"tr[data-tip='{tip}']").count() == 0
    assert first


async def test_a_page_whose_session_ended_says_so_and_asks_no_more(site: Site, browser: Browser) -> None:
    await site.tip()
    zhou = await site.member("zhou")
    async with opened(browser, site, zhou) as page:
        await listening(site)
        await zhou.post("/sign-out")
        await page.wait_for_selector("#fresh:not([hidden])")
        assert "已经退出登录" in await page.inner_text("#fresh")


async def test_single_keys_walk_open_find_and_explain_but_not_while_somebody_types(
    site: Site, browser: Browser
) -> None:
    tips = [await site.tip() for _ in range(3)]
    async with opened(browser, site, await site.member("zhou")) as page:
        for key, at in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
            await page.keyboard.press(key)
            assert await page.get_attribute("tr[aria-current]", "data-tip") == tips[at]
        await page.keyboard.press("?")
        await page.wait_for_selector("dialog[open]")
        await page.keyboard.press("j")
        assert await page.get_attribute("tr[aria-current]", "data-tip") == tips[1]
        await page.keyboard.press("Escape")
        await page.keyboard.press("/")
        await page.keyboard.type("jo?")
        assert await page.input_value("#s") == "jo?"
        assert await page.get_attribute("tr[aria-current]", "data-tip") == tips[1]
        await page.locator("#content").focus()
        await page.keyboard.press("o")
        await page.wait_for_url(f"**/desk/tips/{tips[1]}*")
        await page.keyboard.press("j")
        await page.wait_for_url(f"**/desk/tips/{tips[2]}*")
        await page.keyboard.press("n")
        await page.keyboard.type("jk")
        assert await page.input_value("#composer textarea, #w") == "jk"


async def test_a_key_of_the_list_opens_the_tip_at_its_form(site: Site, browser: Browser) -> None:
    tips = [await site.tip() for _ in range(2)]
    async with opened(browser, site, await site.member("zhou")) as page:
        await page.keyboard.press("j")
        await page.keyboard.press("n")
        await page.wait_for_url(f"**/desk/tips/{tips[0]}*")
        await page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
        assert await page.is_checked("input[name=to][value=note]")


async def test_a_member_who_turned_single_keys_off_has_none(site: Site, browser: Browser) -> None:
    await site.tip()
    zhou = await site.member("zhou")
    async with opened(browser, site, zhou, "/me") as page:
        async with page.expect_navigation():
            await page.click("text=关掉单键")
        await page.goto(site.url + "/desk")
        for key in ("j", "?", "/"):
            await page.keyboard.press(key)
        assert await page.locator("tr[aria-current], dialog[open]").count() == 0
        assert await page.evaluate("document.activeElement.tagName") == "BODY"


@pytest.mark.parametrize("width", [360, 1440])
async def test_many_tips_are_claimed_and_given_back_again(site: Site, browser: Browser, width: int) -> None:
    for _ in range(3):
        await site.tip()
    async with opened(browser, site, await site.member("zhou"), width=width) as page:
        bar = page.locator("#bulk")
        assert not await bar.is_visible()
        await page.check("#rows>tr:nth-child(1) input")
        assert "选了 1 件" in await bar.inner_text()
        await page.locator(".pick-all:visible").first.check()
        assert "选了 3 件" in await bar.inner_text()
        await page.click("#bulk button[value=claim]")
        await expect(page.locator("main")).to_contain_text("3 件里，3 件可以办")
        await page.click("main button.main")
        await expect(page.locator("h1")).to_contain_text("办好 3 件")
        await page.wait_for_load_state()
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await violations(page) == []
        await page.click("text=撤销这 3 件")
        await expect(page.locator("h1")).to_contain_text("撤销 3 件")
        await page.click("main a.btn.main")
        await expect(page.locator("#views li:nth-child(3) b")).to_have_text("0")


async def test_many_tips_without_script(site: Site, browser: Browser) -> None:
    for _ in range(2):
        await site.tip()
    async with opened(browser, site, await site.member("zhou"), script=False, width=360) as page:
        await page.check("#rows>tr:nth-child(1) input")
        await page.click("#bulk button[value=claim]")
        await page.click("main button.main")
        await expect(page.locator("h1")).to_contain_text("办好 1 件")


@pytest.mark.parametrize("width", [320, 360, 800, 1440])
async def test_the_queue_fits_every_screen_and_breaks_no_rule_of_access(
    site: Site, browser: Browser, width: int
) -> None:
    await fill(site.world.house, 1, 12)
    async with opened(browser, site, await site.member("zhou"), "/desk?kind=projects", width=width) as page:
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await violations(page) == []
        await page.goto(site.url + "/desk")
        assert await violations(page) == []
        if width > 400:
            return
        await page.click("a.only")
        await expect(page.locator("#q2")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        sizes = await page.evaluate(
            "Array.from(document.querySelectorAll('main select,main .btn,.views a,td .tick,.top a'))"
            ".filter(e => e.getClientRects().length).map(e => e.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 44
        await page.select_option("select[name=assignee]", "none")
        await page.click("main .filters button")
        await expect(page.locator(".chips")).to_contain_text("承办：（空）无人")
