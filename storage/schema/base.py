"""Column types and naming that all tables share. Every constraint gets a name, so that a migration can point at it."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, LargeBinary, MetaData
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

ID = LargeBinary(16)
"""16 random bytes made by the caller; no time inside."""

BYTES = LargeBinary()
"""Sealed, locked, hashed or signed bytes."""


class Moment(TypeDecorator[datetime]):
    """An instant, kept as UTC. Takes and gives aware datetimes; a naive one is a fault (`ValueError`)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        # SQLite keeps text without a zone: what is written is always UTC.
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - API
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def link(name: str, target: str, *, optional: bool = False, primary: bool = False) -> Column[bytes]:
    """An id column that points at `target`, written as 'table.column'."""
    return Column(name, ID, ForeignKey(target), nullable=optional, primary_key=primary)
