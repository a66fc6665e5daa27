"""The paper of the cards over real HTTP: the log of printing, the page for the browser, what is refused in words."""

import re

import pypdfium2
from playwright.async_api import Browser

from handlers.office import cards
from storage.office import rounds
from tests.handlers.office.card_side import codes_on
from tests.web.desk_browser import signed_in
from tests.web.desk_site import Site
from tests.web.office.card_side import views


async def test_the_log_says_what_was_printed_when_and_by_whom(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    here, log = f"/office/cards/{view.batch.id.hex()}", "/office/cards/log"
    assert "还没有印过" in (await clerk.get(log)).text
    await clerk.post("/office/cards/print", {"round": view.round.id.hex(), "batch": view.batch.id.hex(), "count": "11"})
    await clerk.post(f"{here}/poster")
    assert (await clerk.post(f"{here}/sheet", {"count": "30"})).location == f"{here}/sheet?noted"
    assert (await clerk.post(f"{here}/sheet", {"count": "0"})).status == 409
    rows = re.findall(r"<tr><td>(.*?)</tr>", (await clerk.get(log)).text, re.S)
    told = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in rows]
    assert len(told) == 3
    for line, (what, count) in zip(told, (("PDF", "20 张"), ("浏览器", "30 张"), ("公告", "1 份")), strict=True):
        assert all(part in line for part in ("11 月 11 日", view.place, "第一巡察组", what, count, "乔"))


async def test_the_clerk_chooses_fronts_first_or_both_sides_and_both_are_noted_alike(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    url = f"http://127.0.0.1/k/{view.batch.code}"
    page = await clerk.get(f"/office/cards/{view.batch.id.hex()}")
    assert 'name="order" value="fronts" checked' in page.text
    assert "最后一页是背面" in page.text
    assert "打印机会自己翻面" in page.text
    wish = {"round": view.round.id.hex(), "batch": view.batch.id.hex(), "count": "20"}
    for order, pages in (("fronts", [10, 10, 0]), ("duplex", [10, 0, 10, 0])):
        made = await clerk.post("/office/cards/print", {**wish, "order": order})
        assert codes_on(made.body) == [[url] * n for n in pages]
        assert (b"/Duplex /DuplexFlipLongEdge" in made.body) == (order == "duplex")
    rows = re.findall(r"<tr><td>(.*?)</tr>", (await clerk.get("/office/cards/log")).text, re.S)
    assert len(rows) == 2
    assert rows[0] == rows[1]


async def test_the_choice_for_all_batches_stays_when_their_count_is_refused(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    wish = {"round": view.round.id.hex(), "count": "9999", "order": "duplex"}
    refused = await clerk.post("/office/cards/print", wish)
    assert refused.status == 409
    assert 'name="order" value="duplex" checked' in refused.text
    assert 'value="9999"' in refused.text
    assert "一批一页，页眉写着印几张纸" in refused.text


async def test_the_page_for_the_browser_has_ten_cards_that_lead_where_the_pdf_leads(
    site: Site, browser: Browser
) -> None:
    view = (await views(site))[0]
    context = await signed_in(site, browser, "fang", (1440, 900))
    page = await context.new_page()
    await page.goto(f"{site.url}/office/cards/{view.batch.id.hex()}/sheet")
    pages = codes_on(await page.pdf(prefer_css_page_size=True, print_background=True))
    assert pages == [[f"http://127.0.0.1/k/{view.batch.code}"] * 10, []]
    cut = await page.evaluate("""() => [...document.querySelectorAll('.cs-left')].some(
        left => left.querySelector('.cs-say').getBoundingClientRect().bottom
            > left.querySelector('.cs-ways').getBoundingClientRect().top)""")
    assert not cut


async def test_test_cards_say_so_and_count_nowhere(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    made = await cards.make_batch(
        site.world.desk, round_id=view.round.id, team_id=view.team.id, unit_ids=(view.units[0].id,), way="试用",
        is_test=True, cards=10,
    )  # fmt: skip
    page = await clerk.get("/office/cards")
    assert "测试</span>" in page.text
    assert "1 批，要 10 张" in page.text
    sheet = await clerk.get(f"/office/cards/{made.hex()}/sheet")
    assert sheet.text.count("测试卡，不要发") == 10
    wish = {"round": view.round.id.hex(), "count": "2"}
    everything = await clerk.post("/office/cards/print", wish)
    assert everything.status == 200
    printed = {url for page_ in codes_on(everything.body) for url in page_}
    known = await views(site)
    assert printed == {f"http://127.0.0.1/k/{one.batch.code}" for one in known if one.batch.id != made}


async def test_a_scope_that_fits_no_card_is_refused_with_the_reason(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    round_id = view.round.id.hex()
    await site.world.house.store.write(
        lambda tx: rounds.set_text(tx, view.round.id, "zh", "scope", "很长的受理范围。" * 200)
    )
    for refused in (await clerk.post("/office/cards/print", {"round": round_id, "count": "10"}),
                    await clerk.get(f"/office/cards/{view.batch.id.hex()}/sheet")):  # fmt: skip
        assert (refused.status, "卡片背面印不下。最多四行" in refused.text) == (409, True)


async def test_the_notice_of_the_round_stands_on_its_posters_and_a_long_one_is_refused_in_words(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    here = f"/office/cards/{view.batch.id.hex()}"

    async def write(notice: str) -> None:
        await site.world.house.store.write(lambda tx: rounds.set_text(tx, view.round.id, "zh", "notice", notice))

    await write("巡察组住在镇政府。\n每天九点到五点接待。")
    with pypdfium2.PdfDocument((await clerk.post(f"{here}/poster")).body) as document:
        said = "".join(document[0].get_textpage().get_text_range().split())
    assert "巡察组住在镇政府。每天九点到五点接待。" in said
    await write("很长的公告。" * 100)
    refused = await clerk.post(f"{here}/poster")
    assert (refused.status, "把公告写短一点，大约 150 个字" in refused.text) == (409, True)
