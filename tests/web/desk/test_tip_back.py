"""A form that is refused comes back: what happened meanwhile stands beside it, all that was written stands in it."""

import re

import pytest
from sqlalchemy import text

from domain.ids import TipId
from domain.tips import Action
from handlers.desk.arriving.fold import fold
from handlers.desk.locking import recusing
from handlers.desk.moves import notes
from handlers.desk.moves.acting import Wish, act
from handlers.desk.tip.thread import open_tip
from handlers.texts import say
from tests.handlers.desk.handing import hand
from tests.handlers.desk.side import Told, tell
from tests.web.desk.file_side import picture
from tests.web.desk.tip_side import Work, at_work, box_of, field_of, words
from tests.web.desk_site import Site

MINE = "您说的是哪一年？“甲”还是乙"


async def told_tip(site: Site) -> tuple[Told, Work, Work]:
    """A tip with its reporter, and a leader and an inspector who both have its page open."""
    told = await tell(site.world)
    return told, await at_work(site, "zhou", told.id.hex()), await at_work(site, "tang", told.id.hex())


async def test_who_is_second_reads_what_the_first_did_keeps_the_own_words_and_sends_them_at_a_press(site: Site) -> None:
    told, zhou, tang = await told_tip(site)
    await tang.does("accept")
    await tang.does("write", to="note", text="先看账再说")
    zhou.page = await zhou.sends("write", to="reply", text=MINE)
    assert zhou.page.status == 409
    shown = words(zhou.page)
    assert all(
        one in shown
        for one in ("有人刚刚改过", "您打开以后发生的", "唐立 写了备注", "先看账再说", "已经受理您反映的事")
    )
    assert box_of(zhou.page) == MINE
    assert 'value="reply" data-key="r" data-focus="#w" checked' in zhou.page.text
    answer = await zhou.sends("write", to="reply", text=box_of(zhou.page))
    assert answer.status == 303
    assert [one.text for one in await told.news()][-1] == MINE


async def test_what_the_reporter_adds_meanwhile_is_shown_before_it_is_answered(site: Site) -> None:
    told, zhou, _ = await told_tip(site)
    await zhou.does("accept")
    await zhou.does("write", to="reporter", text="在哪一年？")
    await told.adds("是前年冬天的事")
    page = await zhou.sends("write", to="reporter", text=MINE)
    assert page.status == 409
    assert "是前年冬天的事" in page.text
    assert "反映人补充" in page.text
    assert box_of(page) == MINE


async def test_what_is_legal_no_more_says_so_and_keeps_the_words_as_a_note(site: Site) -> None:
    _, zhou, tang = await told_tip(site)
    await tang.does("decline", reason="hotline")
    zhou.page = await zhou.sends("write", to="reporter", text=MINE)
    shown = words(zhou.page)
    assert zhou.page.status == 409
    assert "这一件现在是“不予受理”" in shown
    assert "唐立 不予受理：日常求助和咨询" in shown
    assert (box_of(zhou.page), field_of(zhou.page, "to")) == (MINE, "note")
    assert (await zhou.sends("write", to="note", text=box_of(zhou.page))).status == 303
    assert MINE in words(await zhou.reads())


async def test_a_move_that_somebody_else_made_first_is_not_made_twice(site: Site) -> None:
    _, zhou, tang = await told_tip(site)
    await tang.does("accept")
    late = await zhou.sends("accept")
    assert late.status == 409
    assert "这一步做不了了" in words(late)
    assert (await zhou.reads()).text.count("已经受理您反映的事") == 1


