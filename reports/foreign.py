"""A workbook from outside is opened in a child process only, one at a time: it may be anything."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from reports import children

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
    try:
        return children.ask(_CHILD, what, data=data, seconds=SECONDS)
    except children.Failed:
        raise OverLimits from None
