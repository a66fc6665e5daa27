"""Members, duties and the trail over real HTTP: the forms do it, and each deed is asked for by whoever may."""

import re

from domain.ids import TipId
from handlers.people import roster, sessions
from handlers.people.inviting import INVITE_LASTS
from storage.people import members
from tests.handlers.desk.side import WORDS
from tests.handlers.office.side import plan_round
from tests.handlers.office.watch_side import session_of
from tests.web.desk_site import Member, Page, Site
from tests.world import PASSWORD
from vault import totp

NEW = "ten grey carp below the stone bridge"


def here(member: Member) -> str:
    assert member.session is not None
    return f"/office/members/{member.session.member_id.hex()}"


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
        "照着页面绑验证器",
        f"{until.day} 日 {until:%H:%M} 以前有效",
    ):
        assert said in slip[0], said
    assert await invited(page) in slip[0]
    assert re.search(r'<button[^>]* id="print" hidden>打印 1 张</button>', page.text), "shown by the script alone"


async def test_a_slip_names_round_team_and_role(site: Site) -> None:
    fang = await site.member("fang")
    seventh = await plan_round(site.world)
    offered = (await fang.get("/office/members")).text
    for n, team in enumerate(("第六轮 第一巡察组", "第七轮 回避组")):
        seat = re.search(rf'value="([a-z]+\.[0-9a-f]{{32}})">{team} 组员', offered)
        assert seat, team
        page = await fang.post("/office/members", {"name": "林秀英", "login": f"New{n}", "seat": seat[1]})
        assert f"{team} 组员 · 登录名 new{n}" in page.text
    people = await roster.list_people(site.world.desk, await session_of(site.world, "fang"))
    newcomer = next(one.member.id for one in people if one.member.login == "new1")
    assert seventh in {seat.round.id for one in people for seat in one.seats if seat.round}
    again = await fang.post(f"/office/members/{newcomer.hex()}/invite")
    assert "第七轮 回避组 组员 · 登录名 new1" in again.text


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
    wrong = await visitor.post("/sign-in/code", {"code": "000000"})
    assert wrong.status == 409
    assert "验证码不对。请看手机上现在显示的 6 位数字" in wrong.text
    assert "密码" not in wrong.text.split("<main")[1], "the password was right"
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
    assert asked.text.index("取消") < asked.text.index(f'action="{here(tang)}/phone"')
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


async def test_the_trail_shows_numbers_by_the_hour_to_the_office_alone(site: Site) -> None:
    zhou, tip = await site.member("zhou"), await site.tip(words=WORDS)
    site.world.clock.forward(minutes=7)
    await zhou.get(f"/desk/tips/{tip}")
    site.world.clock.forward(minutes=53)  # lines are shown up to the last full hour
    fang, zhou = await site.member("fang"), await site.member("zhou")
    assert zhou.session is not None
    page = await fang.get("/office/trail")
    assert "第一巡察组 1-0001" in page.text
    assert re.findall(r"11 月 11 日 \d+:\d\d", page.text) == ["11 月 11 日 12:00"]
    assert "12 点到 13 点之间" in page.text
    assert tip not in page.text
    assert WORDS[:4] not in page.text
    mine = f"member={zhou.session.member_id.hex()}"
    assert "第一巡察组 1-0001" in (await fang.get(f"/office/trail?{mine}&first=2026-11-11&last=2026-11-11")).text
    assert "第一巡察组 1-0001" not in (await fang.get(f"/office/trail?{mine}&first=2026-11-12")).text
    assert (await fang.get("/office/trail?first=gestern&before=x&skip=y")).status == 200
    assert (await fang.get("/office/trail?member=" + "ab" * 16)).status == 404
    assert (await fang.get("/office/trail?member=zz")).status == 404
    assert (await zhou.get("/office/trail")).status == 404
    assert "开始了第六轮" in (await fang.get("/office/trail/office")).text


async def test_a_director_gives_another_one_the_signing_key_on_their_page(site: Site) -> None:
    fang, qiao = await site.member("fang"), await site.member("qiao")
    await fang.post(f"{here(qiao)}/role", {"seat": "director"})
    assert "/office-key" in (await fang.get(here(qiao))).text
    done = await fang.post(f"{here(qiao)}/office-key")
    page = await fang.get(done.location)
    assert "签名钥匙交给乔木了" in page.text
    assert "/office-key" not in page.text, "given once"
