"""A workbook from outside is opened in a child process only, one at a time: it may be anything."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

SECONDS = 40

_CHILD = Path(__file__).with_name("child.py")
# One at once, whoever asks: a large workbook takes a core for a while, and villagers come first.
_PLACE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workbook")
_Made = TypeVar("_Made")


class OverLimits(Exception):  # noqa: N818 - what is too much is an answer, not an error
    """The child did not end within its time, its memory or its output."""


async def in_turn(read: Callable[[bytes], _Made], data: bytes) -> _Made:
    """What `read`, which waits for a child, makes of `data`, once the workbooks before it are done."""
    return await asyncio.get_running_loop().run_in_executor(_PLACE, read, data)


def in_child(data: bytes, what: str) -> bytes:
    """What the child makes of the workbook `data` as `what`: plan or layout. Raises `OverLimits`."""
    command = [sys.executable, "-I", "-B", str(_CHILD), what]
    # The answer goes to memory that the kernel bounds by the child's file size limit, unlike a pipe.
    with os.fdopen(os.memfd_create("workbook"), "w+b") as answer:
        try:
            subprocess.run(  # noqa: S603 - our own file, and a word of ours
                command, input=data, stdout=answer.fileno(), stderr=subprocess.DEVNULL, env={}, cwd="/",
                timeout=SECONDS, check=True,
            )  # fmt: skip
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise OverLimits from None
        answer.seek(0)
        return answer.read()
