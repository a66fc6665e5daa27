"""Papers over real HTTP: the forms, the downloads, the sheet for print, and the office's own layout of the ledger."""

import io
import re
import zipfile
from urllib.parse import unquote

import aiohttp
import pypdfium2  # type: ignore[import-untyped]  # it brings no types
import pytest
from openpyxl import load_workbook
from playwright.async_api import Browser

from handlers.texts import LANGUAGES, say
from reports.ledger_template import TemplateFault, default_template
from storage.people import audit
from tests.browser import phone
from tests.reports.ledger_side import drawn
from tests.web.desk_site import Member, Page, Site

WORDS = "机耕路有两段只有 2 米多"


def shown(page: Page) -> str:
    lines = load_workbook(io.BytesIO(page.body)).worksheets[0].iter_rows(values_only=True)
    return "\n".join(str(value) for line in lines for value in line if value is not None)


async def upload(member: Member, data: bytes) -> Page:
    form = aiohttp.FormData({"csrf": member.csrf})
    form.add_field("file", data, filename="台账.xlsx")
    return await member.ask("POST", "/office/ledger-template", data=form)


async def test_the_ledger_is_a_form_and_a_download_masked_unless_a_purpose_is_given(site: Site) -> None:
    await site.tip(words=WORDS)
    zhou = await site.member("zhou")
    assert zhou.session is not None
    team = zhou.session.teams[0].hex()
    form = await zhou.get("/desk/ledger")
    assert re.search(r'value="masked" checked', form.text)
    masked = await zhou.post("/desk/ledger", {"team": team, "which": "masked", "purpose": ""})
    assert masked.status == 200
    assert unquote(masked.headers["Content-Disposition"]).endswith("台账-第一巡察组-2026-11-11.xlsx")
    assert masked.headers["Cache-Control"] == "no-store"
    assert WORDS not in shown(masked)
    named = await zhou.post("/desk/ledger", {"team": team, "which": "named", "purpose": "report"})
    assert WORDS in shown(named)


async def test_content_without_a_purpose_brings_the_form_back_as_it_was_filled_in(site: Site) -> None:
    zhou = await site.member("zhou")
    assert zhou.session is not None
    team = zhou.session.teams[0].hex()
    for purpose in ("", "curiosity"):
        page = await zhou.post("/desk/ledger", {"team": team, "which": "named", "purpose": purpose})
        assert page.status == 409
        assert "请选一个理由" in page.text
        assert re.search(r'value="named" checked', page.text)


async def test_another_teams_ledger_answers_exactly_as_an_unknown_one(site: Site) -> None:
    zhou, shen = await site.member("zhou"), await site.member("shen")
    assert zhou.session is not None
    ours = zhou.session.teams[0].hex()
    for which in ("masked", "named"):
        theirs = await shen.post("/desk/ledger", {"team": ours, "which": which, "purpose": "report"})
        unknown = await shen.post("/desk/ledger", {"team": "cd" * 16, "which": which, "purpose": "report"})
        assert (theirs.status, theirs.body) == (404, unknown.body)
    for method, rest, name in (("GET", "/print", ""), ("POST", "/package", "yes")):
        tip = await site.tip()
        found = [
            await (shen.get(path) if method == "GET" else shen.post(path, {"name": name}))
            for path in (f"/desk/tips/{tip}{rest}", f"/desk/tips/{'cd' * 16}{rest}")
        ]
        assert (found[0].status, found[0].body) == (404, found[1].body)
    assert (await shen.get(f"/desk/ledger?team={ours}")).status == 404


async def test_a_package_is_a_zip_to_be_saved(site: Site) -> None:
    tip, zhou = await site.tip(), await site.member("zhou")
    made = await zhou.post(f"/desk/tips/{tip}/package")
    assert (made.status, made.headers["Content-Type"]) == (200, "application/zip")
    assert made.headers["Content-Disposition"] == "attachment; filename*=UTF-8''1-0001.zip"
    assert zipfile.ZipFile(io.BytesIO(made.body)).namelist() == ["1-0001.pdf"]


