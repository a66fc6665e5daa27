"""The office's own word on single days: worked or not, and where that was published."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from domain.ids import OfficeId
from storage.rows import insert_or_replace, matching
from storage.schema.office import working_day
from storage.store import Tx

_LIST = select(working_day).where(matching(working_day, "office_id")).order_by(working_day.c.day)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """`source`: the document that says so, in the office's words."""

    day: date
    is_working: bool
    source: str


def save_day(tx: Tx, office_id: OfficeId, row: OwnDay) -> None:
    """Writes the office's word on a day, over an earlier one."""
    insert_or_replace(
        tx, working_day, office_id=office_id, day=row.day, is_working=row.is_working, source=row.source
    )  # fmt: skip


def drop_day(tx: Tx, office_id: OfficeId, day: date) -> None:
    """Leaves the day to the published plan again."""
    tx.execute(delete(working_day).where(working_day.c.office_id == office_id, working_day.c.day == day))


def list_days(tx: Tx, office_id: OfficeId) -> list[OwnDay]:
    """All such days, the earliest first."""
    return [OwnDay(row.day, row.is_working, row.source) for row in tx.execute(_LIST, {"of_office_id": office_id})]
