"""A picture that was made to hurt costs its sender the picture, and nobody anything else."""

import asyncio
import io
import os
import signal
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it brings no types
import pytest
from PIL import ExifTags, Image, ImageChops

from domain.errors import Reason, Refused
from media import child, pictures
from media.pictures import Mark, safe_picture
from qr.font import face
from tests.media.picture_side import drawn, picture


async def assert_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        await safe_picture(data)
    assert refused.value.reason is Reason.BAD_FILE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
async def test_a_picture_comes_back_drawn_anew(form: str) -> None:
    safe = await safe_picture(picture(form))
    assert (safe.mime, safe.width, safe.height) == ("image/jpeg", 40, 20)
    red, green, blue = drawn(safe.data).convert("RGB").getpixel((20, 10))  # type: ignore[misc]  # RGB is three
    assert red > 150
    assert max(green, blue) < 90


async def test_a_large_photo_is_scaled_down_and_a_small_one_left() -> None:
    assert (await safe_picture(picture(size=(3200, 1600)))).width == 1600
    assert (await safe_picture(picture(size=(3200, 1600)), max_edge=200)).height == 100
    assert (await safe_picture(picture(size=(9, 7)))).width == 9


async def test_a_photo_larger_than_forty_megapixels_is_still_a_photo() -> None:
    assert (await safe_picture(picture(size=(10_000, 10_000)))).width == 1600


async def test_what_is_transparent_becomes_white() -> None:
    safe = await safe_picture(transparent())
    assert drawn(safe.data).getpixel((5, 5)) == (255, 255, 255)


def transparent() -> bytes:
    data = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(data, "PNG")
    return data.getvalue()


async def test_place_camera_comment_and_colour_profile_are_gone_and_the_photo_stands_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "CANARY-CAMERA"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = "CANARY-PLACE"
    photo = picture(size=(40, 20), exif=exif, comment=b"CANARY-COMMENT", icc_profile=b"CANARY-PROFILE" * 20)
    assert photo.count(b"CANARY") == 23
    safe = await safe_picture(photo)
    assert b"CANARY" not in safe.data
    assert not drawn(safe.data).getexif()
    assert (safe.width, safe.height) == (20, 40)


async def test_what_hangs_behind_or_inside_a_picture_is_gone() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("run.html", "<script>alert(1)</script>")
    polyglot = picture(comment=b"<script>alert(2)</script>") + archive.getvalue() + b"<html><script>alert(3)</script>"
    safe = await safe_picture(polyglot)
    assert b"script" not in safe.data
    assert b"PK\x03\x04" not in safe.data
    assert safe.data.endswith(b"\xff\xd9")


MARK = Mark("何雨 2026-11-11", face("何雨 2026-11-11"))


def touched(before: Image.Image, after: Image.Image) -> list[bool]:
    """For each of 16 parts of the picture, whether anything in it is different."""
    wide, high = after.width // 4, after.height // 4
    parts = [(x * wide, y * high, (x + 1) * wide, (y + 1) * high) for y in range(4) for x in range(4)]
    changed = ImageChops.difference(before.convert("L"), after.convert("L")).point(lambda value: 255 * (value > 12))
    return [changed.crop(part).getbbox() is not None for part in parts]


@pytest.mark.parametrize("ground", ["white", "black", "#c03010"])
async def test_a_mark_lies_on_every_part_of_a_picture_on_any_ground(ground: str) -> None:
    plain = io.BytesIO()
    Image.new("RGB", (1200, 900), ground).save(plain, "PNG")
    before, after = await safe_picture(plain.getvalue()), await safe_picture(plain.getvalue(), mark=MARK)
    assert (after.width, after.height) == (before.width, before.height)
    assert all(touched(drawn(before.data), drawn(after.data)))
    # Light enough to read through: no pixel is far from what it was.
    far = ImageChops.difference(drawn(before.data), drawn(after.data)).convert("L").point(lambda value: value > 110)
    assert far.getbbox() is None


@pytest.mark.parametrize("size", [(1, 1), (9, 7), (3000, 2), (2, 3000)])
async def test_a_mark_does_not_hinder_a_picture_of_any_shape(size: tuple[int, int]) -> None:
    safe = await safe_picture(picture("PNG", size=size), mark=MARK)
    assert max(safe.width, safe.height) == min(1600, max(size))


