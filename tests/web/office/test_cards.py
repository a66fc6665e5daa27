"""Cards over real HTTP: making, printing, calling in, the log, and the check of a photo."""

import re
from urllib.parse import unquote

import aiohttp
import pypdfium2
import pytest
from playwright.async_api import Browser

from domain.errors import Refused
from domain.rounds import BatchState
from handlers.intake import admission
from handlers.office import cards
from handlers.office.cards import BatchView
from storage.office import rounds
from tests.handlers.office.side import plan_round
from tests.handlers.office.test_cards import codes_on
from tests.media.test_scanning import photo
from tests.web.axe import violations
from tests.web.desk.test_axe import SIZES, signed_in
from tests.web.desk_site import Member, Page, Site


async def views(site: Site) -> list[BatchView]:
    return await cards.list_batches(site.world.desk, site.world.made.round_id, "zh")


async def check(member: Member, data: bytes) -> Page:
    """Sends a photo as the form does."""
    form = aiohttp.FormData({"csrf": member.csrf})
    form.add_field("photo", data, filename="photo.jpg", content_type="image/jpeg")
    return await member._ask("POST", "/office/cards/check", data=form)


async def test_one_more_batch_is_made_and_printed_and_the_list_says_how_many(site: Site) -> None:
    clerk, round_id = await site.member("qiao"), site.world.made.round_id
    form = await clerk.get("/office/cards/new")
    place = re.search(r'<option value="([0-9a-f]{32}\.[0-9a-f]{32})">苇原县 苇庄镇', form.text)
    assert place
    wanted = {"round": round_id.hex(), "place": place[1], "way": "赶集", "cards": "120"}
    made = await clerk.post("/office/cards", wanted)
    assert made.location == f"/office/cards?round={round_id.hex()}&made=1"
    view = next(one for one in await views(site) if one.batch.way == "赶集")
    assert view.batch.cards == 120
    wish = {"round": round_id.hex(), "batch": view.batch.id.hex(), "count": "10"}
    paper = await clerk.post("/office/cards/print", wish)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert unquote(paper.headers["Content-Disposition"]).endswith("卡片-第六轮-苇庄镇和所属 4 个村-赶集.pdf")
    assert codes_on(paper.body)[0] == [f"http://127.0.0.1/k/{view.batch.code}"] * 10
    with pypdfium2.PdfDocument(paper.body) as document:
        back = document[len(document) - 1].get_textpage().get_text_range()
    assert "背面苇庄镇和所属4个村赶集印1张纸长边翻转" in "".join(back.split())
    page = await clerk.get(made.location)
    assert "做好了 1 批" in page.text
    assert "2 批，要 130 张，已印 10 张" in page.text
    poster = await clerk.post(f"/office/cards/{view.batch.id.hex()}/poster")
    assert "公告-第六轮-苇庄镇" in unquote(poster.headers["Content-Disposition"])
    assert codes_on(poster.body) == [[f"http://127.0.0.1/k/{view.batch.code}"]]
    assert (await clerk.post("/office/cards/print", {**wish, "count": "多"})).status == 409


@pytest.mark.parametrize(("wrong", "words"), [({"way": " "}, "请写怎么发"), ({"cards": "9999"}, "0 到 5000"),
                                              ({"cards": "many"}, "0 到 5000")])  # fmt: skip
async def test_what_is_wrong_is_said_and_what_was_typed_stays(site: Site, wrong: dict[str, str], words: str) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    place = f"{view.team.id.hex()}.{view.units[0].id.hex()}"
    typed = {"round": view.round.id.hex(), "place": place, "way": "赶集", "cards": "20", "test": "1"} | wrong
    page = await clerk.post("/office/cards", typed)
    assert (page.status, words in page.text) == (409, True)
    assert f'value="{place}" selected' in page.text
    assert 'name="test" value="1" checked' in page.text
    assert len(await views(site)) == 4


async def test_every_place_gets_a_batch_with_the_count_written_beside_it(site: Site) -> None:
    clerk, round_id = await site.member("qiao"), await plan_round(site.world)
    form = await clerk.get(f"/office/cards/new?round={round_id.hex()}")
    fields = re.findall(r'name="(cards\.[0-9a-f]{32})"', form.text)
    assert len(fields) == 4
    typed = {"round": round_id.hex(), "way": "入户", "cards": "40", fields[0]: "600", fields[1]: "0"}
    wrong = await clerk.post("/office/cards/missing", {**typed, fields[2]: "-1"})
    assert (wrong.status, f'name="{fields[0]}" type="number" min="0" max="5000" value="600"' in wrong.text) == (
        409,
        True,
    )
    assert await cards.list_batches(site.world.desk, round_id, "zh") == []
    made = await clerk.post("/office/cards/missing", typed)
    assert made.location.endswith("&made=3")
    found = await cards.list_batches(site.world.desk, round_id, "zh")
    assert sorted(view.batch.cards for view in found) == [40, 40, 600]
    assert fields[1] in (await clerk.get(f"/office/cards/new?round={round_id.hex()}")).text


