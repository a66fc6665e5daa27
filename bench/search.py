"""Search in a team with 10,000 tips: how long the index takes, whether pages wait for it, and how fast it answers."""

import asyncio
import json
import random
import secrets
import shutil
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
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
from domain.ids import TipId
from handlers.desk.finding.building import look, start, warm
from handlers.desk.finding.find import find
from handlers.desk.finding.likeness import similar
from handlers.people import sessions
from handlers.people.sessions import Session
from handlers.services import DeskServices

TIPS, TEAM, QUERIES = 10_000, 1, 200
_WORDS = ("孟大河", "鱼塘 合同", "0000-00", "１１ 亩", "土地证", "医保 9 月", "3-0012", "1-77", "危房 经办人", "没有的词")
TARGET = {"index_s_max": 3.0, "stall_ms_max": 100.0, "query_p95_ms_max": 100.0, "likeness_p95_ms_max": 100.0}


def measure() -> dict[str, Any]:
    """A county of its own, filled, and one member who searches."""
    WORK.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=WORK) as folder:
        ours = asyncio.run(_measure(Path(folder) / "data"))
    return {
        "measure": f"index of {TIPS} tips of one team read while short pages are answered; then {QUERIES} searches",
        "unit": "seconds, milliseconds, MiB",
        "ours": ours,
        "target": target(TARGET, ours),
    }
