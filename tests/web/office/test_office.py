"""The office's pages over real HTTP: rounds, members, cards and volume, and never a word of a tip."""

import asyncio
import re

from domain.rounds import RoundState
from handlers.office import rounds
from tests.handlers.office.side import plan_round, ready_round
from tests.web.desk_site import Site
from tests.web.routes import ROUTES

WORDS = "种粮补贴公示写了十一亩"


async def test_every_page_stands_without_script_or_inline_style(site: Site) -> None:
    director, zhou = await site.member("fang"), await site.member("zhou")
    planned = await plan_round(site.world)
    assert zhou.session is not None
    view = site.world.batches["苇庄镇"]
    ids = {
        "round": view.round.id, "team": view.team.id, "unit": view.units[0].id, "batch": view.batch.id,
        "member": zhou.session.member_id,
    }  # fmt: skip
    for method, path in ROUTES:
        if method == "GET" and path.startswith("/office"):
            of = {**ids, "round": planned} if path.endswith("{round}/remove") else ids  # a round until it begins
            page = await director.get(path.format(**{name: one.hex() for name, one in of.items()}))
            assert page.status == 200, path
            assert "<script" not in page.text, path
            assert "style=" not in page.text, path
            assert "default-src 'none'" in page.headers["Content-Security-Policy"], path


async def test_the_overview_shows_numbers_with_their_basis_and_no_word_of_a_tip(site: Site) -> None:
    await site.tip(words=WORDS)
    page = await (await site.member("fang")).get("/office")
    assert "<title>来信总览 · 第六轮</title>" in page.text
    assert "数到 11 月 11 日 12:00，第 26 个工作日" in page.text
    assert "各渠道收到的，含登记的来信来电来访，按收到的日期" in page.text
    assert re.search(r"11 月 11 日 周三</a></th><td class=\"n\"[^>]*>1</td>", page.text)
    assert "种粮" not in page.text
    assert "hourly boards" in {task.get_name() for task in asyncio.all_tasks()}


async def test_the_board_does_not_move_while_somebody_watches(site: Site) -> None:
    director = await site.member("fang")
    before = await director.get("/office")
    assert before.status == 200
    await site.tip(words=WORDS)
    assert (await director.get("/office")).text == before.text


async def test_the_office_meets_no_tip_anywhere(site: Site) -> None:
    tip = await site.tip(words=WORDS)
    for login in ("fang", "qiao"):
        member = await site.member(login)
        for path in ("/desk", "/desk/events", "/desk/team", f"/desk/tips/{tip}", f"/desk/tips/{tip}/files/{'ab' * 16}"):
            assert (await member.get(path)).status == 404, path
        for path in ("/office", "/office/rounds", "/office/members", "/office/cards", "/office/import"):
            page = await member.get(path)
            assert page.status == 200, path
            assert tip not in page.text
            assert WORDS[:4] not in page.text


async def test_a_director_opens_and_closes_after_a_question_with_the_safe_answer_first(site: Site) -> None:
    round_id = (await ready_round(site.world)).hex()
    director, clerk, here = await site.member("fang"), await site.member("qiao"), f"/office/rounds/{round_id}"
    assert f'href="{here}/open"' in (await director.get(here)).text
    assert f'href="{here}/open"' not in (await clerk.get(here)).text
    for act, state in (("open", RoundState.OPEN), ("close", RoundState.CLOSED)):
        asked = await director.get(f"{here}/{act}")
        assert asked.text.index("取消") < asked.text.index(f'action="{here}/{act}"')
        assert re.search(r'href="[^"]+" autofocus', asked.text)
        assert (await clerk.post(f"{here}/{act}")).status == 404
        assert (await director.post(f"{here}/{act}")).status == 303
        assert director.session is not None
        found = await rounds.list_rounds(site.world.desk, director.session)
        assert next(row.state for row in found if row.id.hex() == round_id) is state
        again = await director.post(f"{here}/{act}")
        assert (again.status, 'role="alert"' in again.text) == (409, True)


async def test_texts_of_a_round_are_saved_and_shown_as_text(site: Site) -> None:
    clerk, here = await site.member("qiao"), f"/office/rounds/{site.world.made.round_id.hex()}"
    version = (await clerk.get(here)).version
    saved = await clerk.post(f"{here}/texts", {"notice": "<b>公告</b>", "scope": "村里的事", "version": version})
    assert saved.location == f"{here}?saved"
    page = await clerk.get(saved.location)
    assert "&lt;b&gt;公告&lt;/b&gt;" in page.text
    assert "保存好了" in page.text


async def test_texts_that_cannot_go_out_are_not_saved_and_what_was_typed_stays(site: Site) -> None:
    clerk, here = await site.member("qiao"), f"/office/rounds/{site.world.made.round_id.hex()}"
    version = (await clerk.get(here)).version
    for notice, scope, why in (
        ("长" * 5001, "村里的事", "最多 5000 个字"),
        ("公告", "", "公告和受理范围都要写"),
        ("", "村里的事", "公告和受理范围都要写"),
        ("公告", "很长的受理范围。" * 14, "最多四行，大约 100 个字"),
        ("公告", "补贴\U0001f33e", "没有“\U0001f33e”这个字"),
    ):
        refused = await clerk.post(f"{here}/texts", {"notice": notice, "scope": scope, "version": version})
        assert (refused.status, why in refused.text) == (409, True)
        assert f">{scope}</textarea>" in refused.text
    assert (await clerk.get(here)).version == version


