"""A child process of ours, and its answer in memory: no disk is touched, and the child can fill nothing."""

import os
import subprocess
import sys
from pathlib import Path


class Failed(Exception):  # noqa: N818 - whoever asked says what it means
    """The child did not end well within its time, its memory or its output."""


def ask(child: Path, *words: str, data: bytes, seconds: float) -> bytes:
    """What the script `child`, called with `words`, answers to `data` on its standard input. Raises `Failed`."""
    # The answer goes to memory that the kernel bounds by the child's file size limit, unlike a pipe.
    with os.fdopen(os.memfd_create(child.stem), "w+b") as answer:
        try:
            subprocess.run(  # noqa: S603 - our own file, and words of ours
                [sys.executable, "-I", "-B", str(child), *words],
                input=data, stdout=answer, stderr=subprocess.DEVNULL, env={}, cwd="/", timeout=seconds, check=True,
            )  # fmt: skip
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise Failed from None
        answer.seek(0)
        return answer.read()
