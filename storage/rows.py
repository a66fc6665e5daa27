"""Small helpers of the aggregates: inserts that meet a row already there, and updates that must meet exactly one.

Statements are built once for each table and dialect, since building one takes longer than SQLite needs to run it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Table, Update, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import Reason, Refused
from storage.store import Tx

Upsert = sqlite.Insert | postgresql.Insert


def matching(table: Table, *columns: str) -> ColumnElement[bool]:
    """For a statement that is built once: these columns equal the parameters `of_<column>`."""
    first, *rest = (table.c[name] == bindparam(f"of_{name}") for name in columns)
    for one in rest:
        first &= one
    return first


def insert_or_keep(tx: Tx, table: Table, key: Sequence[str] = (), **values: Any) -> bool:
    """Inserts a row unless one with the same `key` stands (default: the primary key). True when it was inserted."""
    return tx.execute(insert_unless(tx.dialect.name, table, tuple(key)), values).rowcount == 1


def insert_or_replace(tx: Tx, table: Table, **values: Any) -> None:
    """Inserts a row, or gives the row with the same primary key the values that are not part of it."""
    tx.execute(_insert_or_replace(tx.dialect.name, table, tuple(values)), values)


def insert_or_add(tx: Tx, table: Table, column: str, by: int, **key: Any) -> int:
    """Adds `by` to `column` of the row with primary key `key`, or inserts it with `by`. Returns the new value."""
    statement = _insert_or_add(tx.dialect.name, table, column, tuple(key))
    return int(tx.execute(statement, {**key, column: by}).scalar_one())


def update_one(tx: Tx, statement: Update, values: Mapping[str, Any] | None = None) -> None:
    """Runs `statement`, which must meet exactly one row. Raises `Refused(STALE)` when it meets none."""
    if tx.execute(statement, values).rowcount != 1:
        raise Refused(Reason.STALE)


@cache
def insert_unless(dialect: str, table: Table, key: tuple[str, ...] = ()) -> Upsert:
    """The statement of `insert_or_keep`, for a row with columns that are computed and not given."""
    return _insert(dialect, table).on_conflict_do_nothing(index_elements=key or _primary(table))


@cache
def _insert_or_replace(dialect: str, table: Table, columns: tuple[str, ...]) -> Upsert:
    insert = _insert(dialect, table)
    rest = {name: insert.excluded[name] for name in columns if not table.c[name].primary_key}
    return insert.on_conflict_do_update(index_elements=_primary(table), set_=rest)


@cache
def _insert_or_add(dialect: str, table: Table, column: str, key: tuple[str, ...]) -> Executable:
    insert = _insert(dialect, table)
    raised = {column: table.c[column] + insert.excluded[column]}
    return insert.on_conflict_do_update(index_elements=key, set_=raised).returning(table.c[column])


def _insert(dialect: str, table: Table) -> Upsert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def _primary(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]
