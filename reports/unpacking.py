"""From the bytes of an xlsx file to plain lines of cells, and these as JSON. Nothing is calculated.

A foreign file is unpacked in a child process alone (`foreign.py`); `unpack` by itself is for files of our own making.
"""

import io
import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.words import gist
from reports.container import merged_cells, wrong_kind
from reports.faults import Fault
from reports.forms import forms

MAX_ROWS = 20_000  # of one sheet: a county has some hundred villages, a large city some thousand
HEADINGS_WITHIN = 5  # a title may stand above the headings
_LAST_ROW = 100_000  # looked at: rows that are only coloured cost time too
_WIDTH = 30
_FAR = 10_000_000  # what a name of seven digits can name
_MERGED = 1000  # ranges looked at: the first hundred are named
_COMPUTED = ("f", "e")  # openpyxl's marks for a formula and for an error value
_AT = "at"

Value = str | int | float | bool | datetime
Filled = tuple[int, Value, bool]
"""A cell that is not empty: its column counted from 1, its value, and whether it is a formula or an error value."""
Line = tuple[int, Sequence[Filled]]
"""A row's number and its cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled rows of one sheet, `MAX_ROWS` or a few more; first column, first row, last column and last row of
    its merged ranges; and whether it goes on beyond the last row that is looked at."""

    lines: Sequence[Line]
    merged: Sequence[tuple[int, int, int, int]]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The sheets of each title that plan.toml knows: a file may have two that differ by a space. `fault`: why there is
    none."""

    sheets: dict[str, list[Sheet]] = field(default_factory=dict)
    fault: Fault | None = None


def unpack(data: bytes) -> Unpacked:
    """Raises `MemoryError` alone."""
    fault = wrong_kind(data)
    if fault:
        return Unpacked(fault=fault)
    try:
        return Unpacked(_sheets(data))
    except MemoryError:
        raise
    except Exception:  # openpyxl lets through whatever its parsers raise; to the office it is all one
        return Unpacked(fault=Fault.NOT_A_WORKBOOK)


def packed(unpacked: Unpacked) -> bytes:
    """The same as JSON, without what can be left out: 20,000 units, assignments and members are 7 MB."""
    sheets = {
        title: [[[(number, _thin(cells)) for number, cells in one.lines], one.merged, one.goes_on] for one in found]
        for title, found in unpacked.sheets.items()
    }
    raw = {"sheets": sheets, "fault": unpacked.fault}
    text = json.dumps(raw, default=lambda at: {_AT: at.isoformat()}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")  # as json.loads reads


def _thin(cells: Sequence[Filled]) -> list[tuple[int, Value] | Filled]:
    return [(at, value, True) if is_computed else (at, value) for at, value, is_computed in cells]


def loaded(data: bytes) -> Unpacked:
    """What `packed` made. Raises `ValueError` for anything else: a file may have taken over the child that says it."""
    try:
        raw = json.loads(data, object_hook=lambda found: datetime.fromisoformat(found[_AT]) if _AT in found else found)
        if raw["fault"] is not None:
            return Unpacked(fault=Fault(raw["fault"]))
        said = {form.title: raw["sheets"][form.title] for form in forms().sheets.values()}
        return Unpacked({title: [_sheet_said(*one) for one in found] for title, found in said.items()})
    except (ValueError, TypeError, LookupError, RecursionError):
        raise ValueError("no sheets") from None


def _sheet_said(
    lines: Sequence[tuple[int, Sequence[Filled]]], merged: Sequence[Sequence[int]], goes_on: object
) -> Sheet:
    ranges = [tuple(_counted(one, _FAR) for one in four) for four in merged]
    read = [(_counted(number, _FAR), [_cell_said(*cell) for cell in cells]) for number, cells in lines]
    return Sheet(read, [(first, top, last, bottom) for first, top, last, bottom in ranges], goes_on is True)


def _cell_said(at: int, value: object, is_computed: object = False) -> Filled:
    if not isinstance(value, str | int | float | datetime):
        raise TypeError
    return _counted(at, _WIDTH), value, is_computed is True


def _counted(number: object, most: int) -> int:
    if type(number) is not int or not 1 <= number <= most:
        raise ValueError
    return number


def _sheets(data: bytes) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {form.title: [] for form in forms().sheets.values()}
    with warnings.catch_warnings(action="ignore"):  # openpyxl names cells and their content in its warnings
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            for name in workbook.sheetnames:
                if gist(name) in found:
                    found[gist(name)].append(_sheet(workbook[name]))
        finally:
            workbook.close()
    return found


def _sheet(sheet: Worksheet) -> Sheet:
    # openpyxl reads merged cells only of a file that it holds in memory whole.
    with sheet._get_source() as part:  # type: ignore[attr-defined]
        merged = tuple(islice(merged_cells(part.read()), _MERGED))
    lines: list[Line] = []
    # The last row is given because the size that a file claims for itself may hide rows.
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW + 1, max_col=_WIDTH), start=1):
        filled = [
            (at, _plain(cell.value), cell.data_type in _COMPUTED)
            for at, cell in enumerate(cells, start=1)
            if cell.value is not None
        ]
        if filled:
            lines.append((number, filled))
        if len(lines) > MAX_ROWS + HEADINGS_WITHIN or number > _LAST_ROW:
            return Sheet(lines, merged, goes_on=True)
    return Sheet(lines, merged, goes_on=False)


def _plain(value: object) -> Value:
    """A value that JSON takes, or a moment; a time of day and a span of time as text."""
    return value if isinstance(value, str | int | float | datetime) else str(value)
