"""A member's browser before the desk's half, listening on loopback, and how long what it asks for takes."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from bot import desk_side
from bot.app import House
from bot.settings import Settings
from web import guard, pages
from web.server import Runner

ROUNDS, WARM = 60, 5


@asynccontextmanager
async def browser(house: House, settings: Settings, cookie: str) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    """A client that is signed in by `cookie`, and the address of the desk's half."""
    site = web.Application()
    guard.register(site, "http://127.0.0.1")
    pages.register(site)
    assert house.desk is not None
    desk_side.register(site, house.desk, settings, lambda: "", None)
    runner = Runner(site, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession(headers={"Cookie": f"desk={cookie}"}, cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield http, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def timed(name: str, work: Callable[[], Awaitable[object]]) -> dict[str, float]:
    """p50 and p95 by nearest rank, in milliseconds, once everything is warm."""
    taken = []
    for _ in range(WARM + ROUNDS):
        begun = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - begun)
    ordered = sorted(taken[WARM:])
    return {f"{name}_p{part}_ms": round(ordered[(ROUNDS * part - 1) // 100] * 1000, 1) for part in (50, 95)}