async def test_who_saves_over_a_colleagues_texts_is_shown_them_first(site: Site) -> None:
    clerk, director = await site.member("qiao"), await site.member("fang")
    here = f"/office/rounds/{site.world.made.round_id.hex()}"
    version = (await clerk.get(here)).version
    theirs, mine = {"notice": "主任写的公告", "scope": "村里的事"}, {"notice": "干事写的公告", "scope": "村里的事"}
    assert (await director.post(f"{here}/texts", {**theirs, "version": version})).status == 303
    late = await clerk.post(f"{here}/texts", {**mine, "version": version})
    assert (late.status, "刚才有人改过这一轮" in late.text) == (409, True)
    assert ">干事写的公告</textarea>" in late.text
    assert "现在是：主任写的公告" in late.text
    assert (await clerk.post(f"{here}/texts", {**mine, "version": late.version})).status == 303
    assert ">干事写的公告</textarea>" in (await clerk.get(here)).text


async def test_a_member_is_invited_by_a_link_shown_once_and_put_out_at_once(site: Site) -> None:
    director, clerk = await site.member("fang"), await site.member("qiao")
    page = await director.get("/office/members")
    team = re.search(r'value="(inspector\.[0-9a-f]{32})">第六轮 第一巡察组', page.text)
    assert team
    asked = {"name": "新来", "login": "newhand", "seat": team[1]}
    made = await director.post("/office/members", asked)
    link = re.search(r"http://127\.0\.0\.1(/invite/[\w-]{43})", made.text)
    assert link
    assert link[1] not in (await director.get("/office/members")).text
    taken = await director.post("/office/members", {**asked, "name": "别人"})
    assert (taken.status, "这个登录名已经有人用了" in taken.text, 'value="别人"' in taken.text) == (409, True, True)
    assert (await clerk.post("/office/members", {**asked, "login": "boss", "seat": "director"})).status == 409
    assert "director" not in re.findall(r'<option value="(\w+)"', (await clerk.get("/office/members")).text)
    zhou = await site.member("zhou")
    assert zhou.session is not None
    here = f"/office/members/{zhou.session.member_id.hex()}"
    assert (await zhou.get("/desk")).status == 200
    assert "停用周宁" in (await clerk.get(f"{here}/disable")).text
    assert (await clerk.post(f"{here}/disable")).location == "/office/members"
    assert (await zhou.get("/desk")).location == "/sign-in"
    assert (await clerk.post(f"{here}/invite")).status == 409  # who was put out is let in again by a director
    again = await director.post(f"{here}/invite")
    assert re.search(r"/invite/[\w-]{43}", again.text)


async def test_before_somebody_is_put_out_the_page_says_who_is_left_to_open_tips(site: Site) -> None:
    fang, found = await site.member("fang"), {}
    for login in ("tang", "shen", "lu"):
        member = (await site.member(login)).session
        assert member is not None
        here = found[login] = f"/office/members/{member.member_id.hex()}"
        for act, button in (("disable", "停用"), ("out", "移出")):
            said = (await fang.get(f"{here}/{act}")).text
            enough = login == "tang"  # two others of the first team
            warned = said.find("第二巡察组只剩 1 人打得开来信" if act == "disable" else "那里只剩 1 人打得开来信")
            assert (warned < 0) == enough, (login, act)
            assert ("最好先请人进组" in said) != enough
            assert enough or warned < said.rindex(button), "before the button"
    await fang.post(f"{found['shen']}/disable")
    assert "停用以后，第六轮 第二巡察组没有人打得开已经收到的来信" in (await fang.get(f"{found['lu']}/disable")).text
    assert "最好先请人进组" not in (await fang.get(f"{found['shen']}/disable")).text, "nothing to lose any more"


async def test_who_of_the_recusal_team_can_open_its_tips_is_told_to_a_director_alone(site: Site) -> None:
    jiang = (await site.member("jiang")).session
    assert jiang is not None
    here, warning = f"/office/members/{jiang.member_id.hex()}/disable", "回避组只剩 1 人打得开来信"
    assert warning in (await (await site.member("fang")).get(here)).text
    assert warning not in (await (await site.member("qiao")).get(here)).text


async def test_an_unknown_round_batch_or_member_is_not_there(site: Site) -> None:
    clerk, nothing = await site.member("qiao"), "ab" * 16
    for path in (f"/office/rounds/{nothing}", f"/office?round={nothing}", f"/office/cards?round={nothing}",
                 f"/office/cards/{nothing}", "/office/rounds/zz",
                 f"/office/members/{nothing}/disable"):  # fmt: skip
        assert (await clerk.get(path)).status == 404, path
    assert (await clerk.post("/office/members", {"name": "某", "login": "some", "seat": "king"})).status == 404
    seat = f"leader.{nothing}"
    assert (await clerk.post("/office/members", {"name": "某", "login": "some", "seat": seat})).status == 404


async def test_a_closed_round_keeps_its_numbers(site: Site) -> None:
    director, round_id = await site.member("fang"), site.world.made.round_id.hex()
    await site.tip(words=WORDS)
    await director.post(f"/office/rounds/{round_id}/close")
    page = await director.get("/office")
    assert "已经结束" in page.text
    assert re.search(r"合计</th><td class=\"n\"[^>]*>1</td>", page.text)
