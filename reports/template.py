"""The empty form an office fills in, with the rows of an invented county that show how."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reports.forms import Form, forms
from reports.unpacking import MAX_ROWS

_HEAD = Font(bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="1F4B57")
_TOP = Alignment(vertical="top", wrap_text=True)
_WIDE = {
    "notice": 48,
    "scope": 48,
    "opens_at": 18,
    "closes_at": 18,
    "aliases": 24,
    "address": 28,
    "mailbox": 20,
    "reason": 32,
}
_TIMES = ("opens_at", "closes_at")
_NUMBERS = ("term", "ordinal", "phase", "accept_days", "team_ordinal")


def template() -> bytes:
    """An xlsx file that `read_plan` accepts as it is."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for form in forms().sheets.values():
        _fill(book.create_sheet(form.title), form)
    _explain(book.create_sheet(forms().notes.title), forms().notes)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _fill(sheet: Worksheet, form: Form) -> None:
    sheet.append(list(form.headings.values()))
    for row in form.rows:
        sheet.append([value if value != "" else None for value in row])
    sheet.freeze_panes = "A2"
    for at, name in enumerate(form.headings, start=1):
        head = sheet.cell(1, at)
        head.font, head.fill = _HEAD, _HEAD_FILL
        _format_column(sheet, at, name)


def _format_column(sheet: Worksheet, at: int, name: str) -> None:
    """The column's format holds for rows not yet written, so that a code like 001 keeps its zeros."""
    letter = get_column_letter(at)
    form = "yyyy-mm-dd hh:mm" if name in _TIMES else "0" if name in _NUMBERS else "@"
    column = sheet.column_dimensions[letter]
    column.width, column.number_format, column.alignment = _WIDE.get(name, 14), form, _TOP
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, at)
        cell.number_format, cell.alignment = form, _TOP
    if name in forms().choices:
        allowed = DataValidation("list", formula1=f'"{",".join(forms().choices[name])}"', allow_blank=True)
        allowed.add(f"{letter}2:{letter}{MAX_ROWS}")
        sheet.add_data_validation(allowed)


def _explain(sheet: Worksheet, notes: Form) -> None:
    sheet.column_dimensions["A"].width = 100
    for row in notes.rows:
        sheet.append(list(row))
        sheet.cell(sheet.max_row, 1).alignment = _TOP
