"""Layouts that an office brought in place of the house's own, one of each kind."""

from datetime import date
from enum import StrEnum

from sqlalchemy import delete, select

from domain.ids import OfficeId
from storage.rows import insert_or_replace, matching
from storage.schema.office import template
from storage.store import Tx

_GET = select(template.c.body).where(matching(template, "office_id", "kind"))
_DROP = delete(template).where(matching(template, "office_id", "kind"))


class TemplateKind(StrEnum):
    LEDGER = "ledger"  # an xlsx file


def save_template(tx: Tx, office_id: OfficeId, kind: TemplateKind, body: bytes, on: date) -> None:
    """Puts the layout in place of an earlier one."""
    insert_or_replace(tx, template, office_id=office_id, kind=kind, body=body, set_on=on)


def get_template(tx: Tx, office_id: OfficeId, kind: TemplateKind) -> bytes | None:
    """The office's own layout, None when it uses the house's."""
    found: bytes | None = tx.execute(_GET, {"of_office_id": office_id, "of_kind": kind}).scalar_one_or_none()
    return found


def drop_template(tx: Tx, office_id: OfficeId, kind: TemplateKind) -> None:
    """Back to the house's own layout. Dropping twice changes nothing."""
    tx.execute(_DROP, {"of_office_id": office_id, "of_kind": kind})
