"""What stands in the codes of a photo comes out as text, whatever the photo is; one made to hurt costs itself."""

import asyncio
import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from domain.errors import Reason, Refused
from media import child
from media.scanning import codes_on_photo
from tests.media.picture_side import code, photo

OURS = "https://lx.chenghe.example/k/7F3K9Q4EWDYSX6"
OTHER = "https://lx-chenghe.example/k/7F3K9Q4EWDYSX6"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_a_code_on_a_photo_is_read_in_every_form_that_phones_make(form: str) -> None:
    assert await codes_on_photo(photo(OURS, form=form)) == (OURS,)


@pytest.mark.parametrize("turn", [7.0, 45.0, 90.0, 180.0, 200.0])
async def test_it_is_read_however_the_photo_is_turned(turn: float) -> None:
    assert await codes_on_photo(photo(OURS, turn=turn, size=(1200, 1200))) == (OURS,)


async def test_all_codes_are_read_each_once() -> None:
    assert set(await codes_on_photo(photo(OURS, OTHER, OURS))) == {OURS, OTHER}
    assert len(await codes_on_photo(photo(OURS, OTHER, OURS))) == 2


async def test_a_photo_without_a_code_says_nothing() -> None:
    assert await codes_on_photo(photo()) == ()


async def test_whatever_a_code_says_stays_one_text() -> None:
    wild = "<script>alert(1)</script>\x00\x1b[2Jevil"
    (text,) = await codes_on_photo(photo(wild))
    assert "\x00" not in text
    assert text.startswith("<script>")


def bomb() -> bytes:
    """A PNG that claims 50,000 by 50,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 4_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HOSTILE = {
    "nothing": b"",
    "words": "这不是照片".encode(),
    "page": b"<html><img src=x onerror=alert(1)>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "torn": photo(OURS)[:200],
    "bomb": bomb(),
    "head only": b"\xff\xd8\xff\xe0" + os.urandom(4000),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_photo_is_refused_and_the_next_one_is_read(name: str) -> None:
    with pytest.raises(Refused) as refused:
        await codes_on_photo(HOSTILE[name])
    assert refused.value.reason is Reason.BAD_FILE
    assert await codes_on_photo(photo(OURS)) == (OURS,)


async def test_others_are_served_while_photos_are_looked_at() -> None:
    looking = [asyncio.create_task(codes_on_photo(photo(OURS))) for _ in range(4)]
    turns = 0
    while not all(task.done() for task in looking):
        await asyncio.to_thread(lambda: None)  # a turn as others take it: through the loop, there and back
        turns += 1
    assert turns > 20, "one for each photo would be a loop that stood still"
    assert {await task for task in looking} == {(OURS,)}


def test_the_child_says_little_however_many_codes_there_are() -> None:
    many = Image.new("L", (2400, 2400), 255)
    for place in range(36):
        many.paste(code(f"https://{place}.example/" + "a" * 30, 6), (place % 6 * 395, place // 6 * 395))
    data = io.BytesIO()
    many.save(data, "PNG")
    command = [sys.executable, "-I", str(Path(child.__file__)), "codes"]
    said = subprocess.run(command, input=data.getvalue(), capture_output=True, check=True, env={}).stdout
    assert 0 < said.count(b"\x00") <= child.MOST_CODES


def test_the_library_that_reads_codes_is_never_loaded_beside_our_secrets() -> None:
    ask = "import sys, handlers.office.cards; print('zxingcpp' in sys.modules, 'media.scanning' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["False", "True"]
