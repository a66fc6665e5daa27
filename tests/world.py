"""A whole county to test on: the demo's office, people, open round and cards, on a real database, by real use cases."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import app
from bot.app import House
from bot.demo import county as demo
from bot.settings import Settings
from domain.tips import Channel
from handlers.conversation.events import Chose, Event, Said, Start
from handlers.intake.converse import Answer, Peer, handle
from handlers.office import cards
from handlers.office.cards import BatchView
from handlers.people import sessions
from handlers.people.sessions import Session
from handlers.services import DeskServices, IntakeServices

PASSWORD = "seven quiet herons over the reed bed"
NOON = datetime(2026, 11, 11, 12, 0, tzinfo=app.ZONE)


@dataclass
class Clock:
    """A clock that moves when told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class World:
    """The county, running over `data`. `batches` by team ordinal."""

    settings: Settings
    house: House
    clock: Clock
    made: demo.Demo
    batches: dict[str, BatchView] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.settings.data_dir

    @property
    def intake(self) -> IntakeServices:
        assert self.house.intake is not None
        return self.house.intake

    @property
    def desk(self) -> DeskServices:
        assert self.house.desk is not None
        return self.house.desk

    def card(self, place: str) -> str:
        """The code of the card for a place, e.g. 苇庄镇."""
        return self.batches[place].batch.code

    async def sign_in(self, login: str) -> tuple[str, Session]:
        """A full session of a member and its cookie, without the page's form."""
        cookie = await demo.enter(self.desk, login, PASSWORD)
        session = await sessions.load_session(self.desk, cookie)
        assert session is not None
        return cookie, session

    def villager(self, name: str, channel: Channel = Channel.WEB) -> "Villager":
        return Villager(self, Peer(channel, self.intake.secrets.chat_tag(channel, name)))


@dataclass
class Villager:
    """Somebody who talks through the runner, as every channel does."""

    world: World
    peer: Peer
    answer: Answer | None = None

    async def does(self, *events: Event, key: str = "") -> Answer:
        self.answer = await handle(self.world.intake, self.peer, *events, update_key=key)
        return self.answer

    async def tells(self, place: str, *words: str) -> str:
        """A whole anonymous tip on the card of `place`; the receipt code."""
        await self.does(Start(self.world.card(place)))
        for line in words:
            await self.does(Said(line))
        answer = await self.does(Chose("done"))
        if answer.state.step == "where":
            answer = await self.does(Chose("skip"))
        for choice in ("anonymous", "recusal:no", "submit"):
            answer = await self.does(Chose(choice))
        assert answer.state.step == "receipt", answer
        return answer.state.code


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, demo.Demo]:
    """The county's data, made once: every test gets a copy of its own."""
    data = tmp_path_factory.mktemp("county")
    made = asyncio.run(_make(Settings(data_dir=data)))
    return data, made


async def _make(settings: Settings) -> demo.Demo:
    await app.prepare(settings)
    async with app.open_house(settings, clock=Clock(), pool_size=1) as house:
        return await demo.build(house, PASSWORD)


@pytest.fixture
async def world(county: tuple[Path, demo.Demo], tmp_path: Path) -> AsyncIterator[World]:
    """The county on SQLite."""
    source, made = county
    shutil.copytree(source, tmp_path / "data")
    async with running(Settings(data_dir=tmp_path / "data"), made) as started:
        yield started


@asynccontextmanager
async def running(settings: Settings, made: demo.Demo, clock: Clock | None = None) -> AsyncIterator[World]:
    """The county over the data of `settings`, as after a start."""
    clock = clock or Clock()
    async with app.open_house(settings, clock=clock, pool_size=8) as house:
        world = World(settings, house, clock, made)
        views = await cards.list_batches(world.desk, made.round_id, "zh")
        world.batches = {view.units[0].name: view for view in views}
        yield world
