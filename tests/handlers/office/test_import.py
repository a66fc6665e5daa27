"""A round comes in whole or not at all, and a second time only as what has changed."""

import pytest

from domain.rounds import CrossRegion, RoundState, TeamKind
from handlers.office import rounds as office_rounds
from handlers.office.keys import removing
from handlers.office.rounds import opening
from handlers.people import roster
from storage.office import rounds, teams
from tests.handlers.office.import_side import aliases, bring, everything, inspected, look, plan, refused, teams_of, tree
from tests.reports.plan_edits import Edit, add, put
from tests.world import World


async def test_the_same_workbook_again_changes_nothing_and_says_so(world: World) -> None:
    first = await bring(world, plan())
    assert not first.changes.is_empty
    before = await everything(world)
    again = await bring(world, plan())
    assert again.changes.is_empty
    assert (again.round_id, again.invites) == (first.round_id, ())
    assert await everything(world) == before


async def test_a_look_names_what_would_change_sheet_by_sheet_and_writes_nothing(world: World) -> None:
    await bring(world, plan())
    before = await everything(world)
    changed = plan(
        put("轮次", "H2", "另一个范围"), put("巡察组", "C2", "0000-0000009"), put("单位", "B5", "柳湾村"),
        put("分工", "A5", "WY0301"), add("单位", "WY0105", "新苇村", "村", "WY01"),
        add("成员", "newhand", "新来", "组员", 2),
    )  # fmt: skip
    found = {tally.part: tally for tally in (await look(world, changed)).tallies}
    assert [one.fields for one in found["round"].changed] == [(("受理范围", ""),)]
    assert [(one.name, one.fields) for one in found["teams"].changed] == [("第一巡察组", (("电话", "0000-0000009"),))]
    assert [(one.name, one.fields) for one in found["units"].changed] == [
        ("苇原县/苇庄镇/柳沟村", (("名称", "柳湾村"),))
    ]
    assert (found["units"].new, found["units"].same) == (["苇原县/苇庄镇/新苇村"], 12)
    assert found["assignments"].new == ["苇原县/南岔镇/白杨湾社区 → 第三巡察组"]
    assert found["assignments"].gone == ["苇原县/苇原县水利站"]
    assert found["members"].new == ["新来（newhand）"]
    assert await everything(world) == before


async def test_a_unit_with_another_name_is_the_same_unit_and_what_lies_below_follows(world: World) -> None:
    await bring(world, plan(add("单位", "WY010101", "东头", "村", "WY01")))
    before = await tree(world)
    await bring(world, plan(put("单位", "B3", "苇庄街道")))  # without 东头: what a file does not name stays
    after = await tree(world)
    for below in ("", "/石桥村", "/东头"):
        assert after[f"苇原县/苇庄街道{below}"].id == before[f"苇原县/苇庄镇{below}"].id
    assert len(after) == len(before)


async def test_a_unit_that_lies_elsewhere_is_the_same_unit(world: World) -> None:
    await bring(world, plan())
    before = await tree(world)
    await opening.close_round(world.desk, (await world.sign_in("fang"))[1], world.made.round_id)
    await bring(world, plan(put("单位", "D5", "WY02"), put("单位", "D7", "WY03"), put("单位", "C7", "社区")))
    after = await tree(world)
    assert after["苇原县/青坪乡/柳沟村"].id == before["苇原县/苇庄镇/柳沟村"].id
    assert after["苇原县/南岔镇/上苇村"].id == before["苇原县/苇庄镇/上苇村"].id
    assert len(after) == len(before)


async def test_units_may_change_their_names_with_each_other_and_with_a_new_one(world: World) -> None:
    await bring(world, plan())
    before = await tree(world)
    swap = put("单位", "B5", "上苇村"), put("单位", "B7", "柳沟村"), put("单位", "B6", "杏坪村")
    await bring(world, plan(*swap, add("单位", "WY0199", "杏树坪村", "村", "WY01")))
    after = await tree(world)
    here = "苇原县/苇庄镇/"
    assert after[here + "上苇村"].id == before[here + "柳沟村"].id
    assert after[here + "柳沟村"].id == before[here + "上苇村"].id
    assert after[here + "杏坪村"].id == before[here + "杏树坪村"].id
    assert after[here + "杏树坪村"].code == "WY0199"


