"""The office's working days and a round's deadlines as pages: what was typed is never lost, what is wrong is named."""

import re
from datetime import date

import pytest
from playwright.async_api import Browser, Page, expect

from domain.ids import TipId
from handlers.conversation.talk import State, Step
from handlers.intake.converse import Answer
from storage.desk import work
from tests.browser import phone
from tests.web.desk_site import Member, Site
from web.citizen import view

LINES = "2026-11-20 至 2026-11-23 放假 县政府通知\n2026-11-21 上班 县政府通知"


async def due(site: Site, tip: str) -> date | None:
    round_id = site.world.made.round_id
    row = await site.world.house.store.read(lambda tx: work.get_work(tx, round_id, TipId(bytes.fromhex(tip))))
    return row.next_due_on


async def saved(member: Member, path: str, fields: dict[str, str]) -> str:
    """Posts, follows, and gives the page that says so."""
    done = await member.post(path, fields)
    assert done.status == 303, done.text
    page = await member.get(done.location)
    assert 'role="status"' in page.text
    return page.text


async def test_a_day_a_range_and_pasted_lines_are_saved_shown_and_taken_back(site: Site) -> None:
    clerk, tip = await site.member("qiao"), await site.tip()
    page = await clerk.get("/office/days")
    assert re.search(r"2026 年</h2><span class=\"pill\">已经公布", page.text)
    assert re.search(r"2027 年</h2><span class=\"pill\">还没有公布", page.text)
    assert "10 月 1 日 至 10 月 2 日" in page.text
    assert await due(site, tip) == date(2026, 12, 2)
    one = {"from": "2026-11-20", "to": "", "kind": "free", "source": "县政府<通知>"}
    shown = await saved(clerk, "/office/days", one)
    assert "11 月 20 日 周五" in shown
    assert "县政府&lt;通知&gt;" in shown
    assert await due(site, tip) == date(2026, 12, 3)
    await saved(clerk, "/office/days", {**one, "to": "2026-11-23"})
    assert await due(site, tip) == date(2026, 12, 4)
    await saved(clerk, "/office/days/lines", {"lines": LINES, "usual": ""})
    assert await due(site, tip) == date(2026, 12, 3)
    for day in ("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"):
        assert f'value="{day}"' in (await clerk.get("/office/days")).text
        await saved(clerk, "/office/days/drop", {"day": day})
    assert await due(site, tip) == date(2026, 12, 2)


@pytest.mark.parametrize(
    "wrong",
    [{"from": "2026-02-30"}, {"from": ""}, {"to": "2026-11-19"}, {"kind": "maybe"}, {"kind": ""}, {"source": " "},
     {"source": "长" * 101}, {"from": "1926-11-20", "to": "1926-11-20"}, {"to": "2027-11-20"}],
)  # fmt: skip
async def test_a_day_that_is_wrong_is_refused_and_what_was_typed_stays(site: Site, wrong: dict[str, str]) -> None:
    clerk = await site.member("qiao")
    typed = {"from": "2026-11-20", "to": "2026-11-23", "kind": "free", "source": "县政府通知", **wrong}
    page = await clerk.post("/office/days", typed)
    assert page.status == 409
    assert "没有保存" in page.text
    assert f'name="source" value="{typed["source"]}"' in page.text
    assert "2026-11-20" not in (await clerk.get("/office/days")).text


async def test_lines_that_are_not_understood_are_named_and_nothing_of_them_is_saved(site: Site) -> None:
    clerk = await site.member("qiao")
    page = await clerk.post("/office/days/lines", {"lines": f"{LINES}\n放假 <b>\n2026-13-01 放假", "usual": "通知"})
    assert page.status == 409
    assert "第 3、4 行看不懂" in page.text
    assert "放假 &lt;b&gt;" in page.text
    assert 'name="usual" value="通知"' in page.text
    assert (await clerk.post("/office/days/lines", {"lines": " \n", "usual": "通知"})).status == 409
    assert 'action="/office/days/drop"' not in (await clerk.get("/office/days")).text
    assert (await clerk.post("/office/days/drop", {"day": "gone"})).status == 404


