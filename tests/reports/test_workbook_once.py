"""All that is wrong with a plan is named at once, and nothing twice: what only follows is no mistake."""

import pytest

from domain.rounds import CrossRegion
from reports.plan import NO_ROUND, LeftOut, Plan
from reports.unpacking import unpack
from reports.workbook import read_sound
from tests.reports.plan_edits import Edit, add, edited, merge, problems, put


def sound(*edits: Edit) -> Plan:
    return read_sound(edited(*edits), open_=unpack)


@pytest.mark.parametrize(
    ("edit", "only"),
    [
        # A unit that others hang from, that teams come from, and that is assigned.
        (put("单位", "A3", None), "单位!A3 编码 required"),
        (put("单位", "A3", "W" * 33), "单位!A3 编码 too-long"),
        (put("单位", "C3", "屯"), "单位!C3 层级 not-a-choice"),
        (put("单位", "B3", "=1"), "单位!B3 名称 formula"),
        (put("单位", "D3", "=1"), "单位!D3 上级编码 formula"),
        (put("单位", "D3", "WY77"), "单位!D3 上级编码 no-parent"),
        # A team that inspects and has members.
        (put("巡察组", "A2", "一"), "巡察组!A2 序号 not-a-number"),
        (put("巡察组", "D2", "=1"), "巡察组!D2 来自单位编码 formula"),
        # The only assignment of a team; a custodian; the round.
        (put("分工", "B2", "一"), "分工!B2 组序号 not-a-number"),
        (put("分工", "A2", None), "分工!A2 单位编码 required"),
        (put("成员", "C11", "保管"), "成员!C11 职务 not-a-choice"),
        (put("轮次", "D2", "三月"), "轮次!D2 受理开始 not-a-time"),
        (put("轮次", "I2", "随便"), "轮次!I2 异地交叉 not-a-choice"),
        (merge("单位", "D4:D6"), "单位!D4 上级编码 merged"),
        (merge("成员", "B4:C5"), "成员!B4 姓名 merged"),
    ],
)
def test_one_mistake_is_one_problem(edit: Edit, only: str) -> None:
    assert problems(edited(edit)) == [only]


def test_cells_and_what_holds_between_rows_are_named_together_in_the_order_of_the_form() -> None:
    wrong = edited(
        put("成员", "C3", "书记"), put("分工", "A3", "WY77"), put("单位", "B5", "石桥村"), put("轮次", "A2", "x"),
        put("单位", "C9", "屯"), put("巡察组", "B3", "第一巡察组"),
    )  # fmt: skip
    assert problems(wrong) == [
        "轮次!A2 届 not-a-number", "巡察组!B3 名称 duplicate", "单位!B5 名称 duplicate", "单位!C9 层级 not-a-choice",
        "分工!A3 单位编码 unknown-unit", "成员!C3 职务 not-a-choice",
    ]  # fmt: skip


def test_a_sheet_that_cannot_be_read_hides_nothing_of_the_others_and_nothing_is_missing_for_it() -> None:
    assert problems(edited(lambda book: book.remove(book["单位"]), put("成员", "C3", "书记"))) == [
        "单位 missing-sheet",
        "成员!C3 职务 not-a-choice",
    ]
    assert problems(edited(put("巡察组", "B1", "名字"), put("分工", "A3", "WY77"))) == [
        "巡察组!1 名称 missing-column",
        "分工!A3 单位编码 unknown-unit",
    ]
    assert problems(edited(lambda book: book.remove(book["分工"]))) == ["分工 missing-sheet"]


def test_what_is_certain_is_named_beside_a_code_that_cannot_be_read() -> None:
    """With one code unreadable nobody can say that another is missing; a team's number can still be."""
    found = problems(edited(put("单位", "A3", None), put("分工", "A3", "WY77"), put("分工", "B4", 9)))
    assert found == ["单位!A3 编码 required", "分工!B4 组序号 unknown-team"]


def test_of_a_plan_with_mistakes_the_sound_rows_stand_with_all_that_they_lean_on() -> None:
    plan = sound(put("单位", "C3", "屯"), put("成员", "C5", "书记"))
    codes = {unit.code for unit in plan.units}
    assert "WY02" in codes
    assert codes.isdisjoint({"WY01", "WY0101", "WY0104"})
    assert plan.left_out["units"] == LeftOut(frozenset({"WY01", "WY0101", "WY0102", "WY0103", "WY0104"}))
    assert [team.ordinal for team in plan.teams] == [1, 3]  # the second comes from WY01
    assert {row.unit_code for row in plan.assignments} == {"WY03", "WY91"}
    assert plan.left_out["assignments"] == LeftOut(frozenset({"WY01", "WY02"}))
    assert "heyu" not in {row.login for row in plan.members}
    assert {row.team_ordinal for row in plan.members} == {None, 0, 1, 3}


def test_a_round_with_a_mistake_is_no_round_and_a_plan_without_any_is_whole() -> None:
    assert sound(put("轮次", "A2", "x")).round == NO_ROUND
    assert sound(add("轮次", 14, 7, 1, "2027-06-01 08:00", "2027-08-01 18:00", 15, "", "")).round == NO_ROUND
    whole = sound()
    assert whole.round.cross_region is CrossRegion.REFUSE
    assert not whole.problems
    assert set(whole.left_out.values()) == {LeftOut()}
