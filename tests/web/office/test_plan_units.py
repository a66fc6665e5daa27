"""Units and ties in pages: six hundred units stay usable on a phone, and every member declares their own ties alone."""

import re

import pytest
from playwright.async_api import Browser

from domain.ids import UnitId
from tests.browser import phone
from tests.handlers.office.plan_side import another_office, counties, planner
from tests.web.axe import violations
from tests.web.desk_site import Member, Page, Site

SIZES = ((360, 640), (1440, 900))


def alert(page: Page) -> str:
    found = re.search(r'role="alert">(.*?)</div>', page.text, re.S)
    assert page.status == 409
    return found[1] if found else ""


async def unit(site: Site, path: str) -> str:
    return (await (await planner(site.world)).unit(path)).hex()


async def test_a_unit_is_found_added_renamed_called_otherwise_and_removed(site: Site) -> None:
    clerk = await site.member("qiao")
    tree = (await clerk.get("/office/units")).text
    assert "4 个乡镇和单位，下面一共 11 个" in tree
    assert re.search(r"苇原县</a> <span[^>]*>WY<", tree)
    found = (await clerk.get("/office/units?find=石桥")).text
    assert re.findall(r'plan-hit" href="[^"]+">([^<]+)<', found) == ["苇原县 苇庄镇 石桥村", "苇原县 青坪乡 石桥村"]
    assert "没有找到“&lt;b&gt;”" in (await clerk.get("/office/units?find=<b>")).text
    assert (await clerk.post("/office/units", {"name": "云岭县", "code": "YL"})).status == 303
    county = f"/office/units/{await unit(site, '云岭县')}"
    assert (await clerk.post(f"{county}/below", {"new-name": "云<镇", "new-code": "YL1"})).status == 303
    assert "云&lt;镇" in (await clerk.get(county)).text
    town = f"/office/units/{await unit(site, '云岭县/云<镇')}"
    renamed = {"name": "云头镇", "code": "YL1", "was-name": "云<镇", "was-code": "YL1"}
    assert (await clerk.post(town, renamed)).status == 303
    assert (await clerk.post(f"{town}/aliases", {"alias": "老云头"})).status == 303
    assert "云岭县 云头镇" in (await clerk.get("/office/units?find=老云头")).text
    assert (await clerk.post(f"{town}/aliases/drop", {"alias": "老云头"})).status == 303
    assert "云岭县 云头镇" not in (await clerk.get("/office/units?find=老云头")).text
    assert "删去云头镇" in (await clerk.get(f"{town}/remove")).text
    assert (await clerk.post(f"{town}/remove")).status == 303
    assert (await clerk.get(town)).status == 404


async def test_what_is_wrong_with_a_unit_is_said_and_stays_as_typed(site: Site) -> None:
    clerk = await site.member("qiao")
    town = f"/office/units/{await unit(site, '苇原县/苇庄镇')}"
    taken = await clerk.post("/office/units", {"name": "云岭县", "code": "WY"})
    assert "别的单位已经用了这个编码" in alert(taken)
    assert 'value="云岭县"' in taken.text
    below = await clerk.post(f"{town}/below", {"new-name": "石桥村", "new-code": "WY99"})
    assert "已经有这个名字" in alert(below)
    assert 'value="WY99"' in below.text
    stale = await clerk.post(town, {"name": "苇镇", "code": "WY01", "was-name": "旧庄镇", "was-code": "WY01"})
    assert "刚才有人改过" in alert(stale)
    assert "现在存的是：苇庄镇" in stale.text
    assert "还在用" in alert(await clerk.post(f"{town}/remove"))
    assert "请写名字" in alert(await clerk.post(f"{town}/aliases", {"alias": " "}))
    village = f"/office/units/{await unit(site, '苇原县/苇庄镇/石桥村')}"
    assert "/below" not in (await clerk.get(village)).text
    assert "村下面不再加单位" in alert(await clerk.post(f"{village}/below", {"new-name": "组", "new-code": "X"}))


async def test_units_of_another_office_are_not_there(site: Site) -> None:
    clerk = await site.member("qiao")
    _, theirs = await another_office(site.world)
    for path in ("", "/remove"):
        assert (await clerk.get(f"/office/units/{theirs.hex()}{path}")).status == 404
    for path in ("", "/below", "/aliases", "/aliases/drop", "/remove"):
        sent = {"name": "x", "code": "x", "new-name": "x", "new-code": "x", "alias": "x"}
        assert (await clerk.post(f"/office/units/{theirs.hex()}{path}", sent)).status == 404
    assert "别的县" not in (await clerk.get("/office/units?find=别的县")).text.replace("“别的县”", "").replace(
        'value="别的县"', ""
    )
    assert (await clerk.post("/me/ties", {"unit": theirs.hex(), "relation": "native"})).status == 404


