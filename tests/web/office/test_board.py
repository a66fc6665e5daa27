"""The board over real HTTP: figures with what they are of, bars that lead on, an export that equals the page."""

import io
import re
from html import unescape

import pytest
from openpyxl import load_workbook
from playwright.async_api import Browser, expect

from tests.web.axe import violations
from tests.web.desk.tip_side import at_work
from tests.web.desk_browser import signed_in
from tests.web.desk_site import Page, Site

WORDS = "种粮补贴公示写了十一亩"
SIZES = ((360, 640), (1440, 900))


async def told(site: Site, n: int = 3) -> list[str]:
    """So many tips, all of one team; the first of them accepted, none counted yet."""
    tips = [await site.tip(words=WORDS) for _ in range(n)]
    await (await at_work(site, "tang", tips[0])).does("accept")
    return tips


def rows_of(page: Page, title: str) -> list[list[str]]:
    """The table of the card `title` as somebody reads it, head and sums too."""
    card = next(part for part in page.text.split("<section ")[1:] if f">{title}</h2>" in part)
    lines = re.findall(r"<tr>(.*?)</tr>", card.split("</section>")[0], re.DOTALL)
    return [
        [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", one, re.DOTALL)]
        for one in lines
    ]


async def test_every_tile_says_of_what_it_is(site: Site) -> None:
    await told(site)
    page = await (await site.member("fang")).get("/office")
    tiles = re.findall(r"<dt>(.*?)</dt><dd class=\"v\">(.*?)</dd><dd class=\"d\">(.*?)</dd>", page.text)
    assert [name for name, _, _ in tiles] == ["新收", "待受理", "受理率", "首次回应", "超期", "办结率", "销号率"]
    found = {name: (re.sub(r"<[^>]+>", "", value), basis) for name, value, basis in tiles}
    assert found["新收"][0] == "3 件"
    assert found["待受理"] == ("2 件", "还没定受不受理，占新收 3 件的 66.7%；按收到的日期")
    assert found["受理率"] == ("100.0%", "受理 1 ÷ 已定 1；按收到的日期")
    assert found["超期"][1].startswith("在计时的 3 件里占 0.0%")
    assert found["办结率"] == ("0.0%", "办结 0 ÷ 受理 1；按收到的日期")
    assert found["销号率"] == ("–", "销号 0 ÷ 办结 0；按收到的日期")


def sentences_of(text: str) -> list[str]:
    return re.findall(r'<g role="img" aria-label="([^"]+)"', text)


async def test_every_chart_has_a_sentence_and_a_table(site: Site) -> None:
    await told(site)
    page = await (await site.member("fang")).get("/office")
    # Rows of bars stand twice, for a screen and for a phone, and say the same; a browser shows one of the two.
    sentences = list(dict.fromkeys(sentences_of(page.text)))
    begin = (
        "每天收到的件数，",
        "从扫码到受理：扫码",
        "各组收到的件数：第一巡察组 3 件",
        "没办完的件数：5 天以内 3 件",
        "到 11 月 11 日累计：受理 1",
    )
    assert [said.startswith(one) for said, one in zip(sentences, begin, strict=True)] == [True] * 5, sentences
    assert page.text.count("<summary>看数字</summary>") == 5
    assert rows_of(page, "每天收到多少件，从哪里来")[-2:] == [
        ["11 月 11 日 周三", "3", "3", "0", "0", "0", "0"],
        ["合计", "3", "3", "0", "0", "0", "0"],
    ]


async def test_a_bar_leads_to_the_numbers_it_is_made_of(site: Site) -> None:
    await told(site)
    fang = await site.member("fang")
    page = await fang.get("/office")
    link = unescape(re.findall(r'<a href="(/office/numbers\?[^"]*at=2026-11-11)" tabindex="-1">', page.text)[0])
    assert f'<a href="{link}">11 月 11 日 周三</a>'.replace("&", "&amp;") in page.text
    behind = await fang.get(link)
    assert rows_of(behind, "11 月 11 日 周三收到的，各组从哪里来")[1] == ["第一巡察组", "3", "3", "0", "0", "0", "0"]
    assert rows_of(behind, "办到哪一步")[1:] == [["待受理", "2"], ["已受理", "1"], ["合计", "3"]]
    empty = await fang.get(link.replace("at=2026-11-11", "at=2026-11-07"))
    assert "<p>没有</p>" in empty.text.partition("办到哪一步</h2>")[2]
    for query in ("", "of=funnel", "of=place", "of=kinds"):
        assert (await fang.get(f"/office/numbers?{query}")).status == 200
    for bad in ("of=tip", "of=day&at=never", "of=day", "team=zz", f"team={'ab' * 16}", f"round={'ab' * 16}", "batch=1"):
        assert (await fang.get(f"/office/numbers?{bad}")).status == 404, bad


async def test_the_export_equals_the_page(site: Site) -> None:
    await told(site)
    fang = await site.member("fang")
    page = await fang.get("/office?from=2026-11-10")
    link = unescape(re.findall(r'href="(/office/numbers\.xlsx[^"]*)"', page.text)[0])
    assert "from=2026-11-10" in link
    book = load_workbook(io.BytesIO((await fang.get(link)).body))
    assert len(book.worksheets) == 8
    for title in (
        "每天收到多少件，从哪里来",
        "各组办到哪一步",
        "没办完的放了多久",
        "各单位",
        "反映什么，在哪里",
        "从扫码到受理",
    ):
        found = [[f"{cell}" for cell in row if cell is not None] for row in book[title].iter_rows(4, values_only=True)]
        shown = [[re.sub(r"\s+", " ", cell) for cell in row] for row in rows_of(page, title)]
        assert found == shown, title
    assert "只看一部分：11 月 10 日起收到" in book["各单位"]["A2"].value
    tiles = {row[0]: row[1:] for row in book["总数"].iter_rows(5, values_only=True)}
    assert tiles["新收"][:2] == (3, "件")
    behind = await fang.get(f"{link}&of=day&at=2026-11-11")
    assert load_workbook(io.BytesIO(behind.body)).worksheets[0]["B5"].value == 3


async def test_a_team_and_days_can_be_looked_at_alone(site: Site) -> None:
    await told(site)
    fang = await site.member("fang")
    page = await fang.get("/office")
    teams = dict(re.findall(r'<option value="([0-9a-f]{32})">(第.巡察组)</option>', page.text))
    first, second = (next(key for key, name in teams.items() if name == f"第{n}巡察组") for n in "一二")
    for query, n in (
        (f"team={first}&from=2026-11-11&to=2026-11-11", 3), (f"team={second}&from=oops", 0), ("to=2026-11-10", 0),
    ):  # fmt: skip
        seen = await fang.get(f"/office?{query}")
        assert f'<dt>新收</dt><dd class="v">{n} <small>' in seen.text, query
    assert "只看一部分：第二巡察组。" in (await fang.get(f"/office?team={second}")).text
    one_day = (await fang.get("/office?from=2026-11-11&to=2026-11-11")).text
    assert "只看一部分：11 月 11 日收到。" in one_day


async def test_a_watched_board_does_not_move_before_the_hour(site: Site) -> None:
    fang = await site.member("fang")
    before = await fang.get("/office")
    days = await fang.get("/office/numbers?of=day&at=2026-11-11")
    book = (await fang.get("/office/numbers.xlsx")).body
    await told(site)
    assert (await fang.get("/office")).text == before.text
    assert (await fang.get("/office/numbers?of=day&at=2026-11-11")).text == days.text
    again = (await fang.get("/office/numbers.xlsx")).body
    assert [*load_workbook(io.BytesIO(again))["总数"].values] == [*load_workbook(io.BytesIO(book))["总数"].values]


async def test_no_word_of_a_tip_is_on_any_page_or_in_the_export(site: Site) -> None:
    tips = await told(site)
    fang = await site.member("fang")
    page = await fang.get("/office")
    links = [unescape(link) for link in re.findall(r'href="(/office/numbers\?[^"]+)"', page.text)]
    last = {re.findall(r"of=(\w+)", link)[0]: link for link in links}
    assert set(last) == {"day", "team", "age", "done", "funnel", "place", "kinds"}
    texts = [page.text] + [(await fang.get(link)).text for link in last.values()]
    book = load_workbook(io.BytesIO((await fang.get("/office/numbers.xlsx")).body))
    texts += [f"{cell}" for sheet in book.worksheets for row in sheet.values for cell in row]
    for text in texts:
        assert WORDS[:4] not in text
        assert not any(tip in text for tip in tips)


async def test_a_milestone_is_written_on_the_chart_and_what_is_wrong_comes_back(site: Site) -> None:
    clerk, here = await site.member("qiao"), f"/office/rounds/{site.world.made.round_id.hex()}/milestones"
    assert (await clerk.post(here, {"on": "2026-11-04", "words": "入户<发卡>"})).status == 303
    page = await clerk.get("/office")
    assert page.text.count("入户&lt;发卡&gt;") == 2  # on the chart, and in the list
    wrong = await clerk.post(here, {"on": "", "words": "公布<立行立改>"})
    assert (wrong.status, 'role="alert"' in wrong.text, 'value="公布&lt;立行立改&gt;"' in wrong.text) == (
        409,
        True,
        True,
    )
    assert (await clerk.post(f"{here}/drop", {"on": "2026-11-04"})).status == 303
    assert "发卡&gt;" not in (await clerk.get("/office")).text


async def test_an_opened_round_without_tips_or_scans_stands(site: Site) -> None:
    page = await (await site.member("fang")).get("/office")
    assert page.status == 200
    assert len(set(sentences_of(page.text))) == 5
    assert '<dt>受理率</dt><dd class="v">–</dd>' in page.text


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_board_breaks_no_rule_of_axe_and_its_bars_can_be_pressed(
    site: Site, browser: Browser, size: tuple[int, int]
) -> None:
    await told(site)
    context = await signed_in(site, browser, "fang", size)
    page = await context.new_page()
    for path in ("/office", "/office/numbers?of=day&at=2026-11-11"):
        await page.goto(site.url + path)
        for details in await page.locator("details").all():
            await details.locator("summary").click()
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == size[0]
    await page.goto(site.url + "/office")
    await page.locator("[aria-labelledby=teams] .plot a:visible").first.click()
    await expect(page.locator("h2").first).to_have_text("第一巡察组办到哪一步")
    await context.close()
