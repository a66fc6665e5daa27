"""The template of a plan, edited: one cell, one row, one column at a time."""

import io
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell

from domain.errors import Reason
from reports.faults import PlanErrors
from reports.plan import Plan
from reports.template import template
from reports.unpacking import unpack
from reports.workbook import SHANGHAI, read_plan

TEMPLATE = template()
Edit = Callable[[Workbook], object]


def edited(*edits: Edit) -> bytes:
    book = load_workbook(io.BytesIO(TEMPLATE))
    for edit in edits:
        edit(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(data: bytes, zone: ZoneInfo = SHANGHAI) -> Plan:
    """The plan in a file that the test made: no child process is needed for it."""
    return read_plan(data, zone, open_=unpack)


def put(sheet: str, cell: str, value: Any) -> Edit:
    def write(book: Workbook) -> None:
        if not isinstance(book[sheet][cell], MergedCell):  # the hidden part of a merged cell takes nothing
            book[sheet][cell] = value

    return write


def add(sheet: str, *values: Any) -> Edit:
    def append(book: Workbook) -> None:
        rows = [at for at, row in enumerate(book[sheet].values, start=1) if any(value is not None for value in row)]
        for letter, value in zip("ABCDEFGHI", values, strict=False):
            put(sheet, f"{letter}{rows[-1] + 1}", value)(book)

    return append


def merge(sheet: str, cells: str) -> Edit:
    return lambda book: book[sheet].merge_cells(cells)


def drop(sheet: str, *headings: str) -> Edit:
    """Takes columns out, as in a file that is older than they are."""

    def take(book: Workbook) -> None:
        for heading in headings:
            titles = [cell.value for cell in book[sheet][1]]
            book[sheet].delete_cols(titles.index(heading) + 1)

    return take


def problems(data: bytes) -> list[str]:
    with pytest.raises(PlanErrors) as errors:
        read(data)
    assert errors.value.reason is Reason.BAD_INPUT
    return [str(problem) for problem in errors.value.problems]
