"""What is wrong with a page in a real browser, one line for each place: axe-core, and what scrolls sideways."""

from typing import cast

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_AXE = Axe()


async def violations(page: Page) -> list[str]:
    """Every rule that the page breaks, with the elements that break it; empty when all is well."""
    found = (await _AXE.run(page)).response["violations"]
    return [f"{one['id']}: {node['target'][0]} {node['html'][:160]}" for one in found for node in one["nodes"]]


async def sideways(page: Page) -> list[str]:
    """Every element that its reader has to push sideways; a chart may be wider than its card, for its words' sake."""
    return cast("list[str]", await page.evaluate(_SIDEWAYS))


_SIDEWAYS = """() => [...document.querySelectorAll("*")].filter(one => {
  const look = getComputedStyle(one), box = one.getBoundingClientRect();
  const scrolls = one === document.scrollingElement || ["auto", "scroll"].includes(look.overflowX);
  return scrolls && box.width > 1 && one.scrollWidth > one.clientWidth + 1 && !one.querySelector(":scope > svg.plot");
}).map(one => `${one.localName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""
