"""A plan is taken whole or refused whole, and every refusal names the sheet, the row and the column."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from domain.errors import Reason, Refused
from domain.rounds import Level, Role
from reports.plan import Plan, PlanErrors
from reports.template import template
from reports.workbook import read_plan

TEMPLATE = template()
Edit = Callable[[Workbook], object]


def edited(*edits: Edit) -> bytes:
    book = load_workbook(io.BytesIO(TEMPLATE))
    for edit in edits:
        edit(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def put(sheet: str, cell: str, value: Any) -> Edit:
    return lambda book: book[sheet].__setitem__(cell, value)


def add(sheet: str, *values: Any) -> Edit:
    def append(book: Workbook) -> None:
        rows = [at for at, row in enumerate(book[sheet].values, start=1) if any(value is not None for value in row)]
        for letter, value in zip("ABCDEFGH", values, strict=False):
            put(sheet, f"{letter}{rows[-1] + 1}", value)(book)

    return append


def problems(data: bytes) -> list[str]:
    with pytest.raises(PlanErrors) as errors:
        read_plan(data)
    assert errors.value.reason is Reason.BAD_INPUT
    return [str(problem) for problem in errors.value.problems]


def test_the_template_is_a_plan_without_errors() -> None:
    plan = read_plan(TEMPLATE)
    assert [team.name for team in plan.teams] == ["第一巡察组", "第二巡察组", "第三巡察组"]
    assert plan.round.opens_at == datetime(2027, 3, 1, 0, 0, tzinfo=UTC)  # eight in the morning in Shanghai
    assert plan.round.opens_at.utcoffset() == timedelta(hours=8)
    assert (plan.round.term, plan.round.ordinal, plan.round.phase, plan.round.accept_days) == (14, 6, 1, 15)
    assert plan.round.notice
    assert plan.round.scope
    assert {member.role for member in plan.members} == set(Role)
    assert next(unit for unit in plan.units if unit.code == "WY0103").aliases == ("杏坪", "杏树坪")
    assert sum(unit.name == "石桥村" for unit in plan.units) == 2  # so that a typed place can be ambiguous


def test_the_template_sends_every_team_away_from_home() -> None:
    plan = read_plan(TEMPLATE)
    mine = {(assignment.team_ordinal, assignment.unit_code) for assignment in plan.assignments}
    assert all(team.home_code and (team.ordinal, team.home_code) not in mine for team in plan.teams)


def test_units_stand_after_their_parents_whatever_their_order_in_the_file() -> None:
    plan = read_plan(
        edited(add("单位", "NEW1", "新庄村", "村", "NEW", None), add("单位", "NEW", "新庄乡", "乡镇", "WY", None))
    )
    seen = {""}
    for unit in plan.units:
        assert unit.parent_code in seen
        seen.add(unit.code)
    assert plan.units[0].level is Level.COUNTY


def test_columns_may_change_places_and_the_office_may_keep_its_own() -> None:
    def swap(book: Workbook) -> None:
        book["成员"].insert_cols(1, 2)
        book["成员"]["A1"] = "备注"

    assert read_plan(edited(swap)) == read_plan(TEMPLATE)


def test_times_are_read_from_cells_and_from_text_in_the_zone_that_was_asked_for() -> None:
    data = edited(put("轮次", "D2", "2027/3/2 9:30"), put("轮次", "E2", "2027-05-31 18:00"))
    plan = read_plan(data, ZoneInfo("UTC"))
    assert plan.round.opens_at == datetime(2027, 3, 2, 9, 30, tzinfo=UTC)


def test_numbers_typed_as_text_and_codes_typed_as_numbers_are_what_they_look_like() -> None:
    plan = read_plan(edited(put("轮次", "A2", " 15 "), add("单位", 7, "七里村", "村", "WY01", None)))
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
        (add("轮次", 14, 7, 1, "2027-06-01 08:00", "2027-08-01 18:00", 15, "", ""), "轮次!A3 届 too-many-rows"),
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
        (put("单位", "D4", "WY77"), "单位!D4 上级编码 unknown-unit"),
        (put("单位", "D4", "WY0102"), "单位!C4 层级 wrong-level"),
        (put("单位", "D4", None), "单位!C4 层级 wrong-level"),
        (put("单位", "D3", "WY01"), "单位!C3 层级 wrong-level"),
        (put("分工", "A3", "WY01"), "分工!A3 单位编码 duplicate"),
        (put("分工", "A3", "WY77"), "分工!A3 单位编码 unknown-unit"),
        (put("分工", "B3", 9), "分工!B3 组序号 unknown-team"),
        (put("分工", "A2", "WY0201"), "分工!A2 单位编码 home-region"),
        (put("分工", "A2", "WY0202"), "分工!A2 单位编码 home-region"),
        (put("巡察组", "D4", "WY0301"), "巡察组!D4 来自单位编码 home-region"),
        (put("成员", "A3", "fang"), "成员!A3 账号 duplicate"),
        (put("成员", "A3", "乔木"), "成员!A3 账号 not-a-login"),
        (put("成员", "C3", "书记"), "成员!C3 职务 not-a-choice"),
        (put("成员", "D3", 1), "成员!D3 组序号 no-team-allowed"),
        (put("成员", "D4", None), "成员!D4 组序号 team-needed"),
        (put("成员", "D4", 8), "成员!D4 组序号 unknown-team"),
    ],
)
def test_one_mistake_is_named_with_its_place(edit: Edit, problem: str) -> None:
    assert problem in problems(edited(edit))


def test_a_home_given_to_another_team_may_lie_inside_a_larger_place() -> None:
    whole_county = put("分工", "A5", "WY")  # the third team; its home is elsewhere
    read_plan(edited(whole_county, put("巡察组", "D4", "WY02")))
    assert "巡察组!D4 来自单位编码 home-region" in problems(edited(whole_county, put("巡察组", "D4", "WY91")))


def test_all_mistakes_come_at_once_and_none_is_a_mere_consequence() -> None:
    found = problems(edited(put("单位", "A2", None), put("成员", "C3", "书记"), put("轮次", "A2", "x")))
    assert found == ["轮次!A2 届 not-a-number", "单位!A2 编码 required", "成员!C3 职务 not-a-choice"]


def test_no_value_of_the_file_stands_in_an_error() -> None:
    with pytest.raises(Refused) as refused:
        read_plan(edited(put("成员", "A3", "CANARY!"), put("单位", "C4", "CANARY"), put("轮次", "D2", "CANARY")))
    assert "CANARY" not in str(refused.value)


@pytest.mark.parametrize("sheet", ["轮次", "巡察组", "单位", "分工", "成员"])
def test_a_missing_sheet_is_named(sheet: str) -> None:
    assert problems(edited(lambda book: book.remove(book[sheet]))) == [f"{sheet} missing-sheet"]


@pytest.mark.parametrize("sheet", ["轮次", "巡察组", "单位"])
def test_a_sheet_without_rows_is_named(sheet: str) -> None:
    assert f"{sheet} no-rows" in problems(edited(lambda book: book[sheet].delete_rows(2, 900)))
    assert f"{sheet} no-rows" in problems(edited(lambda book: book[sheet].delete_rows(1, 900)))


def test_fifty_thousand_rows_are_refused_politely() -> None:
    book = Workbook(write_only=True)
    for sheet in load_workbook(io.BytesIO(TEMPLATE), read_only=True).worksheets:
        copy = book.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            copy.append(row)
        for n in range(50_000 if sheet.title == "单位" else 0):
            copy.append([f"N{n}", f"{n}号村", "村", "WY01", None])
    data = io.BytesIO()
    book.save(data)
    assert problems(data.getvalue()) == ["单位 too-many-rows"]


def test_a_formula_is_never_calculated_nor_its_last_result_believed() -> None:
    found = problems(edited(put("成员", "B2", '=HYPERLINK("http://example.invalid","方田")')))
    assert found == ["成员!B2 姓名 formula"]


def repacked(name: str, content: bytes) -> bytes:
    """The template with one part replaced."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return data.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData/><x>&b;</x></worksheet>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        "届,轮次\n".encode(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        TEMPLATE[: len(TEMPLATE) // 2],
        repacked("xl/workbook.xml", b"<workbook"),
        repacked("xl/worksheets/sheet1.xml", BOMB),
        repacked("xl/theme/theme1.xml", bytes(101 * 1024 * 1024)),
        repacked("xl/theme/theme1.xml", random.Random(5).randbytes(6 * 1024 * 1024)),
    ],
)
def test_what_is_not_a_workbook_is_called_so(data: bytes) -> None:
    assert problems(data) == ["not-a-workbook"]


def test_rows_cannot_hide_behind_the_size_a_sheet_claims() -> None:
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml")
    lying = re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:E2"', sheet)
    assert lying != sheet
    assert read_plan(repacked("xl/worksheets/sheet3.xml", lying)) == read_plan(TEMPLATE)


VALUES = st.none() | st.integers(-5, 10**12) | st.floats() | st.booleans() | st.text("=+@-/\n村WY01 1٣²", max_size=6)
CELLS = st.tuples(
    st.sampled_from(["轮次", "巡察组", "单位", "分工", "成员"]), st.sampled_from("ABCDEFGH"), st.integers(1, 12)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CELLS, VALUES), min_size=1, max_size=4))
def test_any_change_gives_a_plan_or_errors_with_their_place(changes: list[tuple[tuple[str, str, int], object]]) -> None:
    try:
        plan = read_plan(edited(*(put(sheet, f"{column}{row}", value) for (sheet, column, row), value in changes)))
    except PlanErrors as errors:
        places = [problem for problem in errors.problems if problem.row and problem.heading]
        assert places or errors.problems[0].sheet  # noqa: PT017 - either outcome is right
    else:
        assert isinstance(plan, Plan)
