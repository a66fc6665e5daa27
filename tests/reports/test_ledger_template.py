"""An office may redraw the ledger: its looks come in, and what cannot be filled is refused by name."""

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from reports.ledger import ledger
from reports.ledger_template import MAX_BYTES, TemplateFault, TemplateWrong, checked_template, default_template
from tests.reports.ledger_side import HEAD, ROW, drawn, sheet_of, texts_of


def fault_of(data: bytes) -> tuple[TemplateFault, str]:
    with pytest.raises(TemplateWrong) as wrong:
        checked_template(data)
    return wrong.value.fault, wrong.value.name


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
