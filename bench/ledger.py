"""The ledger of one team with 10,000 tips: seconds, peak memory, and how long the pages wait meanwhile.

`measure()` starts this file twice as a process of its own, with a plan as JSON on stdin: `fill` lays a county and fills
a team's queue, `make` takes out the ledger, so that its peak memory is its own.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.children import run, say
from bench.figures import target
from bench.machine import WORK
from bench.sheets import peak_mb
from bench.tips import fill
from bot import app
from bot.demo import county as demo
from bot.settings import Settings
from handlers.desk.paper.ledger import Purpose, make_ledger
from handlers.people import sessions

TIPS, TEAM, LOGIN = 10_000, 1, "zhou"
PASSWORD = "a bench county and its reeds"  # noqa: S105 - a made-up one
TICK = 0.01
TARGET = {"seconds_max": 5.0, "peak_mb_max": 300.0}


def measure() -> dict[str, Any]:
    """Unmasked, the dearer one: every letter is opened; and masked, which opens the headers."""
    WORK.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK) as folder:
        plan = {"data": f"{folder}/data", "tips": TIPS}
        say(f"ledger: {TIPS} tips")
        run("ledger", plan | {"part": "fill"})
        found = {}
        for name, purpose in (("unmasked", Purpose.CHECK), ("masked", None)):
            say(f"ledger: {name}")
            found[name] = run("ledger", plan | {"part": "make", "purpose": purpose})
    return {
        "measure": "the ledger of a team as xlsx, its sealed letters or headers opened, in a process of its own",
        "unit": "seconds, MiB of peak resident memory, megabytes (10^6 bytes), ms that the event loop was kept waiting",
        "tips": TIPS,
        "cases": {name: one | {"target": target(TARGET, one)} for name, one in found.items()},
    }


async def _fill(plan: dict[str, Any]) -> dict[str, Any]:
    settings = Settings(_env_file=None, data_dir=Path(plan["data"]))
    await app.prepare(settings)
    async with app.open_house(settings, pool_size=1) as house:
        await demo.build(house, PASSWORD)
        return {"tips": len(await fill(house, TEAM, plan["tips"]))}


async def _make(plan: dict[str, Any]) -> dict[str, Any]:
    settings = Settings(_env_file=None, data_dir=Path(plan["data"]))
    async with app.open_house(settings, pool_size=1) as house:
        assert house.desk is not None
        session = await sessions.load_session(house.desk, await demo.enter(house.desk, LOGIN, PASSWORD))
        assert session is not None
        async with _waits() as waits:
            begun, cpu = time.perf_counter(), time.process_time()
            made = await make_ledger(house.desk, session, session.teams[0], purpose=plan["purpose"])
            seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "peak_mb": peak_mb(),
        "megabytes": round(len(made.data) / 1e6, 2),
        "longest_wait_ms": round(max(waits) * 1000, 1),
    }


@asynccontextmanager
async def _waits() -> AsyncIterator[list[float]]:
    """How much later than asked the event loop came round, each hundredth of a second."""
    found = [0.0]

    async def look() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            found.append(time.perf_counter() - before - TICK)

    task = asyncio.create_task(look())
    try:
        yield found
    finally:
        task.cancel()


def main(plan: dict[str, Any]) -> dict[str, Any]:
    return asyncio.run(_fill(plan) if plan["part"] == "fill" else _make(plan))


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
