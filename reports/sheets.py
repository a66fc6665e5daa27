"""From the bytes of an xlsx file to rows by field. Nothing is calculated, and no more is unpacked than a plan needs."""

import io
import warnings
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.words import gist
from reports.cells import Cell, Row
from reports.container import merged_cells, wrong_kind
from reports.faults import Fault, Findings, Problem
from reports.forms import Form, forms

MAX_ROWS = 20_000  # of one sheet: a county has some hundred villages, a large city some thousand
_LAST_ROW = 100_000  # looked at: rows that are only coloured cost time too
_WIDTH = 30
_HEADINGS_WITHIN = 5  # a title may stand above the headings
_MERGED = 1000  # ranges looked at: the first hundred are named
_COMPUTED = ("f", "e")  # openpyxl's marks for a formula and for an error value

_Line = tuple[int, list[Cell]]
_Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The filled rows of one sheet with their numbers, `MAX_ROWS` or a few more, and its merged ranges."""

    lines: Sequence[_Line]
    merged: Sequence[_Range]
    goes_on: bool  # beyond the last row that is looked at


def read_sheets(data: bytes, findings: Findings) -> dict[str, list[Row]]:
    """The filled rows of every sheet of plan.toml, by its name. What is missing or too much is noted in `findings`."""
    fault = wrong_kind(data)
    try:
        sheets = {} if fault else _read(data)
    except Exception:  # openpyxl lets through whatever its parsers raise; to the office it is all one
        fault = Fault.NOT_A_WORKBOOK
    if fault:
        findings.note(Problem("", 0, "", "", fault))
        return {}
    return {name: _rows(form, sheets.get(form.title, []), findings) for name, form in forms().sheets.items()}


def _read(data: bytes) -> dict[str, list[_Sheet]]:
    """The sheets of each wanted title: a file may have two that differ by a space."""
    found: dict[str, list[_Sheet]] = {form.title: [] for form in forms().sheets.values()}
    with warnings.catch_warnings(action="ignore"):  # openpyxl names cells and their content in its warnings
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            for name in workbook.sheetnames:
                if gist(name) in found:
                    found[gist(name)].append(_sheet(workbook[name]))
        finally:
            workbook.close()
    return found


def _sheet(sheet: Worksheet) -> _Sheet:
    # openpyxl reads merged cells only of a file that it holds in memory whole.
    with sheet._get_source() as part:  # type: ignore[attr-defined]
        merged = tuple(islice(merged_cells(part.read()), _MERGED))
    lines: list[_Line] = []
    # The last row is given because the size that a file claims for itself may hide rows.
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW + 1, max_col=_WIDTH), start=1):
        if any(cell.value is not None for cell in cells):
            row = [
                Cell(get_column_letter(at), cell.value, cell.data_type in _COMPUTED)
                for at, cell in enumerate(cells, start=1)
            ]
            lines.append((number, row))
        if len(lines) > MAX_ROWS + _HEADINGS_WITHIN or number > _LAST_ROW:
            return _Sheet(lines, merged, goes_on=True)
    return _Sheet(lines, merged, goes_on=False)


def _rows(form: Form, found: Sequence[_Sheet], findings: Findings) -> list[Row]:
    """Every row below the headings, which may stand in any order; columns of the office's own are left alone."""
    fault = _fault_of(found)
    if fault:
        findings.note(Problem(form.title, 0, "", "", fault, {"most": MAX_ROWS}))
        return []
    (sheet,) = found
    head = _heading_line(form, sheet.lines)
    (heading_row, first), rest = sheet.lines[head], sheet.lines[head + 1 :]
    places = _places(form, heading_row, first, findings)
    if not places.keys() >= form.headings.keys() - set(form.optional):
        return []
    lines = ((number, {name: line[at] for name, at in places.items()}) for number, line in rest)
    rows = [Row(form.title, number, cells, form.headings, findings) for number, cells in lines if _is_filled(cells)]
    _note_merged(rows, places, sheet.merged)
    return rows


def _fault_of(found: Sequence[_Sheet]) -> Fault | None:
    """Why there is nothing to read under one title."""
    if len(found) != 1:
        return Fault.DOUBLE_SHEET if found else Fault.MISSING_SHEET
    if found[0].goes_on:
        return Fault.TOO_MANY_ROWS
    return None if found[0].lines else Fault.NO_ROWS


def _note_merged(rows: Sequence[Row], places: Mapping[str, int], merged: Sequence[_Range]) -> None:
    """Of a merged range only the first cell has a value, and the others look empty: each range is named once."""
    numbers = [row.number for row in rows]
    for first, top, last, bottom in merged:
        name = next((name for name, at in places.items() if first <= at + 1 <= last), None)
        at = bisect_left(numbers, top)
        if name and at < len(numbers) and numbers[at] <= bottom:
            rows[at].wrong(name, Fault.MERGED)


def _is_filled(cells: Mapping[str, Cell]) -> bool:
    return not all(cell.is_empty for cell in cells.values())


def _titles(line: _Line) -> list[str]:
    return [gist(str(cell.value or "")) for cell in line[1]]


def _heading_line(form: Form, lines: Sequence[_Line]) -> int:
    """The index of the first of the top lines that has the most of the headings."""
    wanted = set(form.headings.values())
    known = [len(wanted.intersection(_titles(line))) for line in lines[:_HEADINGS_WITHIN]]
    return known.index(max(known))


def _places(form: Form, row: int, first: Sequence[Cell], findings: Findings) -> dict[str, int]:
    """The index of each field's column, for the fields whose heading stands there exactly once."""
    titles = _titles((row, list(first)))
    places: dict[str, int] = {}
    for name, heading in form.headings.items():
        match titles.count(heading):
            case 1:
                places[name] = titles.index(heading)
            case 0:
                if name not in form.optional:
                    findings.note(Problem(form.title, row, "", heading, Fault.MISSING_COLUMN))
            case _:
                findings.note(Problem(form.title, row, "", heading, Fault.DOUBLE_COLUMN))
    return places
