"""Passing a tip on, and putting people out, as pages: the forms do it, and everybody is told plainly what is left."""

from domain.ids import TipId
from domain.rounds import TeamKind
from handlers.desk.locking import recusing
from storage.office import teams
from storage.people import keys
from tests.web.desk_site import Member, Site

NOTHING = "cd" * 16


async def team_of(member: Member) -> str:
    assert member.session is not None
    return member.session.teams[0].hex()


async def test_a_tip_that_was_passed_on_is_an_unknown_address_and_its_old_forms_say_to_the_team_alone_that_it_went(
    site: Site,
) -> None:
    tip, zhou, shen, gu = await site.tip(), *[await site.member(one) for one in ("zhou", "shen", "gu")]
    page = await zhou.get(f"/desk/tips/{tip}")
    fields = {"version": page.version, "team": await team_of(shen), "text": "账在镇农服中心"}
    done = await zhou.post(f"/desk/tips/{tip}/transfer", fields)
    assert (done.status, done.location) == (303, f"/desk?team={await team_of(zhou)}")
    sent = {"version": "1", "team": await team_of(shen), "member": "ab" * 16}
    for who, forms in ((zhou, 409), (await site.member("tang"), 409), (gu, 404)):
        for method, rest in (("GET", ""), ("POST", "/transfer"), ("POST", "/claim"), ("POST", "/recuse")):
            gone, unknown = [
                await (who.get(path) if method == "GET" else who.post(path, sent))
                for path in (f"/desk/tips/{tip}{rest}", f"/desk/tips/{NOTHING}{rest}")
            ]
            status = 404 if method == "GET" else forms
            assert (gone.status, gone.body == unknown.body) == (status, status == 404), rest
            assert ("已经由同事转给别的组" in gone.text) is (status == 409)
            assert "账在镇农服中心" not in gone.text
    there = await shen.get(f"/desk/tips/{tip}")
    assert there.status == 200
    assert "账在镇农服中心" in there.text
    assert f'href="/desk/tips/{tip}' not in (await zhou.get("/desk")).text
    assert f'href="/desk/tips/{tip}' in (await shen.get("/desk")).text


async def test_a_refused_form_says_why_and_keeps_the_words(site: Site) -> None:
    tip, zhou, shen = await site.tip(), await site.member("zhou"), await site.member("shen")
    page = await zhou.get(f"/desk/tips/{tip}")
    for fields, status, said in (
        ({"version": page.version}, 400, "请选要转去的组"),
        ({"version": page.version, "team": await team_of(zhou)}, 400, "请选要转去的组"),
        ({"version": "0", "team": await team_of(shen)}, 409, "有人刚刚改过"),
    ):
        answer = await zhou.post(f"/desk/tips/{tip}/transfer", {**fields, "text": "请那个组接着看"})
        assert (answer.status, said in answer.text, "请那个组接着看" in answer.text) == (status, True, True)
    assert (await zhou.post(f"/desk/tips/{tip}/transfer", {"version": page.version, "team": "x"})).status == 404
    assert (await zhou.get(f"/desk/tips/{tip}")).status == 200


async def test_the_directors_disable_changes_the_key_in_the_same_step(site: Site) -> None:
    fang, tang, zhou = [await site.member(one) for one in ("fang", "tang", "zhou")]
    assert tang.session is not None
    here = f"/office/members/{tang.session.member_id.hex()}"
    asked = await fang.get(here + "/disable")
    assert "会同时换一把钥匙" in asked.text
    assert (await fang.post(here + "/disable")).status == 303
    assert (await tang.get("/desk")).location == "/sign-in"
    assert "要换钥匙的组" not in (await fang.get("/office/members")).text
    assert (await zhou.get("/desk/team")).status == 200
    assert await generation(site, "zhou") == 2


async def generation(site: Site, login: str) -> int:
    member = await site.member(login)
    assert member.session is not None
    team_id, round_id = member.session.teams[0], site.world.made.round_id
    return (await site.world.house.store.read(lambda tx: keys.team_keys(tx, round_id, team_id)))[0].generation


