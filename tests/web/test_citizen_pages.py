"""The villager's pages without script, over real HTTP: what they say, what they keep, what they refuse."""

import re
from collections.abc import AsyncIterator

import pytest

from tests.web.site import PNG, Site, Surfer, open_site, without_look_ups
from tests.world import World
from web.citizen.forms import FILE_LIMIT

TOWN = "苇庄镇"


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    async with open_site(world) as opened:
        yield opened


@pytest.fixture
async def surfer(site: Site) -> Surfer:
    return site.surfer()


async def test_the_landing_page_says_who_where_and_until_when(world: World, surfer: Surfer) -> None:
    page = await surfer.opens(f"/k/{world.card(TOWN)}")
    assert page.status == 200
    assert "<title>联系页</title>" in page.text
    assert TOWN in page.text
    assert "第一巡察组" in page.text
    assert "18:00" in page.text
    assert len(re.findall(r"<li>[^<]{2,}</li>", page.text)) == 3, "three check words"
    assert f'href="/k/{world.card(TOWN)}/chat?tap"' in page.text
    assert "举报" not in page.text


async def test_the_first_page_weighs_at_most_thirty_kilobytes(world: World, surfer: Surfer) -> None:
    page = await surfer.opens(f"/k/{world.card(TOWN)}")
    weight = len(page.text.encode())
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        weight += len((await surfer.opens(address)).text.encode())
    assert weight <= 30 * 1024
    assert re.findall(r'<script src="/static/(\w+)\.js', page.text) == ["scan"], "it tells that it was seen, no more"


async def test_no_page_names_another_host(world: World, surfer: Surfer) -> None:
    for path in ("/", f"/k/{world.card(TOWN)}/chat", "/progress", "/away", "/static/chat.js", "/static/citizen.css"):
        page = await surfer.opens(path)
        assert not re.search(r"(?:https?:)?//(?!www\.w3\.org)[a-z]", page.text.replace("// ", "")), path


async def test_an_unknown_card_is_a_kind_404(world: World, surfer: Surfer) -> None:
    code = world.card(TOWN)
    for wrong in (code[:-1] + ("A" if code[-1] != "A" else "B"), "zz", "%00", "..%2f..", "x" * 500):
        page = await surfer.opens(f"/k/{wrong}")
        assert page.status == 404
        assert "这张卡片查不到" in page.text


async def test_a_closed_round_says_so_and_names_the_doors_that_stay_open(world: World, surfer: Surfer) -> None:
    world.clock.forward(days=60)
    page = await surfer.opens(f"/k/{world.card(TOWN)}")
    assert "已经结束" in page.text
    assert "12388" in page.text
    assert "我要反映" not in page.text


async def test_a_typed_short_code_leads_to_its_card(world: World, surfer: Surfer) -> None:
    code = world.card(TOWN)
    await surfer.opens("/")
    page = await surfer.sends(to="/", code=f" {code[:6].lower()} ")
    assert page.path == f"/k/{code}"
    assert (await surfer.opens(f"/k/{code[:6]}/chat")).path == f"/k/{code}"
    await surfer.opens("/")
    wrong = await surfer.sends(to="/", code="000000")
    assert "查不到" in wrong.text


