"""The one door to the database: one writer that shares commits, few readers. Nothing resolves before its commit."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from domain.errors import CannotStore, Reason, Refused
from storage.engine import Engine, connect

Tx = Connection
"""What a unit of work is given: a synchronous connection inside a transaction that `Store` begins and ends.

It may run in another thread than its caller: it touches the database and values of its own, nothing of the event loop.
"""

T = TypeVar("T")

BATCH = 256
"""Units of work that share one commit at most."""

_log = logging.getLogger(__name__)
_UNIQUE = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"})


class Conflict(Refused):
    """Such a row is there already: somebody was faster. Worth one retry with fresh numbers."""

    def __init__(self) -> None:
        super().__init__(Reason.STALE)


class _Job:
    """A unit of work and the caller who waits for it."""

    __slots__ = ("done", "work")

    def __init__(self, work: Callable[[Tx], Any]) -> None:
        self.work = work
        self.done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def resolve(self, outcome: Any) -> None:
        if self.done.done():  # the caller went away; what it asked for is stored all the same
            return
        if isinstance(outcome, _Failure):
            self.done.set_exception(outcome.error)
        else:
            self.done.set_result(outcome)


class _Failure:
    """An outcome that is an exception; a class of its own, since a unit of work may also return exceptions."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error


class Store:
    """Transactions over one database. Make it with `await Store.open(url)`, end it with `await store.aclose()`."""

    def __init__(self, writer: Engine, reader: Engine) -> None:
        self.commits = 0
        """Transactions brought to their end since the start."""
        self._writer = writer
        self._reader = reader
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._closed = False
        self._task = asyncio.create_task(self._write_all(), name="storage writer")

    @classmethod
    async def open(cls, url: str, *, busy_ms: int = 5000) -> Self:
        """A store on `url`, whose schema stands already (`storage.migrate`). Raises `CannotStore` where that fails."""
        engines = [connect(url, writes=writes, busy_ms=busy_ms) for writes in (True, False)]
        try:
            for engine in engines:
                await engine.run(_try_out)
        except (SQLAlchemyError, OSError, CannotStore) as error:
            for engine in engines:
                await engine.aclose()
            if isinstance(error, CannotStore):
                raise
            raise CannotStore("the database cannot be opened") from error
        return cls(*engines)

    async def aclose(self) -> None:
        """Writes what is waiting, then lets go of the database. What comes later raises `CannotStore`."""
        if not self._closed:
            self._closed = True
            self._jobs.put_nowait(None)
        await self._task
        await self._writer.aclose()
        await self._reader.aclose()

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Runs `work` in a transaction shared with its neighbours; returns what it returned once that is durable.

        What `work` raises undoes only its own changes and is raised here, a double key as `Conflict`. Raises
        `CannotStore` when nothing could be made durable. `work` must not commit, roll back or wait for anything.
        """
        if self._closed:
            raise CannotStore("the store is closed")
        job = _Job(work)
        self._jobs.put_nowait(job)
        result: T = await job.done
        return result

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Runs `work` on one consistent view of what is committed; it cannot write. Raises `CannotStore`."""
        if self._closed:
            raise CannotStore("the store is closed")
        try:
            return await self._reader.run(work)
        except (DBAPIError, PoolTimeout, OSError) as error:
            if isinstance(error, DBAPIError) and _is_callers_own(error):
                raise
            raise CannotStore("the database cannot be read") from error

    async def _write_all(self) -> None:
        open_ = True
        while open_:
            jobs, open_ = self._waiting(await self._jobs.get())
            if jobs:
                await self._write(jobs)

    def _waiting(self, first: _Job | None) -> tuple[list[_Job], bool]:
        """Whatever waits now, at most `BATCH`, without those whose caller went away; False after the last one."""
        jobs: list[_Job] = []
        job = first
        while job is not None:
            if not job.done.cancelled():
                jobs.append(job)
            if len(jobs) == BATCH or self._jobs.empty():
                return jobs, True
            job = self._jobs.get_nowait()
        return jobs, False

    async def _write(self, jobs: list[_Job]) -> None:
        outcomes: list[Any] = [_Failure(CannotStore("not committed"))] * len(jobs)
        try:
            outcomes = await self._commit(jobs)
        except Exception as error:  # whatever breaks around the units of work: nothing became durable
            # The kind of error only: a message could quote a row.
            _log.error("commit of %d failed: %s", len(jobs), type(error).__name__)
            outcomes = [_Failure(CannotStore("the database cannot be written")) for _ in jobs]
        finally:
            for job, outcome in zip(jobs, outcomes, strict=True):
                job.resolve(outcome)

    async def _commit(self, jobs: list[_Job]) -> list[Any]:
        works = [job.work for job in jobs]
        outcomes = await self._writer.run(lambda connection: _commit(connection, works))
        self.commits += 1
        return outcomes


def _try_out(connection: Connection) -> None:
    connection.execute(text("SELECT 1"))


def _commit(connection: Connection, works: list[Callable[[Tx], Any]]) -> list[Any]:
    """The outcomes of `works`, which are durable once this returns."""
    try:
        with connection.begin() as transaction:
            if len(works) > 1:
                return [_run_in_savepoint(connection, work) for work in works]
            outcome = _run(connection, works[0])
            if isinstance(outcome, _Failure):
                transaction.rollback()
            return [outcome]
    except Exception:
        # A connection that failed once may stay read-only or half closed: the next write takes a new one.
        connection.invalidate()
        raise


def _run_in_savepoint(tx: Tx, work: Callable[[Tx], Any]) -> Any:
    """As `_run`; a failure undoes what `work` did and nothing else."""
    # Plain SQL: SQLAlchemy's own savepoints have a name each, which is compiled anew each time.
    tx.exec_driver_sql("SAVEPOINT work")
    outcome = _run(tx, work)
    if isinstance(outcome, _Failure):
        tx.exec_driver_sql("ROLLBACK TO SAVEPOINT work")
    tx.exec_driver_sql("RELEASE SAVEPOINT work")
    return outcome


def _run(tx: Tx, work: Callable[[Tx], Any]) -> Any:
    """The outcome of `work`. Raises only when the transaction around it is lost."""
    try:
        return work(tx)
    except DBAPIError as error:
        if not (_is_callers_own(error) and _alive(tx)):
            raise
        return _Failure(Conflict() if _code(error) in _UNIQUE else error)
    except Exception as error:  # handed to its caller
        return _Failure(error)


def _alive(tx: Tx) -> bool:
    """Whether the transaction still stands: SQLite ends it by itself on a full disk or a failed read or write.

    What follows then fails for want of a savepoint, which looks like a wrong statement.
    """
    if tx.dialect.name != "sqlite":
        return not tx.invalidated
    driver = tx.connection.driver_connection
    return driver is not None and bool(driver.in_transaction)


def _is_callers_own(error: DBAPIError) -> bool:
    """Whether a wrong statement or value is to blame, and not a database that cannot write now."""
    code = _code(error)
    return code.startswith(("SQLITE_CONSTRAINT", "22", "23", "42")) or code in {"SQLITE_ERROR", "SQLITE_MISMATCH"}


def _code(error: DBAPIError) -> str:
    """SQLite's name of the error, or the SQLSTATE: classes 22 data, 23 constraint, 42 statement."""
    return getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
