"""A second round beside the first: nobody meets its empty pages in the place of the work, and its name is said."""

import re

from domain.ids import RoundId
from domain.rounds import RoundState
from handlers.office.rounds import opening
from handlers.texts import dated
from storage.office import rounds
from storage.store import Tx
from tests.handlers.office.side import ready_round
from tests.handlers.office.watch_side import team_id
from tests.web.desk_site import Member, Page, Site


async def opened_early(site: Site) -> RoundId:
    """The seventh round: open already, six weeks before its first day."""
    round_id = await ready_round(site.world)
    fang = await site.member("fang")
    assert fang.session is not None
    await opening.open_round(site.world.desk, fang.session, round_id)
    return round_id


async def close_first(site: Site) -> None:
    """The sixth round is over; the seventh stays as it is."""

    def write(tx: Tx) -> None:
        sixth = rounds.get_round(tx, site.world.made.round_id)
        rounds.set_round_state(tx, sixth.id, RoundState.CLOSED, sixth.version)

    await site.world.house.store.write(write)


def rail(page: Page) -> list[str]:
    """The teams beside the queue, in order."""
    listed = re.search(r'<ul class="teams">(.*?)</ul>', page.text, re.S)
    return re.findall(r">([^<]+)</a>", listed[1]) if listed else []


def seat_in(page: Page, name: str) -> str:
    """What the form sends for the place called `name`."""
    found = re.search(rf'value="(\w+\.[0-9a-f]{{32}})"[^>]*>{name}</option>', page.text)
    assert found, name
    return found[1]


def here(member: Member) -> str:
    assert member.session is not None
    return f"/office/members/{member.session.member_id.hex()}"


async def test_the_desk_opens_on_the_letters_and_not_on_a_round_that_is_being_planned(site: Site) -> None:
    tip = await site.tip()
    await ready_round(site.world)
    zhou = await site.member("zhou")
    page = await zhou.get("/desk")
    assert tip in page.text
    assert rail(page) == []


async def test_the_desk_opens_on_the_letters_and_names_the_round_beside_the_team(site: Site) -> None:
    tip = await site.tip()
    await opened_early(site)
    zhou = await site.member("zhou")
    page = await zhou.get("/desk")
    assert tip in page.text
    assert rail(page) == ["第七轮 第一巡察组", "第六轮 第一巡察组"]
    assert "第七轮 第一巡察组</option>" in (await zhou.get("/desk/ledger")).text
    await close_first(site)
    assert tip in (await zhou.get("/desk")).text, "what came in is worked on after the end too"


async def test_a_reminder_shows_whichever_of_my_teams_i_look_at(site: Site) -> None:
    seventh = await opened_early(site)
    clerk, first = await site.member("qiao"), (await team_id(site.world, 1)).hex()
    await clerk.post(f"/office/watch/teams/{first}", {"words": "请抓紧 1-0001"})
    other = (await team_id(site.world, 1, round_id=seventh)).hex()
    page = await (await site.member("zhou")).get(f"/desk?team={other}")
    assert "请抓紧 1-0001" in page.text
    assert "催办 · 第六轮 第一巡察组" in page.text
    assert "请抓紧" not in (await (await site.member("shen")).get("/desk")).text


async def test_the_office_goes_on_with_the_round_that_takes_letters_and_switches_by_a_link(site: Site) -> None:
    seventh, clerk = await opened_early(site), await site.member("qiao")
    for path in ("/office", "/office/watch", "/office/cards"):
        page = await clerk.get(path)
        assert f'href="{path}?round={seventh.hex()}">第七轮</a>' in page.text, path
    assert "<title>督办 · 第六轮" in (await clerk.get("/office/watch")).text
    assert "第六轮 清仓销号" in (await clerk.get("/office/wall")).text
    chosen = await clerk.get(f"/office/watch?round={seventh.hex()}")
    assert "<title>督办 · 第七轮" in chosen.text
    assert f'href="/office/wall?round={seventh.hex()}"' in chosen.text
    await close_first(site)
    assert "<title>督办 · 第七轮" in (await clerk.get("/office/watch")).text, "then the next one"


async def test_the_days_of_a_queue_are_set_without_leaving_the_round_that_was_chosen(site: Site) -> None:
    seventh, clerk = await opened_early(site), await site.member("qiao")
    page = await clerk.get(f"/office/watch?round={seventh.hex()}")
    action = re.search(r'action="(/office/watch/days[^"]*)"', page.text)
    assert action
    done = await clerk.post(action[1], {"days": "5"})
    assert done.location == f"/office/watch?round={seventh.hex()}&saved"
    refused = await clerk.post(action[1], {"days": "0"})
    assert (refused.status, "<title>督办 · 第七轮" in refused.text) == (409, True)


async def test_a_screen_shows_the_round_that_its_address_was_made_for(site: Site) -> None:
    seventh, fang, screen = await opened_early(site), await site.member("fang"), site.visitor()
    made = await fang.post(f"/office/wall/address?round={seventh.hex()}")
    path = re.search(r"/wall/[\w-]{43}", made.text)
    assert path
    assert "第七轮 清仓销号" in (await screen.get(path[0])).text
    assert "有一个地址在用，显示第七轮" in (await fang.get("/office/watch")).text
    await close_first(site)
    assert "第七轮 清仓销号" in (await screen.get(path[0])).text


async def test_a_planned_round_has_no_screen(site: Site) -> None:
    seventh, fang = await ready_round(site.world), await site.member("fang")
    page = await fang.get(f"/office/watch?round={seventh.hex()}")
    assert "这一轮开始以后才能做" in page.text
    assert (await fang.post(f"/office/wall/address?round={seventh.hex()}")).status == 404


