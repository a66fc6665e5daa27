"""Opening, members, duties and the trail over real HTTP: the forms do it, and everybody is told what is missing."""

import re

from domain.ids import TipId
from domain.regions import Relation
from domain.rounds import RoundState
from handlers.office import rounds
from handlers.people import sessions
from handlers.people.inviting import INVITE_LASTS
from storage.people import conflicts, members
from storage.people.conflicts import Declared
from tests.handlers.desk.side import WORDS
from tests.handlers.office.plan_side import Planner
from tests.handlers.office.side import plan_round, ready_round
from tests.web.desk_site import Member, Page, Site
from tests.world import PASSWORD
from vault import totp

NEW = "ten grey carp below the stone bridge"


def here(member: Member) -> str:
    assert member.session is not None
    return f"/office/members/{member.session.member_id.hex()}"


async def test_the_round_page_says_what_is_missing_with_a_link_and_offers_no_button(site: Site) -> None:
    fang, at = await site.member("fang"), f"/office/rounds/{(await plan_round(site.world)).hex()}"
    page = await fang.get(at)
    assert "还有 1 项没有齐" in page.text
    assert re.search(r"还没有</span>.*?每个单位都有卡片.*?苇原县 苇庄镇", page.text, re.S)
    assert f'href="{at}/open"' not in page.text
    refused = await fang.post(f"{at}/open")
    assert (refused.status, "还有单位没有卡片，没有开始" in refused.text) == (409, True)


async def test_the_check_list_of_an_empty_round_says_that_units_have_to_go_to_teams(site: Site) -> None:
    fang = await site.member("fang")
    assert fang.session is not None
    planner = Planner(site.world, fang.session)
    round_id = await planner.round()
    at = f"/office/rounds/{round_id.hex()}"
    page = (await fang.get(at)).text
    assert re.search(r"还没有</span>.*?每个单位都有组管</h3>\s*<p>单位都要分给组", page, re.S)
    assert re.search(
        r"还没有</span></span>\s*<div[^>]*><h3>每个单位都有卡片</h3>\s*<p>还没有单位分给组。先分工，再做卡片。", page
    )
    assert "没有分到单位的组" not in page
    await planner.team(round_id, 1)
    assert re.search(r"没有分到单位的组：</p><ul[^>]*><li>第 1 组</li>", (await fang.get(at)).text)


async def test_a_tie_is_a_heading_of_its_own_that_leads_to_the_assignment(site: Site) -> None:
    fang, zhou, round_id = await site.member("fang"), await site.member("zhou"), await ready_round(site.world)
    at = f"/office/rounds/{round_id.hex()}"
    assert "没有人要巡自己申报回避的地方" in (await fang.get(at)).text
    assert zhou.session is not None
    village = await Planner(site.world, zhou.session).unit("苇原县/苇庄镇/上苇村")
    tie = Declared(zhou.session.member_id, village, Relation.NATIVE, site.world.clock().date())
    await site.world.house.store.write(lambda tx: conflicts.put_conflict(tx, tie))
    page = (await fang.get(at)).text
    assert "没有人要巡自己申报回避的地方" not in page
    assert re.search(rf'有人申报过和要巡的地方有关系</h3>\s*<p>[^<]*<a href="{at}/assignment">去看分工</a>', page)


async def test_a_round_opened_before_its_first_day_says_from_when_letters_come(site: Site) -> None:
    fang, round_id = await site.member("fang"), await ready_round(site.world)
    assert fang.session is not None
    opens = (await rounds.get_round(site.world.desk, fang.session, round_id)).opens_at
    day, at = f"{opens.month} 月 {opens.day} 日", f"/office/rounds/{round_id.hex()}"
    assert f"也要到 {day} 08:00 才收信" in (await fang.get(f"{at}/open")).text
    await fang.post(f"{at}/open")
    for page in (at, "/office/rounds"):
        assert f"已经开了，{day}起收信" in (await fang.get(page)).text
    assert "起收信" not in (await fang.get(f"/office/rounds/{site.world.made.round_id.hex()}")).text


async def test_a_director_opens_when_all_is_there_and_sees_the_keys(site: Site) -> None:
    fang, round_id = await site.member("fang"), await ready_round(site.world)
    at = f"/office/rounds/{round_id.hex()}"
    assert f'href="{at}/open"' in (await fang.get(at)).text
    assert f'href="{at}/open"' not in (await (await site.member("qiao")).get(at)).text
    assert (await fang.post(f"{at}/open")).location == f"{at}#keys"
    page = await fang.get(at)
    assert len(re.findall(r"(?:\d{4} ){7}\d{4}", page.text)) == 5
    assert page.text.count("两位保管人") == 4
    assert "签名不对" not in page.text


