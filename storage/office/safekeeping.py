"""What the office says it put away in a safe place: backups, and second copies of the secrets."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, insert, select

from domain.ids import MemberId, OfficeId
from storage.schema.office import safekeeping
from storage.schema.people import member
from storage.store import Tx


class Keeping(StrEnum):
    BACKUP = "backup"
    SECRETS = "secrets"


@dataclass(frozen=True, slots=True)
class Kept:
    """`member_id` says so, of the day `on`; `place` in the office's words. `name`: the member's, filled on reading."""

    id: bytes
    office_id: OfficeId
    kind: Keeping
    on: date
    member_id: MemberId
    place: str
    name: str = ""


def insert_kept(tx: Tx, row: Kept) -> None:
    tx.execute(
        insert(safekeeping).values(
            id=row.id,
            office_id=row.office_id,
            kind=row.kind,
            on_date=row.on,
            member_id=row.member_id,
            place=row.place,
        )
    )


def last_days(tx: Tx, office_id: OfficeId) -> dict[Keeping, date]:
    """The latest day of each kind; what was never put away is not in it."""
    latest = select(safekeeping.c.kind, func.max(safekeeping.c.on_date).label("latest"))
    rows = tx.execute(latest.where(safekeeping.c.office_id == office_id).group_by(safekeeping.c.kind))
    return {Keeping(row.kind): row.latest for row in rows}


def list_kept(tx: Tx, office_id: OfficeId, limit: int = 50) -> list[Kept]:
    """The latest entries, the newest day first."""
    return _list(tx, safekeeping.c.office_id == office_id, limit)


def kept_since(tx: Tx, office_id: OfficeId, kind: Keeping, first: date) -> list[Kept]:
    """The entries of one kind of the day `first` and later, the newest day first."""
    of_kind = (safekeeping.c.office_id == office_id) & (safekeeping.c.kind == kind)
    return _list(tx, of_kind & (safekeeping.c.on_date >= first), 50)


def _list(tx: Tx, where: ColumnElement[bool], limit: int) -> list[Kept]:
    named = select(safekeeping, member.c.name).join(member, member.c.id == safekeeping.c.member_id)
    newest = named.where(where).order_by(safekeeping.c.on_date.desc(), safekeeping.c.id).limit(limit)
    return [
        Kept(
            row.id,
            OfficeId(row.office_id),
            Keeping(row.kind),
            row.on_date,
            MemberId(row.member_id),
            row.place,
            row.name,
        )
        for row in tx.execute(newest)
    ]
