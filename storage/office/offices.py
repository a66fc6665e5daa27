"""The offices' rows. One office by default; a tree of them later."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from domain.errors import Reason, Refused
from domain.ids import OfficeId, UnitId
from storage.rows import update_one
from storage.schema.office import office
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Office:
    """`tz` is an IANA name; `verify_key` is the public half of the office's signing key; `settings` is JSON."""

    id: OfficeId
    parent_id: OfficeId | None
    name: str
    region_unit_id: UnitId | None
    tz: str
    verify_key: bytes
    settings: dict[str, Any]


def insert_office(tx: Tx, row: Office) -> None:
    tx.execute(
        insert(office).values(
            id=row.id,
            parent_id=row.parent_id,
            name=row.name,
            region_unit_id=row.region_unit_id,
            tz=row.tz,
            verify_key=row.verify_key,
            settings=row.settings,
        )
    )


def get_office(tx: Tx, office_id: OfficeId) -> Office:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(office).where(office.c.id == office_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return _office(row)


def only_office(tx: Tx) -> Office | None:
    """The one office of this database, or None before `init`. Two of them are a fault."""
    row = tx.execute(select(office).where(office.c.parent_id.is_(None))).one_or_none()
    return None if row is None else _office(row)


def set_verify_key(tx: Tx, office_id: OfficeId, verify_key: bytes) -> None:
    """Names the public half of the office's signing key, once it is made."""
    update_one(tx, update(office).where(office.c.id == office_id).values(verify_key=verify_key))


def set_settings(tx: Tx, office_id: OfficeId, settings: dict[str, Any]) -> None:
    """Writes all settings; read them in the same transaction."""
    update_one(tx, update(office).where(office.c.id == office_id).values(settings=settings))


def _office(row: Row[Any]) -> Office:
    return Office(
        OfficeId(row.id),
        None if row.parent_id is None else OfficeId(row.parent_id),
        row.name,
        None if row.region_unit_id is None else UnitId(row.region_unit_id),
        row.tz,
        row.verify_key,
        row.settings,
    )
