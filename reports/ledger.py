"""A ledger as xlsx: one row for every tip, poured into a layout. No cell of it is ever a formula."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.ledger_book import saved
from reports.ledger_cells import DAY_FORMAT, Value, cell_at, fit, put, wide
from reports.ledger_layout import PLACEHOLDER, layout, words_in
from reports.ledger_template import default_template, pattern_row

WIDEST = 40
"""Half-width characters of a column that is as wide as what stands in it."""

_DAYS = frozenset({"received_on", "resolved_on", "cleared_on"})


@dataclass(frozen=True, slots=True)
class Row:
    """One tip, in the words that are printed. `place` counts from 1; days that have not come are None."""

    place: int
    label: str
    received_on: date
    channel: str
    identity: str
    name: str
    phone: str
    unit: str
    kind: str
    gist: str
    progress: str
    resolved_on: date | None
    cleared_on: date | None
    assignee: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows. `mark`: who took the ledger out and when; empty for one that hides names."""

    team: str
    round: str
    day: str
    count: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A cell of the row that is repeated. `word`: the one it consists of, empty for a mixture or plain text."""

    at: int
    text: str
    word: str
    style: StyleArray

    @property
    def field(self) -> str:
        return layout().fields.get(self.word, "")


def ledger(head: Head, rows: Sequence[Row], template: bytes | None = None, *, named: bool = False) -> bytes:
    """The xlsx file. `template`: an office's own layout, as `checked_template` gave it; `named` chooses the house's."""
    book = load_workbook(io.BytesIO(template or default_template(named=named)))
    sheet = book.worksheets[0]
    at = pattern_row(sheet)
    patterns = _patterns(sheet, at)
    above = {word: getattr(head, name) for word, name in layout().head.items()}
    _fill_head(sheet, at, above)
    for number, row in enumerate(rows, start=at):
        _fill_row(sheet, number, patterns, above | {word: getattr(row, name) for word, name in layout().fields.items()})
    if not rows:
        sheet.delete_rows(at)
    if template is None:
        _widen(sheet, patterns, rows)
    sheet.print_title_rows = f"1:{at - 1}" if at > 1 else None
    _sign(sheet, at + len(rows) + 1, head.mark)
    return saved(book)


def _patterns(sheet: Worksheet, at: int) -> list[_Pattern]:
    found = []
    for column in range(1, sheet.max_column + 1):
        cell = cell_at(sheet, at, column)
        words, text = words_in(cell.value), str(cell.value or "")
        alone = len(words) == 1 and PLACEHOLDER.fullmatch(text.strip()) is not None
        if alone and layout().fields.get(words[0]) in _DAYS:
            cell.number_format = DAY_FORMAT
        style: StyleArray = cell._style  # type: ignore[attr-defined]  # the stubs leave it out
        found.append(_Pattern(column, text, words[0] if alone else "", style))
    return found


def _fill_head(sheet: Worksheet, at: int, values: Mapping[str, Value]) -> None:
    for row in sheet.iter_rows(max_row=at - 1) if at > 1 else ():
        for cell in row:
            if isinstance(cell, Cell) and words_in(cell.value):
                put(cell, _filled(str(cell.value), values))


def _fill_row(sheet: Worksheet, number: int, patterns: Sequence[_Pattern], values: Mapping[str, Value]) -> None:
    for pattern in patterns:
        cell = cell_at(sheet, number, pattern.at)
        # Shared by the column: a copy for each of a hundred thousand cells takes a second.
        cell._style = pattern.style  # type: ignore[attr-defined]  # the stubs leave it out
        put(cell, _value(pattern, values))


def _value(pattern: _Pattern, values: Mapping[str, Value]) -> Value:
    return values[pattern.word] if pattern.word else _filled(pattern.text, values)


def _filled(text: str, values: Mapping[str, Value]) -> str:
    """`text` with its words in braces replaced, in one pass: what is put in is not looked at again."""

    def shown(value: Value) -> str:
        return "" if value is None else str(value)

    return PLACEHOLDER.sub(lambda found: shown(values[found[1].strip()]), text)


def _widen(sheet: Worksheet, patterns: Sequence[_Pattern], rows: Sequence[Row]) -> None:
    """Columns for which the layout names no width become as wide as what stands in them."""
    named = {field: layout().widths.get(word) for word, field in layout().fields.items()}
    for pattern in patterns:
        if named.get(pattern.field) is None:
            shown = {str(getattr(row, pattern.field) or "") for row in rows}
            column = sheet.column_dimensions[get_column_letter(pattern.at)]
            column.width = min(WIDEST, max([column.width, *(wide(text) + 2 for text in shown)]))


def _sign(sheet: Worksheet, number: int, mark: str) -> None:
    """The watermark: a line under the rows, and the head and foot of every printed page."""
    if not mark:
        return
    line = cell_at(sheet, number, 1)
    put(line, mark)
    line.font = Font(color="808080")
    sheet.HeaderFooter.differentFirst = sheet.HeaderFooter.differentOddEven = False
    for part in (sheet.oddHeader, sheet.oddFooter):
        if part is not None:
            part.center.text = fit(mark).replace("&", "&&")  # one alone begins a command