async def test_whoever_takes_somebody_out_sees_from_which_round_and_that_it_is_done(site: Site) -> None:
    await opened_early(site)
    fang, tang = await site.member("fang"), await site.member("tang")
    asked = await fang.get(f"{here(tang)}/out")
    buttons = re.findall(r">(移出[^<]+)</button>", asked.text)
    assert sorted(buttons) == ["移出第七轮 第一巡察组", "移出第六轮 第一巡察组"]
    done = await fang.post(f"{here(tang)}/out", {"team": (await team_id(site.world, 1)).hex()})
    after = await fang.get(done.location)
    assert 'role="status"><p>移出了' in after.text
    assert "第七轮 第一巡察组 组员" in after.text
    assert '<span class="place">第六轮' not in after.text


async def test_every_seat_on_offer_and_in_the_table_names_its_round(site: Site) -> None:
    await opened_early(site)
    fang = await site.member("fang")
    page = await fang.get("/office/members")
    offered = re.findall(r'<option value="\w+\.[0-9a-f]{32}">([^<]+)</option>', page.text)
    assert len(offered) == len(set(offered))
    assert {one[:3] for one in offered} == {"第七轮", "第六轮"}
    assert '<optgroup label="第六轮 第一巡察组">' in page.text
    assert '<span class="place">第六轮 第一巡察组 组长</span>' in page.text


async def test_a_second_leader_is_seated_only_after_a_question(site: Site) -> None:
    fang = await site.member("fang")
    seat = seat_in(await fang.get("/office/members"), "第六轮 第一巡察组 组长")
    typed = {"name": "新来", "login": "newhand", "seat": seat}
    asked = await fang.post("/office/members", typed)
    assert (asked.status, "第六轮 第一巡察组已经有组长了：周宁。 真要这样，请再按一次。" in asked.text) == (409, True)
    assert f'value="{seat}" selected' in asked.text
    sure = re.search(r'name="sure" value="([^"]+)"', asked.text)
    assert sure
    other = seat_in(asked, "第六轮 第二巡察组 组长")
    assert (await fang.post("/office/members", {**typed, "seat": other, "sure": sure[1]})).status == 409
    done = await fang.post("/office/members", {**typed, "sure": sure[1]})
    assert (done.status, "/invite/" in done.text) == (200, True)


async def test_a_double_role_in_a_team_is_asked_about_and_the_same_role_refused(site: Site) -> None:
    fang, tang = await site.member("fang"), await site.member("tang")
    page = await fang.get(here(tang))
    same = await fang.post(f"{here(tang)}/role", {"seat": seat_in(page, "第六轮 第一巡察组 组员")})
    assert (same.status, "这个人已经有这个职务了" in same.text) == (409, True)
    seat = seat_in(page, "第六轮 第一巡察组 联络员")
    asked = await fang.post(f"{here(tang)}/role", {"seat": seat})
    assert (asked.status, "唐立在第六轮 第一巡察组已经是组员。" in asked.text) == (409, True)
    assert "第一巡察组 联络员</span>" not in (await fang.get(here(tang))).text
    assert (await fang.post(f"{here(tang)}/role", {"seat": seat, "sure": seat})).location == here(tang)
    assert "第一巡察组 联络员</span>" in (await fang.get(here(tang))).text


async def test_a_login_that_is_taken_keeps_the_seat_and_leads_to_its_owner(site: Site) -> None:
    fang, tang = await site.member("fang"), await site.member("tang")
    seat = seat_in(await fang.get("/office/members"), "第六轮 第二巡察组 组员")
    taken = await fang.post("/office/members", {"name": "唐立", "login": " TANG ", "seat": seat})
    assert (taken.status, "这个登录名已经有人用了" in taken.text) == (409, True)
    assert f'value="{seat}" selected' in taken.text
    assert f'<a href="{here(tang)}#roles">唐立的页</a>' in taken.text


async def test_a_clerk_reads_that_extending_and_closing_are_the_directors(site: Site) -> None:
    at = f"/office/rounds/{site.world.made.round_id.hex()}"
    assert "延长和结束由主任来做" in (await (await site.member("qiao")).get(at)).text
    assert "延长和结束由主任来做" not in (await (await site.member("fang")).get(at)).text


async def test_the_archive_is_reached_from_the_page_of_a_closed_round(site: Site) -> None:
    at = f"/office/rounds/{site.world.made.round_id.hex()}"
    fang, clerk = await site.member("fang"), await site.member("qiao")
    assert f'href="{at}/archive"' not in (await fang.get(at)).text
    await close_first(site)
    assert f'href="{at}/archive"' in (await fang.get(at)).text
    theirs = (await clerk.get(at)).text
    assert f'href="{at}/archive"' not in theirs
    assert "存档由主任来做" in theirs


async def test_the_desk_of_a_team_says_when_its_round_begins_until_it_has_begun(site: Site) -> None:
    seventh = await ready_round(site.world)
    at = f"/desk?team={(await team_id(site.world, 1, round_id=seventh)).hex()}"
    opens = (await site.world.house.store.read(lambda tx: rounds.get_round(tx, seventh))).opens_at
    begins = f"这一轮还没有开始收信。计划 {dated('zh', opens, site.world.clock().year)} 开始。"

    async def says() -> tuple[bool, bool]:
        page = (await (await site.member("zhou")).get(at)).text
        return begins in page, "没有来信" in page

    assert await says() == (True, False), "planned"
    fang = await site.member("fang")
    assert fang.session is not None
    await opening.open_round(site.world.desk, fang.session, seventh)
    assert await says() == (True, False), "open, before its first day"
    site.world.clock.now = opens
    begins = "还没有开始收信"
    assert await says() == (False, True)
