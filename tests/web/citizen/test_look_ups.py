"""The villager's pages after the receipt and off the straight line: look-ups, second cards, a full store, odd forms."""

import re
from dataclasses import replace

import pytest

from domain.tips import Action
from handlers.desk.arriving.fold import fold
from handlers.desk.moves.acting import Wish, act
from handlers.desk.tip.thread import open_tip
from tests.web.site import PNG, Site, Surfer, open_site, without_look_ups
from tests.world import World

TOWN = "苇庄镇"


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


async def test_the_teams_last_words_stand_where_an_answer_is_written(world: World, site: Site) -> None:
    code = (await site.surfer().tells(world.card(TOWN), "原来的话")).numbers()
    (row,) = await fold(world.desk)
    _, zhou = await world.sign_in("zhou")
    for wish in (Wish(Action.ACCEPT, 0), Wish(Action.ASK, 0, words="您还记得是哪一年吗？")):
        seen = (await open_tip(world.desk, zhou, row.tip_id)).standing.work.version
        await act(world.desk, zhou, row.tip_id, replace(wish, version=seen))
    later = site.surfer()
    await later.opens("/progress")
    await later.sends(text=code)
    pages = [await later.sends(choice="add"), await later.sends(text="是前年"), await later.sends(choice="undo")]
    for page in (*pages, await later.opens("/progress"), await later.sends(choice="submit")):
        assert "您还记得是哪一年吗？" in page.text
        assert "请接着说" in page.text
        assert "已经受理" not in page.text, "only the last letter"


async def test_done_with_nothing_told_is_said_on_the_page(world: World, site: Site) -> None:
    fresh, later = site.surfer(), site.surfer()
    await fresh.opens(f"/k/{world.card(TOWN)}/chat")
    await later.opens("/progress")
    await later.sends(text="1234567890123452")
    await later.sends(choice="add")
    for surfer, button in ((fresh, "done"), (later, "submit")):
        assert surfer.page.offers(button)
        page = await surfer.sends(text="  ", choice=button)
        assert "您还没有说什么" in page.text
        assert page.offers(button)
        page = await surfer.sends(text="现在说了", choice=button)
        assert "您还没有说什么" not in page.text
        assert not page.offers("done")


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
