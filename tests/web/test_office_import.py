"""A round comes in from a workbook: looked at first, every problem named by its place, imported once and whole."""

import io
import re
from collections.abc import Callable

import aiohttp
import pytest
from openpyxl import Workbook, load_workbook

from handlers import texts
from handlers.office import rounds
from reports.plan import Fault
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
    form.add_field("file", data, filename="plan.xlsx")
    return await member._ask("POST", "/office/import", data=form)


async def round_ordinals(site: Site, member: Member) -> list[int]:
    assert member.session is not None
    return [row.ordinal for row in await rounds.list_rounds(site.world.desk, member.session)]


def ticket(page: Page) -> str:
    found = re.search(r'name="ticket" value="(\w+)"', page.text)
    assert found, page.text
    return found[1]


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


async def test_import_problems_are_named_by_sheet_row_and_column_in_plain_words(site: Site) -> None:
    clerk = await site.member("qiao")
    page = await upload(clerk, workbook(put("巡察组", "B3", None), put("成员", "A4", "张三")))
    assert page.status == 409
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", page.text, re.S)]
    assert any("巡察组" in row and "|3|" in row and "B 名称" in row and "这一格要填" in row for row in rows)
    assert any("成员" in row and "|4|" in row and "A 账号" in row and "登录名用小写字母开头" in row for row in rows)
    assert (await upload(clerk, b"no workbook")).text.count("这不是能打开的 xlsx 文件") == 1
    assert await round_ordinals(site, clerk) == [6]


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("fault", Fault)
def test_every_fault_of_a_plan_has_its_sentence(fault: Fault, lang: str) -> None:
    assert texts.say(lang, f"fault-{fault}")


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
    again = await upload(clerk, workbook())
    refused = await clerk.post("/office/import/do", {"ticket": ticket(again)})
    assert (refused.status, "这一届、这一轮、这一批已经有了" in refused.text) == (409, True)


async def test_the_template_is_what_the_import_takes(site: Site) -> None:
    director = await site.member("fang")
    file = await director.get("/office/import/template")
    assert "spreadsheetml" in file.headers["Content-Type"]
    assert "没有问题" in (await upload(director, file.body)).text
