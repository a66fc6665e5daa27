"""Our server as a process: intake, desk's folding, JSON API, webhook and outbox over a copy of the bench county.

Put together as `bot/serve.py` does, with one more address that tells how many receipt codes are ready.
"""

import argparse
import asyncio
from contextlib import AsyncExitStack, suppress
from pathlib import Path

from aiohttp import web

from bench.listening import until_stdin_ends
from bench.sink import TOKEN
from bot import app, chores
from bot.outbox import Outbox
from bot.settings import Settings
from bot.telegram import hook as telegram_hook
from bot.telegram.line import make_bot
from bot.telegram.send import Sender
from bot.telegram.taking import Telegram, Ways
from bot.telegram.wire import quiet_loggers
from handlers.desk.arriving.fold import fold
from handlers.services import DeskServices, IntakeServices
from storage.intake.outbox import OutChannel
from web import guard, pages
from web.citizen import addresses as citizen
from web.citizen import api
from web.server import Runner

SECRET = "bench-secret"  # noqa: S105 - a made-up one


async def main(options: argparse.Namespace) -> None:
    quiet_loggers()
    settings = Settings(_env_file=None, data_dir=options.data)
    async with app.open_house(settings, pool_size=options.pool) as house, AsyncExitStack() as stack:
        assert house.intake is not None
        assert house.desk is not None
        site = _site(house.intake)
        if options.sink:
            await _telegram(stack, house.bell, house.intake, site, options)
        _folding(stack, house.bell, house.desk)
        runner = Runner(site, access_log=None, shutdown_timeout=2)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(runner.addresses[0][1], flush=True)
        await until_stdin_ends()


def _site(intake: IntakeServices) -> web.Application:
    site = web.Application(client_max_size=1 << 20)
    guard.register(site, "http://127.0.0.1")
    pages.register(site)
    citizen.register(site, intake, telegram_bot=str)
    api.register(site)

    async def receipts(_: web.Request) -> web.Response:
        return web.json_response(intake.receipts.ready)

    site.router.add_get("/bench/receipts", receipts)
    return site


async def _telegram(
    stack: AsyncExitStack, bell: app.Bell, intake: IntakeServices, site: web.Application, options: argparse.Namespace
) -> None:
    bot = make_bot(TOKEN, options.sink)
    await bot.initialize()
    stack.push_async_callback(bot.shutdown)
    outbox = Outbox(intake, {OutChannel.TELEGRAM: Sender(bot)})
    bell.add(outbox.wake)
    telegram = Telegram(intake, bot, wake=outbox.wake, link_group=_no_link, ways=Ways(ride=options.ride))
    telegram_hook.register(site, telegram, SECRET)
    delivering = asyncio.create_task(outbox.run())

    async def end() -> None:
        await telegram.finish()
        outbox.stop()
        await delivering

    stack.push_async_callback(end)


def _folding(stack: AsyncExitStack, bell: app.Bell, desk: DeskServices) -> None:
    woken = asyncio.Event()
    bell.add(woken.set)
    task = asyncio.create_task(chores.every(1.0, lambda: fold(desk), woken))

    async def end() -> None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    stack.push_async_callback(end)


async def _no_link(_token: str, _chat: int) -> bool:
    return False


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--sink", default="", help="address of the Bot API; none: no Telegram")
    parser.add_argument("--ride", action="store_true", help="a tick travels in the webhook's response")
    parser.add_argument("--pool", type=int, default=1, help="receipt codes made ahead")
    asyncio.run(main(parser.parse_args()))