async def test_six_hundred_units_are_folded_by_township_and_the_page_stays_small(site: Site) -> None:
    await counties(await planner(site.world), 5, towns=13, villages=8)
    page = await (await site.member("qiao")).get("/office/units")
    assert page.text.count("<details>") >= 65
    assert "<details open" not in page.text
    assert len(page.body) < 150_000


async def declare(member: Member, site: Site, path: str, relation: str = "family") -> None:
    sent = {"unit": await unit(site, path), "relation": relation}
    assert (await member.post("/me/ties", sent)).status == 303


@pytest.mark.parametrize("login", ["tang", "zhou", "qiao", "jiang"])
async def test_any_member_declares_a_tie_and_takes_it_back_on_a_page_of_their_own(site: Site, login: str) -> None:
    member = await site.member(login)
    assert 'href="/me/ties"' in (await member.get("/me")).text
    found = await member.get("/me/ties?find=石桥")
    assert re.findall(r'name="unit" value="\w+" required> <span>([^<]+)<', found.text) == [
        "苇原县 苇庄镇 石桥村", "苇原县 青坪乡 石桥村",
    ]  # fmt: skip
    await declare(member, site, "苇原县/苇庄镇/石桥村")
    assert "亲属" in (await member.get("/me/ties")).text
    assert "石桥村" not in (await (await site.member("shen")).get("/me/ties")).text
    village = await unit(site, "苇原县/苇庄镇/石桥村")
    assert (await member.post("/me/ties/drop", {"unit": village})).status == 303
    assert "还没有申报" in (await member.get("/me/ties")).text
    for wrong in ({"unit": village, "relation": "enemy"}, {"unit": "", "relation": "native"}):
        refused = await member.post("/me/ties", {**wrong, "find": "石桥"})
        assert "请选地方，再选关系" in alert(refused)
        assert 'value="石桥"' in refused.text


async def test_the_office_sees_a_tie_on_the_teams_line_and_at_the_place(site: Site) -> None:
    clerk, here = await site.member("qiao"), f"/office/rounds/{site.world.made.round_id.hex()}"
    await declare(await site.member("tang"), site, "苇原县/苇庄镇/石桥村")
    await declare(await site.member("shen"), site, "苇原县/苇庄镇/石桥村")  # whose team goes elsewhere
    for path in ("teams", "assignment"):
        told = re.findall(r"([^>]+)申报过与([^（]+)的关系（([^）]+)）", (await clerk.get(f"{here}/{path}")).text)
        assert told == [("唐立", "苇原县 苇庄镇 石桥村", "亲属")]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_page_of_planning_breaks_a_rule_of_axe_or_scrolls_sideways(
    site: Site, browser: Browser, size: tuple[int, int]
) -> None:
    desk, (width, height) = await planner(site.world), size
    homes = await counties(desk, 3)
    made, open_ = await desk.round(), site.world.made.round_id.hex()
    for n, home in enumerate(homes, start=1):
        team = await desk.team(made, n, home)
    await desk.gives(made, await desk.unit("A 县/A1 镇"), team)
    await declare(await site.member("tang"), site, "苇原县/苇庄镇/石桥村")
    clerk, here = await site.member("qiao"), f"/office/rounds/{made.hex()}"
    context = await phone(browser, width=width, height=height)
    await context.add_cookies([{"name": "desk", "value": clerk.cookies["desk"], "url": site.url}])
    page = await context.new_page()
    town = UnitId(bytes.fromhex(await unit(site, "A 县/A1 镇"))).hex()
    for path in (
        here, f"{here}/teams", f"{here}/teams/{team.hex()}", f"{here}/assignment", f"{here}/assignment/{town}",
        f"{here}/rotation", f"{here}/frame", "/office/rounds", "/office/rounds/new", f"/office/rounds/new?like={open_}",
        "/office/units", "/office/units?find=石桥", f"/office/units/{town}", f"/office/rounds/{open_}/assignment",
        f"/office/rounds/{open_}/teams", "/me/ties?find=石桥",
    ):  # fmt: skip
        await page.goto(site.url + path)
        assert await violations(page) == [], path
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
    await context.close()