async def test_a_look_says_what_somebody_known_will_be_and_in_which_round_and_team(world: World) -> None:
    tallies = (await look(world, plan())).tallies
    found = {one.name: one.fields for tally in tallies if tally.part == "members" for one in tally.changed}
    assert found["周宁（zhou）"] == (("职务", "第七轮 第一巡察组 组长"),)
    assert found["江河（jiang）"] == (("职务", "第七轮 回避组"),)


async def test_a_unit_is_found_by_its_place_where_its_code_is_new(world: World) -> None:
    await bring(world, plan())
    before = await tree(world)
    await bring(world, plan(put("单位", "A5", "LG-1")))
    after = await tree(world)
    assert after["苇原县/苇庄镇/柳沟村"].id == before["苇原县/苇庄镇/柳沟村"].id
    assert after["苇原县/苇庄镇/柳沟村"].code == "LG-1"


async def test_a_code_that_stands_for_another_unit_is_named(world: World) -> None:
    await bring(world, plan())
    of_another = put("单位", "A5", "WY0202"), put("单位", "A10", "WY0299")  # 柳沟村 with the code of 三岔口村
    assert "单位!A5 编码 code-of-another" in await refused(world, plan(*of_another))


async def test_a_name_that_a_unit_outside_the_file_has_is_not_given_twice(world: World) -> None:
    await bring(world, plan())
    without = put("单位", "A7", "WY0199"), put("单位", "B7", "下苇村")  # 上苇村 stands; the file names it no more
    assert await refused(world, plan(*without, put("单位", "B5", "上苇村"))) == ["单位!B5 名称 name-taken"]


async def test_a_unit_keeps_what_lies_below_it_on_a_lower_level(world: World) -> None:
    await bring(world, plan(add("单位", "WY9101", "水利站宿舍", "村", "WY91")))
    assert await refused(world, plan(put("单位", "C13", "村"))) == ["单位!C13 层级 below-level"]


async def test_other_names_of_a_unit_are_those_of_the_file_unless_it_gives_none(world: World) -> None:
    await bring(world, plan())
    await bring(world, plan(put("单位", "E6", "杏村、大杏坪"), put("单位", "E4", None)))
    assert await aliases(world, "苇原县/苇庄镇/杏树坪村") == {"杏村", "大杏坪"}
    assert await aliases(world, "苇原县/苇庄镇/石桥村") == {"东石桥"}


async def test_a_planned_round_takes_another_window_other_rules_and_texts(world: World) -> None:
    made = await bring(world, plan())
    edits = put("轮次", "E2", "2027-06-30 18:00"), put("轮次", "F2", 10), put("轮次", "I2", "说明理由")
    await bring(world, plan(*edits, put("轮次", "H2", "只有一件事"), put("轮次", "G2", None)))
    round_ = await world.house.store.read(lambda tx: rounds.get_round(tx, made.round_id))
    assert (round_.closes_at.isoformat(), round_.accept_days) == ("2027-06-30T18:00:00+08:00", 10)
    assert round_.cross_region is CrossRegion.WARN
    _, clerk = await world.sign_in("qiao")
    view = await office_rounds.view_round(world.desk, clerk, made.round_id)
    assert view.scope == "只有一件事"
    assert view.notice == plan().round.notice  # an empty cell keeps what stands
    await bring(world, plan(edits[0], put("轮次", "F2", 12), put("轮次", "I2", None)))  # the same window
    round_ = await world.house.store.read(lambda tx: rounds.get_round(tx, made.round_id))
    assert (round_.accept_days, round_.cross_region) == (12, CrossRegion.WARN)


async def test_teams_are_known_by_their_number_and_one_that_is_missing_stays_without_units(world: World) -> None:
    made = await bring(world, plan())
    edits = put("巡察组", "B2", "一组"), put("巡察组", "C2", "0000-0000007"), put("巡察组", "E2", None)
    fourth = put("巡察组", "A4", 4), put("巡察组", "B4", "四组"), put("分工", "B4", 4), put("分工", "B5", 4)
    people = [put("成员", f"D{row}", 4) for row in (9, 10)]
    done = await bring(world, plan(*edits, *fourth, *people))
    found = await teams_of(world, made.round_id)
    assert {"一组", "四组", "第三巡察组"} <= found.keys()
    assert (found["一组"].phone, found["一组"].address) == ("0000-0000007", plan().teams[0].address)
    assert next(team for team in found.values() if team.kind is TeamKind.UNROUTED).phone == "0000-0000007"
    assert set((await inspected(world, made.round_id)).values()) == {"一组", "第二巡察组", "四组"}
    left = {tally.part: tally.left for tally in done.changes.tallies}
    assert left["teams"] == ["第三巡察组"]
    assert set(left["members"]) == {"顾平（第三巡察组）", "白露（第三巡察组）"}


