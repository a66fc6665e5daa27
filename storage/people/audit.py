"""The desk's chained record of who did what. Lines are appended, never changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select

from domain.ids import MemberId, OfficeId, RoundId
from storage.schema.counting import audit
from storage.store import Tx

OPENED = "open"
"""What the audit calls a member's looking at a tip."""
NEWS = "news"
"""What it calls a reporter's writing; nobody of the desk stands in that line."""

ARCHIVED = "archive"
"""What it calls a director's taking the archive of a closed round."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be remembered. `at` is aware and is kept in UTC; `object_id` is an id, never content."""

    office_id: OfficeId
    at: datetime
    member_id: MemberId | None
    act: str
    object_kind: str
    object_id: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in its place: the `n`-th, after the line with MAC `prev`, sealed by `mac`."""

    entry: Entry
    n: int
    prev: bytes
    mac: bytes


Chain = Callable[[Entry, int, bytes], bytes]
"""`(entry, n, previous mac) -> mac`."""


def append(tx: Tx, entry: Entry, first: bytes, chain: Chain) -> Line:
    """Adds a line behind the last one; `first` is the MAC that stands before line 1.

    `chain` is called inside the transaction, so that two lines never share a predecessor. A second process that
    was faster makes this a `Conflict`.
    """
    last = last_line(tx, entry.office_id)
    n, prev = (1, first) if last is None else (last.n + 1, last.mac)
    mac = chain(entry, n, prev)
    tx.execute(
        insert(audit).values(
            office_id=entry.office_id,
            n=n,
            at=entry.at,
            member_id=entry.member_id,
            act=entry.act,
            object_kind=entry.object_kind,
            object_id=entry.object_id,
            prev=prev,
            mac=mac,
        )
    )
    return Line(entry, n, prev, mac)


def last_line(tx: Tx, office_id: OfficeId) -> Line | None:
    newest = select(audit).where(audit.c.office_id == office_id).order_by(audit.c.n.desc()).limit(1)
    row = tx.execute(newest).one_or_none()
    return None if row is None else _line(row)


def list_lines(tx: Tx, office_id: OfficeId, after: int | None = None, limit: int = 1000) -> list[Line]:
    """The lines behind line `after`, or from the very first, oldest first. Raises `TypeError` or `ValueError` for a row
    that `append` never wrote."""
    page = select(audit).where(audit.c.office_id == office_id).order_by(audit.c.n).limit(limit)
    return [_line(row) for row in tx.execute(page if after is None else page.where(audit.c.n > after))]


def lines_about(tx: Tx, office_id: OfficeId, object_kind: str, object_id: bytes) -> list[Line]:
    """Everything done to one object, oldest first."""
    about = (audit.c.office_id == office_id) & (audit.c.object_kind == object_kind) & (audit.c.object_id == object_id)
    return [_line(row) for row in tx.execute(select(audit).where(about).order_by(audit.c.n))]


def archived_rounds(tx: Tx, office_id: OfficeId) -> set[RoundId]:
    """The rounds whose archive was made at least once."""
    made = (audit.c.office_id == office_id) & (audit.c.object_kind == "round") & (audit.c.act == ARCHIVED)
    return {RoundId(one) for one in tx.execute(select(audit.c.object_id).where(made).distinct()).scalars()}


def _line(row: Row[Any]) -> Line:
    # SQLite takes words where bytes belong; those of their hex would pass under the MAC. `bytes` refuses them.
    member_id = None if row.member_id is None else MemberId(bytes(row.member_id))
    entry = Entry(OfficeId(row.office_id), row.at, member_id, row.act, row.object_kind, bytes(row.object_id))
    return Line(entry, row.n, bytes(row.prev), bytes(row.mac))
