"""Reports and public figures over real HTTP: the file holds what the page shows, and neither holds a formula."""

import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from openpyxl import load_workbook

from handlers.office.reporting.releasing import release_due
from handlers.people import trail
from storage.office import offices, releases
from storage.people import audit
from storage.store import Tx
from tests.handlers.office.side import plan_round
from tests.web.desk_site import Member, Page, Site

WORDS = "种粮补贴公示写了十一亩"


def shown_on(page: Page) -> list[list[str]]:
    """The cells of every table, row by row, as they are read."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.text.replace("\n", ""))
    return [[unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def held_in(file: Page) -> list[list[str]]:
    """The same of a file: every row with more than one cell filled in the grid of a table."""
    assert file.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    (sheet,) = load_workbook(io.BytesIO(file.body)).worksheets
    assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)
    grid = [[cell for cell in row if cell.border.top and cell.border.top.style] for row in sheet.iter_rows()]
    return [["–" if cell.value is None else str(cell.value) for cell in row] for row in grid if row]


def lines_in(file: Page) -> list[str]:
    """The sentences above, between and below the tables of a file."""
    (sheet,) = load_workbook(io.BytesIO(file.body)).worksheets
    return [str(row[0].value) for row in sheet.iter_rows() if row[0].value and not row[0].border.top.style]


async def told(site: Site, *, days_ago: int = 0, n: int = 1) -> None:
    now = site.world.clock.now
    site.world.clock.now = now - timedelta(days=days_ago)
    for _ in range(n):
        await site.tip(words=WORDS)
    site.world.clock.now = now


async def last_release(site: Site, on: date) -> object:
    def load(tx: Tx) -> releases.Release | None:
        return releases.find_release(tx, site.world.made.round_id, on)

    return await site.world.desk.store.read(load)


async def asked(member: Member, **query: str) -> tuple[Page, Page]:
    """The page and the file of the same report."""
    ask = "&".join(f"{key.strip('_')}={value}" for key, value in query.items())
    page, file = await member.get(f"/office/reports?{ask}"), await member.get(f"/office/reports/file?{ask}")
    assert page.status == file.status
    return page, file


@pytest.mark.parametrize("login", ["fang", "qiao"])
async def test_the_file_of_a_report_holds_what_the_page_shows(site: Site, login: str) -> None:
    await told(site, days_ago=2)
    await told(site, n=2)
    page, file = await asked(await site.member(login), from_="2026-11-08", to="2026-11-11")
    assert shown_on(page) == held_in(file)
    rows = {row[0]: row[1:] for row in shown_on(page)}
    assert rows["11 月 9 日 周一"] == ["1", "0", "0", "0", "0", "1"]
    assert rows["11 月 11 日 周三"] == ["2", "0", "0", "0", "0", "2"]
    assert rows["新收"] == ["3", "3"]
    text = re.sub(r"<[^>]+>", "\n", page.text)
    for line in lines_in(file):
        assert unescape(line) in unescape(text)
    assert WORDS[:4] not in page.text


async def test_a_report_says_by_which_date_each_table_counts_and_prints_the_head_of_the_trail(site: Site) -> None:
    site.world.clock.forward(days=1)  # the head is that of the last midnight
    fang = await site.member("fang")
    page = await fang.get("/office/reports")
    await site.tip(words=WORDS)
    await (await site.member("zhou")).get("/desk")
    assert (await fang.get("/office/reports")).text == page.text, "it does not move while somebody works"
    assert page.text.count('class="card dg') == 7
    assert "第六轮巡察来信日报" in page.text
    assert "2026 年 11 月 12 日 周四" in page.text
    lines = await site.world.house.store.read(lambda tx: audit.list_lines(tx, offices.only_office(tx).id))  # type: ignore[union-attr]
    head = [one for one in lines if one.entry.at < site.world.clock().replace(hour=0)][-1]
    assert f"：{trail.print_head(head.mac)}。" in page.text
    assert not re.search(rf"第 ?{head.n} ?条", page.text), "its number would tell how much came"
    for words in ("按收到的日期", "按办的那一天", "不分哪天收到", "工作日", "不分哪几天"):
        assert words in page.text


async def test_a_report_and_the_board_stand_on_the_same_count(site: Site) -> None:
    clerk = await site.member("qiao")
    await told(site)
    assert (await clerk.get("/office")).status == 200
    await told(site, n=3)
    page, file = await asked(clerk)
    assert {row[0]: row[1] for row in shown_on(page)}["新收"] == "1"
    assert shown_on(page) == held_in(file)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-10-06", "2026-10-07", "开始受理以前"),
        ("2026-10-01", "2026-10-02", "开始受理以前"),
        ("2026-11-10", "2026-11-12", "最后一天还没有到"),
        ("2026-11-10", "2999-11-12", "最后一天还没有到"),
        ("2000-01-01", "2026-11-11", "开始受理以前"),
        ("1026-11-11", "3026-11-11", "日期没有写对"),
        ("20261110", "20261111", "日期没有写对"),
        ("2026-W46", "2026-W46", "日期没有写对"),
        ("2026-11-10", "2026-11-09", "请换过来"),
        ("2026-02-30", "2026-11-09", "日期没有写对"),
        ("x", "", "日期没有写对"),
        ("9" * 5000, "", "日期没有写对"),
    ],
)
async def test_days_that_cannot_be_are_refused_in_words_and_stay_typed(
    site: Site, first: str, last: str, words: str
) -> None:
    clerk = await site.member("qiao")
    page, file = await asked(clerk, from_=first, to=last)
    for answer in (page, file):
        assert (answer.status, 'role="alert"' in answer.text, words in answer.text) == (409, True, True)
        assert f'value="{first}"' in answer.text
        assert 'class="card dg' not in answer.text


async def test_a_planned_round_has_nothing_to_report_and_a_foreign_one_is_not_there(site: Site) -> None:
    clerk, planned = await site.member("qiao"), await plan_round(site.world)
    page = await clerk.get(f"/office/reports?round={planned.hex()}")
    assert (page.status, "没有数可以报" in page.text) == (409, True)
    for path in ("reports", "reports/file", "public", "public/file"):
        assert (await clerk.get(f"/office/{path}?round={'ab' * 16}")).status == 404


async def test_public_figures_are_the_frozen_ones_and_their_file_holds_the_same(site: Site) -> None:
    await told(site, n=6)
    site.world.clock.forward(days=1)
    await release_due(site.world.desk)
    await told(site, n=5)
    clerk, on = await site.member("qiao"), site.world.clock.now.date()
    assert await last_release(site, on) is not None
    page, file = await clerk.get("/office/public"), await clerk.get(f"/office/public/file?day={on}")
    assert shown_on(page) == held_in(file)
    rows = {row[0]: row[1:] for row in shown_on(page)}
    assert (rows["网页"], rows["来信"]) == (["5"], ["少于 5"])
    assert rows["第一巡察组"] == ["少于 5"] * 4, "what is not decided is in no column"
    assert "各地方收到多少，等受理截止再过一整天" in page.text
    assert "苇庄镇" not in rows
    assert 'href="/office?round=' in page.text
    assert "不是全部件数" in page.text
    assert (await clerk.get("/office/public?day=2026-01-01")).status == 404
    assert (await clerk.get("/office/public?day=yesterday")).status == 404


async def test_only_the_office_sees_reports(site: Site) -> None:
    leader = await site.member("zhou")
    for path in ("reports", "reports/file", "public", "public/file"):
        assert (await leader.get(f"/office/{path}")).status == 404