async def test_a_tip_goes_from_card_to_receipt_without_script(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    page = await surfer.sends(("路.png", PNG), text="机耕路窄了")
    assert "机耕路窄了" in page.text
    assert page.text.count("已记下") == 2
    await surfer.sends(text="还有一句", choice="done")
    page = await surfer.sends(choice="skip")
    assert "不留名字" in page.text
    await surfer.sends(choice="anonymous")
    page = await surfer.sends(choice="recusal:no")
    assert "看一遍" in page.text
    assert "还有一句" in page.text
    assert "提交给第一巡察组" in page.text
    assert len(page.numbers()) == 16
    code = page.numbers()
    page = await surfer.sends(choice="submit")
    assert "第一巡察组已收到" in page.text
    assert page.numbers() == code
    assert "机耕路" not in page.text
    page = await surfer.sends(choice="noted")
    assert page.path == f"/k/{world.card(TOWN)}"
    again = await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    assert code not in again.text
    assert "机耕路" not in again.text


async def test_pages_that_are_only_looked_at_store_nothing(world: World, surfer: Surfer) -> None:
    before = {path: path.read_bytes() for path in world.data.rglob("*") if path.is_file()}
    for path in ("/", f"/k/{world.card(TOWN)}", f"/k/{world.card(TOWN)}/chat", "/chat", "/progress", "/away"):
        assert (await surfer.opens(path)).status == 200
    after = {path: path.read_bytes() for path in world.data.rglob("*") if path.is_file()}
    assert {path.name for path in after if before.get(path) != after[path]} == set()


async def test_the_same_form_sent_twice_is_one_act(world: World, surfer: Surfer) -> None:
    start = await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    nonce = start.hidden("nonce")
    await surfer.sends(text="说一次", nonce=nonce)
    page = await surfer.sends(text="说一次", nonce=nonce)
    assert page.text.count("说一次") == 1


async def test_back_and_submit_again_is_one_tip(world: World, surfer: Surfer) -> None:
    page = await surfer.tells(world.card(TOWN), "只有一件")
    code = page.numbers()
    assert len(code) == 16
    page = await surfer.sends(choice="submit")
    assert page.numbers() == code


async def test_a_form_without_our_seal_is_refused_and_its_words_are_kept(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    page = await surfer.sends(text="写了很久的话", seal="0" * 64)
    assert page.status == 403
    assert "写了很久的话</textarea>" in page.text
    assert "没有记下" in page.text
    page = await surfer.sends(text="写了很久的话")
    assert page.status == 200
    assert "已记下" in page.text


async def test_a_browser_that_lost_its_cookie_keeps_its_words(world: World, site: Site) -> None:
    first, second = site.surfer(), site.surfer()
    await first.opens(f"/k/{world.card(TOWN)}/chat")
    second.page = first.page
    page = await second.sends(text="饼干没了")
    assert page.status == 403
    assert "饼干没了</textarea>" in page.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_a_form_from_another_site_is_refused(world: World, surfer: Surfer, headers: dict[str, str]) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    assert (await surfer.sends(text="别人发的", headers=headers)).status == 403
    assert "已记下" not in (await surfer.opens(f"/k/{world.card(TOWN)}/chat")).text


async def test_a_link_from_another_site_does_not_replace_an_open_talk(world: World, surfer: Surfer) -> None:
    page = await surfer.opens(f"/k/{world.card(TOWN)}/chat", **{"Sec-Fetch-Site": "cross-site"})
    assert page.path == f"/k/{world.card(TOWN)}"
    assert "Set-Cookie" not in page.headers


async def test_a_file_one_byte_over_the_limit_is_refused_and_the_words_beside_it_are_kept(
    world: World, surfer: Surfer
) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    page = await surfer.sends(("大.png", PNG + bytes(FILE_LIMIT + 1 - len(PNG))), text="旁边的话")
    assert page.status == 413
    assert 'role="alert"' in page.text
    assert "旁边的话" in page.text
    assert page.text.count("已记下") == 1
    page = await surfer.sends(("满.png", PNG + bytes(FILE_LIMIT - len(PNG))))
    assert page.status == 200


async def test_a_file_that_is_no_material_is_refused_in_words(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    page = await surfer.sends(("run.exe", b"MZ" + bytes(200)))
    assert page.status == 200
    assert 'role="alert"' in page.text
    assert "已记下" not in page.text


async def test_hostile_words_come_back_as_words(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    page = await surfer.sends(text='</p><script>alert(1)</script><img src=x onerror="x">{{7*7}}')
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert "{{7*7}}" in page.text


async def test_large_text_and_english_are_wishes_kept_in_a_cookie(world: World, surfer: Surfer) -> None:
    page = await surfer.opens(f"/k/{world.card(TOWN)}?large=1")
    assert page.path == f"/k/{world.card(TOWN)}"
    assert '<html lang="zh-CN" class="large">' in page.text
    page = await surfer.opens("/progress?lang=en")
    assert '<html lang="en" class="large">' in page.text
    assert "Progress" in page.text
    page = await surfer.opens("/?large=0")
    assert 'class="large"' not in page.text


async def test_a_wrong_code_and_a_code_without_news_look_the_same(world: World, site: Site) -> None:
    known, unknown = site.surfer(), site.surfer()
    code = (await known.tells(world.card(TOWN), "一件事")).numbers()
    await known.sends(choice="noted")
    shown = []
    for surfer, number in ((known, code), (unknown, "1234567890123452")):
        await surfer.opens("/progress")
        page = await surfer.sends(text=number)
        assert "没有查到新消息" in page.text
        assert number not in page.text
        shown.append(re.sub(r'value="[0-9a-f]{32,64}"', "", page.text))
    assert shown[0] == shown[1]


async def test_a_full_line_of_look_ups_asks_to_come_back_and_keeps_the_number(world: World) -> None:
    async with open_site(without_look_ups(world)) as site:
        surfer = site.surfer()
        await surfer.opens(f"/k/{world.card(TOWN)}/chat")
        await surfer.sends(text="还没有交的话")
        await surfer.opens("/progress")
        page = await surfer.sends(text="1234567890123452")
        assert page.status == 429
        assert "过几分钟再试" in page.text
        assert 'value="1234567890123452"' in page.text
        assert "还没有交的话" in (await surfer.opens(f"/k/{world.card(TOWN)}/chat")).text


async def test_another_cards_landing_never_drops_a_number_that_was_not_noted(world: World, surfer: Surfer) -> None:
    other = next(view.batch.code for view in world.batches.values() if view.batch.code != world.card(TOWN))
    code = (await surfer.tells(world.card(TOWN), "一件事")).numbers()
    page = await surfer.opens(f"/k/{other}/chat")
    assert f"{code[:4]} {code[4:8]}" in page.text
    assert (await surfer.sends(choice="skip")).numbers() == code
    await surfer.opens(f"/k/{other}/chat")
    await surfer.sends(choice="restart")
    page = await surfer.opens(f"/k/{other}/chat")
    assert page.numbers() == ""
    assert (await surfer.sends(text="另一件事")).path == f"/k/{other}/chat"


async def test_words_beyond_the_end_of_a_draft_stay_in_the_box(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    page = await surfer.sends(text="长" * 204_800)
    assert page.status == 200
    page = await surfer.sends(text="再多一句")
    assert "这一次写满了" in page.text
    assert ">再多一句</textarea>" in page.text


async def test_a_code_with_a_wrong_digit_is_said_to_be_wrong(surfer: Surfer) -> None:
    await surfer.opens("/progress")
    page = await surfer.sends(text="1234 5678 9012 3450")
    assert 'aria-invalid="true"' in page.text


async def test_an_addition_and_a_withdrawal_by_code_are_durable(world: World, site: Site) -> None:
    surfer = site.surfer()
    code = (await surfer.tells(world.card(TOWN), "原来的话")).numbers()
    await surfer.sends(choice="noted")
    later = site.surfer()
    await later.opens("/progress")
    await later.sends(text=code)
    await later.sends(choice="add")
    await later.sends(text="后来想起的话")
    page = await later.sends(choice="submit")
    assert "后来想起的话" not in page.text
    assert 'role="status"' in page.text
    await later.sends(choice="withdraw")
    page = await later.sends(choice="withdraw")
    assert page.status == 200


async def test_a_look_up_never_touches_an_open_draft(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    await surfer.sends(text="还没说完")
    asked = await surfer.opens("/progress")
    assert "还没说完" not in asked.text
    await surfer.sends(text="1234567890123452")
    assert "还没说完" in (await surfer.opens(f"/k/{world.card(TOWN)}/chat")).text


async def test_the_receipt_as_a_picture_is_the_number_and_nothing_of_the_matter(world: World, surfer: Surfer) -> None:
    code = (await surfer.tells(world.card(TOWN), "画里没有的话")).numbers()
    page = await surfer.sends(choice="picture")
    assert page.headers["Content-Type"].startswith("image/svg+xml")
    assert "attachment" in page.headers["Content-Disposition"]
    assert f"{code[:4]} {code[4:8]}" in page.text
    assert not re.search("巡察|反映|画里|苇庄", page.text)


async def test_a_second_card_asks_before_it_takes_the_place_of_a_draft(world: World, surfer: Surfer) -> None:
    other = next(view.batch.code for view in world.batches.values() if view.batch.code != world.card(TOWN))
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    await surfer.sends(text="第一张卡的话")
    page = await surfer.opens(f"/k/{other}/chat")
    assert page.offers("restart")
    assert "第一张卡的话" in page.text
    page = await surfer.sends(choice="skip")
    assert page.path == f"/k/{world.card(TOWN)}/chat"
    assert "第一张卡的话" in page.text


async def test_an_old_browser_may_send_a_plain_form(world: World, surfer: Surfer) -> None:
    page = await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    fields = {"seal": page.hidden("seal"), "nonce": page.hidden("nonce"), "text": "没有附件的表"}
    async with surfer.session.post(surfer.url + page.path, data=fields) as response:
        assert "没有附件的表" in await response.text()


async def test_a_storage_that_is_full_never_claims_to_have_received(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    await surfer.sends(text="先记下的话")
    await world.house.store.aclose()
    page = await surfer.sends(text="存不下的话")
    assert page.status == 503
    assert "还没有交上去" in page.text
    assert "已收到" not in page.text


async def test_without_a_card_an_ambiguous_place_is_asked_for_and_never_guessed(surfer: Surfer) -> None:
    await surfer.opens("/chat")
    await surfer.sends(text="没有卡片的事", choice="done")
    page = await surfer.sends(text="石桥村")
    units = re.findall(r'value="(unit:[0-9a-f]+)"', page.text)
    assert len(units) >= 2
    page = await surfer.sends(choice=units[0])
    assert "不留名字" in page.text


async def test_a_form_without_its_number_is_not_taken_for_a_repetition(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    for _ in range(2):
        page = await surfer.sends(text="没有号的表", nonce="")
        assert page.status == 403
        assert "没有号的表</textarea>" in page.text


async def test_more_files_than_one_form_may_bring_are_said_not_to_be_taken(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    page = await surfer.sends(*((f"{n}.png", PNG) for n in range(22)))
    assert page.text.count("已记下") == 20
    assert "多的没有收下" in page.text


async def test_noting_an_answer_leaves_an_open_draft_alone(world: World, surfer: Surfer) -> None:
    await surfer.opens(f"/k/{world.card(TOWN)}/chat")
    await surfer.sends(text="还在写的")
    await surfer.opens("/progress")
    await surfer.sends(text="1234567890123452")
    await surfer.sends(choice="noted")
    assert "还在写的" in (await surfer.opens(f"/k/{world.card(TOWN)}/chat")).text


@pytest.mark.parametrize("path", ["/k/%0d%0aX-Evil:1/chat", "/k/%2f%2fevil.example/chat", "/k/%3Cscript%3E/chat"])
async def test_a_strange_card_code_leads_nowhere_else(surfer: Surfer, path: str) -> None:
    page = await surfer.opens(path)
    assert page.status == 404
    assert "X-Evil" not in page.headers
    assert "<script>" not in page.text
