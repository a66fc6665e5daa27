"""Search in a team with 10,000 tips: how long the index takes, whether pages wait for it, and how fast it answers."""

import asyncio
import json
import random
import secrets
import time
from collections.abc import Awaitable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from bench.children import say
from bench.figures import target
from bench.machine import WORK
from bench.tips import fill
from bot import app
from bot.demo import county as demo
from bot.settings import Settings
from handlers.desk.finding.building import start
from handlers.desk.finding.find import find
from handlers.desk.finding.index import Index
from handlers.desk.finding.likeness import similar
from handlers.desk.mine import my_teams
from handlers.people import sessions
from handlers.people.sessions import Session
from handlers.services import DeskServices

TIPS, TEAM, ROUNDS = 10_000, 1, 100
WORDS = ("孟大河", "鱼塘 合同", "0000-00", "１１", "土地证", "医保 票", "1-0012", "1", "危房 经办人", "没有的词")
TARGET = {"index_s_max": 3.0, "page_p95_ms_max": 50.0, "query_p95_ms_max": 100.0, "likeness_p95_ms_max": 100.0}
_MB, _BEAT = 1 << 20, 0.002


def measure() -> dict[str, Any]:
    """A county of its own, filled, and one member of the team who searches."""
    WORK.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK) as folder:
        ours = asyncio.run(_run(Path(folder) / "data"))
    return {
        "measure": f"index of {TIPS} sealed tips while small pages are asked for; then searches and hints",
        "unit": "seconds; ms of one call inside the process; MiB that the index added",
        "ours": ours,
        "target": target(TARGET, ours),
    }


async def _run(data: Path) -> dict[str, Any]:
    settings, password = Settings(_env_file=None, data_dir=data), secrets.token_urlsafe(24)
    await app.prepare(settings)
    async with app.open_house(settings, pool_size=1) as house:
        assert house.desk is not None
        made = await demo.build(house, password)
        say(f"search: {TIPS} tips are made")
        await fill(house, TEAM, TIPS)
        session = await _member(house.desk, made.logins, password)
        say("search: index, queries, hints")
        return await _figures(house.desk, session)


async def _member(desk: DeskServices, logins: tuple[str, ...], password: str) -> Session:
    """Somebody of the team, signed in."""
    for login in logins:
        session = await sessions.load_session(desk, await demo.enter(desk, login, password))
        if session is not None and TEAM in {mine.team.ordinal for mine in await my_teams(desk, session)}:
            return session
    raise RuntimeError("nobody belongs to the team")


async def _figures(desk: DeskServices, session: Session) -> dict[str, Any]:
    dice, before = random.Random(1), psutil.Process().memory_info().rss
    index = desk.finder.index(session.token_hash, session.teams[0])
    built = await _build(desk, session, index)
    grown = psutil.Process().memory_info().rss - before
    typed = [dice.choice(WORDS) for _ in range(ROUNDS)]
    asked = [dice.choice(list(index.marks)) for _ in range(ROUNDS)]
    queries = [await _timed(find(desk, session, one)) for one in typed]
    hints = [await _timed(similar(desk, session, one)) for one in asked]
    return {
        **built,
        **{f"query_{name}": value for name, value in _spread(queries).items()},
        **{f"likeness_{name}": value for name, value in _spread(hints).items()},
        "tips": len(index.entries),
        "index_mb": round(grown / _MB, 1),
    }


async def _build(desk: DeskServices, session: Session, index: Index) -> dict[str, Any]:
    """Seconds until all can be found, then until hints can be given; what others waited meanwhile."""
    begun, reading = time.perf_counter(), start(desk, session, index)
    pages = asyncio.create_task(_ask(desk, session, reading))
    longest, searchable = await _watch(index, reading)
    return {
        "index_s": round(searchable - begun, 2),
        "index_and_hints_s": round(time.perf_counter() - begun, 2),
        "longest_stall_ms": round(longest * 1000, 1),
        **{f"page_{name}": value for name, value in _spread(await pages).items()},
    }


async def _watch(index: Index, reading: asyncio.Task[None]) -> tuple[float, float]:
    """The longest that the event loop was late, in seconds, and the moment when every tip could be found."""
    longest = moment = 0.0
    while not reading.done():
        begun = time.perf_counter()
        await asyncio.sleep(_BEAT)
        longest = max(longest, time.perf_counter() - begun - _BEAT)
        if not moment and len(index.entries) == TIPS:
            moment = time.perf_counter()
    return longest, moment


async def _ask(desk: DeskServices, session: Session, reading: asyncio.Task[None]) -> list[float]:
    """Small pages, one after the other: who I am and which teams I have, ten reads of the database each."""
    taken = []
    while not reading.done():
        begun = time.perf_counter()
        for _ in range(10):
            await my_teams(desk, session)
        taken.append(time.perf_counter() - begun)
        await asyncio.sleep(0.05)
    return taken


async def _timed(work: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await work
    return time.perf_counter() - begun


def _spread(seconds: list[float]) -> dict[str, float]:
    """p50 and p95 by nearest rank, in milliseconds."""
    ordered = sorted(seconds)
    return {f"p{part}_ms": round(ordered[(len(ordered) * part - 1) // 100] * 1000, 1) for part in (50, 95)}


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=2))
