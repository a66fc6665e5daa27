"""The bot as it runs in real life, over the test county and against the scripted Bot API server."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from aiohttp import web

from bot.outbox import Outbox, Pace
from bot.telegram import hook as telegram_hook
from bot.telegram.line import Line, Webhook, make_bot
from bot.telegram.poll import Poller
from bot.telegram.send import Sender
from bot.telegram.taking import Telegram, Ways
from domain.tips import Channel, Tip
from handlers.intake import converse
from handlers.intake.converse import Peer
from storage.intake import tips
from storage.intake.outbox import OutChannel
from tests.doubles.bot_api import TOKEN, BotApi
from tests.patience import PATIENCE
from tests.world import Clock, World

SECRET = "hook-secret_1"
QUICK = Pace(look=0.2, lease=PATIENCE, first_pause=0.05, longest_pause=0.4)
"""A lease that ended under a slow machine's hands would bring a message twice."""
PLACE = "苇原县水利站"
"""A card of one unit: no question where."""


@dataclass
class TickingClock(Clock):
    """Begins where the county's clock stands, and goes on: what must wait becomes due."""

    started: float = field(default_factory=monotonic)

    def __call__(self) -> datetime:
        return self.now + timedelta(seconds=monotonic() - self.started)


async def no_link(_token: str, _chat: int) -> bool:
    """No token links a group."""
    return False


@dataclass(slots=True)
class Booth:
    """What stands: the county, the Bot API, and the bot between them."""

    world: World
    api: BotApi
    telegram: Telegram
    outbox: Outbox
    url: str

    @property
    def code(self) -> str:
        return self.world.card(PLACE)

    async def tips(self) -> list[Tip]:
        """All tips that are stored and not yet folded."""
        return await self.world.house.store.read(tips.unfolded_tips)

    async def draft(self, chat: int) -> list[str]:
        """What a chat's draft holds, in order: texts, and the kinds of files with their captions."""
        parts = (await converse.peek(self.world.intake, peer(self.world, chat), with_parts=True)).parts
        return [f"{part.kind.value}:{part.text}" if part.file else part.text for part in parts]


def peer(world: World, chat: int) -> Peer:
    """The Telegram chat as the runner knows it."""
    return Peer(Channel.TELEGRAM, world.intake.secrets.chat_tag(Channel.TELEGRAM, str(chat)))


@asynccontextmanager
async def open_booth(
    world: World,
    api: BotApi,
    *,
    webhook: bool,
    ride: bool = False,
    link_group: Callable[[str, int], Awaitable[bool]] = no_link,
) -> AsyncIterator[Booth]:
    """Starts the bot and waits until its line stands; ends it in order, with what is under way delivered."""
    bot = make_bot(TOKEN, api.url)
    outbox = Outbox(world.intake, {OutChannel.TELEGRAM: Sender(bot)}, QUICK)
    world.house.bell.add(outbox.wake)
    ways = Ways(page="lx.example", ride=ride)
    telegram = Telegram(world.intake, bot, wake=outbox.wake, link_group=link_group, ways=ways)
    app = web.Application()
    telegram_hook.register(app, telegram, SECRET)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    poller = Poller(telegram, bot, wait=1, first_pause=0.05, longest_pause=0.2)
    line = Line(bot, Webhook(url, SECRET) if webhook else poller, first_pause=0.05)
    tasks = [asyncio.create_task(line.run()), asyncio.create_task(outbox.run())]
    try:
        await asyncio.wait_for(line.ready.wait(), PATIENCE)
        yield Booth(world, api, telegram, outbox, url)
    finally:
        tasks[0].cancel()
        await asyncio.gather(tasks[0], return_exceptions=True)
        await runner.cleanup()
        await telegram.finish()
        outbox.stop()
        await tasks[1]
        await bot.shutdown()


@asynccontextmanager
async def held_database(world: World) -> AsyncIterator[None]:
    """Meanwhile nothing can be stored: somebody else writes to the database and does not end."""
    # The first write gives up soon; a connection made after it waits as long as it always does.
    await world.house.store.write(lambda tx: tx.exec_driver_sql("PRAGMA busy_timeout=50"))
    other = sqlite3.connect(world.data / "msx.db", isolation_level=None, timeout=0)
    while not _begins(other):
        await asyncio.to_thread(lambda: None)  # a commit that is under way needs the loop and a thread to end
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def _begins(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True