async def test_the_sheet_for_print_has_words_and_room_for_signatures_and_runs_nothing(site: Site) -> None:
    evil = "<script>alert(1)</script>"
    tip, zhou = await site.tip(words=evil), await site.member("zhou")
    assert zhou.session is not None
    page = await zhou.get(f"/desk/tips/{tip}/print")
    assert page.status == 200
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert all(words in page.text for words in ("呈批笺", "领导批示", "组长意见", "签名", "1-0001", "经过"))
    assert page.text.count(f"{zhou.session.name} 2026-11-11") > 10
    lines = await site.world.house.store.read(
        lambda tx: audit.lines_about(tx, zhou.session.office_id, "tip", bytes.fromhex(tip))  # type: ignore[union-attr]
    )
    assert [line.entry.act for line in lines].count("print") == 1


async def test_a_printed_sheet_has_its_mark_on_every_page_and_no_buttons(site: Site, browser: Browser) -> None:
    tip, zhou = await site.tip(words="很长的一句话，说一件事。" * 300), await site.member("zhou")
    context = await phone(browser, width=1440, height=900)
    await context.add_cookies([{"name": "desk", "value": zhou.cookies["desk"], "url": site.url}])
    page = await context.new_page()
    await page.goto(f"{site.url}/desk/tips/{tip}/print")
    assert await page.locator("#print").is_visible()
    pdf = await page.pdf(prefer_css_page_size=True, print_background=True)
    with pypdfium2.PdfDocument(pdf) as document:
        texts = ["".join(one.get_textpage().get_text_range().split()) for one in document]
    assert len(texts) > 1
    assert all("周宁2026-11-11" in text for text in texts)
    assert not any("回到这一件" in text for text in texts)
    await context.close()


async def test_the_print_button_is_not_there_without_script(site: Site, browser: Browser) -> None:
    tip, zhou = await site.tip(), await site.member("zhou")
    context = await phone(browser, script=False)
    await context.add_cookies([{"name": "desk", "value": zhou.cookies["desk"], "url": site.url}])
    page = await context.new_page()
    await page.goto(f"{site.url}/desk/tips/{tip}/print")
    assert not await page.locator("#print").is_visible()
    assert await page.locator(".mark").is_visible()
    await context.close()


# The office's own layout


async def test_the_office_brings_a_layout_looks_at_it_and_drops_it(site: Site) -> None:
    qiao = await site.member("qiao")
    here = "/office/ledger-template"
    assert "自带的样式" in (await qiao.get(here)).text
    assert (await qiao.get(f"{here}/file")).body[:2] == b"PK"
    assert (await upload(qiao, drawn(("本县台账",), ("{编号}",)))).location == f"{here}?saved"
    assert "您自己的样式" in (await qiao.get(here)).text
    own = await qiao.get(f"{here}/file")
    assert "本县台账" in shown(own)
    assert (await qiao.post(f"{here}/drop")).status == 303
    assert "{组}信访件台账" in shown(await qiao.get(f"{here}/file"))


async def test_a_layout_that_cannot_be_filled_is_refused_in_words_and_the_old_one_stays(site: Site) -> None:
    qiao = await site.member("qiao")
    await upload(qiao, drawn(("本县台账",), ("{编号}",)))
    page = await upload(qiao, drawn(("{编号}", "{身份证号}")))
    assert page.status == 409
    assert "不认得“身份证号”这个词" in page.text
    assert "本县台账" in shown(await qiao.get("/office/ledger-template/file"))


async def test_the_layout_that_is_served_is_one_that_is_taken(site: Site) -> None:
    qiao = await site.member("qiao")
    assert (await upload(qiao, (await qiao.get("/office/ledger-template/file")).body)).status == 303
    assert (await upload(qiao, default_template(named=False))).status == 303


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("fault", TemplateFault)
def test_every_fault_of_a_layout_has_its_sentence(fault: TemplateFault, lang: str) -> None:
    assert say(lang, f"paper-template-{fault}", name="B2")
