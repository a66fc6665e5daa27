"""Tables of figures as one xlsx sheet, one below the other, as they stand on the page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.ledger_book import saved
from reports.ledger_cells import cell_at, put_figure, sheet_title, wide

Value = str | int | None
"""A figure, words in its place, or nothing to say."""

_FONT = "宋体"
_THIN = Side(style="thin", color="808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E6E6E6")
_NARROWEST, _WIDEST = 8, 36


@dataclass(frozen=True, slots=True)
class Section:
    """One table in words. `basis`: what its figures mean, and by which date they are counted. `sums`: a last row."""

    name: str
    title: str
    basis: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    sums: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole report in words: what it is, what it rests on, its tables, and what stands below them."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]


def workbook(digest: Digest) -> bytes:
    """The xlsx file: figures as numbers, everything else as text, no formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet = book.create_sheet(sheet_title(digest.title))
    columns = max(len(section.head) for section in digest.sections)
    row = _lines(sheet, 1, (digest.title,), columns, size=15)
    row = _lines(sheet, row, digest.lines, columns)
    for section in digest.sections:
        row = _section(sheet, row + 1, section, columns)
    _lines(sheet, row + 1, digest.foot, columns)
    _set_up(sheet, digest.sections, columns)
    return saved(book)


def _lines(sheet: Worksheet, row: int, lines: Sequence[str], columns: int, size: int = 10) -> int:
    """Each line across the whole width; the row below them."""
    for at, line in enumerate(lines, start=row):
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=columns)
        cell = cell_at(sheet, at, 1)
        put_figure(cell, line)
        cell.font = Font(name=_FONT, size=size, bold=size > 10)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[at].height = 1.4 * size * max(1, -(-wide(line) * size // (columns * 10 * 14)))
    return row + len(lines)


def _section(sheet: Worksheet, row: int, section: Section, columns: int) -> int:
    """The row below the table."""
    row = _lines(sheet, row, (section.title,), columns, size=12)
    row = _lines(sheet, row, section.basis, columns)
    _row(sheet, row, section.head, bold=True)
    for at, values in enumerate(section.rows, start=row + 1):
        _row(sheet, at, values)
    row += 1 + len(section.rows)
    if section.sums:
        _row(sheet, row, section.sums, bold=True)
        row += 1
    return row


def _row(sheet: Worksheet, row: int, values: Sequence[Value], *, bold: bool = False) -> None:
    for column, value in enumerate(values, start=1):
        cell = cell_at(sheet, row, column)
        put_figure(cell, value)
        cell.font = Font(name=_FONT, size=10, bold=bold)
        cell.border = _GRID
        side = "left" if column == 1 else "right"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        if bold:
            cell.fill = _HEAD


def _set_up(sheet: Worksheet, sections: Sequence[Section], columns: int) -> None:
    """Widths by content; A4, as wide as the paper and as long as it must be."""
    for at in range(columns):
        cells = (row[at] for one in sections for row in (one.head, *one.rows) if at < len(row))
        widest = max((wide(str(value)) for value in cells if value is not None), default=0)
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(_WIDEST, max(_NARROWEST, widest + 2))
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