@pytest.mark.parametrize(
    ("login", "name", "fields", "refused"),
    [
        ("zhou", "write", {"to": "reply", "text": "甲" * 4001}, (400, "desk-refused-too-long")),
        ("zhou", "write", {"to": "note", "text": "a note " * 142_000}, (400, "desk-refused-too-long")),
        ("zhou", "write", {"to": "reply", "text": "  \n "}, (400, "desk-refused-text")),
        ("zhou", "write", {"to": "reply", "text": MINE, "version": "77"}, (409, "tip-stale")),
        ("zhou", "write", {"to": "reply", "text": MINE, "version": "9" * 4000}, (409, "tip-stale")),
        ("zhou", "resolve", {"text": MINE}, (400, "desk-refused-reason")),
        ("zhou", "resolve", {"text": MINE, "reason": "because"}, (400, "desk-refused-reason")),
        ("zhou", "refer", {"text": MINE, "reason": "hotline"}, (400, "desk-refused-reason")),
        ("zhou", "propose-notice", {"text": ""}, (400, "desk-refused-text")),
        ("zhou", "clear", {"text": MINE}, (409, "error-wrong-state")),
        ("zhou", "receipt-back", {"text": MINE}, (409, "error-wrong-state")),
        ("zhou", "notice", {"text": MINE}, (409, "desk-refused-no-proposal")),
        ("tang", "assign", {"member": "ab" * 16}, (409, "desk-refused-heads-only")),
        ("zhou", "assign", {"member": "ab" * 16}, (400, "desk-refused-assignee")),
    ],
)  # fmt: skip
async def test_every_refusal_gives_the_form_back_with_its_words_and_what_was_written(
    site: Site, login: str, name: str, fields: dict[str, str], refused: tuple[int, str]
) -> None:
    _, zhou, tang = await told_tip(site)
    await tang.does("accept")
    sender = {"zhou": zhou, "tang": tang}[login]
    await sender.reads()
    page = await sender.sends(name, **fields)
    assert (page.status, say("zh", refused[1]) in page.text) == (refused[0], True)
    assert box_of(page).strip() == fields.get("text", "").strip()
    assert 'role="alert"' in page.text


async def test_a_lack_of_evidence_and_ones_own_work_are_said_and_nothing_is_lost(site: Site) -> None:
    _, zhou, tang = await told_tip(site)
    for name, fields in (("accept", {}), ("resolve", {"reason": "explained"})):
        await tang.does(name, **fields)
    await zhou.reads()
    bare = await zhou.sends("clear")
    assert (bare.status, say("zh", "desk-refused-evidence") in bare.text) == (400, True)
    refused = await tang.sends("clear", text=MINE)
    assert (refused.status, say("zh", "desk-refused-leader-only") in refused.text, box_of(refused)) == (409, True, MINE)
    await zhou.does("reopen", reason="mistake")
    for name, fields in (("verify", {}), ("resolve", {"reason": "partly"})):
        await zhou.does(name, **fields)
    await zhou.reads()
    own = await zhou.sends("clear", text=MINE)
    assert (own.status, say("zh", "desk-refused-own-work") in own.text, box_of(own)) == (409, True, MINE)


async def test_the_reason_that_was_chosen_is_still_chosen(site: Site) -> None:
    _, zhou, tang = await told_tip(site)
    await zhou.does("accept")
    await zhou.reads()
    await tang.does("claim")
    page = await zhou.sends("hand-over", reason="to-police", text="材料在卷")
    assert page.status == 409
    assert re.search('value="to-police" required checked', page.text)
    assert box_of(page) == "材料在卷"


async def test_files_of_a_refused_form_are_kept_and_sent_once(site: Site) -> None:
    _, zhou, tang = await told_tip(site)
    await zhou.does("accept")
    await zhou.reads()
    await tang.does("claim")
    page = await zhou.sends("refer", picture(), picture(), reason="to-police", text="材料")
    assert "您附的 2 个文件还在" in page.text
    zhou.page, kept = page, field_of(page, "carried")
    fields = {"reason": "to-police", "text": "材料", "carried": kept}
    assert (await zhou.sends("refer", **fields)).status == 303
    assert (await zhou.reads()).text.count("?large") == 2
    assert (await zhou.sends("write", to="note", text="又按了一次", carried=kept)).status == 303
    assert (await zhou.reads()).text.count("?large") == 2
    assert zhou.page.text.count("又按了一次") == 1


