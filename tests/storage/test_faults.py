"""Full, read-only and locked disks, lost servers: said plainly, nothing pretended, and over when the fault is over."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from domain.errors import CannotStore
from domain.tips import Channel
from storage.engine import connect
from storage.intake import seen
from storage.migrate import upgrade
from storage.store import Store, Tx
from tests.postgres import Server
from tests.storage.frame import DAY


def note(tx: Tx, key: str) -> bool:
    return seen.first_time(tx, Channel.WEB, key, DAY)


@pytest.fixture
async def sqlite_url(tmp_path: Path) -> str:
    url = f"sqlite+aiosqlite:///{tmp_path}/msx.db"
    await upgrade(url)
    return url


@pytest.mark.parametrize("writes", [True, False])
async def test_every_sqlite_connection_keeps_its_pragmas(sqlite_url: str, writes: bool) -> None:
    engine = connect(sqlite_url, writes=writes, busy_ms=1234)

    def look(tx: Connection) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "query_only")
        return {name: tx.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}

    found = await engine.run(look)
    await engine.aclose()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 1234,
        "query_only": 0 if writes else 1,
    }


async def test_a_database_that_cannot_keep_a_pragma_is_refused_by_its_name() -> None:
    with pytest.raises(CannotStore, match="journal_mode"):
        await Store.open("sqlite+aiosqlite:///:memory:")


async def test_a_locked_database_says_so_and_the_next_write_works(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url, busy_ms=20)
    with closing(sqlite3.connect(sqlite_url.partition("///")[2], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CannotStore):
            await store.write(lambda tx: note(tx, "a"))
    assert await store.write(lambda tx: note(tx, "a"))
    await store.aclose()


FULL_DISK = """
import asyncio, resource, signal, sys
from sqlalchemy import text
from domain.errors import CannotStore
from storage.store import Store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

def add(tx, key, size):
    row = {"key": key, "locked": b"x" * size}
    tx.execute(text("INSERT INTO heap VALUES (:key, :locked)"), row)

def count(tx):
    return [key for key in tx.execute(text("SELECT key FROM heap ORDER BY key")).scalars()]

async def fails(awaitable):
    try:
        await awaitable
    except CannotStore:
        return True
    return False

async def main(url, size):
    store = await Store.open(url)
    await store.write(lambda tx: tx.execute(text("CREATE TABLE heap (key TEXT PRIMARY KEY, locked BLOB)")) and None)
    await store.write(lambda tx: add(tx, "before", 10))
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, unlimited[1]))
    small = store.write(lambda tx: add(tx, "neighbour", 10))
    large = store.write(lambda tx: add(tx, "large", size))
    after = store.write(lambda tx: add(tx, "after", 10))
    refused = await asyncio.gather(fails(small), fails(large), fails(after))
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    kept = await store.read(count)
    await store.write(lambda tx: add(tx, "again", size))
    print(refused, kept, await store.read(count))
    await store.aclose()

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


# The smaller row fits SQLite's cache and fails at COMMIT, the larger one spills and fails at its INSERT.
@pytest.mark.parametrize("size", [500_000, 20_000_000])
async def test_a_full_disk_refuses_the_whole_commit_and_recovers(sqlite_url: str, size: int) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", FULL_DISK, sqlite_url, str(size)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: ASYNC221 - a child's whole life
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[True, True, True] ['before'] ['again', 'before']"


READ_ONLY = """
import asyncio, os, sys
from datetime import date
from domain.errors import CannotStore
from domain.tips import Channel
from storage.intake import seen
from storage.store import Store

def write(store, key):
    return store.write(lambda tx: seen.first_time(tx, Channel.WEB, key, date(2026, 3, 16)))

async def warm(url):  # what the ordinary user may not import is imported by now
    store = await Store.open(url)
    await write(store, "warm")
    await store.aclose()

asyncio.run(warm(sys.argv[1]))
if os.geteuid() == 0:
    os.chown(sys.argv[2], 65534, 65534)
    for name in os.listdir(sys.argv[2]):
        os.chown(os.path.join(sys.argv[2], name), 65534, 65534)
    os.setgroups([]); os.setgid(65534); os.setuid(65534)

async def main(url, path):
    os.chmod(path, 0o400)
    store = await Store.open(url)
    try:
        await write(store, "a")
    except CannotStore:
        print("refused")
    for name in os.listdir(sys.argv[2]):
        os.chmod(os.path.join(sys.argv[2], name), 0o600)
    print(await write(store, "a"))
    await store.aclose()

asyncio.run(main(sys.argv[1], sys.argv[2] + "/msx.db"))
"""


async def test_a_read_only_disk_says_so_and_the_next_write_works() -> None:
    # A folder of its own: those of pytest are closed to the ordinary user the child becomes.
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/msx.db"
        await upgrade(url)
        root = Path(__file__).parents[2]
        environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", READ_ONLY, url, folder]
        done = subprocess.run(  # noqa: ASYNC221 - a child's whole life
            command, cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.split() == ["refused", "True"]


async def test_a_lost_server_connection_costs_one_refusal_at_most(postgres: Server) -> None:
    url = postgres.fresh()
    await upgrade(url)
    store = await Store.open(url)
    mine = "SELECT pg_terminate_backend(pg_backend_pid())"
    with pytest.raises(CannotStore):
        await store.write(lambda tx: tx.execute(text(mine)).all())
    assert await store.write(lambda tx: note(tx, "a"))
    postgres.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 't%'")
    assert await store.write(lambda tx: note(tx, "b"))
    assert await store.read(lambda tx: tx.execute(text("SELECT count(*) FROM seen_update")).scalar_one()) == 2
    await store.aclose()


async def test_a_missing_server_is_cannot_store(postgres: Server) -> None:
    with pytest.raises(CannotStore):
        await Store.open("postgresql+asyncpg://msx@127.0.0.1:1/none")
    with pytest.raises(CannotStore):
        await upgrade("postgresql+asyncpg://msx@127.0.0.1:1/none")
    assert postgres.sql("postgres", "SELECT 1") == "1"


async def test_errors_never_quote_a_value(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    with pytest.raises(Exception, match="NOT NULL") as caught:
        await store.write(lambda tx: tx.execute(text("INSERT INTO office (name) VALUES (:name)"), {"name": "canary"}))
    assert "canary" not in repr(caught.value) + str(caught.value)
    await store.aclose()
