"""The xlsx file that a ledger is poured into: the house's own, or one that an office drew. Only its looks come in."""

import io
import json
import warnings
import zipfile
from copy import copy
from enum import StrEnum

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.foreign import OverLimits, in_child
from reports.ledger_book import saved
from reports.ledger_cells import cell_at, put, wide
from reports.ledger_layout import layout, words_in

MAX_BYTES = 1 << 20
MAX_UNPACKED = 4 << 20
MAX_CELLS = 200_000
"""Cells between the first and the last that hold anything: openpyxl makes all of them when it walks a sheet."""

_XLSX = b"PK"
_THIN = Side(style="thin", color="808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FILL = PatternFill("solid", fgColor="EEECE6")


class TemplateFault(StrEnum):
    """Why a file cannot be the office's layout; the value is the key of the sentence shown."""

    NOT_A_WORKBOOK = "not-a-workbook"
    OVER_LIMITS = "over-limits"
    NO_ROW = "no-row"
    TWO_ROWS = "two-rows"
    UNKNOWN_WORD = "unknown-word"
    FORMULA = "formula"
    BELOW = "below"
    MERGED = "merged"


class TemplateWrong(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """`name` says which word or which cell is meant, empty for the whole file."""

    def __init__(self, fault: TemplateFault, name: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.name = name


def default_template(*, named: bool) -> bytes:
    """The house's layout; `named`: with the columns for the reporter's name and telephone."""
    form = layout()
    columns = [name for name in form.columns if named or name not in form.named]
    book, sheet = _new_book()
    for row, line in enumerate(form.lines, start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(columns))
        head = cell_at(sheet, row, 1)
        put(head, line)
        head.font = Font(name=form.font, size=16 if row == 1 else 11, bold=row == 1)
        head.alignment = Alignment(horizontal="center", vertical="center")
        sheet.row_dimensions[row].height = 32 if row == 1 else 20
    titles = len(form.lines) + 1
    for at, name in enumerate(columns, start=1):
        _column(sheet, titles, at, name)
    sheet.freeze_panes = f"A{titles + 1}"
    return saved(book)


def checked_template(data: bytes) -> bytes:
    """An office's own layout, redrawn by a child process. Raises `TemplateWrong`."""
    try:
        answer = in_child(data, "layout")
        if answer.startswith(_XLSX):
            return answer
        wrong = json.loads(answer)
        fault, name = TemplateFault(wrong["fault"]), str(wrong["name"])
    except (OverLimits, ValueError, TypeError, LookupError, RecursionError):  # not what `answer_for` says
        raise TemplateWrong(TemplateFault.OVER_LIMITS) from None
    raise TemplateWrong(fault, name)


def answer_for(data: bytes) -> bytes:
    """What the child says: the redrawn layout, or JSON with `fault` and `name`."""
    try:
        return redrawn(data)
    except TemplateWrong as wrong:
        return json.dumps({"fault": wrong.fault, "name": wrong.name}).encode()


def redrawn(data: bytes) -> bytes:
    """An office's own layout as a file that holds nothing but cells, their looks and the page. Raises `TemplateWrong`.

    One row holds words in braces and is repeated for every tip; what stands above it stays.
    """
    source = _loaded(data)
    at = pattern_row(source)
    _check(source, at)
    book, sheet = _new_book()
    for row in source.iter_rows(max_row=at):
        for cell in row:
            if isinstance(cell, Cell) and (cell.value is not None or cell.has_style):
                _copy_cell(cell, cell_at(sheet, cell.row, cell.column))
    _copy_looks(source, sheet, at)
    return saved(book)


def pattern_row(sheet: Worksheet) -> int:
    """The number of the row that is repeated. Raises `TemplateWrong`: NO_ROW, TWO_ROWS."""
    fields = layout().fields
    rows = [
        number
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1)
        if any(word in fields for value in cells for word in words_in(value))
    ]
    if len(rows) != 1:
        raise TemplateWrong(TemplateFault.TWO_ROWS if rows else TemplateFault.NO_ROW)
    return rows[0]


def _new_book() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = layout().sheet
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return book, sheet


def _column(sheet: Worksheet, titles: int, at: int, name: str) -> None:
    form = layout()
    head, pattern = cell_at(sheet, titles, at), cell_at(sheet, titles + 1, at)
    put(head, name)
    put(pattern, f"{{{name}}}")
    head.font, head.fill = Font(name=form.font, bold=True), _FILL
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    pattern.font, pattern.alignment = Font(name=form.font), Alignment(vertical="top", wrap_text=True)
    head.border = pattern.border = _GRID
    sheet.column_dimensions[get_column_letter(at)].width = form.widths.get(name, wide(name) + 2)


def _loaded(data: bytes) -> Worksheet:
    """The first sheet. Nothing is calculated, and no more is unpacked than a layout needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if len(data) > MAX_BYTES or unpacked > MAX_UNPACKED:
            raise ValueError("larger than any layout")
        with warnings.catch_warnings(action="ignore"):  # openpyxl names cells and their content in its warnings
            sheet = load_workbook(io.BytesIO(data), keep_links=False).worksheets[0]
        if sheet.max_row * sheet.max_column > MAX_CELLS:
            raise ValueError("larger than any layout")
    except MemoryError:
        raise
    except Exception:  # openpyxl lets through whatever its parsers raise; to the office it is all one
        raise TemplateWrong(TemplateFault.NOT_A_WORKBOOK) from None
    return sheet


def _check(sheet: Worksheet, at: int) -> None:
    known = layout().fields.keys() | layout().head.keys()
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                raise TemplateWrong(TemplateFault.FORMULA, cell.coordinate)
            if cell.value is not None and cell.row > at:
                raise TemplateWrong(TemplateFault.BELOW, cell.coordinate)
            for word in words_in(cell.value):
                if word not in known:
                    raise TemplateWrong(TemplateFault.UNKNOWN_WORD, word)
    for merged in sheet.merged_cells.ranges:
        if merged.max_row >= at:
            raise TemplateWrong(TemplateFault.MERGED, merged.coord)


def _copy_cell(source: Cell, cell: Cell) -> None:
    value = source.value
    put(cell, value if isinstance(value, str | int | None) else str(value))
    cell.number_format = source.number_format
    for part in ("font", "fill", "border", "alignment"):
        setattr(cell, part, copy(getattr(source, part)))


def _copy_looks(source: Worksheet, sheet: Worksheet, at: int) -> None:
    for letter, column in source.column_dimensions.items():
        copied = sheet.column_dimensions[letter]
        copied.width, copied.hidden, copied.min, copied.max = column.width, column.hidden, column.min, column.max
    for number in range(1, at):
        sheet.row_dimensions[number].height = source.row_dimensions[number].height
    for merged in source.merged_cells.ranges:
        sheet.merge_cells(merged.coord)
    sheet.freeze_panes = source.freeze_panes
    sheet.page_margins = copy(source.page_margins)
    sheet.page_setup.orientation = source.page_setup.orientation or "landscape"
