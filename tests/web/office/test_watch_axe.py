"""The pages of 督办 in a real browser: axe-core finds nothing, and none is wider than its screen."""

import pytest
from playwright.async_api import Browser

from handlers.office.watch import reminding
from tests.handlers.office.watch_side import session_of, team_id, tell
from tests.web.axe import violations
from tests.web.desk_browser import SIZES, signed_in
from tests.web.desk_site import Site


@pytest.mark.parametrize("size", [*SIZES, (1920, 1080)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_page_of_the_watch_breaks_a_rule_of_axe(site: Site, browser: Browser, size: tuple[int, int]) -> None:
    for n in range(3):
        await tell(site.world, f"v{n}")
    site.world.clock.forward(days=40)
    first = await team_id(site.world, 1)
    await reminding.remind(site.world.desk, await session_of(site.world, "fang"), first, "请抓紧办 1-0001")
    here = f"/office/rounds/{site.world.made.round_id.hex()}/archive"
    team = f"/office/watch/teams/{first.hex()}"
    watched = {
        "fang": ("/office/watch", team, "/office/safekeeping", "/office/wall", here),
        "zhou": ("/desk", "/desk/team"),
    }
    for login, paths in watched.items():
        context = await signed_in(site, browser, login, size)
        page = await context.new_page()
        for path in paths:
            await page.goto(f"{site.url}{path}")
            assert await violations(page) == [], path
            assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        await context.close()