async def test_a_reason_to_inspect_ones_home_is_kept_with_the_assignment(world: World) -> None:
    at_home = put("轮次", "I2", "说明理由"), put("分工", "A2", "WY0202"), put("分工", "C2", "只有这个组懂水利")
    made = await bring(world, plan(*at_home))
    found = await world.house.store.read(lambda tx: teams.list_assignments(tx, made.round_id))
    assert [one.reason for one in found if one.reason] == ["只有这个组懂水利"]


async def test_a_new_member_is_invited_and_a_known_one_takes_a_further_seat(world: World) -> None:
    await bring(world, plan())
    done = await bring(world, plan(add("成员", "newhand", "新来", "联络员", 2), put("成员", "D6", 3)))
    assert [login for login, _ in done.invites] == ["newhand"]
    _, director = await world.sign_in("fang")
    people = {one.member.login: one for one in await roster.list_people(world.desk, director)}
    seats = {
        login: {seat.team.name for seat in people[login].seats if seat.team and seat.round.ordinal == 7}
        for login in ("newhand", "tang")
    }
    assert seats == {"newhand": {"第二巡察组", "待分件"}, "tang": {"第一巡察组", "第三巡察组"}}


@pytest.mark.parametrize(
    ("edits", "problem"),
    [
        ([put("成员", "B4", "周某")], "成员!A4 账号 other-person"),
        ([put("成员", "C4", "组员")], "成员!C4 职务 other-role"),
        ([add("成员", "fang2", "方二", "主任", None)], "成员!C15 职务 director-only"),
        ([put("成员", "C3", "主任")], "成员!C3 职务 director-only"),
        ([put("成员", "A11", "ning2")], "成员!C11 职务 director-only"),
        ([put("成员", "C3", "组员"), put("成员", "D3", 1)], "成员!C3 职务 office-in-team"),
        ([put("成员", "C4", "干事"), put("成员", "D4", None)], "成员!C4 职务 office-in-team"),
        (
            [
                *(put("成员", f"{at}6", None) for at in "ABCD"),
                put("成员", "C11", "组员"),
                put("成员", "D11", 1),
                put("成员", "C12", "组员"),
                put("成员", "D12", 1),
            ],
            "成员!C11 职务 custodian-alone",
        ),
    ],
)
async def test_who_may_not_sit_where_the_file_says_is_named(world: World, edits: list[Edit], problem: str) -> None:
    await bring(world, plan())
    assert (await refused(world, plan(*edits), by="qiao"))[0] == problem


async def test_somebody_disabled_takes_no_new_seat(world: World) -> None:
    await bring(world, plan())
    _, director = await world.sign_in("fang")
    tang = next(one for one in await roster.list_people(world.desk, director) if one.member.login == "tang")
    await removing.disable(world.desk, director, tang.member.id)
    assert (await look(world, plan())).is_empty
    assert await refused(world, plan(put("成员", "D6", 3))) == ["成员!A6 账号 disabled"]


async def test_an_import_names_no_third_custodian_and_counts_those_who_were_put_out_no_more(world: World) -> None:
    an, bo = (put("成员", "A11", "an"), put("成员", "B11", "安")), (put("成员", "A12", "bo"), put("成员", "B12", "卜"))
    assert await refused(world, plan(*an)) == ["成员!C11 职务 custodians-full"]
    _, director = await world.sign_in("fang")
    ning = next(one for one in await roster.list_people(world.desk, director) if one.member.login == "ning")
    await removing.disable(world.desk, director, ning.member.id)
    assert await refused(world, plan(*an, *bo)) == ["成员!C12 职务 custodians-full"]
    assert [login for login, _ in (await bring(world, plan(*an))).invites] == ["an"]


async def test_an_import_that_fails_at_its_last_row_leaves_no_trace(world: World) -> None:
    found = await refused(
        world, plan(add("成员", "newhand", "新来", "组员", 1), add("成员", "gu2", "顾二", "主任", None)), "qiao"
    )
    assert found == ["成员!C16 职务 director-only"]


async def test_a_closed_round_takes_nothing(world: World) -> None:
    made = await bring(world, plan())
    await world.house.store.write(lambda tx: rounds.set_round_state(tx, made.round_id, RoundState.CLOSED, 1))
    assert await refused(world, plan()) == ["轮次!B2 轮次 round-closed"]