async def test_custodians_are_waived_with_a_reason_and_wanted_again(site: Site) -> None:
    fang, round_id = await site.member("fang"), await ready_round(site.world)
    at = f"/office/rounds/{round_id.hex()}"
    assert (await fang.post(f"{at}/escrow", {"why": "  "})).status == 409
    assert (await fang.post(f"{at}/escrow", {"why": "县里没有合适的人"})).location == f"{at}#list"
    assert "理由：县里没有合适的人" in (await fang.get(at)).text
    await fang.post(f"{at}/escrow", {"back": "1"})
    assert "县里没有合适的人" not in (await fang.get(at)).text


async def test_an_open_round_is_extended_by_a_form_that_keeps_what_was_typed(site: Site) -> None:
    fang, round_id = await site.member("fang"), site.world.made.round_id
    at = f"/office/rounds/{round_id.hex()}/extend"
    assert (await (await site.member("qiao")).get(at)).status == 404
    for typed, said in (
        ("2026-11-20T18:00", "要比现在的截止时间晚"),
        ("不知道", "没有看懂这个时间"),
        ("20261220", "没有看懂这个时间"),
        ("2026-W51-7", "没有看懂这个时间"),
        ("2026-12-20T1800", "没有看懂这个时间"),
    ):
        again = await fang.post(at, {"until": typed})
        assert (again.status, said in again.text, typed in again.text) == (409, True, True)
    assert (await fang.post(at, {"until": "2026-12-20T12:00"})).location == f"/office/rounds/{round_id.hex()}"
    assert fang.session is not None
    found = await rounds.get_round(site.world.desk, fang.session, round_id)
    assert (found.state, f"{found.closes_at:%m-%d %H:%M}") == (RoundState.OPEN, "12-20 12:00")


async def test_an_invite_is_a_slip_of_paper_with_name_role_code_link_steps_and_end(site: Site) -> None:
    fang = await site.member("fang")
    page = await fang.post("/office/members", {"name": "林秀英", "login": "linxiuying", "seat": "clerk"})
    slip = re.search(r'<ul class="links">.*?</ul>', page.text, re.S)
    assert slip
    until = site.world.clock() + INVITE_LASTS
    for said in (
        "林秀英",
        "登录名 linxiuying",
        "<svg",
        "用手机扫",
        "绑好验证器",
        f"{until.day} 日 {until:%H:%M} 以前有效",
    ):
        assert said in slip[0], said
    assert await invited(page) in slip[0]
    assert re.search(r'<button[^>]* id="print" hidden>打印 1 张</button>', page.text), "shown by the script alone"


async def invited(page: Page) -> str:
    link = re.search(r"/invite/[\w-]{43}", page.text)
    assert link
    return link[0]


async def test_a_lost_password_keeps_the_second_factor_and_asks_for_its_code(site: Site) -> None:
    qiao, tang = await site.member("qiao"), await site.member("tang")
    assert "验证器不变" in (await qiao.get(f"{here(tang)}/invite")).text
    link = await invited(await qiao.post(f"{here(tang)}/invite"))
    assert (await tang.get("/desk")).location == "/sign-in"
    visitor = site.visitor()
    await visitor.get(link)
    assert (await visitor.post(link, {"password": NEW, "again": NEW})).location == "/sign-in/code"
    asked = await visitor.get("/sign-in/code")
    assert "<svg" not in asked.text.split("<main")[1], "no second factor is shown again"
    assert (await visitor.post("/sign-in/code", {"code": "000000"})).status == 409
    assert (await visitor.get("/desk")).location == "/sign-in/code"
    site.world.clock.forward(minutes=1)
    code = totp.code_at(await secret_of(site, tang), site.world.clock())
    assert (await visitor.post("/sign-in/code", {"code": code})).location == "/desk"


async def secret_of(site: Site, member: Member) -> str:
    assert member.session is not None
    mine = member.session.member_id
    row = await site.world.house.store.read(lambda tx: members.get_member(tx, mine))
    return sessions._secret(site.world.desk, row)


async def test_a_new_phone_is_a_directors_step_with_a_question_and_a_line(site: Site) -> None:
    qiao, fang, tang = [await site.member(one) for one in ("qiao", "fang", "tang")]
    old = await secret_of(site, tang)
    assert f'href="{here(tang)}/phone"' not in (await qiao.get(here(tang))).text
    assert (await qiao.post(f"{here(tang)}/phone")).status == 404
    asked = await fang.get(f"{here(tang)}/phone")
    assert asked.text.index("先不做") < asked.text.index(f'action="{here(tang)}/phone"')
    link = await invited(await fang.post(f"{here(tang)}/phone"))
    visitor = site.visitor()
    await visitor.get(link)
    await visitor.post(link, {"password": NEW, "again": NEW})
    assert "<svg" in (await visitor.get("/sign-in/code")).text.split("<main")[1]
    assert await secret_of(site, tang) != old
    assert "让唐立重新绑验证器" in (await fang.get("/office/trail/office")).text


