"""The figures as they were made public, by round and day. A row is written once and never again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from domain.ids import RoundId
from storage.rows import insert_or_keep
from storage.schema.counting import release
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Release:
    """`body`: plain JSON, as the house that made it understood it."""

    round_id: RoundId
    on: date
    body: Mapping[str, Any]


def insert_release(tx: Tx, row: Release) -> bool:
    """Keeps what stands for that day already. True when the row was written."""
    return insert_or_keep(tx, release, round_id=row.round_id, on_date=row.on, body=dict(row.body))


def find_release(tx: Tx, round_id: RoundId, on: date) -> Release | None:
    one = select(release).where(release.c.round_id == round_id, release.c.on_date == on)
    row = tx.execute(one).one_or_none()
    return None if row is None else Release(round_id, row.on_date, row.body)


def list_days(tx: Tx, round_id: RoundId) -> list[date]:
    """The days that have figures, the latest first."""
    days = select(release.c.on_date).where(release.c.round_id == round_id).order_by(release.c.on_date.desc())
    return [row.on_date for row in tx.execute(days)]
