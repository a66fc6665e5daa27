"""A tip's own page: the list it was opened from, the buttons of its state, what stands in its thread and beside it."""

import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from sqlalchemy import select
from yarl import URL

from domain.ids import TipId
from domain.tips import Action
from handlers.desk.locking.standing import stand
from handlers.desk.writing.messages import note_of, store_messages
from handlers.desk.writing.signing import sign_note
from storage.schema.tips import presence
from tests.web.desk.file_side import picture
from tests.web.desk.tip_side import at_work, box_of, words
from tests.web.desk_site import Site


def first_buttons(text: str) -> list[str]:
    """The labels of the buttons that stand in the open."""
    head = text.split('<div class="do">')[1].split("更多", maxsplit=1)[0].split('class="newer"', maxsplit=1)[0]
    alone = re.sub(r'<div class="sheet">.*?</details>', "", head, flags=re.DOTALL)
    return re.findall(r'(?:<summary|<button) class="btn"[^>]*>([^<]+)<', alone)


async def test_the_way_back_and_on_stays_in_the_list_that_the_tip_was_opened_from(site: Site) -> None:
    tips = [await site.tip() for _ in range(4)]
    zhou = await at_work(site, "zhou", tips[0])
    await zhou.does("accept")  # no more in 待受理
    page = await zhou.member.get(f"/desk/tips/{tips[2]}?from={quote('view=received')}")
    assert "第 2 件，共 3 件" in page.text
    assert "view=received" in page.text
    assert f'rel="prev" data-key="k" href="/desk/tips/{tips[1]}?from=view%3Dreceived"' in page.text
    assert f'rel="next" data-key="j" href="/desk/tips/{tips[3]}?from=view%3Dreceived"' in page.text
    assert 'rel="prev"' not in (await zhou.member.get(f"/desk/tips/{tips[1]}?from=view%3Dreceived")).text
    gone = await zhou.member.get(f"/desk/tips/{tips[0]}?from=view%3Dreceived")
    assert "共 3 件" not in gone.text
    everything = await zhou.member.get(f"/desk/tips/{tips[2]}")
    assert "共 4 件" in everything.text
    assert "全部未销号" in everything.text


@pytest.mark.parametrize("text", ["//elsewhere.example", "view=nonsense", "view=mine&x=<script>", "%00", "&" * 900])
async def test_the_way_back_holds_only_parameters_of_our_own_lists(site: Site, text: str) -> None:
    tip, zhou = await site.tip(), await site.member("zhou")
    page = await zhou.get(f"/desk/tips/{tip}?from={quote(text)}")
    assert page.status == 200
    back = URL(re.findall('class="up"><a href="([^"]*)"', page.text)[0].replace("&amp;", "&"))
    assert (back.path, back.query.keys()) == ("/desk", {"team", "view"})
    assert back.query["view"] == ("mine" if "mine" in text else "all")


async def test_a_list_that_was_narrowed_stays_narrow(site: Site) -> None:
    tips = [await site.tip() for _ in range(3)]
    zhou = await at_work(site, "zhou", tips[1])
    await zhou.does("claim")
    mine = quote("view=all&assignee=none")
    page = await zhou.member.get(f"/desk/tips/{tips[0]}?from={mine}")
    assert "第 1 件，共 2 件" in page.text
    assert f'rel="next" data-key="j" href="/desk/tips/{tips[2]}?from=view%3Dall%26assignee%3Dnone"' in page.text
    named = await zhou.member.get(f"/desk/tips/{tips[0]}?from={quote('view=all&identity=anonymous')}")
    assert "共 " not in words(named).split("上一件")[0]  # what stands in sealed headers alone is counted nowhere
    assert f"/desk/tips/{tips[1]}?from" in named.text


async def test_a_form_ends_where_its_reader_was(site: Site) -> None:
    tip = await site.tip()
    zhou = await at_work(site, "zhou", tip)
    await zhou.reads("?from=view%3Dreceived")
    assert (await zhou.sends("claim")).location == f"/desk/tips/{tip}?from=view%3Dreceived"


async def test_the_first_buttons_are_those_that_a_handler_needs_next(site: Site) -> None:
    tip = await site.tip()
    zhou, tang = await at_work(site, "zhou", tip), await at_work(site, "tang", tip)
    assert first_buttons(zhou.page.text) == ["认领", "受理", "不予受理"]
    assert 'data-key="a"' in zhou.page.text
    assert first_buttons((await tang.does("claim")).text) == ["受理", "不予受理", "转办"]
    assert first_buttons((await tang.does("accept")).text) == ["移交", "报批立行立改", "办结"]
    assert 'data-key="e"' in tang.page.text
    await tang.does("propose-notice", text="请村里补公示")
    assert first_buttons((await zhou.reads()).text) == ["批准立行立改", "移交", "办结"]
    assert first_buttons((await zhou.does("notice")).text) == ["记整改结果"]
    assert first_buttons((await tang.does("report-back", text="村里报来了")).text) == ["办结"]
    await tang.does("resolve", reason="put-right")
    assert first_buttons((await zhou.reads()).text) == ["销号", "重新办理"]
    assert first_buttons((await tang.reads()).text) == []
    assert first_buttons((await zhou.does("clear", text="现场看过")).text) == []


