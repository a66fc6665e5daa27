"""Every page of the desk, on a phone and on a desk's screen, has nothing that axe-core finds fault with."""

from collections.abc import Mapping

import pytest
from playwright.async_api import Browser, expect

from tests.handlers.desk.side import tell
from tests.web.axe import sideways, violations
from tests.web.desk.file_side import picture, tell_with_files, voice
from tests.web.desk.tip_side import Work, at_work
from tests.web.desk_browser import SIZES, signed_in
from tests.web.desk_site import Site

PAGES = (
    "/desk", "/desk?view=closed", "/desk?view=received&kind=other", "/desk/team", "/me", "/desk/find", "/desk/entry",
    "/desk/ledger", "/desk/tips/{rich}", "/desk/tips/{rich}?from=view%3Dmine", "/desk/tips/{rich}/print",
    "/desk/tips/{received}", "/desk/tips/{resolved}", "/desk/tips/{own}", "/desk/tips/{cleared}",
)  # fmt: skip
"""Addresses to look at; names in braces are tips of `county_at_work`."""


@pytest.fixture
async def tips(site: Site) -> Mapping[str, str]:
    """Tips in several states, one of them with everything that a thread may hold."""
    made = {"rich": await tell_with_files(site, picture(), voice(), b"%PDF-1.4 paper")}
    made |= {name: (await tell(site.world, name=name)).id.hex() for name in ("received", "resolved", "own", "cleared")}
    tang, zhou = await at_work(site, "tang", made["rich"]), await at_work(site, "zhou", made["own"])
    await _until_asked(tang)
    for name in ("resolved", "cleared"):
        await _until_resolved(await at_work(site, "tang", made[name]))
    for name, fields in (("accept", {}), ("propose-notice", {"text": "请补公示"})):
        await zhou.does(name, **fields)
    await (await at_work(site, "zhou", made["cleared"])).does("clear", picture(), text="现场看过")
    return made


async def _until_asked(work: Work) -> None:
    await work.does("accept")
    await work.does("write", picture(), to="note", text="量过了，附照片")
    await work.does("write", to="reporter", text="在哪一年？")


async def _until_resolved(work: Work) -> None:
    await work.does("accept")
    await work.does("hand-over", reason="to-police", text="材料")
    await work.does("resolve", reason="handed-on")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_page_of_the_desk_breaks_a_rule_of_axe(
    site: Site, browser: Browser, tips: Mapping[str, str], size: tuple[int, int]
) -> None:
    context, found = await signed_in(site, browser, "zhou", size), {}
    page = await context.new_page()
    for path in PAGES:
        answer = await page.goto(site.url + path.format(**tips))
        assert answer is not None
        assert answer.status == 200, path
        found[path] = [*await violations(page), *await sideways(page)]
    assert {path: broken for path, broken in found.items() if broken} == {}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_open_sheet_and_no_form_that_came_back_breaks_a_rule_of_axe(
    site: Site, browser: Browser, tips: Mapping[str, str], size: tuple[int, int]
) -> None:
    page = await (await signed_in(site, browser, "zhou", size)).new_page()
    found = []
    await page.goto(f"{site.url}/desk/tips/{tips['rich']}")
    for sheet in await page.query_selector_all(".do details.act>summary"):
        await sheet.click()
        found += await violations(page)
    for item in await page.query_selector_all(".do details.item>summary"):
        await item.click()
        found += await violations(page)
    await page.keyboard.press("Escape")
    await page.check("[name=to][value=note]", force=True)
    await page.click(".canned summary")
    found += await violations(page)
    await (await at_work(site, "tang", tips["rich"])).does("write", to="note", text="先看账")
    await (await at_work(site, "tang", tips["rich"])).does("release")
    await page.keyboard.press("Escape")
    await page.check("[name=to][value=reply]", force=True)
    await page.fill("#w", "您好")
    await page.click("#composer .btn.main")
    await page.wait_for_selector("main.merge")
    found += await violations(page)
    assert found == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_page_that_answers_a_form_breaks_a_rule_of_axe(
    site: Site, browser: Browser, tips: Mapping[str, str], size: tuple[int, int]
) -> None:
    page = await (await signed_in(site, browser, "zhou", size)).new_page()
    found: dict[str, list[str]] = {}

    async def after(name: str, press: str) -> None:
        async with page.expect_navigation():
            await page.locator(press).first.click()
        found[name] = await violations(page)

    await page.goto(f"{site.url}/desk?view=all")
    for one in ("received", "resolved"):
        await page.check(f"input[name=tip][value^='{tips[one]}']", force=True)
    await after("bulk, asking", "[name=action][value=decline]")
    await page.locator("[name=reason]").first.check()
    await after("bulk, trying", "main .btn.main")
    await after("bulk, done", "main .btn.main")
    await page.goto(f"{site.url}/desk/find")
    await page.fill("#q", "补贴")
    await after("find", "#ask .btn.main")
    await page.goto(f"{site.url}/desk/entry")
    await page.evaluate("document.querySelector('main form').noValidate = true")
    await after("entry, refused", "main .btn.main")
    for field, value in (("channel", "letter"), ("identity", "anonymous")):
        await page.check(f"[name={field}][value={value}]", force=True)
    await page.select_option("#unit", "unknown")
    await page.fill("#words", "来信说水渠没有修")
    await after("slip", "main .btn.main")
    await expect(page.locator("body")).not_to_contain_text("还没有")
    assert {name: broken for name, broken in found.items() if broken} == {}
