"""SQLite in threads of its own, one per connection. Every connection is checked for its pragmas before it is used."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from domain.errors import CannotStore

READERS = 4
"""Connections that read side by side."""

_PRAGMAS = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
)

T = TypeVar("T")


class SqliteEngine:
    """A whole transaction costs one hop to a thread; an async driver would hop for each of its statements."""

    def __init__(self, url: str, *, writes: bool, busy_ms: int) -> None:
        size = 1 if writes else READERS
        self._engine = create_engine(
            make_url(url).set(drivername="sqlite"),
            poolclass=QueuePool,
            pool_size=size,
            max_overflow=0,
            hide_parameters=True,
            connect_args={"check_same_thread": False},  # opened by one of the threads, used by any
        )
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="storage writer" if writes else "storage reader")

        def on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
            _prepare(connection, writes=writes, busy_ms=busy_ms)

        def on_begin(connection: Connection) -> None:
            # IMMEDIATE: a writer that waits for the lock at its first write could be refused in mid-transaction.
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

        event.listen(self._engine, "connect", on_connect)
        event.listen(self._engine, "begin", on_begin)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """As `Engine.run`. A caller that goes away leaves running work to its end."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)

    async def aclose(self) -> None:
        await asyncio.to_thread(self._close)

    def _run(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            return work(connection)

    def _close(self) -> None:
        self._threads.shutdown()
        self._engine.dispose()


def _prepare(connection: DBAPIConnection, *, writes: bool, busy_ms: int) -> None:
    # The driver must not begin transactions by itself: SAVEPOINT would then stand outside of them.
    connection.isolation_level = None
    _set_pragma(connection, "busy_timeout", str(busy_ms), busy_ms)
    for name, value, expected in _PRAGMAS:
        _set_pragma(connection, name, value, expected)
    _set_pragma(connection, "query_only", "OFF" if writes else "ON", 0 if writes else 1)


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
