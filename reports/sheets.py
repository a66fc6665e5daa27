"""From the bytes of an xlsx file to rows by field. Nothing is calculated, and no more is unpacked than a plan needs."""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.words import gist
from reports.cells import Cell, Findings, Row
from reports.forms import Form, forms
from reports.plan import Fault

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ROWS = 20_000  # of one sheet: a county has some hundred villages, a large city some thousand
_LAST_ROW = 1_048_576  # of the format
_WIDTH = 30
_COMPUTED = ("f", "e")  # openpyxl's marks for a formula and for an error value

_Line = tuple[int, list[Cell]]


def read_sheets(data: bytes, findings: Findings) -> dict[str, list[Row]]:
    """The filled rows of every sheet of plan.toml, by its name. What is missing or too much is noted in `findings`."""
    try:
        lines = _read_lines(data)
    except Exception:  # openpyxl lets through whatever its parsers raise; to the office it is all one
        findings.add(Fault.NOT_A_WORKBOOK)
        return {}
    sheets = forms().sheets
    return {
        name: _rows(form, lines[form.title], findings) for name, form in sheets.items() if _has(form, lines, findings)
    }


def _has(form: Form, lines: Mapping[str, list[_Line]], findings: Findings) -> bool:
    if form.title in lines:
        return True
    findings.add(Fault.MISSING_SHEET, form.title)
    return False


def _read_lines(data: bytes) -> dict[str, list[_Line]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if len(data) > MAX_BYTES or unpacked > MAX_UNPACKED:
        raise ValueError("larger than any plan")
    wanted = {form.title for form in forms().sheets.values()}
    with warnings.catch_warnings(action="ignore"):  # openpyxl names cells and their content in its warnings
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return {title: _filled(workbook[title]) for title in workbook.sheetnames if title in wanted}
        finally:
            workbook.close()


def _filled(sheet: Worksheet) -> list[_Line]:
    """The rows that hold anything with their numbers; stops soon after `MAX_ROWS`."""
    lines: list[_Line] = []
    # The last row is given because the size that a file claims for itself may hide rows.
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=_WIDTH), start=1):
        if any(cell.value is not None for cell in cells):
            row = [
                Cell(get_column_letter(at), cell.value, cell.data_type in _COMPUTED)
                for at, cell in enumerate(cells, start=1)
            ]
            lines.append((number, row))
        if len(lines) > MAX_ROWS + 1:
            break
    return lines


def _rows(form: Form, lines: Sequence[_Line], findings: Findings) -> list[Row]:
    """Every row below the headings, which may stand in any order; columns of the office's own are left alone."""
    if not lines:
        findings.add(Fault.NO_ROWS, form.title)
        return []
    (heading_row, first), *rest = lines
    places = _places(form, heading_row, first, findings)
    if len(rest) > MAX_ROWS:
        findings.add(Fault.TOO_MANY_ROWS, form.title)
        return []
    if len(places) < len(form.headings):
        return []
    found = ((number, {name: line[at] for name, at in places.items()}) for number, line in rest)
    return [Row(form.title, number, cells, form.headings, findings) for number, cells in found if _is_filled(cells)]


def _is_filled(cells: Mapping[str, Cell]) -> bool:
    return any(cell.value is not None for cell in cells.values())


def _places(form: Form, row: int, first: Sequence[Cell], findings: Findings) -> dict[str, int]:
    """The index of each field's column, for the fields whose heading stands there exactly once."""
    titles = [gist(str(cell.value or "")) for cell in first]
    places: dict[str, int] = {}
    for name, heading in form.headings.items():
        match titles.count(heading):
            case 1:
                places[name] = titles.index(heading)
            case 0:
                findings.add(Fault.MISSING_COLUMN, form.title, row, "", heading)
            case _:
                findings.add(Fault.DOUBLE_COLUMN, form.title, row, "", heading)
    return places
