"""A workbook made to hurt whoever opens it is opened in a child process, ends there, and gets an answer in words."""

import asyncio
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest

from reports import foreign
from reports.faults import Fault, PlanErrors
from reports.foreign import in_child, in_turn
from reports.ledger_template import TemplateFault, TemplateWrong, checked_template
from reports.unpacking import loaded, packed, unpack
from reports.workbook import read_plan, unpack_foreign
from tests.reports.plan_edits import TEMPLATE, edited, put, read

UNITS = "xl/worksheets/sheet3.xml"
TYPES = "[Content_Types].xml"
STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
XMLNS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def repacked(data: bytes = TEMPLATE, **parts: bytes) -> bytes:
    """The workbook with these parts in place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return made.getvalue()


def sheet(rows: Iterator[str]) -> bytes:
    return f"<worksheet {XMLNS}><sheetData>{''.join(rows)}</sheetData></worksheet>".encode()


def one_text_everywhere() -> bytes:
    """One long text that all cells point at: a few kilobytes that would be gigabytes."""
    cells = "".join(f'<c r="{letter}{{n}}" t="s"><v>0</v></c>' for letter in "ABCDE")
    rows = (f'<row r="{n}">{cells.replace("{n}", str(n))}</row>' for n in range(1, 19_000))
    strings = f"<sst {XMLNS}><si><t>{'长' * 30_000}</t></si></sst>".encode()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as archive:
        types = archive.read(TYPES).replace(b"</Types>", STRINGS + b"</Types>")
    return repacked(**{UNITS: sheet(rows), "xl/sharedStrings.xml": strings, TYPES: types})


def a_million_rows() -> bytes:
    rows = (f'<row r="{n}"/>' for n in range(1, 1_000_001))
    return repacked(**{UNITS: sheet(rows)})


def many_laughs() -> bytes:
    names = "abcdefghijklmn"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    body = f'<!DOCTYPE x [<!ENTITY a "haha">{entities}]><worksheet><sheetData/><x>&n;</x></worksheet>'
    return repacked(**{UNITS: body.encode()})


HOSTILE = [
    (one_text_everywhere, "over-limits"),
    (a_million_rows, "单位 too-many-rows"),
    (many_laughs, "not-a-workbook"),
    (lambda: repacked(**{UNITS: bytes(40 << 20)}), "too-large"),
]


@pytest.mark.parametrize(("made", "problem"), HOSTILE)
def test_a_hostile_plan_ends_within_its_limits_and_is_called_what_it_is(
    made: Callable[[], bytes], problem: str
) -> None:
    data = made()
    with pytest.raises(PlanErrors) as errors:
        read_plan(data)
    assert problem in [str(one) for one in errors.value.problems]


def test_what_the_child_says_is_what_the_file_holds() -> None:
    moment = datetime(2027, 3, 2, 9, 30)  # noqa: DTZ001 - a cell has no zone
    values = (moment, True, 1.5, 10**15, "=1+1", "#REF!", time(8, 30), timedelta(hours=30), "长\n文", "  ")
    data = edited(*(put("单位", f"F{n}", value) for n, value in enumerate(values, start=2)))
    assert unpack_foreign(data) == loaded(packed(unpack(data)))
    assert unpack_foreign(data).fault is None
    assert read_plan(TEMPLATE) == read(TEMPLATE)


def test_what_takes_too_long_is_put_aside_as_a_plan_and_as_a_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "SECONDS", 0.01)
    assert unpack_foreign(TEMPLATE).fault is Fault.OVER_LIMITS
    with pytest.raises(TemplateWrong) as wrong:
        checked_template(TEMPLATE)
    assert wrong.value.fault is TemplateFault.OVER_LIMITS


async def test_one_workbook_is_read_at_a_time() -> None:
    running: list[int] = []

    def read_one(_: bytes) -> int:
        running.append(1)
        at_once = len(running)
        in_child(TEMPLATE, "plan")
        running.pop()
        return at_once

    assert await asyncio.gather(*(in_turn(read_one, b"") for _ in range(3))) == [1, 1, 1]
