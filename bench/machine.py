"""What the figures were measured on: cores, versions, and what a durable commit costs, also on a slowed disk."""

import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORK = ROOT / "var" / "bench"
_SHIM = Path(__file__).parent / "slow_fsync.c"

_COMMITS = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode=WAL")
db.execute("PRAGMA synchronous=FULL")
db.execute("CREATE TABLE IF NOT EXISTS row (value BLOB)")
for _ in range(50):
    begun = time.perf_counter()
    db.execute("INSERT INTO row VALUES (zeroblob(200))")
    print(time.perf_counter() - begun)
"""


def slow_disk() -> tuple[dict[str, str] | None, str]:
    """Environment that slows every fsync of a child by 4 ms; or None, and why there is none."""
    if sys.platform != "linux":
        return None, "needs LD_PRELOAD of Linux"
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None, "no C compiler on this machine"
    made = WORK / "slow_fsync.so"
    done = subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(made), str(_SHIM), "-ldl"], check=False)
    if done.returncode:
        return None, "the C compiler failed"
    env = {"LD_PRELOAD": str(made)}
    if commit_ms(env) < 4.0:
        return None, "this SQLite does not call fsync where it can be slowed"
    return env, ""


def commit_ms(env: dict[str, str] | None = None) -> float:
    """Median of one SQLite commit of one row, WAL and synchronous=FULL, in milliseconds."""
    path = WORK / "commits.db"
    done = subprocess.run(
        [sys.executable, "-c", _COMMITS, str(path)], env=os.environ | (env or {}), capture_output=True, check=True
    )
    for left in WORK.glob("commits.db*"):
        left.unlink()
    return round(statistics.median(float(line) for line in done.stdout.split()) * 1000, 3)


def facts(slow: dict[str, str] | None, why_not: str) -> dict[str, object]:
    """The machine as it stands in the document."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpu_count": cores,
        "load_before": [round(one, 2) for one in os.getloadavg()],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "commit_ms": commit_ms(),
        "commit_ms_slow_disk": commit_ms(slow) if slow else None,
        "slow_disk": "every fsync 4 ms longer" if slow else why_not,
    }
