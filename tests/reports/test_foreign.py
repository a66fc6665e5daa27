"""A workbook made to hurt whoever opens it is opened in a child process, ends there, and gets an answer in words."""

import asyncio
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from reports import foreign
from reports.child import MAX_OUTPUT
from reports.faults import Fault, PlanErrors
from reports.foreign import in_child, in_turn
from reports.ledger_template import TemplateFault, TemplateWrong, checked_template
from reports.unpacking import MAX_ROWS, Line, Sheet, Unpacked, loaded, packed, unpack
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


def answer(units: str, fault: str = "null") -> bytes:
    """What a child might say: `units` is the list of sheets under that title."""
    others = "".join(f',"{title}":[]' for title in ("轮次", "巡察组", "分工", "成员"))
    return f'{{"fault":{fault},"sheets":{{"单位":{units}{others}}}}}'.encode()


ODD = [
    b"", b"PK", b"no JSON", b"null", b"[]", b"7", b"{}", b'{"sheets":{},"fault":null}', b"\xff\xfe", b"[" * 100_000,
    b'{"sheets":[],"fault":null}', b'{"sheets":{},"fault":"nothing-we-say"}', b'{"sheets":{},"fault":{}}',
    b'{"at":5}', b'{"fault":{"at":"never"},"sheets":{}}',
    *(answer(one) for one in (
        "7", "[7]", "[[]]", '[{"rows":1}]', "[[[],[]]]", "[[[],[],false,1]]", "[[7,[],false]]", "[[[[1]],[],false]]",
        '[[[["1",[]]],[],false]]', "[[[[0,[]]],[],false]]", "[[[[true,[]]],[],false]]", "[[[[1,[[0,1]]]],[],false]]",
        "[[[[1,[[99999,1]]]],[],false]]", "[[[[1,[[1,null]]]],[],false]]", "[[[[1,[[1,[1]]]]],[],false]]",
        "[[[],[[1,2,3]],false]]", '[[[],[[1,2,3,"4"]],false]]', "[[[[1,[[1," + "9" * 5000 + "]]]],[],false]]",
    )),
]  # fmt: skip
"""What a child says that a file has taken over."""


@pytest.mark.parametrize("said", ODD, ids=range(len(ODD)))
def test_a_child_that_was_taken_over_says_nothing_that_is_taken_for_a_workbook(
    said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert loaded(answer("[[[[1,[[1,2]]]],[],false]]")).sheets["单位"] == [Sheet([(1, [(1, 2, False)])], [], False)]
    (tmp_path / "said").write_bytes(said)
    child = tmp_path / "child.py"
    child.write_text(f"import sys; sys.stdout.buffer.write(open({str(tmp_path / 'said')!r}, 'rb').read())")
    monkeypatch.setattr(foreign, "_CHILD", child)
    assert unpack_foreign(TEMPLATE) == Unpacked(fault=Fault.OVER_LIMITS)
    if said != b"PK":  # a workbook, as far as anybody can tell before it is opened
        with pytest.raises(TemplateWrong) as wrong:
            checked_template(TEMPLATE)
        assert wrong.value.fault is TemplateFault.OVER_LIMITS


def test_the_largest_plan_fits_into_what_a_child_may_say() -> None:
    rows = range(2, MAX_ROWS + 2)
    units = [(n, [(1, f"3713{n:08}", False), (2, "石桥新村社区居民委员会", False), (3, "社区", False),
                  (4, f"3713{n // 20:08}", False), (5, "石" * 12, False)]) for n in rows]  # fmt: skip
    assignments: Sequence[Line] = [
        (n, [(1, f"3713{n:08}", False), (2, n % 999, False), (3, "理" * 20, False)]) for n in rows
    ]
    members: Sequence[Line] = [(n, [(1, f"zhangsan{n:05}", False), (2, "欧阳明月", False), (3, "联络员", False),
                    (4, n % 999, False)]) for n in rows]  # fmt: skip
    lines: dict[str, Sequence[Line]] = {"单位": units, "分工": assignments, "成员": members, "轮次": [], "巡察组": []}
    plan = Unpacked({title: [Sheet(found, [], goes_on=False)] for title, found in lines.items()})
    assert len(packed(plan)) < MAX_OUTPUT * 0.85
    assert loaded(packed(plan)) == plan


async def test_one_workbook_is_read_at_a_time() -> None:
    running: list[int] = []

    def read_one(_: bytes) -> int:
        running.append(1)
        at_once = len(running)
        in_child(TEMPLATE, "plan")
        running.pop()
        return at_once

    assert await asyncio.gather(*(in_turn(read_one, b"") for _ in range(3))) == [1, 1, 1]
