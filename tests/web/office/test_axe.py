"""Every page of the office, on a phone and on a screen: axe-core finds nothing, and none is wider than its screen."""

import pytest
from playwright.async_api import Browser

from tests.handlers.desk.side import tell
from tests.handlers.office.side import plan_round
from tests.web.axe import violations
from tests.web.desk.test_axe import SIZES, signed_in
from tests.web.desk_site import Site
from tests.web.routes import ROUTES

FILES = ("/template", "/file", ".xlsx")
"""How addresses of files end: they are no pages."""
PAGES = sorted(
    path for method, path in ROUTES if method == "GET" and path.startswith("/office") and not path.endswith(FILES)
)


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
    paths = [path.format(**ids) for path in PAGES] + [f"/office/rounds/{planned}", f"/office/rounds/{planned}/rotation"]
    page = await (await signed_in(site, browser, "fang", size)).new_page()
    found: dict[str, object] = {}
    for path in paths:
        answer = await page.goto(site.url + path)
        assert answer is not None
        assert answer.status == 200, path
        broken = await violations(page)
        if broken or await page.evaluate("document.documentElement.scrollWidth") > size[0]:
            found[path] = broken or "wider than its screen"
    assert found == {}
