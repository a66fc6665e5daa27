"""Whatever file somebody brings as a plan: it is read as it looks, or refused by what it is, and nothing breaks."""

import io
import random
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from domain.rounds import CrossRegion
from reports.faults import PlanErrors
from reports.plan import Plan
from reports.workbook import read_plan
from tests.reports.plan_edits import TEMPLATE, Edit, add, drop, edited, merge, problems, put, read


def test_columns_may_change_places_and_the_office_may_keep_its_own() -> None:
    def swap(book: Workbook) -> None:
        book["成员"].insert_cols(1, 2)
        book["成员"]["A1"] = "备注"

    assert read_plan(edited(swap)) == read_plan(TEMPLATE)


def test_files_from_before_a_column_was_there_are_still_plans() -> None:
    old = drop("轮次", "异地交叉"), drop("巡察组", "地址", "信箱"), drop("分工", "理由")
    plan, today = read_plan(edited(*old)), read_plan(TEMPLATE)
    assert (plan.round.cross_region, plan.teams[0].address, plan.teams[0].mailbox) == (None, "", "")
    assert (plan.units, plan.assignments, plan.members) == (today.units, today.assignments, today.members)
    assert today.teams[0].address
    assert today.round.cross_region is CrossRegion.REFUSE


def test_sheets_may_stand_in_any_order_and_what_is_hidden_counts() -> None:
    def hide(book: Workbook) -> None:
        book.move_sheet("成员", -4)
        book["单位"].sheet_state = "hidden"
        book["分工"].row_dimensions[3].hidden = True
        book["巡察组"].column_dimensions["C"].hidden = True

    assert read_plan(edited(hide)) == read_plan(TEMPLATE)


def test_a_title_may_stand_above_the_headings() -> None:
    def title(book: Workbook) -> None:
        book["巡察组"].insert_rows(1)
        book["巡察组"]["A1"] = "苇原县委第十四届第六轮巡察组"
        book["巡察组"].merge_cells("A1:D1")

    assert read_plan(edited(title)) == read_plan(TEMPLATE)
    assert "巡察组!B4 名称 duplicate" in problems(edited(title, put("巡察组", "B4", "第一巡察组")))


def test_two_sheets_of_one_title_are_not_guessed_between() -> None:
    assert problems(edited(lambda book: book.create_sheet("单位 "))) == ["单位 double-sheet"]


def test_a_hundred_problems_are_named_and_the_others_counted() -> None:
    wrong = [add("单位", f"N{n}", f"{n}号", "屯", "WY01") for n in range(130)]
    with pytest.raises(PlanErrors) as errors:
        read_plan(edited(*wrong))
    assert (len(errors.value.problems), errors.value.more) == (100, 30)


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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FLAGGED = TEMPLATE.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not-a-workbook"),
        (b"PK\x03\x04", "not-a-workbook"),
        (b"\x89PNG\r\n\x1a\n\0,", "not-a-workbook"),
        (TEMPLATE[: len(TEMPLATE) // 2], "not-a-workbook"),
        (repacked("xl/workbook.xml", b"<workbook"), "not-a-workbook"),
        (repacked("xl/worksheets/sheet1.xml", BOMB), "not-a-workbook"),
        ("届,轮次\n14,6\n".encode("gb18030"), "csv"),
        ("编码\t名称\nWY\t苇原县\n".encode("utf-8-sig"), "csv"),
        (OLE + bytes(600), "old-format"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (FLAGGED, "encrypted"),
        (repacked("xl/theme/theme1.xml", bytes(101 * 1024 * 1024)), "too-large"),
        (repacked("xl/theme/theme1.xml", random.Random(5).randbytes(6 * 1024 * 1024)), "too-large"),
    ],
)
def test_what_is_no_plan_is_called_what_it_is(data: bytes, problem: str) -> None:
    assert problems(data) == [problem]


def test_a_single_cell_in_the_last_row_of_the_format_costs_no_time() -> None:
    assert problems(edited(put("单位", "A1048576", "WY99"))) == ["单位 too-many-rows"]


def test_rows_cannot_hide_behind_the_size_a_sheet_claims() -> None:
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml")
    lying = re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:E2"', sheet)
    assert lying != sheet
    assert read_plan(repacked("xl/worksheets/sheet3.xml", lying)) == read_plan(TEMPLATE)


SHEETS = st.sampled_from(["轮次", "巡察组", "单位", "分工", "成员"])
VALUES = st.none() | st.integers(-5, 10**12) | st.floats() | st.booleans() | st.text("=+@-/\n村WY01 1٣²", max_size=6)
PUTS = st.builds(
    lambda sheet, column, row, value: put(sheet, f"{column}{row}", value),
    SHEETS, st.sampled_from("ABCDEFGHI"), st.integers(1, 15), VALUES,
)  # fmt: skip
MERGES = st.builds(
    lambda sheet, row, more, column: merge(sheet, f"A{row}:{column}{row + more}"),
    SHEETS, st.integers(1, 9), st.integers(0, 3), st.sampled_from("ABD"),
)  # fmt: skip


def shift(sheet: str, way: str, at: int) -> Edit:
    """Puts rows or columns in, or takes them out."""
    return lambda book: getattr(book[sheet], way)(at)


WAYS = st.sampled_from(["insert_rows", "delete_rows", "insert_cols", "delete_cols"])
EDITS = PUTS | PUTS | MERGES | st.builds(shift, SHEETS, WAYS, st.integers(1, 9))


@settings(max_examples=80, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_any_change_gives_a_plan_or_errors_with_their_place(changes: list[Edit]) -> None:
    try:
        plan = read(edited(*changes))
    except PlanErrors as errors:
        assert all(problem.sheet for problem in errors.problems)  # noqa: PT017 - either outcome is right
        assert all(problem.heading for problem in errors.problems if problem.row)  # noqa: PT017
    else:
        assert isinstance(plan, Plan)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(TEMPLATE) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_file_that_was_damaged_on_its_way_is_a_plan_or_refused(hits: list[tuple[int, int]]) -> None:
    data = bytearray(TEMPLATE)
    for at, byte in hits:
        data[at] = byte
    try:
        assert isinstance(read(bytes(data)), Plan)
    except PlanErrors as errors:
        assert errors.problems  # noqa: PT017
