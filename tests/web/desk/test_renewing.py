"""Who signs in again in another window sends what stands written here: in the own name, and in no other."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.web.desk_browser import signed_in
from tests.web.desk_site import Site
from web.cookies import token_of

WORDS = "鱼塘租金三年没有公开"


@pytest.fixture
async def entry(site: Site, browser: Browser) -> AsyncIterator[Page]:
    """The entry form, filled in by somebody whose session has run out since."""
    context = await signed_in(site, browser, "zhou", (360, 640))
    page = await context.new_page()
    await page.goto(site.url + "/desk/entry")
    for name, value in (("channel", "letter"), ("identity", "anonymous")):
        await page.check(f"[name={name}][value={value}]", force=True)
    await page.select_option("#unit", "unknown")
    await page.fill("#words", WORDS)
    site.world.clock.forward(minutes=16)
    yield page
    await context.close()


async def signs_in_elsewhere(site: Site, page: Page, login: str) -> str:
    """Then the window is looked at again; the token of the new session, once the page has asked whose it is."""
    cookie = (await site.member(login)).cookies["desk"]
    await page.context.add_cookies([{"name": "desk", "value": cookie, "url": site.url}])
    async with page.expect_response("**/me"):
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
    await page.evaluate("fetch('/me').then(function (answer) { return answer.text(); })")  # its answer is read by now
    return token_of(cookie)


async def test_a_letter_typed_in_for_long_is_entered_by_whoever_signed_in_again(site: Site, entry: Page) -> None:
    token = await signs_in_elsewhere(site, entry, "zhou")
    await expect(entry.locator("form[data-busy] [name=csrf]")).to_have_value(token)
    await entry.click(".btn.main")
    await entry.wait_for_selector(".slip")


@pytest.mark.parametrize("path", ["/desk/entry", "/desk/tips/{tip}"])
async def test_nobody_else_who_signs_in_gets_a_good_token_for_it(site: Site, browser: Browser, path: str) -> None:
    context = await signed_in(site, browser, "zhou", (1440, 900))
    page = await context.new_page()
    await page.goto(site.url + path.format(tip=await site.tip()))
    token = await signs_in_elsewhere(site, page, "tang")
    found = await page.locator("main ~ * [name=csrf], main [name=csrf]").evaluate_all(
        "all => all.map(one => one.value)"
    )
    assert found
    assert token not in found
    await context.close()