async def test_a_marked_picture_still_carries_nothing_of_the_original() -> None:
    safe = await safe_picture(picture(comment=b"CANARY-COMMENT"), mark=MARK)
    assert b"CANARY" not in safe.data
    assert "何雨".encode() not in safe.data


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


async def test_a_png_of_fifty_thousand_squared_is_refused() -> None:
    await assert_refused(png(50_000, 50_000, zlib.compress(bytes(100_000))))


async def test_a_png_just_over_forty_megapixels_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ValueError, match="too many pixels"):
        child.redraw(png(8001, 5000), 1600)  # has no pixels at all: decoding would be another error
    await assert_refused(png(8001, 5000))


async def test_a_truncated_photo_is_refused() -> None:
    whole = picture(size=(400, 400))
    await assert_refused(whole[: len(whole) // 2])


async def test_a_gif_of_ten_thousand_frames_gives_its_first() -> None:
    one = picture("GIF", size=(16, 16))
    palette_end = 13 + 3 * 2 ** ((one[10] & 7) + 1)
    many = one[:palette_end] + one[palette_end:-1] * 10_000 + b";"
    safe = await safe_picture(many)
    assert (safe.width, safe.height) == (16, 16)


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"\xff\xd8\xff" + bytes(5000),
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a" + b"\xff" * 300,
        b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 64,
        b"%PDF-1.7",
    ],
)
async def test_what_only_claims_to_be_a_picture_is_refused(data: bytes) -> None:
    await assert_refused(data)


async def test_an_archive_called_jpg_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("photo.jpg", bytes(5_000_000))
    await assert_refused(bomb.getvalue())


def children() -> list[psutil.Process]:
    return [process for process in psutil.Process().children() if is_ours(process)]


def is_ours(process: psutil.Process) -> bool:
    try:
        return str(pictures._CHILD) in process.cmdline()
    except psutil.NoSuchProcess:  # it has just ended
        return False


async def child_of(task: asyncio.Task[pictures.SafePicture]) -> psutil.Process:
    while not task.done():
        # Another process is awaited, which sets no event of ours; from a thread, so that the loop can start it.
        if running := await asyncio.to_thread(children):
            return running[0]
    raise AssertionError("no child was seen")


async def test_a_child_that_is_killed_takes_nobody_along() -> None:
    task = asyncio.create_task(safe_picture(picture("PNG", size=(6000, 6000))))
    os.kill((await child_of(task)).pid, signal.SIGKILL)
    with pytest.raises(Refused):
        await task
    assert (await safe_picture(picture())).width == 40


async def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.001)
    await assert_refused(picture("PNG", size=(6000, 6000)))
    assert not children()


async def test_no_more_than_two_children_run_at_once() -> None:
    tasks = [asyncio.create_task(safe_picture(picture("PNG", size=(2000, 2000)))) for _ in range(6)]
    most = 0
    while not all(task.done() for task in tasks):
        most = max(most, len(await asyncio.to_thread(children)))
    assert most == 2


@pytest.mark.parametrize(
    "deed",
    [
        "bytearray(900 * 1024 * 1024)",
        "open(sys.argv[2], 'wb').write(bytes(9 * 1024 * 1024))",
        "[open('/') for _ in []]",
    ],
)
def test_a_child_cannot_take_much_memory_or_write_a_large_file(deed: str, tmp_path: Path) -> None:
    code = f"import runpy, sys; runpy.run_path(sys.argv[1])['limit_self'](); {deed}"
    ended = subprocess.run(
        [sys.executable, "-I", "-c", code, child.__file__, str(tmp_path / "large")],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    assert (ended.returncode == 0) == (deed == "[open('/') for _ in []]")  # the harmless one shows the others ran


async def test_a_child_is_given_no_secret_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSX_TELEGRAM_TOKEN", "0:canary")
    task = asyncio.create_task(safe_picture(picture("PNG", size=(6000, 6000))))
    assert (await child_of(task)).environ() == {}
    await task
