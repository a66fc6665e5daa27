"""The office's board over 1,000 and over 1,000,000 tips; beside it, what counting the same tips on reading costs."""

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from sqlalchemy import func, select

from bench.browsing import browser, timed
from bench.children import say
from bench.crowd import crowd
from bench.figures import target
from bench.machine import WORK
from bot import app
from bot.app import House
from bot.demo import county as demo
from bot.settings import Settings
from domain.figures import Sheet
from domain.ids import RoundId
from storage.desk.counters import read_sheet
from storage.schema.tips import tip, tip_work
from storage.store import Tx

FEW, MANY = 1_000, 1_000_000
PAGES = {"board": "/office", "team": "/office?team={team}", "numbers": "/office/numbers.xlsx"}
TARGET = {"board_p95_ratio_max": 1.5, "team_p95_ratio_max": 1.5, "numbers_p95_ratio_max": 1.5}


def measure() -> dict[str, Any]:
    """Two counties, the same but for their tips."""
    WORK.mkdir(parents=True, exist_ok=True)
    few, many = (_county(n) for n in (FEW, MANY))
    ours = {f"{name}_p95_ratio": round(many[f"{name}_p95_ms"] / few[f"{name}_p95_ms"], 2) for name in PAGES}
    ours |= {"few": few, "many": many}
    return {
        "measure": f"the office's board over HTTP on loopback with {FEW} and {MANY} tips, one look after the other",
        "unit": "ms from the request to the last byte; cells_s: reading all figures once, as on the full hour",
        "ours": ours,
        "peer": {
            "what": "one GROUP BY by day, team and state over the tips",
            "few_s": few["peer_s"],
            "many_s": many["peer_s"],
        },
        "target": target(TARGET, ours),
    }


def _county(n: int) -> dict[str, Any]:
    with TemporaryDirectory(dir=WORK) as folder:
        return asyncio.run(_run(Path(folder) / "data", n))


async def _run(data: Path, n: int) -> dict[str, Any]:
    settings, password = Settings(_env_file=None, data_dir=data), secrets.token_urlsafe(24)
    await app.prepare(settings)
    async with app.open_house(settings, pool_size=1) as house:
        made = await demo.build(house, password)
        assert house.desk is not None
        say(f"board: {n} tips are made")
        begun = time.perf_counter()
        await crowd(house, n)
        found: dict[str, Any] = {"tips": n, "made_and_counted_s": round(time.perf_counter() - begun, 1)}
        found |= await _reading(house, made.round_id)
        cookie = await demo.enter(house.desk, made.logins[0], password)
        async with browser(house, settings, cookie) as (http, url):
            for name, path in PAGES.items():
                found |= await timed(name, _page(http, url + path.format(team=await _team(house, made.round_id))))
        return found


async def _reading(house: House, round_id: RoundId) -> dict[str, float]:
    """Seconds of reading every cell, and of the peer."""

    def cells(tx: Tx) -> int:
        return sum(len(read_sheet(tx, round_id, sheet)) for sheet in Sheet)

    def grouped(tx: Tx) -> int:
        both = tip_work.join(tip, (tip.c.round_id == tip_work.c.round_id) & (tip.c.id == tip_work.c.tip_id))
        keys = (tip.c.received_on, tip_work.c.team_id, tip_work.c.state)
        where = tip_work.c.round_id == round_id
        return len(tx.execute(select(*keys, func.count()).select_from(both).where(where).group_by(*keys)).all())

    found: dict[str, float] = {}
    for name, work in (("cells", cells), ("peer", grouped)):
        begun = time.perf_counter()
        found[f"{name}_n"] = await house.store.read(work)
        found[f"{name}_s"] = round(time.perf_counter() - begun, 3)
    return found


async def _team(house: House, round_id: RoundId) -> str:
    first = select(tip_work.c.team_id).where(tip_work.c.round_id == round_id).limit(1)
    return str((await house.store.read(lambda tx: tx.execute(first).scalar_one())).hex())


def _page(http: aiohttp.ClientSession, url: str) -> Callable[[], Awaitable[None]]:
    async def look() -> None:
        async with http.get(url) as answer:
            await answer.read()
            assert answer.status == 200, (url, answer.status)

    return look


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=2))
