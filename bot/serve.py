"""Runs the processes: web pages, Telegram, outbox and chores over one house, until a signal ends them in order."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from bot import chores
from bot.app import HOOK_FILE, House, keep_bot_name, kept_bot_name
from bot.carrier import Carrier
from bot.chores import Chore
from bot.outbox import Outbox
from bot.settings import Settings
from bot.telegram import hook as telegram_hook
from bot.telegram.line import Line, Webhook, check_webhook, make_bot
from bot.telegram.poll import Poller
from bot.telegram.send import Sender
from bot.telegram.taking import Telegram, Ways
from bot.telegram.wire import quiet_loggers
from bot.wecom import Robots
from handlers.hourly import on_the_hour, once
from handlers.intake import linking, scanning
from handlers.services import IntakeServices
from storage.desk import counters
from storage.intake import outbox as outbox_rows
from storage.intake.outbox import OutChannel
from web import guard, health, pages
from web.citizen import addresses as citizen
from web.citizen import api
from web.server import Runner

if TYPE_CHECKING:
    from telegram import Bot

    from web.demo import Door

_log = logging.getLogger(__name__)
SWEEP_SECONDS = 600.0


@dataclass(slots=True)
class Running:
    """What is up: the address it listens on, and whether everything that was to start has started."""

    url: str = ""
    is_ready: bool = False
    lines: list[Line] = field(default_factory=list)


async def until_signal(
    house: House, settings: Settings, ready: Callable[[Running], Awaitable[None]], demo_door: "Door | None" = None
) -> None:
    """Serves until SIGINT or SIGTERM; `ready` is called once it listens."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with serving(house, settings, demo_door=demo_door) as running:
        await ready(running)
        await stop.wait()


@asynccontextmanager
async def serving(house: House, settings: Settings, *, demo_door: "Door | None" = None) -> AsyncIterator[Running]:
    """Serves while the block runs, then ends in order: no new requests, what is under way done, outbox at rest."""
    quiet_loggers()
    running = Running()
    async with AsyncExitStack() as stack:
        bot = None
        if house.intake is not None:
            # Pushed first, done last: when nobody scans any more.
            stack.push_async_callback(once, partial(scanning.put_down, house.intake))
            bot = _delivering(stack, house, house.intake, settings, running)
        app = _application(house, settings, running, bot)
        name = bot.name if bot else partial(kept_bot_name, settings)
        works = [*_chores(house), *_desk(app, house, settings, name, demo_door)]
        runner = Runner(app, access_log=None, shutdown_timeout=5)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, settings.host, settings.port).start()
        running.url = f"http://{settings.host}:{runner.addresses[0][1]}"
        works += [*(line.run for line in running.lines), partial(_watch, running, settings)]
        for work in works:
            _task(stack, work)
        yield running


async def _watch(running: Running, settings: Settings) -> None:
    """Ready once every line to Telegram stands. The bot's name is kept for those who print cards elsewhere."""
    for line in running.lines:
        await line.ready.wait()
        keep_bot_name(settings, line.username)
    running.is_ready = True
    await asyncio.Event().wait()


def _application(house: House, settings: Settings, running: Running, bot: "_Bot | None") -> web.Application:
    app = web.Application(client_max_size=1 << 20)
    guard.register(app, settings.public)
    pages.register(app)
    health.register(app, health.Health(lambda: running.is_ready, lambda: _figures(house)))
    name = bot.name if bot else partial(kept_bot_name, settings)
    if house.intake is not None:
        citizen.register(app, house.intake, telegram_bot=name)
        api.register(app)
    if bot is not None and settings.telegram_mode == "webhook":
        telegram_hook.register(app, bot.telegram, webhook_secret(settings))
    return app


@dataclass(frozen=True, slots=True)
class _Bot:
    telegram: Telegram
    line: Line

    def name(self) -> str:
        """Empty until Telegram has said it."""
        return self.line.username


def _delivering(
    stack: AsyncExitStack, house: House, intake: IntakeServices, settings: Settings, running: Running
) -> _Bot | None:
    """The outbox with all that carries, and the bot where there is one.

    The intake delivers for both halves: it has the token and the key of what waits; the desk only promises.
    """
    robots = Robots(settings.wecom_api_url)
    stack.push_async_callback(robots.close)
    carriers: dict[OutChannel, Carrier] = {OutChannel.WECOM: robots}
    outbox = Outbox(intake, carriers)
    house.bell.add(outbox.wake)
    bot = None
    if settings.token:
        made = make_bot(settings.token, settings.telegram_api_url)
        stack.push_async_callback(made.shutdown)
        carriers[OutChannel.TELEGRAM] = Sender(made)
        bot = _telegram(house, intake, made, outbox, settings)
        stack.push_async_callback(bot.telegram.finish)
        running.lines.append(bot.line)
    stack.push_async_callback(_stop, outbox, asyncio.create_task(outbox.run()))
    return bot


def _telegram(house: House, intake: IntakeServices, made: "Bot", outbox: Outbox, settings: Settings) -> _Bot:
    """The bot and its line, which is opened later: a Telegram out of reach must not hold the web up."""
    ways = Ways(lang=settings.lang, page=settings.public)
    telegram = Telegram(intake, made, wake=outbox.wake, link_group=_linker(house), ways=ways)
    if settings.telegram_mode == "webhook":
        check_webhook(settings.public, settings.telegram_api_url)
        return _Bot(telegram, Line(made, Webhook(settings.public, webhook_secret(settings))))
    return _Bot(telegram, Line(made, Poller(telegram, made)))


def webhook_secret(settings: Settings) -> str:
    """The secret Telegram has to name: the setting, or the one that `prepare` made. Raises `FileNotFoundError`."""
    return settings.telegram_webhook_secret or (settings.secrets / "intake" / HOOK_FILE).read_text().strip()


def _linker(house: House) -> Callable[[str, int], Awaitable[bool]]:
    services = house.desk or house.intake

    async def link(token: str, chat: int) -> bool:
        return services is not None and await linking.link_group(services, token, chat)

    return link


async def _stop(outbox: Outbox, delivering: "asyncio.Task[None]") -> None:
    outbox.stop()
    await delivering


def _chores(house: House) -> list[Chore]:
    intake = house.intake
    if intake is None:
        return []
    return [
        partial(chores.every, SWEEP_SECONDS, lambda: chores.sweep(intake)),
        partial(on_the_hour, intake.clock, partial(scanning.put_down, intake)),
    ]


def _desk(
    app: web.Application, house: House, settings: Settings, bot_name: Callable[[], str], door: "Door | None"
) -> list[Chore]:
    """The other half's pages, registered, and its chores, to be started."""
    if house.desk is None:
        return []
    # Imported here: a process that is only the intake does not even load what opens a tip.
    from bot import desk_side  # noqa: PLC0415

    desk_side.register(app, house.desk, settings, bot_name, door)
    woken = asyncio.Event()
    house.bell.add(woken.set)
    return desk_side.chores_of(house.desk, settings, woken)


def _task(stack: AsyncExitStack, work: Chore) -> None:
    task = asyncio.create_task(work())

    async def cancel() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(cancel)


async def _figures(house: House) -> health.Figures:
    received = await house.store.read(counters.total_by_channel)
    waiting = await house.store.read(outbox_rows.pending)
    return health.Figures(received, waiting, house.intake.receipts.ready if house.intake else 0)