async def test_the_old_password_opens_nothing_after_a_reset(site: Site) -> None:
    qiao, tang = await site.member("qiao"), await site.member("tang")
    await qiao.post(f"{here(tang)}/invite")
    visitor = site.visitor()
    await visitor.get("/sign-in")
    assert (await visitor.post("/sign-in", {"login": "tang", "password": PASSWORD})).status == 409


async def test_a_members_page_shows_places_duty_sign_ins_and_no_content(site: Site) -> None:
    qiao, zhou, tip = await site.member("qiao"), await site.member("zhou"), await site.tip(words=WORDS)
    await zhou.get(f"/desk/tips/{tip}")
    page = await qiao.get(here(zhou))
    for words in ("第六轮 第一巡察组 组长", "现在登录着 2 处", "最近一次 2026 年 11 月 11 日", "没有申报"):
        assert words in page.text
    assert TipId(bytes.fromhex(tip)).hex() not in page.text
    assert WORDS[:4] not in page.text
    boss = await qiao.get(here(await site.member("fang")))
    assert "由另一位主任来做" in boss.text
    assert (await qiao.get("/office/members/" + "ab" * 16)).status == 404


async def test_roles_are_given_and_taken_by_forms(site: Site) -> None:
    fang, qiao, lu = [await site.member(one) for one in ("fang", "qiao", "lu")]
    offered = await fang.get(here(lu))
    third = re.search(r'value="(inspector\.[0-9a-f]{32})">第六轮 第三巡察组', offered.text)
    assert third
    assert (await fang.post(f"{here(lu)}/role", {"seat": third[1]})).location == here(lu)
    assert "第三巡察组 组员" in (await fang.get(here(lu))).text
    mixed = await fang.post(f"{here(lu)}/role", {"seat": "clerk"})
    assert (mixed.status, "办信的和管人的要分开" in mixed.text) == (409, True)
    both = await fang.post(f"{here(qiao)}/role", {"seat": "custodian"})
    assert (both.status, "保管人只做保管人" in both.text) == (409, True)
    assert (await fang.post(f"{here(qiao)}/role", {"seat": "director"})).status == 303
    assert "主任" in (await fang.get(here(qiao))).text
    assert (await fang.post(f"{here(qiao)}/role/end", {"seat": "director"})).location == here(qiao)
    assert (await fang.post(f"{here(qiao)}/role/end", {"seat": "director"})).status == 404
    assert (await fang.post(f"{here(lu)}/role/end", {"seat": third[1]})).status == 404


async def test_the_tree_is_arranged_by_one_button_and_changed_by_a_form(site: Site) -> None:
    fang, tang, zhou, shen = [await site.member(one) for one in ("fang", "tang", "zhou", "shen")]
    assert "有 8 个人可以按职务排好" in (await fang.get("/office/duty")).text
    assert (await fang.post("/office/duty/proposal")).location == "/office/duty?saved"
    page = await fang.get("/office/duty")
    assert "可以按职务排好" not in page.text
    ids = {one: here(member).rpartition("/")[2] for one, member in (("tang", tang), ("zhou", zhou), ("shen", shen))}
    circle = await fang.post("/office/duty", {f"of.{ids['zhou']}": ids["tang"]})
    assert (circle.status, "绕一圈" in circle.text) == (409, True)
    assert re.search(rf'name="of.{ids["zhou"]}".*?value="{ids["tang"]}" selected', circle.text, re.S)
    assert (await fang.post("/office/duty", {f"of.{ids['tang']}": ids["shen"]})).status == 303
    assert "沈禾" in (await fang.get(here(tang))).text
    assert (await fang.post("/office/duty", {"of.zz": ""})).status == 404


async def test_the_trail_shows_numbers_by_minute_to_the_office_alone(site: Site) -> None:
    zhou, tip = await site.member("zhou"), await site.tip(words=WORDS)
    await zhou.get(f"/desk/tips/{tip}")
    site.world.clock.forward(hours=1)  # lines are shown up to the last full hour
    fang, zhou = await site.member("fang"), await site.member("zhou")
    assert zhou.session is not None
    page = await fang.get("/office/trail")
    assert "第一巡察组 1-0001" in page.text
    assert "11 月 11 日 12:00" in page.text
    assert tip not in page.text
    assert WORDS[:4] not in page.text
    mine = f"member={zhou.session.member_id.hex()}"
    assert "第一巡察组 1-0001" in (await fang.get(f"/office/trail?{mine}&first=2026-11-11&last=2026-11-11")).text
    assert "第一巡察组 1-0001" not in (await fang.get(f"/office/trail?{mine}&first=2026-11-12")).text
    assert (await fang.get("/office/trail?first=gestern&page=x")).status == 200
    assert (await fang.get("/office/trail?member=" + "ab" * 16)).status == 404
    assert (await fang.get("/office/trail?member=zz")).status == 404
    assert (await zhou.get("/office/trail")).status == 404
    assert "开始了第六轮" in (await fang.get("/office/trail/office")).text
