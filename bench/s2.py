"""S2: whole tips per second through the JSON API, submissions alone, and with no code made ahead; beside a floor."""

import time
from contextlib import ExitStack
from typing import Any
from urllib.request import urlopen

from bench.children import Child, run, say, server
from bench.county import County
from bench.figures import rate, ratio, spread, target
from bench.load_api import CALLS

POOL = 256
"""Codes made ahead, so that no tip of a round waits for one."""
WHOLE = ((1, 24), (8, 96), (64, POOL))  # at once, tips
SUBMISSIONS, SUSTAINED = POOL, 192
TARGETS: dict[str, dict[str, float]] = {
    "whole_tips_1": {"failures_max": 0},
    "whole_tips_8": {"failures_max": 0},
    "whole_tips_64": {"per_s": 100, "failures_max": 0},
    "submissions_64": {"per_s": 400, "failures_max": 0},
    "sustained_empty_pool_64": {"per_s": 40, "failures_max": 0},
}


def measure(county: County) -> dict[str, Any]:
    """Every round at ours, then at the floor, which answers as many calls."""
    with ExitStack() as stack:
        ours = stack.enter_context(server("server", stack.enter_context(county.copy()), "--pool", POOL))
        floor = stack.enter_context(server("floor", stack.enter_context(county.copy())))
        plan = {"code": county.code, "part": "whole", "pool": POOL}
        rounds = {f"whole_tips_{n}": plan | {"at_once": n, "tips": tips} for n, tips in WHOLE}
        rounds["submissions_64"] = plan | {"at_once": 64, "tips": SUBMISSIONS, "part": "submit"}
        cases = {name: _case(name, ours, floor, wanted) for name, wanted in rounds.items()}
    cases |= _sustained(county, plan | {"at_once": 64, "tips": SUSTAINED})
    return {
        "measure": f"tips through the JSON API, {CALLS} calls each; submissions: the last of these calls alone",
        "unit": "tips/s; ms per tip",
        "peer": "the floor: aiohttp, JSON read, one row per call in a shared durable commit; nothing sealed or routed",
        "cases": cases,
    }


def _case(name: str, ours: Child, floor: Child, plan: dict[str, Any]) -> dict[str, Any]:
    say(f"S2 {name}")
    _wait_for_codes(ours, plan["pool"])
    sides = {
        "ours": _round(ours, plan | {"receipt": True}),
        "peer": _round(floor, plan | {"receipt": False}),
    }
    pace = {side: [(len(found["times"]), found["seconds"])] for side, found in sides.items()}
    figures: dict[str, Any] = {
        side: {"per_s": rate(pace[side]), **spread(found["times"]), "failures": found["failures"]}
        | {"tips": len(found["times"]), "cpu_ms_per_tip": round(found["cpu"] * 1000 / max(1, len(found["times"])), 2)}
        for side, found in sides.items()
    }
    checked = target(TARGETS[name], figures["ours"])
    return figures | {"ratio": ratio(pace["ours"], pace["peer"]), "target": checked}


def _sustained(county: County, plan: dict[str, Any]) -> dict[str, Any]:
    """A server that makes no code ahead: every tip waits for its own."""
    with ExitStack() as stack:
        ours = stack.enter_context(server("server", stack.enter_context(county.copy()), "--pool", 1))
        floor = stack.enter_context(server("floor", stack.enter_context(county.copy())))
        name = "sustained_empty_pool_64"
        return {name: _case(name, ours, floor, plan | {"pool": 0})}


def _round(child: Child, plan: dict[str, Any]) -> dict[str, Any]:
    before = child.cpu()
    found: dict[str, Any] = run("load_api", plan | {"url": child.url})
    return found | {"cpu": child.cpu() - before}


def _wait_for_codes(ours: Child, wanted: int) -> None:
    while True:
        with urlopen(f"{ours.url}/bench/receipts") as answer:  # noqa: S310 - our own child on loopback
            if int(answer.read()) >= wanted:
                return
        time.sleep(0.1)