async def test_after_a_clerks_disable_both_pages_ask_for_the_director_who_changes_it_by_one_button(site: Site) -> None:
    clerk, fang, tang, zhou = [await site.member(one) for one in ("qiao", "fang", "tang", "zhou")]
    assert tang.session is not None
    here = f"/office/members/{tang.session.member_id.hex()}"
    assert "要请主任换一把钥匙" in (await clerk.get(here + "/disable")).text
    await clerk.post(here + "/disable")
    assert (await tang.get("/desk")).location == "/sign-in"
    rotate = f"/office/teams/{await team_of(zhou)}/rotate"
    theirs, ours = await clerk.get("/office/members"), await fang.get("/office/members")
    assert "只有主任能换" in theirs.text
    assert rotate not in theirs.text
    assert f'action="{rotate}"' in ours.text
    assert tang.session.name in ours.text
    assert "请巡察办主任尽快换钥匙" in (await zhou.get("/desk/team")).text
    assert (await clerk.post(rotate)).status == 404
    assert (await fang.post(f"/office/teams/{NOTHING}/rotate")).status == 404
    assert (await fang.post(rotate)).location == "/office/members"
    assert "要换钥匙的组" not in (await fang.get("/office/members")).text
    assert "请巡察办主任尽快换钥匙" not in (await zhou.get("/desk/team")).text


async def test_the_office_takes_somebody_out_of_one_team(site: Site) -> None:
    fang, heyu = await site.member("fang"), await site.member("heyu")
    assert heyu.session is not None
    here = f"/office/members/{heyu.session.member_id.hex()}/out"
    listed = await site.world.house.store.read(lambda tx: teams.list_teams(tx, site.world.made.round_id))
    unrouted = next(one for one in listed if one.kind is TeamKind.UNROUTED)
    assert (await heyu.get(f"/desk?team={unrouted.id.hex()}")).status == 200
    asked = await fang.get(here)
    assert asked.text.count("移出第六轮 第一巡察组") == asked.text.count(f"移出第六轮 {unrouted.name}") == 1
    assert (done := await fang.post(here, {"team": unrouted.id.hex()})).location == here.replace("/out", "?out")
    assert "移出了" in (await fang.get(done.location)).text
    assert (await heyu.get(f"/desk?team={unrouted.id.hex()}")).status == 404
    assert (await heyu.get("/desk")).status == 200
    assert (await fang.post(here, {"team": unrouted.id.hex()})).status == 404
    assert "不在任何一个组" in (await fang.get(f"/office/members/{fang_id(fang)}/out")).text


def fang_id(fang: Member) -> str:
    assert fang.session is not None
    return fang.session.member_id.hex()


async def test_the_team_page_locks_anew_what_a_leaver_could_open(site: Site) -> None:
    tip, fang, tang, zhou = await site.tip(), *[await site.member(one) for one in ("fang", "tang", "zhou")]
    heyu = await site.member("heyu")
    assert zhou.session is not None
    assert heyu.session is not None
    assert tang.session is not None
    await recusing.recuse(site.world.desk, zhou.session, TipId(bytes.fromhex(tip)), heyu.session.member_id)
    await fang.post(f"/office/members/{tang.session.member_id.hex()}/disable")
    page = await zhou.get("/desk/team")
    assert "手里还有 1 件来信的钥匙" in page.text
    done = await zhou.post("/desk/team/relock", {"team": await team_of(zhou)})
    assert (done.status, done.location) == (303, f"/desk/team?team={await team_of(zhou)}")
    assert "件来信的钥匙" not in (await zhou.get("/desk/team")).text
    assert "换了锁<" in (await zhou.get(f"/desk/tips/{tip}")).text
    assert (await heyu.get(f"/desk/tips/{tip}")).status == 409
    assert (await zhou.post("/desk/team/relock", {"team": NOTHING})).status == 404
