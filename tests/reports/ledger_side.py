"""A row for the register (台账), an office's own form for it, and what a made one says."""

import io
from collections.abc import Callable
from datetime import date

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.ledger import Head, Row

DAY = date(2026, 11, 11)
ROW = Row(
    place=1,
    label="3-0012",
    received_on=DAY,
    channel="网页",
    identity="实名",
    name="周大山",
    phone="0000-0000000",
    unit="苇庄镇石桥村",
    kind="补贴救助",
    gist="种粮补贴公示写了 11 亩",
    progress="已办结：属实",
    resolved_on=DAY,
    cleared_on=None,
    assignee="何雨",
)
HEAD = Head("第三巡察组", "第六轮", "2026 年 11 月 11 日", 1, "何雨 2026-11-11 12:00 导出")


def sheet_of(data: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(data)).worksheets[0]


def texts_of(data: bytes) -> list[str]:
    return [str(cell.value) for row in sheet_of(data).iter_rows() for cell in row if cell.value is not None]


def drawn(*rows: tuple[object, ...], edit: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    """An office's own file."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    edit(book.worksheets[0])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
