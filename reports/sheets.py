"""From the lines of a workbook to rows by field: each sheet by its title, each column by its heading."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter

from domain.words import gist
from reports.cells import Cell, Row
from reports.faults import Fault, Findings, Problem
from reports.forms import Form, forms
from reports.unpacking import HEADINGS_WITHIN, MAX_ROWS, Line, Sheet, Unpacked


def read_sheets(unpacked: Unpacked, findings: Findings) -> dict[str, list[Row]]:
    """The filled rows of every sheet of plan.toml that can be read, by its name. What is missing or too much is noted
    in `findings`. Raises `PlanErrors` for a file that has no sheets at all."""
    if unpacked.fault:
        findings.note(Problem("", 0, "", "", unpacked.fault))
        findings.stop()
    read = {name: _rows(form, unpacked.sheets[form.title], findings) for name, form in forms().sheets.items()}
    return {name: rows for name, rows in read.items() if rows is not None}


def _rows(form: Form, found: Sequence[Sheet], findings: Findings) -> list[Row] | None:
    """Every row below the headings, which may stand in any order; columns of the office's own are left alone. None for
    a sheet that cannot be read."""
    fault = _fault_of(found)
    if fault:
        findings.note(Problem(form.title, 0, "", "", fault, {"most": MAX_ROWS}))
        return None
    (sheet,) = found
    head = _heading_line(form, sheet.lines)
    heading_row, rest = sheet.lines[head][0], sheet.lines[head + 1 :]
    places = _places(form, heading_row, _titles(sheet.lines[head]), findings)
    if not places.keys() >= form.headings.keys() - set(form.optional):
        return None
    lines = ((number, _cells_at(line, places)) for number, line in rest)
    rows = [Row(form.title, number, cells, form.headings, findings) for number, cells in lines if _is_filled(cells)]
    _note_merged(rows, places, sheet.merged)
    return rows


def _fault_of(found: Sequence[Sheet]) -> Fault | None:
    """Why there is nothing to read under one title."""
    if len(found) != 1:
        return Fault.DOUBLE_SHEET if found else Fault.MISSING_SHEET
    if found[0].goes_on:
        return Fault.TOO_MANY_ROWS
    return None if found[0].lines else Fault.NO_ROWS


def _cells_at(line: Sequence[tuple[int, object, bool]], places: Mapping[str, int]) -> dict[str, Cell]:
    """The cells of the columns that are wanted, by field."""
    filled = {at: (value, is_computed) for at, value, is_computed in line}
    return {name: Cell(get_column_letter(at), *filled.get(at, (None, False))) for name, at in places.items()}


def _note_merged(rows: Sequence[Row], places: Mapping[str, int], merged: Sequence[tuple[int, int, int, int]]) -> None:
    """Of a merged range only the first cell has a value: each range is named once, and the others, which only look
    empty, are not judged."""
    numbers = [row.number for row in rows]
    for first, top, last, bottom in merged:
        names = [name for name, at in places.items() if first <= at <= last]
        covered = rows[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        if names and covered:
            covered[0].wrong(names[0], Fault.MERGED)
            for row in covered:
                row.spoilt.update(names)


def _is_filled(cells: Mapping[str, Cell]) -> bool:
    return not all(cell.is_empty for cell in cells.values())


def _titles(line: Line) -> dict[int, str]:
    """What stands in a line, by column."""
    return {at: gist(str(value)) for at, value, _ in line[1]}


def _heading_line(form: Form, lines: Sequence[Line]) -> int:
    """The index of the first of the top lines that has the most of the headings."""
    wanted = set(form.headings.values())
    known = [len(wanted.intersection(_titles(line).values())) for line in lines[:HEADINGS_WITHIN]]
    return known.index(max(known))


def _places(form: Form, row: int, titles: Mapping[int, str], findings: Findings) -> dict[str, int]:
    """The column of each field, for the fields whose heading stands there exactly once."""
    places: dict[str, int] = {}
    for name, heading in form.headings.items():
        match [at for at, title in titles.items() if title == heading]:
            case [at]:
                places[name] = at
            case []:
                if name not in form.optional:
                    findings.note(Problem(form.title, row, "", heading, Fault.MISSING_COLUMN))
            case _:
                findings.note(Problem(form.title, row, "", heading, Fault.DOUBLE_COLUMN))
    return places
