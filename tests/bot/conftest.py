"""Fixtures of the bot's tests: a county, a Bot API server, and the bot by webhook and by polling."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.booth import Booth, open_booth
from tests.bot.county import County, lay_county
from tests.doubles.bot_api import BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def county(tmp_path: Path) -> AsyncIterator[County]:
    laid = await lay_county(tmp_path)
    yield laid
    await laid.services.receipts.aclose()
    await laid.services.store.aclose()


@pytest.fixture(params=["webhook", "polling"])
async def booth(request: pytest.FixtureRequest, county: County, api: BotApi) -> AsyncIterator[Booth]:
    """The bot in both ways it hears from Telegram."""
    async with open_booth(county, api, webhook=request.param == "webhook") as opened:
        yield opened


@pytest.fixture
async def hook(county: County, api: BotApi) -> AsyncIterator[Booth]:
    """The bot by webhook."""
    async with open_booth(county, api, webhook=True) as opened:
        yield opened
