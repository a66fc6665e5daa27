"""A picture from outside is decoded in a child process only; what comes back was drawn anew. Nothing touches a disk."""

import asyncio
import os
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from domain.errors import Reason, Refused
from media.sniff import sniff

MAX_EDGE = 1600  # a photographed A4 page stays readable
LARGE_EDGE = 3200
SECONDS = 15

_CHILD = Path(__file__).with_name("child.py")
# At most two children at once, whichever loop asks: each may take 768 MB for a moment.
_PLACES = ThreadPoolExecutor(max_workers=2, thread_name_prefix="picture")


@dataclass(frozen=True, slots=True)
class SafePicture:
    """A JPEG without metadata; `width` and `height` in pixels, as it is to be shown."""

    data: bytes
    mime: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A text to be drawn all over a picture, and a TrueType face that has its characters."""

    text: str
    font: bytes


async def safe_picture(data: bytes, max_edge: int = MAX_EDGE, mark: Mark | None = None) -> SafePicture:
    """The first frame of a JPEG, PNG, GIF or WebP, turned upright and scaled down to `max_edge` pixels, under `mark`.

    Raises `Refused`: TOO_LARGE, or BAD_FILE for anything that cannot be drawn within the child's limits.
    """
    drawn = await in_child(data, str(max_edge), before=_framed(mark))
    size, jpeg = drawn[:4], drawn[4:]
    if len(size) != 4 or not jpeg.startswith(b"\xff\xd8"):
        raise Refused(Reason.BAD_FILE)
    width, height = struct.unpack(">HH", size)
    return SafePicture(jpeg, "image/jpeg", width, height)


async def in_child(data: bytes, argument: str, *, before: bytes = b"") -> bytes:
    """What the child makes of the picture `data`, called with `argument` and handed `before` first.

    Raises `Refused`: TOO_LARGE, or BAD_FILE for no picture and for one that the child cannot do within its limits.
    """
    if not sniff(data).is_picture:
        raise Refused(Reason.BAD_FILE)
    return await asyncio.get_running_loop().run_in_executor(_PLACES, _run_child, before + data, argument)


def _framed(mark: Mark | None) -> bytes:
    font, text = (mark.font, mark.text.encode()) if mark else (b"", b"")
    return struct.pack(">II", len(font), len(text)) + font + text


def _run_child(sent: bytes, argument: str) -> bytes:
    command = [sys.executable, "-I", str(_CHILD), argument]
    # The answer goes to memory that the kernel bounds by the child's file size limit, unlike a pipe.
    with os.fdopen(os.memfd_create("picture"), "w+b") as answer:
        try:
            subprocess.run(  # noqa: S603 - our own file, and a number or a word of ours
                command, input=sent, stdout=answer.fileno(), stderr=subprocess.DEVNULL, env={}, cwd="/",
                timeout=SECONDS, check=True,
            )  # fmt: skip
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise Refused(Reason.BAD_FILE) from None
        answer.seek(0)
        return answer.read()
