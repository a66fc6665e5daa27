"""A plan is taken whole or refused whole, and every refusal names the sheet, the row and the column."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import Refused
from domain.rounds import CrossRegion, Level, Role
from reports.faults import PlanErrors
from tests.reports.plan_edits import TEMPLATE, Edit, add, drop, edited, merge, problems, put, read


def test_the_template_is_a_plan_without_errors() -> None:
    plan = read(TEMPLATE)
    assert [team.name for team in plan.teams] == ["第一巡察组", "第二巡察组", "第三巡察组"]
    assert plan.round.opens_at == datetime(2027, 3, 1, 0, 0, tzinfo=UTC)  # eight in the morning in Shanghai
    assert plan.round.opens_at.utcoffset() == timedelta(hours=8)
    assert (plan.round.term, plan.round.ordinal, plan.round.phase, plan.round.accept_days) == (14, 7, 1, 15)
    assert plan.round.notice
    assert plan.round.scope
    assert {member.role for member in plan.members} == set(Role)
    assert next(unit for unit in plan.units if unit.code == "WY0103").aliases == ("杏坪", "杏树坪")
    assert sum(unit.name == "石桥村" for unit in plan.units) == 2  # so that a typed place can be ambiguous


def test_the_template_sends_every_team_away_from_home() -> None:
    plan = read(TEMPLATE)
    mine = {(assignment.team_ordinal, assignment.unit_code) for assignment in plan.assignments}
    assert all(team.home_code and (team.ordinal, team.home_code) not in mine for team in plan.teams)


def test_units_stand_after_their_parents_whatever_their_order_in_the_file() -> None:
    plan = read(
        edited(add("单位", "NEW1", "新庄村", "村", "NEW", None), add("单位", "NEW", "新庄乡", "乡镇", "WY", None))
    )
    seen = {""}
    for unit in plan.units:
        assert unit.parent_code in seen
        seen.add(unit.code)
    assert plan.units[0].level is Level.COUNTY


def test_times_are_read_from_cells_and_from_text_in_the_zone_that_was_asked_for() -> None:
    data = edited(put("轮次", "D2", "2027/3/2 9:30"), put("轮次", "E2", "2027-05-31 18:00"))
    plan = read(data, ZoneInfo("UTC"))
    assert plan.round.opens_at == datetime(2027, 3, 2, 9, 30, tzinfo=UTC)


def test_numbers_typed_as_text_and_codes_typed_as_numbers_are_what_they_look_like() -> None:
    plan = read(edited(put("轮次", "A2", " 15 "), add("单位", 7, "七里村", "村", "WY01", None)))
    assert plan.round.term == 15
    assert "7" in {unit.code for unit in plan.units}


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (put("轮次", "A2", None), "轮次!A2 届 required"),
        (put("轮次", "A2", "十四"), "轮次!A2 届 not-a-number"),
        (put("轮次", "B2", 0), "轮次!B2 轮次 not-a-number"),
        (put("轮次", "F2", 1.5), "轮次!F2 受理工作日数 not-a-number"),
        (put("轮次", "F2", "=10+5"), "轮次!F2 受理工作日数 formula"),
        (put("轮次", "D2", "三月一日"), "轮次!D2 受理开始 not-a-time"),
        (put("轮次", "E2", datetime(2027, 5, 31)), "轮次!E2 受理截止 hour-missing"),  # noqa: DTZ001 - a cell has no zone
        (put("轮次", "E2", "2027-02-01 18:00"), "轮次!E2 受理截止 ends-before-it-begins"),
        (put("轮次", "G2", "长" * 5001), "轮次!G2 公告 too-long"),
        (add("轮次", 14, 7, 1, "2027-06-01 08:00", "2027-08-01 18:00", 15, "", ""), "轮次!A3 届 one-round"),
        (put("轮次", "A1", "届次"), "轮次!1 届 missing-column"),
        (put("轮次", "K1", "届"), "轮次!1 届 double-column"),
        (put("巡察组", "A3", 1), "巡察组!A3 序号 duplicate"),
        (put("巡察组", "B3", "第一巡察组"), "巡察组!B3 名称 duplicate"),
        (put("巡察组", "D2", "XX"), "巡察组!D2 来自单位编码 unknown-unit"),
        (add("巡察组", 4, "第四巡察组", None, None), "巡察组!A5 序号 without-units"),
        (put("单位", "A4", "WY01"), "单位!A4 编码 duplicate"),
        (put("单位", "B5", "石桥村"), "单位!B5 名称 duplicate"),
        (put("单位", "B4", "石桥/村"), "单位!B4 名称 bad-character"),
        (put("单位", "B4", "#REF!"), "单位!B4 名称 formula"),
        (put("单位", "C4", "屯"), "单位!C4 层级 not-a-choice"),
        (put("单位", "D4", "WY77"), "单位!D4 上级编码 no-parent"),
        (put("单位", "D4", "WY0102"), "单位!C4 层级 wrong-level"),
        (put("单位", "D4", None), "单位!C4 层级 wrong-level"),
        (put("单位", "D3", "WY01"), "单位!C3 层级 wrong-level"),
        (put("分工", "A3", "WY01"), "分工!A3 单位编码 duplicate"),
        (put("分工", "A3", "WY77"), "分工!A3 单位编码 unknown-unit"),
        (put("分工", "B3", 9), "分工!B3 组序号 unknown-team"),
        (put("分工", "A2", "WY0201"), "分工!A2 单位编码 home-region"),
        (put("分工", "A2", "WY0202"), "分工!A2 单位编码 home-region"),
        (put("巡察组", "D4", "WY0301"), "分工!A4 单位编码 home-region"),
        (put("成员", "A3", "fang"), "成员!A3 账号 duplicate"),
        (put("成员", "A3", "乔 木"), "成员!A3 账号 not-a-login"),
        (put("成员", "C3", "书记"), "成员!C3 职务 not-a-choice"),
        (put("成员", "D3", 1), "成员!D3 组序号 no-team-allowed"),
        (put("成员", "D4", None), "成员!D4 组序号 team-needed"),
        (put("成员", "D4", 8), "成员!D4 组序号 unknown-team"),
        (put("成员", "C11", "组员"), "成员!D11 组序号 team-needed"),
        (put("成员", "D11", 1), "成员!D11 组序号 no-team-allowed"),
        (add("成员", "dritte", "第三", "保管人", None), "成员!C15 职务 two-custodians"),
        (lambda book: book["成员"].delete_rows(12), "成员!C11 职务 two-custodians"),
        (put("轮次", "I2", "随便"), "轮次!I2 异地交叉 not-a-choice"),
        (put("轮次", "K1", "异地交叉"), "轮次!1 异地交叉 double-column"),
        (put("轮次", "D2", "0001-01-01 08:00"), "轮次!D2 受理开始 not-a-time"),
        (put("单位", "A4", "W" * 33), "单位!A4 编码 too-long"),
        (put("巡察组", "E2", "长" * 201), "巡察组!E2 地址 too-long"),
        (merge("单位", "D4:D6"), "单位!D4 上级编码 merged"),
        (merge("成员", "B4:C4"), "成员!B4 姓名 merged"),
    ],
)
def test_one_mistake_is_named_with_its_place(edit: Edit, problem: str) -> None:
    assert problem in problems(edited(edit))


def test_a_team_inspects_no_place_around_its_home_either() -> None:
    whole_county = put("分工", "A5", "WY")  # the third team
    read(edited(whole_county))
    for home in ("WY02", "WY91"):
        assert "分工!A5 单位编码 home-region" in problems(edited(whole_county, put("巡察组", "D4", home)))


REASONED = put("轮次", "I2", "说明理由")
AT_HOME = put("分工", "A2", "WY0202")  # the first team comes from WY02


def test_where_the_round_allows_it_a_team_inspects_its_home_with_a_reason_in_that_row() -> None:
    assert problems(edited(REASONED, AT_HOME)) == ["分工!C2 理由 reason-needed"]
    plan = read(edited(REASONED, AT_HOME, put("分工", "C2", "只有这个组懂水利")))
    assert plan.round.cross_region is CrossRegion.WARN
    assert plan.assignments[0].reason == "只有这个组懂水利"
    around = (REASONED, put("分工", "A5", "WY"), put("巡察组", "D4", "WY91"))
    assert problems(edited(*around)) == ["分工!C5 理由 reason-needed"]
    read(edited(*around, put("分工", "C5", "全县只有三个组")))


def test_where_the_round_refuses_a_reason_does_not_help() -> None:
    assert problems(edited(AT_HOME, put("分工", "C2", "没有别的组"))) == ["分工!A2 单位编码 home-region"]
    without = drop("轮次", "异地交叉")
    assert problems(edited(without, AT_HOME, put("分工", "C2", "没有别的组"))) == ["分工!A2 单位编码 home-region"]


def test_a_reason_that_has_no_column_is_asked_for_by_its_row() -> None:
    assert problems(edited(REASONED, AT_HOME, drop("分工", "理由"))) == ["分工!2 理由 reason-needed"]


def test_a_problem_names_what_it_is_about_for_the_page_alone() -> None:
    with pytest.raises(PlanErrors) as errors:
        read(edited(put("单位", "D4", "WY77"), put("单位", "A6", "WY0101")))
    assert [dict(problem.args) for problem in errors.value.problems] == [{"code": "WY77"}, {"row": "4"}]
    assert "WY77" not in str(errors.value)


def test_wide_digits_and_letters_are_what_they_look_like() -> None:
    plan = read(edited(put("轮次", "B2", "１２"), put("分工", "A2", "ＷＹ０１"), put("分工", "B2", "１")))
    assert plan.round.ordinal == 12
    assert plan.assignments[0].unit_code == "WY01"


def test_all_mistakes_come_at_once_and_none_is_a_mere_consequence() -> None:
    found = problems(edited(put("单位", "A2", None), put("成员", "C3", "书记"), put("轮次", "A2", "x")))
    assert found == ["轮次!A2 届 not-a-number", "单位!A2 编码 required", "成员!C3 职务 not-a-choice"]


def test_no_value_of_the_file_stands_in_an_error() -> None:
    with pytest.raises(Refused) as refused:
        read(edited(put("成员", "A3", "CANARY!"), put("单位", "C4", "CANARY"), put("轮次", "D2", "CANARY")))
    assert "CANARY" not in str(refused.value)
