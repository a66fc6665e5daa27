"""Our program as a process of its own over a county of today: started, killed, started again."""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession

from bot import app
from bot.demo import county as demo
from bot.settings import Settings
from tests.doubles.bot_api import TOKEN, BotApi
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.world import PASSWORD, Clock, World, running

ROOT = Path(__file__).parents[2]
SECONDS = PATIENCE
"""How long anything may take at most."""
LIFETIME = 5 * PATIENCE
"""How long a process may take to begin or to end: a county may have to be made first, a round to be imported."""


@dataclass(frozen=True, slots=True)
class County:
    """A made county: its folder, to be copied, and what was made in it."""

    data: Path
    made: demo.Demo


async def make_county(data: Path) -> County:
    """The demo's county, made now, in which `python -m bot demo` finds itself again."""
    settings = Settings(data_dir=data)
    await app.prepare(settings)
    async with app.open_house(settings, pool_size=1) as house:
        made = await demo.build(house, PASSWORD)
    (data / "demo.json").write_text(json.dumps({"round": made.round_id.hex(), "password": PASSWORD}))
    return County(data, made)


@dataclass
class Program:
    """One deployment: its folder, its port, and the process that serves it. Without a county nothing is made yet."""

    county: County | None
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None
    printed: str = ""

    def __post_init__(self) -> None:
        if self.county is not None:
            shutil.copytree(self.county.data, self.data)
        self.port = free_port()
        (self.folder / "tmp").mkdir()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Everything the processes wrote to standard error."""
        return self.folder / "log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def talks_to(self, api: BotApi, mode: str) -> None:
        """Gives the program a bot on this Bot API server."""
        self.settings |= {
            "MSX_TELEGRAM_TOKEN": TOKEN, "MSX_TELEGRAM_MODE": mode, "MSX_TELEGRAM_API_URL": api.url,
        }  # fmt: skip

    async def start(self, *command: str) -> None:
        """Runs `python -m bot serve`, or another `python -m …`, until it says that it is ready."""
        process = await self.run(*(command or ("bot", "serve")))
        assert process.stdout is not None
        async with asyncio.timeout(LIFETIME):
            self.printed = (await process.stdout.readline()).decode()
            assert self.printed, self.log.read_text()
            await self.ready()

    async def ready(self) -> None:
        """Waits until /readyz says yes; it listens already."""
        async with asyncio.timeout(SECONDS), ClientSession() as session:
            while not await self._is_ready(session):
                assert self.process is not None
                assert self.process.returncode is None, self.log.read_text()

    async def run(self, *command: str) -> asyncio.subprocess.Process:
        """Runs `python -m …` over this deployment; what it prints can be read from its `stdout`."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *command, cwd=self.folder, env=self.environment,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log,
            )  # fmt: skip
        return self.process

    @property
    def environment(self) -> dict[str, str]:
        """All that the program is told."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return kept | {
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONFAULTHANDLER": "1",
            "TMPDIR": str(self.folder / "tmp"),
            "MSX_DATA_DIR": str(self.data),
            "MSX_LISTEN": f"127.0.0.1:{self.port}",
            **self.settings,
        }

    async def stop(self, name: signal.Signals = signal.SIGTERM) -> int:
        """Sends a signal and waits for the end; the exit code, or minus the signal that ended it."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(name)
        return await self.ended()

    async def ended(self) -> int:
        """Waits until it ends by itself."""
        assert self.process is not None
        async with asyncio.timeout(LIFETIME):
            out, _ = await self.process.communicate()
        self.printed += out.decode()
        code = self.process.returncode
        assert code is not None
        return code

    async def close(self) -> None:
        """Leaves no process behind."""
        if self.process is not None and self.process.returncode is None:
            await self.stop(signal.SIGKILL)

    def sql(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What stands in the database, or a change of it, from beside the program."""
        with sqlite3.connect(self.data / "msx.db", timeout=SECONDS) as beside:
            rows = beside.execute(query, values).fetchall()
        beside.close()
        return rows

    @asynccontextmanager
    async def house(self) -> AsyncIterator[World]:
        """The deployment opened in this process, its desk too."""
        assert self.county is not None
        async with running(Settings(data_dir=self.data), self.county.made, Clock(app.now())) as world:
            yield world

    async def _is_ready(self, session: ClientSession) -> bool:
        try:
            async with session.get(f"{self.url}/readyz") as response:
                return response.status == 200
        except ClientError:
            return False
