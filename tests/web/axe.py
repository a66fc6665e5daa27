"""axe-core on a page in a real browser: what it finds, in one line for each kind and place."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_AXE = Axe()


async def violations(page: Page) -> list[str]:
    """Every rule that the page breaks, with the elements that break it; empty when all is well."""
    found = (await _AXE.run(page)).response["violations"]
    return [f"{one['id']}: {node['target'][0]} {node['html'][:160]}" for one in found for node in one["nodes"]]
