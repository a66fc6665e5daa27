"""Opening a round over real HTTP: the check list names what is missing, and nothing opens before."""

import re

from domain.regions import Relation
from domain.rounds import RoundState
from handlers.office import cards, rounds
from storage.office.cards import insert_print_run
from storage.people import conflicts
from storage.people.conflicts import Declared
from tests.handlers.office.plan_side import Planner, counties, planner
from tests.handlers.office.side import plan_round, ready_round
from tests.web.desk_site import Site

NEW = "ten grey carp below the stone bridge"


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
    assert re.search(r"还没有</span>.*?每个组都分到了单位</h3>\s*<p>还没有组。先加组，再分工。", page, re.S)
    await planner.team(round_id, 1)
    assert re.search(
        r"这些组还没有分到单位[^<]*<a[^>]*>去分工</a></p>\s*<ul[^>]*><li>第 1 组</li>", (await fang.get(at)).text
    )


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
    done = await fang.post(at, {"until": "2026-12-20T12:00"})
    assert done.location == f"/office/rounds/{round_id.hex()}?extended"
    assert 'role="status"><p>延长了，现在收信到 12 月 20 日 12:00' in (await fang.get(done.location)).text
    assert fang.session is not None
    found = await rounds.get_round(site.world.desk, fang.session, round_id)
    assert (found.state, f"{found.closes_at:%m-%d %H:%M}") == (RoundState.OPEN, "12-20 12:00")


async def test_before_a_round_is_extended_the_cards_in_use_are_counted_as_in_the_list_of_cards(site: Site) -> None:
    fang, world = await site.member("fang"), site.world
    first, second, *_ = [view.batch.id for view in await cards.list_batches(world.desk, world.made.round_id, "zh")]
    for batch, n in ((first, 80), (second, 120)):
        await world.house.store.write(
            lambda tx, batch=batch, n=n: insert_print_run(tx, batch, n, world.clock().date())  # type: ignore[misc]
        )
    at = f"/office/rounds/{world.made.round_id.hex()}/extend"
    assert "在用的卡片印了 200 张" in (await fang.get(at)).text
    assert fang.session is not None
    await cards.revoke(world.desk, fang.session.office_id, first, sure=True)
    assert "在用的卡片印了 120 张" in (await fang.get(at)).text


async def test_an_extension_into_another_round_names_that_round_its_place_and_what_to_do(site: Site) -> None:
    await ready_round(site.world)
    fang = await site.member("fang")
    at = f"/office/rounds/{site.world.made.round_id.hex()}/extend"
    again = await fang.post(at, {"until": "2027-01-31T18:00"})
    assert (again.status, "2027-01-31T18:00" in again.text) == (409, True)
    assert "苇原县 苇庄镇在第七轮里，到" in again.text
    assert "先从它的分工里去掉" in again.text


async def test_a_rotation_that_leaves_a_team_without_a_place_warns_beside_its_button(site: Site) -> None:
    desk, clerk = await planner(site.world), await site.member("qiao")
    round_id, homes = await desk.round(), await counties(desk, 2, towns=1)
    for n, home in enumerate([*homes, homes[0]], start=1):
        await desk.team(round_id, n, home)
    shown = (await clerk.get(f"/office/rounds/{round_id.hex()}/rotation")).text
    assert "这样第 3 组分不到单位，这一轮开不了" in shown
    assert '<button class="btn">采用' in shown