async def test_a_rounds_deadlines_are_set_by_one_and_seen_by_who_comes_second(site: Site) -> None:
    clerk, director, tip = await site.member("qiao"), await site.member("fang"), await site.tip()
    here = f"/office/rounds/{site.world.made.round_id.hex()}"
    assert f'href="{here}/deadlines"' in (await clerk.get(here)).text
    page = await clerk.get(f"{here}/deadlines")
    fields = dict(re.findall(r'id="([\w-]+)" name="[\w-]+" type="number" [^>]*value="(\d+)"', page.text))
    assert fields == {
        "accept": "15", "first-reply": "5", "hand-over": "10", "rectify": "10", "close": "30", "clear": "15",
        "claim": "16",
    }  # fmt: skip
    late = {**fields, "close": "60", "version": (await director.get(f"{here}/deadlines")).version}
    await saved(clerk, f"{here}/deadlines", {**fields, "accept": "5", "version": page.version})
    assert await due(site, tip) == date(2026, 11, 18)
    second = await director.post(f"{here}/deadlines", late)
    assert second.status == 409
    assert "刚才有人改过" in second.text
    assert re.findall(r"现在存的是 \d+", second.text) == ["现在存的是 5", "现在存的是 30"]
    assert 'value="60"' in second.text
    await saved(director, f"{here}/deadlines", {**late, "version": second.version})
    assert await due(site, tip) == date(2026, 12, 2)


@pytest.mark.parametrize("value", ["0", "251", "", "五", "-1", "1.5", "٣", "9" * 4000])
async def test_a_number_of_days_that_is_none_is_refused_in_words(site: Site, value: str) -> None:
    clerk, here = await site.member("qiao"), f"/office/rounds/{site.world.made.round_id.hex()}/deadlines"
    fields = dict.fromkeys(("accept", "first-reply", "hand-over", "rectify", "close", "clear", "claim"), "9")
    for name, words in (("rectify", "每一步写 1 到 250"), ("claim", "写 1 到 200")):
        page = await clerk.post(here, {**fields, name: value, "version": "1"})
        assert page.status == 409
        assert words in page.text
    assert (await clerk.post(f"/office/rounds/{'ab' * 16}/deadlines", {**fields, "version": "1"})).status == 404


def test_the_web_receipt_says_about_too() -> None:
    def by(*, certain: bool) -> object:
        state = State(step=Step.RECEIPT, accept_by=date(2027, 1, 6), accept_certain=certain)
        return view.values(Answer(state, ()), "zh")["by"]

    assert by(certain=True) == "1 月 6 日"
    assert by(certain=False) == "约 1 月 6 日"


async def wide(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > innerWidth"))


async def test_a_clerk_writes_days_and_deadlines_in_a_browser_on_both_sizes(site: Site, browser: Browser) -> None:
    clerk, here = await site.member("qiao"), f"/office/rounds/{site.world.made.round_id.hex()}"
    for width, height in ((360, 640), (1440, 900)):
        context = await phone(browser, script=False, width=width, height=height)
        await context.add_cookies([{"name": "desk", "value": clerk.cookies["desk"], "url": site.url}])
        page = await context.new_page()
        await page.goto(f"{site.url}/office/days")
        await page.fill("#from", "2026-11-20")
        await page.get_by_label("放假", exact=True).check()
        await page.fill("#source", "县政府通知")
        await page.get_by_role("button", name="保存这些日子").click()
        await expect(page.get_by_role("status")).to_have_text("保存好了。正在走的时限都重算过了。")
        await page.fill("#lines", "什么")
        await page.get_by_role("button", name="保存这些行").click()
        await expect(page.get_by_role("alert")).to_contain_text("第 1 行看不懂")
        await expect(page.locator("#lines")).to_have_value("什么")
        assert not await wide(page)
        await page.get_by_role("button", name="删去 11 月 20 日").click()
        await expect(page.get_by_role("status")).to_contain_text("删去了")
        await page.goto(site.url + here)
        await page.get_by_role("link", name="改各步的时限").click()
        await page.get_by_label("办结").fill("25")
        async with page.expect_navigation():
            await page.get_by_role("button", name="保存并重算").click()
        assert await page.input_value("#close") == "25"
        assert not await wide(page)
        await context.close()