async def test_what_would_approve_my_own_work_is_shown_and_says_why_not(site: Site) -> None:
    tip = await site.tip()
    zhou = await at_work(site, "zhou", tip)
    await zhou.does("accept")
    page = await zhou.does("propose-notice", text="请村里补公示")
    assert '<button class="btn" disabled aria-describedby="off-notice">批准立行立改</button>' in page.text
    assert "自己办的不能自己批" in page.text
    page = await zhou.does("resolve", reason="explained")
    assert 'aria-describedby="off-clear"' in page.text
    assert "/clear" not in page.text


async def test_a_reply_that_the_team_often_uses_stands_in_the_box_at_a_press(site: Site) -> None:
    tip = await site.tip()
    zhou = await at_work(site, "zhou", tip)
    found = re.findall(r'name="canned" value="(\w+)"[^>]*data-body="([^"]*)"', zhou.page.text)
    assert len(found) > 3
    one, body = found[0]
    assert box_of(await zhou.reads(f"?canned={one}")) == body
    page = await zhou.sends("write", to="reply", text="您好", canned=one)
    assert (page.status, box_of(page)) == (200, f"您好\n{body}")
    assert 'value="reply" data-key="r" data-focus="#w" checked' in page.text
    assert "您好" not in (await zhou.reads()).text


async def test_what_is_typed_travels_to_the_newer_page(site: Site) -> None:
    tip = await site.tip()
    zhou, tang = await at_work(site, "zhou", tip), await at_work(site, "tang", tip)
    await tang.does("write", to="note", text="先看合同")
    page = await zhou.sends("write", picture(), to="note", text="写到一半", again="1")
    assert (page.status, box_of(page)) == (200, "写到一半")
    assert "先看合同" in page.text
    kept = re.search(r'name="carried" value="([^"]+)"', page.text)
    assert kept
    zhou.page = page
    await zhou.sends("write", to="note", text="写完了", carried=kept[1])
    assert "写完了" in (await zhou.reads()).text
    assert zhou.page.text.count("?large") == 1


async def test_the_thread_tells_who_did_what_with_which_words_and_files(site: Site) -> None:
    tip = await site.tip(words="机耕路有两段只有 2 米多")
    zhou, tang = await at_work(site, "zhou", tip), await at_work(site, "tang", tip)
    await tang.does("claim")
    await tang.does("accept")
    await tang.does("verify")
    await tang.does("write", picture(), to="note", text="量过了，附照片")
    await tang.does("hand-over", picture(), reason="to-police", text="材料在卷")
    told = words(await zhou.reads())
    thread = told.split("收到", 1)[1]
    order = ["机耕路有两段", "唐立 认领", "唐立 受理，告诉反映人", "唐立 开始核实", "内部备注 唐立", "量过了",
             "唐立 移交，告诉反映人", "交给公安机关", "内部备注 唐立 移交", "材料在卷"]  # fmt: skip
    places = [thread.index(one) for one in order]
    assert places == sorted(places)
    assert zhou.page.text.count("?large") == 2


async def test_an_approval_is_said_to_be_signed_and_a_forged_one_to_be_wrong(site: Site) -> None:
    tip = await site.tip()
    zhou, tang = await at_work(site, "zhou", tip), await at_work(site, "tang", tip)
    await tang.does("accept")
    await tang.does("propose-notice", text="请村里补公示")
    await zhou.does("notice")
    assert "周宁 签名批准，签名有效" in words(await tang.reads())
    assert "立改第 1 号" in tang.page.text
    desk, mine, his = site.world.desk, tang.member.session, zhou.member.session
    assert mine is not None
    assert his is not None
    standing = await stand(desk, mine, TipId(bytes.fromhex(tip)))
    forged = replace(note_of(desk, mine, "", act=Action.NOTICE), by="周宁", member=his.member_id.hex(), version=3)
    mark = sign_note(mine, standing.tip.round_id, standing.tip.id, forged)
    forged = replace(forged, signature=mark)  # with the team's key, and not with his
    await store_messages(desk, mine, standing, [forged.message()], lambda _tx, _first: None)
    assert "这一条没有 周宁 本人的签名" in words(await tang.reads())


async def test_a_look_at_the_page_writes_no_presence(site: Site) -> None:
    """Its own line does; what a look at a page changes is the audit alone."""
    await at_work(site, "zhou", await site.tip())
    assert await site.world.house.store.read(lambda tx: tx.execute(select(presence)).all()) == []


@pytest.mark.parametrize(("days", "used"), [(0, "按时 不到 1 天"), (1, "按时 用 1 天")])
async def test_the_day_on_which_a_clock_starts_is_not_counted_in_what_it_took(site: Site, days: int, used: str) -> None:
    tip = await site.tip()
    site.world.clock.forward(days=days)
    zhou = await at_work(site, "zhou", tip)
    assert used in words(await zhou.does("accept"))
