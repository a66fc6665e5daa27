"""Makes connections that keep promises: every SQLite connection is checked for its pragmas before it is used."""

from typing import Any

import aiosqlite
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from domain.errors import CannotStore

READERS = 4
"""Connections that read side by side."""

_PRAGMAS = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
)


def connect(url: str, *, writes: bool, busy_ms: int = 5000) -> AsyncEngine:
    """An engine for `url`: one connection that may write, or `READERS` that can only read.

    `busy_ms` is how long a SQLite connection waits for another process's lock. Parameters never show up in errors.
    """
    size = 1 if writes else READERS
    pool = {"poolclass": AsyncAdaptedQueuePool, "pool_size": size, "max_overflow": 0}
    common: dict[str, Any] = {**pool, "hide_parameters": True}
    if url.startswith("sqlite"):
        engine = create_async_engine(url, connect_args={"async_creator_fn": _open_sqlite}, **common)
        _prepare_sqlite(engine, writes=writes, busy_ms=busy_ms)
        return engine
    server = {} if writes else {"default_transaction_read_only": "on"}
    return create_async_engine(url, pool_pre_ping=True, connect_args={"server_settings": server}, **common)


async def _open_sqlite(*args: Any, **options: Any) -> aiosqlite.Connection:
    """A connection whose thread is gone when opening fails: left behind, it would speak to a loop that has ended."""
    connection = aiosqlite.connect(*args, **options)
    connection._thread.daemon = True  # as SQLAlchemy's own creator does
    try:
        return await connection
    except Exception:
        connection._thread.join()  # it has been told to stop
        raise


def _prepare_sqlite(engine: AsyncEngine, *, writes: bool, busy_ms: int) -> None:
    def on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions by itself: SAVEPOINT would then stand outside of them.
        connection.isolation_level = None
        _set_pragma(connection, "busy_timeout", str(busy_ms), busy_ms)
        for name, value, expected in _PRAGMAS:
            _set_pragma(connection, name, value, expected)
        _set_pragma(connection, "query_only", "OFF" if writes else "ON", 0 if writes else 1)

    def on_begin(connection: Connection) -> None:
        # IMMEDIATE: a writer that waits for the lock at its first write could be refused in mid-transaction.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)


def _set_pragma(connection: DBAPIConnection, name: str, value: str, expected: str | int) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA {name}={value}")
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
    finally:
        cursor.close()
    if row is None or row[0] != expected:
        raise CannotStore(f"SQLite does not take PRAGMA {name}={value}")