async def test_calling_in_a_batch_in_use_wants_a_tick_and_shows_what_hangs_on_it(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    here = f"/office/cards/{view.batch.id.hex()}"
    await clerk.post("/office/cards/print", {"round": view.round.id.hex(), "batch": view.batch.id.hex(), "count": "20"})
    for act in ("revoke", "replace"):
        asked = await clerk.get(f"{here}/{act}")
        assert "这一批正在用" in asked.text
        assert "20 张" in asked.text
        assert asked.text.index("先不做") < asked.text.index("btn grave")
        refused = await clerk.post(f"{here}/{act}")
        assert (refused.status, "前面打勾" in refused.text) == (409, True)
    assert await admission.admit(site.world.intake, view.batch.code, "zh")
    done = await clerk.post(f"{here}/revoke", {"sure": "1"})
    assert done.location == f"/office/cards?round={view.round.id.hex()}"
    with pytest.raises(Refused):
        await admission.admit(site.world.intake, view.batch.code, "zh")
    wish = {"round": view.round.id.hex(), "batch": view.batch.id.hex(), "count": "10"}
    again = await clerk.post("/office/cards/print", wish)
    assert (again.status, "没有可以印的卡片" in again.text) == (409, True)
    for refused in (await clerk.post(f"{here}/poster"), await clerk.get(f"{here}/sheet")):
        assert (refused.status, "没有可以印的卡片" in refused.text) == (409, True)


async def test_a_batch_with_a_new_code_takes_the_place_of_the_old_one(site: Site) -> None:
    clerk, old = await site.member("qiao"), (await views(site))[0]
    done = await clerk.post(f"/office/cards/{old.batch.id.hex()}/replace")
    (new,) = [view for view in await views(site) if f"/office/cards/{view.batch.id.hex()}" == done.location]
    assert (new.place, new.team, new.batch.way, new.batch.cards) == (
        old.place,
        old.team,
        old.batch.way,
        old.batch.cards,
    )
    assert new.batch.code != old.batch.code
    gone = next(view for view in await views(site) if view.batch.id == old.batch.id)
    assert (gone.batch.state, gone.batch.replaced_by) == (BatchState.REVOKED, new.batch.id)
    assert done.location in (await clerk.get(f"/office/cards/{old.batch.id.hex()}")).text
    twice = await clerk.post(f"/office/cards/{old.batch.id.hex()}/replace")
    assert twice.status == 409
    assert len(await views(site)) == 5


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


async def test_a_photo_is_checked_and_a_foreign_host_is_no_link(site: Site) -> None:
    clerk, view = await site.member("qiao"), (await views(site))[0]
    ours = await check(clerk, photo(f"http://127.0.0.1/k/{view.batch.code}"))
    assert ours.status == 200
    for part in ("是我们的码，在用", "第一巡察组", view.place, view.batch.way, cards.short_code(view.batch),
                 *cards.words_of(site.world.desk, view.batch)):  # fmt: skip
        assert part in ours.text
    foreign = await check(clerk, photo(f"https://evil.example/k/{view.batch.code}"))
    assert "不是我们的码" in foreign.text
    assert "<samp>evil.example</samp>" in foreign.text
    assert 'href="http' not in foreign.text
    page = await check(clerk, photo("<script>alert(1)</script>"))
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text
    assert "没有找到二维码" in (await check(clerk, photo())).text
    assert (await check(clerk, b"no photo")).status == 409
    assert (await clerk.post("/office/cards/check")).status == 409


async def test_seventy_batches_stay_a_page_that_one_can_look_through(site: Site) -> None:
    clerk, first = await site.member("qiao"), (await views(site))[0]
    for number in range(66):
        await cards.make_batch(
            site.world.desk, round_id=first.round.id, team_id=first.team.id, unit_ids=(first.units[0].id,),
            way=f"第 {number} 村", cards=40,
        )  # fmt: skip
    page = await clerk.get("/office/cards")
    assert page.text.count("<details") == 3
    assert '<details class="card cr-team" id="team-1">' in page.text, "folded"
    assert "67 批，要 2,650 张，已印 0 张" in page.text
    assert len(page.body) < 200_000


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


async def test_an_unknown_batch_is_not_there(site: Site) -> None:
    clerk = await site.member("qiao")
    for end in ("", "/sheet", "/revoke", "/replace"):
        assert (await clerk.get(f"/office/cards/{'ab' * 16}{end}")).status == 404
    for end in ("/sheet", "/revoke", "/replace", "/poster"):
        assert (await clerk.post(f"/office/cards/{'ab' * 16}{end}", {"count": "1"})).status == 404


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_page_of_the_cards_breaks_a_rule_of_axe(site: Site, browser: Browser, size: tuple[int, int]) -> None:
    context, view, found = await signed_in(site, browser, "fang", size), (await views(site))[0], {}
    page, here = await context.new_page(), f"/office/cards/{view.batch.id.hex()}"
    member = await site.member("qiao")
    await member.post("/office/cards/print", {"round": view.round.id.hex(), "count": "10"})
    for path in ("/office/cards", "/office/cards/new", "/office/cards/log", "/office/cards/check", here,
                 f"{here}/sheet", f"{here}/revoke", f"{here}/replace"):  # fmt: skip
        answer = await page.goto(site.url + path)
        assert answer is not None
        assert answer.status == 200, path
        found[path] = await violations(page)
    assert {path: broken for path, broken in found.items() if broken} == {}
