"""A round comes in from a workbook: looked at first, every problem named by its place, imported once and whole."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from urllib.parse import unquote

import aiohttp
import pytest
from openpyxl import Workbook, load_workbook

from handlers import texts
from handlers.office import rounds
from reports.faults import Fault
from reports.template import template
from tests.web.desk_site import Member, Page, Site

Edit = Callable[[Workbook], object]


def put(sheet: str, cell: str, value: object) -> Edit:
    return lambda book: book[sheet].__setitem__(cell, value)


def workbook(*edits: Edit) -> bytes:
    """The template as the next round, edited."""
    book = load_workbook(io.BytesIO(template()))
    for edit in (put("轮次", "B2", 7), *edits):
        edit(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


async def upload(member: Member, data: bytes) -> Page:
    form = aiohttp.FormData({"csrf": member.csrf})
    form.add_field("file", io.BytesIO(data), filename="plan.xlsx")
    return await member.ask("POST", "/office/import", data=form)


async def round_ordinals(site: Site, member: Member) -> list[int]:
    assert member.session is not None
    return [row.ordinal for row in await rounds.list_rounds(site.world.desk, member.session)]


def ticket(page: Page) -> str:
    found = re.search(r'name="ticket" value="(\w+)"', page.text)
    assert found, page.text
    return found[1]


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


async def test_the_empty_table_is_saved_under_a_name_that_says_what_it_is(site: Site) -> None:
    page = await (await site.member("qiao")).get("/office/import/template")
    assert unquote(page.headers["Content-Disposition"]) == "attachment; filename*=UTF-8''导入轮次的表.xlsx"


async def test_import_problems_are_named_by_sheet_row_and_column_in_plain_words(site: Site) -> None:
    clerk = await site.member("qiao")
    page = await upload(clerk, workbook(put("巡察组", "B3", None), put("成员", "A4", "张 三")))
    assert page.status == 409
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", page.text, re.S)]
    assert any("巡察组" in row and "|3|" in row and "B 名称" in row and "这一格要填" in row for row in rows)
    assert any(
        "成员" in row and "|4|" in row and "A 账号" in row and "登录名要 2 到 32 个字，可以用字母、汉字" in row
        for row in rows
    )
    assert (await upload(clerk, b"no workbook")).text.count("这不是能打开的 xlsx 文件") == 1
    assert await round_ordinals(site, clerk) == [6]


ARGS = ("most", "words", "row", "code", "place", "opens", "closes", "was", "team", "person", "role")


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("fault", Fault)
def test_every_fault_of_a_plan_has_its_sentence(fault: Fault, lang: str) -> None:
    assert texts.say(lang, f"fault-{fault}", ordinal=7, **dict.fromkeys(ARGS, "甲"))


async def test_a_hundred_problems_are_listed_and_the_others_counted(site: Site) -> None:
    many = [
        put("单位", f"{column}{row}", value)
        for row in range(20, 140)
        for column, value in zip("ABC", (row, row, "屯"), strict=True)
    ]
    page = await upload(await site.member("qiao"), workbook(*many))
    assert page.text.count("只能写：县、区、市、") == 100
    assert "有 120 处不对" in page.text
    assert "还有 20 处" in page.text


async def test_what_does_not_go_with_what_stands_is_named_by_its_place(site: Site) -> None:
    clerk = await site.member("qiao")
    page = await upload(clerk, workbook(put("成员", "B4", "<周某>")))
    assert page.status == 409
    assert "这个账号是周宁的" in page.text
    assert "<周某>" not in page.text


async def test_a_file_of_some_megabytes_is_read_and_a_larger_one_is_called_so(site: Site) -> None:
    clerk = await site.member("qiao")
    noise = random.Random(7).randbytes
    large = await upload(clerk, with_part(workbook(), noise(4 * 1024 * 1024)))
    assert (large.status, "这张表没有问题" in large.text) == (200, True)
    for size in (5, 21):
        too_large = await upload(clerk, with_part(workbook(), noise(size * 1024 * 1024)))
        assert (too_large.status, "文件太大" in too_large.text) == (409, True)
    nothing = await upload(clerk, b"")
    assert (nothing.status, "这不是能打开的 xlsx 文件" in nothing.text) == (409, True)


async def test_a_form_without_its_token_is_not_read(site: Site) -> None:
    clerk = await site.member("qiao")
    form = aiohttp.FormData()
    form.add_field("file", workbook(), filename="plan.xlsx")
    form.add_field("csrf", clerk.csrf)
    assert (await clerk.ask("POST", "/office/import", data=form)).status == 403
    leader = await site.member("zhou")
    assert (await upload(leader, workbook())).status == 404


def with_part(data: bytes, content: bytes) -> bytes:
    """The workbook with a picture that nothing shows."""
    whole = io.BytesIO(data)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("xl/media/image1.png", content)
    return whole.getvalue()


async def test_a_dry_run_changes_nothing_and_the_import_happens_once(site: Site) -> None:
    clerk = await site.member("qiao")
    looked = await upload(clerk, workbook(put("成员", "A4", "newhand")))
    assert looked.status == 200
    assert "第七轮" in looked.text
    assert await round_ordinals(site, clerk) == [6]
    assert (await clerk.post("/office/import/do", {"ticket": "0" * 16})).location == "/office/import"
    looked = await upload(clerk, workbook(put("成员", "A4", "newhand")))
    done = await clerk.post("/office/import/do", {"ticket": ticket(looked)})
    links = re.findall(r"http://127\.0\.0\.1/invite/[\w-]{43}", done.text)
    assert (len(links), "newhand" in done.text) == (1, True)
    assert done.headers["Cache-Control"] == "no-store"
    assert await round_ordinals(site, clerk) == [7, 6]
    assert (await clerk.post("/office/import/do", {"ticket": ticket(looked)})).location == "/office/import"
    invited = await site.visitor().get(path_of(links[0]))
    assert (invited.status, "newhand" in invited.text) == (200, True)
    again = await upload(clerk, workbook(put("成员", "A4", "newhand")))
    assert (again.status, "和现在的一样，没有要改的" in again.text) == (200, True)
    assert "导入第七轮" not in again.text
    changed = await upload(clerk, workbook(put("成员", "A4", "newhand"), put("单位", "B5", "柳湾村")))
    assert "名称：柳湾村" in changed.text
    assert "更新第七轮" in changed.text
    done = await clerk.post("/office/import/do", {"ticket": ticket(changed)})
    assert (done.status, "没有新来的人" in done.text) == (200, True)


async def test_what_became_impossible_since_the_look_is_not_imported(site: Site) -> None:
    clerk, director = await site.member("qiao"), await site.member("fang")
    looks = [await upload(one, workbook(put("轮次", "B2", n))) for one, n in ((clerk, 7), (director, 8))]
    assert (await clerk.post("/office/import/do", {"ticket": ticket(looks[0])})).status == 200
    late = await director.post("/office/import/do", {"ticket": ticket(looks[1])})
    assert (late.status, "在第七轮里也有分工（2027-03-01 至 2027-05-31），时间重叠了" in late.text) == (409, True)
    assert await round_ordinals(site, director) == [7, 6]


async def test_the_template_is_what_the_import_takes(site: Site) -> None:
    director = await site.member("fang")
    file = await director.get("/office/import/template")
    assert "spreadsheetml" in file.headers["Content-Type"]
    assert "没有问题" in (await upload(director, file.body)).text
