"""Small helpers of the aggregates: inserts that meet a row already there, and updates that must meet exactly one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, Update
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import Reason, Refused
from storage.store import Tx


def insert_or_keep(tx: Tx, table: Table, key: Sequence[str] = (), **values: Any) -> bool:
    """Inserts a row unless one with the same `key` stands (default: the primary key). True when it was inserted."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    same = list(key) or [column.name for column in table.primary_key]
    return tx.execute(insert(table).values(**values).on_conflict_do_nothing(index_elements=same)).rowcount == 1


def insert_or_replace(tx: Tx, table: Table, **values: Any) -> None:
    """Inserts a row, or gives the row with the same primary key the values that are not part of it."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    tx.execute(insert(table).values(**values).on_conflict_do_update(index_elements=keys, set_=rest))


def insert_or_add(tx: Tx, table: Table, column: str, by: int, **key: Any) -> int:
    """Adds `by` to `column` of the row with primary key `key`, or inserts it with `by`. Returns the new value."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).values(**key, **{column: by})
    raised = {column: table.c[column] + statement.excluded[column]}
    upsert = statement.on_conflict_do_update(index_elements=list(key), set_=raised).returning(table.c[column])
    return int(tx.execute(upsert).scalar_one())


def update_one(tx: Tx, statement: Update) -> None:
    """Runs `statement`, which must meet exactly one row. Raises `Refused(STALE)` when it meets none."""
    if tx.execute(statement).rowcount != 1:
        raise Refused(Reason.STALE)
