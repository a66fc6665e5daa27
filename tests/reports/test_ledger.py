"""A ledger is a sheet of texts, days and one number a row: nothing in it calculates, and the office may redraw it."""

import io
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.ledger import Head, Row, ledger
from reports.ledger_layout import layout
from reports.ledger_template import (
    MAX_BYTES,
    TemplateFault,
    TemplateWrong,
    checked_template,
    default_template,
)

DAY = date(2026, 11, 11)
ROW = Row(
    place=1,
    label="3-0012",
    received_on=DAY,
    channel="网页",
    identity="实名",
    name="周大山",
    phone="0000-0000000",
    unit="苇庄镇石桥村",
    kind="补贴救助",
    gist="种粮补贴公示写了 11 亩",
    progress="已办结：属实",
    resolved_on=DAY,
    cleared_on=None,
    assignee="何雨",
)
HEAD = Head("第三巡察组", "第六轮", "2026 年 11 月 11 日", 1, "何雨 2026-11-11 12:00 导出")


def sheet_of(data: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(data)).worksheets[0]


def texts_of(data: bytes) -> list[str]:
    return [str(cell.value) for row in sheet_of(data).iter_rows() for cell in row if cell.value is not None]


def drawn(*rows: tuple[object, ...], edit: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    """An office's own file."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    edit(book.worksheets[0])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def fault_of(data: bytes) -> tuple[TemplateFault, str]:
    with pytest.raises(TemplateWrong) as wrong:
        checked_template(data)
    return wrong.value.fault, wrong.value.name


# What is put into a ledger


hostile = st.tuples(st.sampled_from(["", *"=+-@\t\r\n＝＋－＠'{"]), st.text(max_size=40)).map("".join)


@settings(max_examples=80, deadline=None)
@given(words=st.lists(hostile, min_size=9, max_size=9), own=st.booleans())
def test_no_text_whatever_it_is_becomes_a_formula_and_none_begins_like_one(words: list[str], own: bool) -> None:
    label, name, phone, unit, gist, progress, assignee, team, mark = words
    row = replace(ROW, label=label, name=name, phone=phone, unit=unit, gist=gist, progress=progress, assignee=assignee)
    head = replace(HEAD, team=team, mark=mark)
    template = (
        checked_template(drawn(("{组}", "{导出}"), ("{编号}", "{主要内容}{反映人}", "{电话}", "-"))) if own else None
    )
    for line in sheet_of(ledger(head, [row], template, named=True)).iter_rows():
        for cell in line:
            assert cell.data_type in {"s", "n", "d"}
            assert not str(cell.value or "").startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_a_guarded_text_can_still_be_read() -> None:
    shown = texts_of(ledger(HEAD, [replace(ROW, gist="=HYPERLINK(1)", name="＠周", unit="-5 度")], named=True))
    assert {"'=HYPERLINK(1)", "'＠周", "'-5 度"} <= set(shown)


def test_what_looks_like_a_placeholder_in_a_tip_is_not_filled_in() -> None:
    shown = texts_of(ledger(HEAD, [replace(ROW, gist="{电话}{组}")], named=True))
    assert "{电话}{组}" in shown
    assert shown.count("0000-0000000") == 1


def test_days_are_days_and_a_day_that_has_not_come_is_an_empty_cell() -> None:
    sheet = sheet_of(ledger(HEAD, [ROW], named=True))
    titles = [cell.value for cell in sheet[3]]
    cells = {title: sheet[4][at] for at, title in enumerate(titles)}
    assert cells["收到日期"].value == datetime(2026, 11, 11)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert cells["收到日期"].number_format == "yyyy-mm-dd"
    assert cells["销号日期"].value is None
    assert cells["序号"].value == 1


# The house's own layout


def test_the_official_columns_stand_in_their_order() -> None:
    named = [cell.value for cell in sheet_of(ledger(HEAD, [ROW], named=True))[3]]
    assert named == [
        "序号", "编号", "收到日期", "渠道", "反映方式", "反映人", "电话", "被反映单位", "类别", "主要内容",
        "办理情况", "办结日期", "销号日期", "承办人",
    ]  # fmt: skip
    masked = [cell.value for cell in sheet_of(ledger(HEAD, [ROW]))[3]]
    assert masked == [title for title in named if title not in {"反映人", "电话"}]


def test_every_field_of_a_row_and_of_the_head_has_its_word() -> None:
    assert set(layout().fields.values()) == {one.name for one in fields(Row)}
    assert set(layout().head.values()) == {one.name for one in fields(Head)}


def test_columns_are_as_wide_as_what_stands_in_them_and_a_chinese_character_takes_two() -> None:
    rows = [ROW, replace(ROW, unit="苇庄镇上面那个很长名字的石桥村民委员会")]
    sheet = sheet_of(ledger(HEAD, rows, named=True))
    for at, column in enumerate(sheet.iter_cols(min_row=3, max_row=5), start=1):
        title, width = str(column[0].value), sheet.column_dimensions[get_column_letter(at)].width
        if title in layout().widths:
            assert width == layout().widths[title]
            continue
        shown = [str(cell.value or "").removesuffix(" 00:00:00") for cell in column]
        needed = max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in one) for one in shown)
        assert width == min(40, needed + 2), title


def test_the_mark_stands_in_the_sheet_and_on_every_printed_page() -> None:
    sheet = sheet_of(ledger(HEAD, [ROW, ROW], named=True))
    assert HEAD.mark in str(sheet["A2"].value)
    assert sheet["A7"].value == HEAD.mark
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    assert (sheet.oddHeader.center.text, sheet.oddFooter.center.text) == (HEAD.mark, HEAD.mark)
    assert sheet.print_title_rows == "$1:$3"
    assert not any("导出" in text for text in texts_of(ledger(replace(HEAD, mark=""), [ROW])))


def test_a_ledger_without_tips_has_its_titles_and_no_words_in_braces() -> None:
    shown = texts_of(ledger(replace(HEAD, count=0), []))
    assert shown[2:] == [*[title for title in layout().columns if title not in layout().named], HEAD.mark]


def test_no_word_of_a_ledger_meets_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")  # whoever wants a temporary file gets an error
    assert len(texts_of(ledger(HEAD, [ROW], named=True))) > 14


# The office's own layout


def test_the_present_layout_can_be_brought_back_as_the_offices_own() -> None:
    own = checked_template(default_template(named=True))
    assert texts_of(ledger(HEAD, [ROW], own)) == texts_of(ledger(HEAD, [ROW], named=True))


def test_an_offices_titles_widths_and_styles_stay_and_its_row_is_filled_for_every_tip() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:C1")
        sheet.column_dimensions["B"].width = 33
        sheet.row_dimensions[1].height = 41
        sheet["A1"].font = Font(name="黑体", size=20)
        sheet["B3"].font = Font(italic=True)

    template = checked_template(
        drawn(("{组}的表",), ("号", "什么事"), ("{编号}", "{被反映单位}：{ 主要内容 }", "｛收到日期｝"), edit=edit)
    )
    sheet = sheet_of(ledger(replace(HEAD, mark=""), [ROW, replace(ROW, label="3-0013")], template))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "第三巡察组的表"
    assert rows[2][:2] == ["3-0012", "苇庄镇石桥村：种粮补贴公示写了 11 亩"]
    assert rows[3][0] == "3-0013"
    assert sheet["C3"].number_format == "yyyy-mm-dd"
    assert (sheet["A1"].font.name, sheet["A1"].font.size, sheet["B4"].font.italic) == ("黑体", 20, True)
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[1].height) == (33, 41)
    assert [merged.coord for merged in sheet.merged_cells.ranges] == ["A1:C1"]


def test_an_offices_layout_cannot_be_without_the_mark() -> None:
    data = ledger(HEAD, [ROW], checked_template(drawn(("{编号}",))))
    assert HEAD.mark in texts_of(data)


@pytest.mark.parametrize(
    ("rows", "fault", "name"),
    [
        ([("编号", "内容")], TemplateFault.NO_ROW, ""),
        ([("{编号}",), ("{主要内容}",)], TemplateFault.TWO_ROWS, ""),
        ([("{编号}", "{身份证号}")], TemplateFault.UNKNOWN_WORD, "身份证号"),
        ([("{组别}",), ("{编号}",)], TemplateFault.UNKNOWN_WORD, "组别"),
        ([("=NOW()",), ("{编号}",)], TemplateFault.FORMULA, "A1"),
        ([("{编号}",), ("填表人",)], TemplateFault.BELOW, "A2"),
    ],
)
def test_a_layout_that_cannot_be_filled_is_refused_by_name(
    rows: list[tuple[object, ...]], fault: TemplateFault, name: str
) -> None:
    assert fault_of(drawn(*rows)) == (fault, name)


def test_a_merged_row_is_refused() -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:B2")

    assert fault_of(drawn(("号",), ("{编号}",), edit=edit)) == (TemplateFault.MERGED, "A2:B2")


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04" + b"x" * 200])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert fault_of(data) == (TemplateFault.NOT_A_WORKBOOK, "")


def test_a_workbook_that_would_fill_the_memory_is_refused() -> None:
    def far(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "x"

    assert fault_of(drawn(("{编号}",), edit=far))[0] is TemplateFault.NOT_A_WORKBOOK
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(50 << 20))
    assert len(bomb.getvalue()) < MAX_BYTES
    assert fault_of(bomb.getvalue())[0] is TemplateFault.NOT_A_WORKBOOK


def test_only_looks_come_in_with_an_offices_layout() -> None:
    """Other sheets, links, comments, names and rules of the file stay outside."""
    book = load_workbook(io.BytesIO(drawn(("{编号}",))))
    sheet = book.worksheets[0]
    sheet["A1"].hyperlink = "https://elsewhere.example"
    book.create_sheet("另一张")["A1"] = "=1+1"
    data = io.BytesIO()
    book.save(data)
    made = ledger(HEAD, [ROW], checked_template(data.getvalue()))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names, everything = archive.namelist(), b"".join(archive.read(name) for name in archive.namelist())
    assert [name for name in names if "worksheets/" in name] == ["xl/worksheets/sheet1.xml"]
    assert b"elsewhere.example" not in everything
