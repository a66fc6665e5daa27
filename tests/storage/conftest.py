"""Every storage test runs on a SQLite file and on PostgreSQL, migrated as in real life."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import upgrade
from storage.store import Store
from tests.patience import PATIENCE
from tests.postgres import Server
from tests.storage.frame import Frame, lay_frame


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/msx.db"
    url: str = request.getfixturevalue("postgres").fresh()
    return url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "msx.db"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Server) -> str:
    """A migrated PostgreSQL database, to be copied."""
    url = postgres.fresh()
    asyncio.run(upgrade(url))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of the test's own."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "msx.db")
        return f"sqlite+aiosqlite:///{tmp_path}/msx.db"
    server: Server = request.getfixturevalue("postgres")
    return server.fresh(like=request.getfixturevalue("migrated_postgres"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await Store.open(url, busy_ms=int(PATIENCE * 1000))
    yield opened
    await opened.aclose()


@pytest.fixture
async def frame(store: Store) -> Frame:
    """An office with one open round, a small tree of units and two teams."""
    return await store.write(lay_frame)
