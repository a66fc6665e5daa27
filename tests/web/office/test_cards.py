"""Batches of cards over real HTTP: making one or many, the list, and pages that keep the rules of axe."""

import re
from urllib.parse import unquote

import pypdfium2
import pytest
from playwright.async_api import Browser

from handlers.office import cards
from tests.handlers.office.card_side import codes_on
from tests.handlers.office.side import plan_round
from tests.web.axe import violations
from tests.web.desk_browser import SIZES, signed_in
from tests.web.desk_site import Site
from tests.web.office.card_side import views


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
    assert "背面印1张纸长边翻转，100%，不要缩放苇庄镇和所属4个村赶集" in "".join(back.split())
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
    assert "67 批，要 2650 张，已印 0 张" in page.text
    assert len(page.body) < 200_000


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
