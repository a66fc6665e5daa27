"""Tables of figures as an xlsx workbook, a sheet each: title, basis, head, rows, sum. Text stays text."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.ledger_book import saved
from reports.ledger_cells import cell_at, put_figure, sheet_title, wide

Value = str | int

_FILL = PatternFill("solid", fgColor="EEECE6")
_LINE = Border(bottom=Side(style="thin", color="808080"))
_FIRST_ROW = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; its first cell is its name, `small` what stands beside it. `at`: its name in an address."""

    cells: tuple[Value, ...]
    at: str = ""
    small: str = ""

    @property
    def whole(self) -> tuple[Value, ...]:
        """The cells, with `small` in the first one."""
        return (f"{self.cells[0]} {self.small}", *self.cells[1:]) if self.small else self.cells


@dataclass(frozen=True, slots=True)
class Table:
    """Figures with what they are counted by. `name`: of its sheet and in addresses; `about`: what its rows lead to."""

    name: str
    title: str
    basis: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    total: tuple[Value, ...] = ()
    about: str = ""


def tables_book(tables: Sequence[Table], heading: str) -> bytes:
    """The workbook. `heading` stands on every sheet: which round, which part of it, counted when."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(sheet_title(table.title)), table, heading)
    return saved(book)


def _fill(sheet: Worksheet, table: Table, heading: str) -> None:
    lines = [table.head, *(row.whole for row in table.rows), *([table.total] if table.total else [])]
    for at, text in enumerate((table.title, f"{heading}{table.basis}")):
        cell = cell_at(sheet, at + 1, 1)
        put_figure(cell, text)
        cell.font = Font(bold=not at)
    for row, line in enumerate(lines, _FIRST_ROW):
        for column, value in enumerate(line, 1):
            cell = cell_at(sheet, row, column)
            put_figure(cell, value)
            cell.border = _LINE
            if row == _FIRST_ROW:
                cell.font, cell.fill = Font(bold=True), _FILL
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            elif table.total and row == _FIRST_ROW + len(lines) - 1:
                cell.font = Font(bold=True)
    for column in range(len(table.head)):
        widest = max(wide(f"{line[column]}") for line in lines if column < len(line))
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(60, widest + 3)
    sheet.freeze_panes = f"B{_FIRST_ROW + 1}"
