"""How a value gets into a cell of a workbook: text stays text, whatever it looks like; and the name of a sheet."""

import re
import unicodedata
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | date | None

DAY_FORMAT = "yyyy-mm-dd"
LONGEST = 32_000
"""Characters; the format ends at 32,767."""

# What a spreadsheet may take for the beginning of a formula, full-width forms too.
_RISKY = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_GUARD = "'"

_LONGEST_TITLE = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

# What XML has no room for. Text was cleaned when it came in; this only keeps one bad character from spoiling a file.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell to write to. Raises TypeError for one that is hidden under its merged neighbour."""
    found = sheet.cell(row, column)
    if not isinstance(found, Cell):
        raise TypeError("a merged cell holds nothing")
    return found


def put(cell: Cell, value: Value) -> None:
    """Writes `value`; a text that could be taken for a formula gets an apostrophe before it and is stored as text.

    Nothing is written for 0, and for a text of which nothing is left that the format can hold.
    """
    fitting = guarded(value) if isinstance(value, str) else value
    cell.value = fitting or None
    if isinstance(fitting, str) and fitting:
        cell.data_type = "s"


def put_figure(cell: Cell, value: str | int | None) -> None:
    """As `put`, but 0 and an empty text are written: among figures 0 is one."""
    if isinstance(value, str):
        cell.value = guarded(value)
        cell.data_type = "s"
    else:
        cell.value = value


def sheet_title(text: str) -> str:
    """`text` as the name of a sheet: what the format forbids there becomes a space, and what is too long ends."""
    return fit(text).translate(_NOT_IN_TITLES)[:_LONGEST_TITLE]


def fit(text: str) -> str:
    """`text` without what the format cannot hold."""
    return _UNFIT.sub("", text)


def guarded(text: str) -> str:
    """`text` as a spreadsheet can hold it and will not take it for a formula."""
    plain = fit(text)[:LONGEST]
    return _GUARD + plain if _RISKY.match(plain) else plain


def wide(text: str) -> int:
    """Half-width characters that the longest line of `text` takes: a Chinese character takes two."""
    lines = text.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) for line in lines)
