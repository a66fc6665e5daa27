"""The villager's pages without script, over real HTTP: what they say, what they keep, what they refuse."""

import re
from datetime import timedelta

import pytest

from handlers.office import cards
from qr import codes
from tests.web.site import PNG, Site, Surfer
from tests.world import World
from web.forms import FILE_LIMIT

TOWN = "苇庄镇"


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


async def test_a_card_that_was_called_in_says_whom_to_ask_and_forged_ones_all_say_the_same(
    world: World, surfer: Surfer
) -> None:
    view, key = world.batches[TOWN], world.intake.secrets.card_mac_key
    new = await cards.replace(world.desk, view.round.office_id, view.batch.id)
    gone = await surfer.opens(f"/k/{view.batch.code}")
    fresh = await cards.get_batch(world.desk, view.round.office_id, new, "zh")
    assert gone.status == 410
    for part in ("这张卡停用了", "已经换了新的", "第一巡察组", f'href="tel:{view.team.phone.replace("-", "")}"'):
        assert part in gone.text
    assert fresh.batch.code not in gone.text
    short = view.batch.code[:6]
    forged = [codes.new_code(key), codes.new_code(b"\x02" * 32), short + "A" * 8, short, "zz", "x" * 500]
    pages = [await surfer.opens(f"/k/{code}") for code in forged]
    assert {page.status for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert "这张卡停用了" not in pages[0].text


async def test_a_closed_round_says_so_and_names_the_doors_that_stay_open(world: World, surfer: Surfer) -> None:
    world.clock.forward(days=60)
    page = await surfer.opens(f"/k/{world.card(TOWN)}")
    assert "已经结束" in page.text
    assert "12388" in page.text
    assert "我要反映" not in page.text


async def test_a_card_read_before_the_round_names_its_begin_and_its_end(world: World, surfer: Surfer) -> None:
    round_ = next(iter(world.batches.values())).round
    begins = f"{round_.opens_at.month} 月 {round_.opens_at.day} 日（"
    world.clock.now = round_.opens_at - timedelta(days=3)
    page = await surfer.opens(f"/k/{world.card(TOWN)}")
    assert re.search(rf"还没有开始收。{begins}周.）08:00 开始，到时候再来。[^<]+18:00 截止。", page.text)
    world.clock.now = round_.opens_at.replace(year=round_.opens_at.year - 1)
    assert f"{round_.opens_at.year} 年 {begins}" in (await surfer.opens(f"/k/{world.card(TOWN)}")).text


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
