"""Servers and load generators as processes of their own. A server says its port when it listens and ends with stdin."""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.machine import ROOT, WORK

_LOCK = Path(__file__).parent / "peer.lock"
PEER = WORK / "peer"


@dataclass(frozen=True, slots=True)
class Child:
    """A server that listens."""

    url: str
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of a core it has used so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


def say(line: str) -> None:
    """Progress, which is not the document."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def server(
    module: str, *options: object, env: dict[str, str] | None = None, python: str | Path = sys.executable
) -> Iterator[Child]:
    """Runs `bench.<module>`; gives it once it listens. Raises RuntimeError when it never does."""
    command = [str(python), "-m", f"bench.{module}", *map(str, options)]
    child = subprocess.Popen(
        command, cwd=ROOT, env=_environment(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        port = child.stdout.readline().strip()
        if not port:
            raise RuntimeError(f"bench.{module} did not start")
        yield Child(f"http://127.0.0.1:{port}", psutil.Process(child.pid))
    finally:
        child.stdin.close()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdout.close()


def run(module: str, plan: Any) -> Any:
    """Hands `plan` to `bench.<module>` as JSON on stdin and gives back what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{module}"],
        input=json.dumps(plan), cwd=ROOT, env=_environment(None), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def peer_python() -> Path:
    """The interpreter of the peer's own environment, made from its hashed lock the first time."""
    python, mark = PEER / "bin" / "python", PEER / "installed"
    wanted = _LOCK.read_text()
    if mark.exists() and mark.read_text() == wanted:
        return python
    say("installing the peer (aiogram, SQLAlchemy) into var/bench/peer")
    venv.create(PEER, clear=True, with_pip=True)
    pip: Sequence[str] = (str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check")
    subprocess.run([*pip, "--require-hashes", "-r", str(_LOCK)], check=True, stdout=sys.stderr)
    mark.write_text(wanted)
    return python


def _environment(more: dict[str, str] | None) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)} | (more or {})
