"""What promises and journeys stand on; the county is made once for both."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.doubles.bot_api import BotApi
from tests.promises.process import County, Program, make_county

_made: dict[Path, County] = {}


@pytest.fixture(scope="session")
def county_now(tmp_path_factory: pytest.TempPathFactory) -> County:
    """A county whose round is open today, by the machine's own clock."""
    base = tmp_path_factory.getbasetemp()
    if base not in _made:
        _made[base] = asyncio.run(make_county(tmp_path_factory.mktemp("county-now") / "data"))
    return _made[base]


@pytest.fixture
async def program(county_now: County, tmp_path: Path) -> AsyncIterator[Program]:
    """The county deployed; nothing runs yet, and nothing runs afterwards."""
    deployed = Program(county_now, tmp_path)
    yield deployed
    await deployed.close()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server
