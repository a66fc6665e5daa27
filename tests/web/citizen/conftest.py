"""The villager's half over real HTTP, and somebody who surfs it."""

from collections.abc import AsyncIterator

import pytest

from tests.web.site import Site, Surfer, open_site
from tests.world import World


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    async with open_site(world) as opened:
        yield opened


@pytest.fixture
async def surfer(site: Site) -> Surfer:
    return site.surfer()
