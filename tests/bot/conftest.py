"""Fixtures of the bot's tests: the county with time passing, a Bot API server, the bot by webhook and by polling."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import county as demo
from bot.settings import Settings
from tests.bot.booth import Booth, TickingClock, open_booth
from tests.doubles.bot_api import BotApi
from tests.world import World, running


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def live(county: tuple[Path, demo.Demo], tmp_path: Path) -> AsyncIterator[World]:
    """The county on SQLite, time passing."""
    source, made = county
    shutil.copytree(source, tmp_path / "data")
    async with running(Settings(data_dir=tmp_path / "data"), made, TickingClock()) as started:
        yield started


@pytest.fixture(params=["webhook", "polling"])
async def booth(request: pytest.FixtureRequest, live: World, api: BotApi) -> AsyncIterator[Booth]:
    """The bot in both ways it hears from Telegram."""
    async with open_booth(live, api, webhook=request.param == "webhook") as opened:
        yield opened


@pytest.fixture
async def hook(live: World, api: BotApi) -> AsyncIterator[Booth]:
    """The bot by webhook."""
    async with open_booth(live, api, webhook=True) as opened:
        yield opened
