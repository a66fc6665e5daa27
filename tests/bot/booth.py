"""The bot as it runs in real life, against the scripted Bot API server: by webhook or by polling."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from aiohttp import web

from bot import telegram_hook
from bot.outbox import Outbox, Pace
from bot.telegram import Telegram, Ways
from bot.telegram_line import Line, Webhook, make_bot
from bot.telegram_poll import Poller
from bot.telegram_send import Sender
from domain.tips import Channel
from tests.bot.county import County
from tests.doubles.bot_api import TOKEN, BotApi

SECRET = "hook-secret_1"
QUICK = Pace(look=0.2, lease=2.0, first_pause=0.05, longest_pause=0.4)


async def _no_link(_token: str, _chat: int) -> bool:
    return False


@dataclass(slots=True)
class Booth:
    """What stands: the county, the Bot API, and the bot between them."""

    county: County
    api: BotApi
    telegram: Telegram
    outbox: Outbox
    url: str = ""


@asynccontextmanager
async def open_booth(
    county: County,
    api: BotApi,
    *,
    webhook: bool,
    ride: bool = False,
    link_group: Callable[[str, int], Awaitable[bool]] = _no_link,
) -> AsyncIterator[Booth]:
    """Starts the bot and waits until its line stands; ends it in order, with what is under way delivered."""
    bot = make_bot(TOKEN, api.url)
    outbox = Outbox(county.services, {Channel.TELEGRAM: Sender(bot)}, QUICK)
    county.services = replace(county.services, nudge=outbox.wake)
    ways = Ways(page="lx.example", ride=ride)
    telegram = Telegram(county.services, bot, wake=outbox.wake, link_group=link_group, ways=ways)
    app = web.Application()
    telegram_hook.register(app, telegram, SECRET)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    poller = Poller(telegram, bot, wait=1, first_pause=0.05, longest_pause=0.2)
    line = Line(bot, Webhook(url, SECRET) if webhook else poller, first_pause=0.05)
    tasks = [asyncio.create_task(line.run()), asyncio.create_task(outbox.run())]
    await asyncio.wait_for(line.ready.wait(), 10)
    try:
        yield Booth(county, api, telegram, outbox, url)
    finally:
        tasks[0].cancel()
        await asyncio.gather(tasks[0], return_exceptions=True)
        await runner.cleanup()
        await telegram.finish()
        outbox.stop()
        await tasks[1]
        await bot.shutdown()
