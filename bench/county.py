"""The invented county the benches run on: laid once by the demo's own use cases, copied for every server."""

import asyncio
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.machine import WORK
from bot import app
from bot.demo import county as demo
from bot.settings import Settings
from handlers.office import cards


@dataclass(frozen=True, slots=True)
class County:
    """Its data folder and the code of a card that covers a township, so that a tip has every question."""

    data: Path
    code: str

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """Data of one server's own, gone afterwards."""
        with TemporaryDirectory(dir=WORK) as folder:
            yield Path(shutil.copytree(self.data, Path(folder) / "data"))


@contextmanager
def laid() -> Iterator[County]:
    """The county while the block runs."""
    with TemporaryDirectory(dir=WORK) as folder:
        data = Path(folder) / "county"
        yield County(data, asyncio.run(_lay(data)))


async def _lay(data: Path) -> str:
    settings = Settings(_env_file=None, data_dir=data)
    await app.prepare(settings)
    async with app.open_house(settings, pool_size=1) as house:
        assert house.desk is not None
        made = await demo.build(house, secrets.token_urlsafe(24))
        views = await cards.list_batches(house.desk, made.round_id, "zh")
    return max(views, key=lambda view: len(view.units)).batch.code
