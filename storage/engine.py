"""What a store needs of a database: work run on one of its connections. This file knows which databases there are."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from storage.postgres import PostgresEngine
from storage.sqlite import SqliteEngine

T = TypeVar("T")


class Engine(Protocol):
    """Connections that either write (there is one) or can only read. Errors never quote a statement's values."""

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on a connection outside of any transaction and returns what it returns.

        What `work` left open is rolled back. Raises what `work` raises, and the driver's errors as they are.
        """

    async def aclose(self) -> None:
        """Waits for what runs, then lets go of every connection."""


def connect(url: str, *, writes: bool, busy_ms: int = 5000) -> Engine:
    """An engine for `url`. `busy_ms` is how long a SQLite connection waits for another process's lock."""
    if url.startswith("sqlite"):
        return SqliteEngine(url, writes=writes, busy_ms=busy_ms)
    return PostgresEngine(url, writes=writes)
