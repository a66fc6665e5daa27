"""Every page of the office, on a phone and on a screen: axe-core finds nothing, and nothing scrolls sideways."""

import pytest
from playwright.async_api import Browser, expect

from tests.handlers.desk.side import tell
from tests.handlers.office.side import plan_round
from tests.web.axe import sideways, violations
from tests.web.desk_browser import SIZES, signed_in
from tests.web.desk_site import Site
from tests.web.routes import ROUTES

FILES = ("/template", "/file", ".xlsx")
"""How addresses of files end: they are no pages."""
PAGES = sorted(
    path for method, path in ROUTES if method == "GET" and path.startswith("/office") and not path.endswith(FILES)
)
PHONE = (360, 640)
PLANNED_ONLY = "/office/rounds/{round}/remove"
"""A page that a round has until it begins."""


async def ids_of(site: Site) -> dict[str, str]:
    """What addresses ask for, of the open round."""
    zhou, view = await site.member("zhou"), site.world.batches["苇庄镇"]
    assert zhou.session is not None
    found = {
        "round": view.round.id, "team": view.team.id, "unit": view.units[0].id, "batch": view.batch.id,
        "member": zhou.session.member_id,
    }  # fmt: skip
    return {name: one.hex() for name, one in found.items()}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_page_of_the_office_breaks_a_rule_of_axe(site: Site, browser: Browser, size: tuple[int, int]) -> None:
    for n in range(6):
        await tell(site.world, name=f"v{n}")
    ids, planned = await ids_of(site), (await plan_round(site.world)).hex()
    paths = [path.format(**ids) for path in PAGES if path != PLANNED_ONLY]
    own = ("/office/rounds/{round}", "/office/rounds/{round}/rotation", PLANNED_ONLY)
    paths += [path.format(round=planned) for path in own]
    page = await (await signed_in(site, browser, "fang", size)).new_page()
    found: dict[str, object] = {}
    for path in paths:
        answer = await page.goto(site.url + path)
        assert answer is not None
        assert answer.status == 200, path
        await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        if broken := [*await violations(page), *await sideways(page)]:
            found[path] = broken
    assert found == {}


async def test_a_long_name_breaks_where_a_phone_ends(site: Site, browser: Browser) -> None:
    ids, long = await ids_of(site), "苇原县高新技术产业开发区白杨湾街道办事处"
    page = await (await signed_in(site, browser, "fang", PHONE)).new_page()
    await page.goto(f"{site.url}/office/units/{ids['unit']}")
    await page.fill("#name", long)
    await page.click("section[aria-labelledby=rename] button")
    await expect(page.locator("h1")).to_have_text(long)
    for path in (f"/office/units/{ids['unit']}", f"/office/rounds/{ids['round']}/assignment/{ids['unit']}"):
        await page.goto(site.url + path)
        assert long in await page.inner_text("h1")
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0], path
        assert await sideways(page) == [], path
