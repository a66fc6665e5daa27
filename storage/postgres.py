"""PostgreSQL over asyncpg, in the event loop: work stays a plain function, and its statements wait for the server."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

READERS = 4
"""Connections that read side by side."""

T = TypeVar("T")


class PostgresEngine:
    """A connection is asked whether it still lives before each use."""

    def __init__(self, url: str, *, writes: bool) -> None:
        self._engine = create_async_engine(
            url,
            pool_size=1 if writes else READERS,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"server_settings": {} if writes else {"default_transaction_read_only": "on"}},
        )

    async def run(self, work: Callable[[Connection], T]) -> T:
        """As `Engine.run`."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(work)

    async def aclose(self) -> None:
        await self._engine.dispose()
