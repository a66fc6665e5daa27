"""The villager's pages fit a small phone and a thumb, in a real Chromium."""

import pytest
from playwright.async_api import Browser

from tests.browser import browser, phone
from tests.web.site import Site
from tests.world import World

__all__ = ["browser"]

TOWN = "苇庄镇"


PAGES = ["/", "/k/{card}", "/k/{card}/chat", "/progress", "/chat"]
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL_TARGETS = """least => [...document.querySelectorAll(
    'a.btn, button:not(.vh), .bar a, input.input, .tools .t, .foot a')]
  .map(e => [e.textContent.trim(), Math.round(e.getBoundingClientRect().height)])
  .filter(([, height]) => height > 0 && height < least)"""


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
async def test_pages_fit_a_narrow_phone_and_a_thumb(world: World, site: Site, browser: Browser, large: bool) -> None:
    context = await phone(browser, width=320)
    page = await context.new_page()
    await page.goto(f"{site.url}/?large={int(large)}")
    for path in PAGES:
        await page.goto(site.url + path.format(card=world.card(TOWN)))
        assert not await page.evaluate(OVERFLOW), path
        assert await page.evaluate(SMALL_TARGETS, 60 if large else 48) == [], path
        size = float((await page.evaluate("getComputedStyle(document.body).fontSize")).removesuffix("px"))
        assert size >= (18 if large else 17)


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
async def test_the_way_in_lies_on_the_first_screen(world: World, site: Site, browser: Browser, large: bool) -> None:
    context = await phone(browser, script=False)
    page = await context.new_page()
    await page.goto(f"{site.url}/k/{world.card(TOWN)}?large={int(large)}")
    box = await page.locator(".btn.main").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 640