async def test_a_token_for_files_is_good_for_its_member_and_its_tip_only(site: Site) -> None:
    _, zhou, tang = await told_tip(site)
    page = await zhou.sends("write", picture(), to="note", text="甲" * 4001)
    kept = field_of(page, "carried")
    assert (await tang.sends("write", to="note", text="别人的", carried=kept)).status == 303
    other = await at_work(site, "zhou", await site.tip())
    assert (await other.sends("write", to="note", text="别处的", carried=kept)).status == 303
    for forged in (kept[:-8] + "AAAAAAAA", "////", "A" * 5000, "汉字"):
        assert (await zhou.sends("write", to="note", text="假的", carried=forged)).status == 303
    assert "?large" not in (await tang.reads()).text + (await other.reads()).text
    assert (await zhou.sends("write", to="note", text="真的", carried=kept)).status == 303
    assert (await zhou.reads()).text.count("?large") == 1


async def test_a_file_that_cannot_come_in_leaves_the_words_and_the_other_files(site: Site) -> None:
    _, zhou, _ = await told_tip(site)
    page = await zhou.sends("write", b"MZ\x90\0" + bytes(200), picture(), to="note", text=MINE)
    assert page.status == 400
    assert "打不开" in words(page)
    assert box_of(page) == MINE
    assert "您附的 1 个文件还在" in page.text


async def test_whoever_is_recused_while_writing_gets_the_own_words_back_and_nothing_else(site: Site) -> None:
    told, zhou, tang = await told_tip(site)
    assert zhou.member.session is not None
    assert tang.member.session is not None
    await recusing.recuse(site.world.desk, zhou.member.session, told.id, tang.member.session.member_id)
    await notes.note(site.world.desk, zhou.member.session, told.id, "他回避了")
    page = await tang.sends("write", to="note", text=MINE)
    assert page.status == 409
    assert MINE in words(page)
    assert say("zh", "desk-refused-recused") in page.text
    assert "他回避了" not in page.text


async def test_words_for_a_tip_that_is_not_there_come_back_as_for_one_of_another_team(site: Site) -> None:
    told, _, _ = await told_tip(site)
    shen = await site.member("shen")
    fields = {"version": "1", "to": "note", "text": MINE}
    theirs = await shen.post(f"/desk/tips/{told.id.hex()}/write", fields)
    unknown = await shen.post(f"/desk/tips/{'cd' * 16}/write", fields)
    assert (theirs.status, theirs.body) == (404, unknown.body)
    assert MINE in words(theirs)


@pytest.mark.parametrize("fields", [{}, {"again": "1"}])
async def test_whoever_writes_on_a_tip_that_a_colleague_passed_on_reads_so_and_keeps_the_words(
    site: Site, fields: dict[str, str]
) -> None:
    told, zhou, tang = await told_tip(site)
    shen = await site.member("shen")
    assert zhou.member.session is not None
    assert shen.session is not None
    await hand(told, zhou.member.session, shen.session.teams[0])
    for files in ((), (picture(),)):
        page = await tang.sends("write", *files, to="note", text=MINE, **fields)
        assert (page.status, say("zh", "desk-refused-passed-on") in page.text) == (409, True)
        assert MINE in words(page)
    late = await tang.sends("accept")
    assert (late.status, say("zh", "desk-refused-passed-on") in late.text) == (409, True)


async def test_words_are_kept_when_nothing_can_be_stored(site: Site) -> None:
    _, zhou, _ = await told_tip(site)
    await site.world.house.store.write(lambda tx: tx.execute(text("PRAGMA query_only = ON")))
    page = await zhou.sends("write", to="note", text=MINE)
    assert (page.status, say("zh", "desk-cannot-store") in page.text) == (503, True)
    assert MINE in words(page)


async def test_another_window_of_my_own_counts_as_somebody_else(site: Site) -> None:
    told, zhou, _ = await told_tip(site)
    desk, session = site.world.desk, zhou.member.session
    assert session is not None
    await act(desk, session, told.id, Wish(Action.ACCEPT, await told.version(session)))
    assert (await zhou.sends("write", to="reply", text=MINE)).status == 409
    await fold(desk)
    assert all(one.act != "reply" for one in (await open_tip(desk, session, TipId(told.id))).thread)
