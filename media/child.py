"""Runs alone in a child process: one hostile picture in, one plain JPEG out. Imports nothing of ours; keeps nothing.

Usage: `python -I child.py MAX_EDGE`, picture on standard input; width and height (two bytes each, big-endian) and the
JPEG on standard output. Any other exit than 0 means no picture.
"""

import io
import resource
import struct
import sys
import warnings

from PIL import Image, ImageOps

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 10
MAX_OUTPUT = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_JPEG_PIXELS = 120_000_000  # phones make such; the decoder scales them down while it reads


def limit_self() -> None:
    """Before the first foreign byte: no core dump, no large file, little memory, time and few open files."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_OUTPUT),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def redraw(data: bytes, edge: int) -> Image.Image:
    """The first frame, upright, on white, at most `edge` pixels long, on a new canvas that carries no metadata."""
    picture: Image.Image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "GIF", "WEBP"))
    picture.draft("RGB", (edge, edge))
    if picture.width * picture.height > MAX_PIXELS:
        raise ValueError("too many pixels")
    picture.thumbnail((edge, edge))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(upright, mask=upright)
    return canvas


def main() -> None:
    Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    limit_self()
    canvas = redraw(sys.stdin.buffer.read(), int(sys.argv[1]))
    jpeg = io.BytesIO()
    canvas.save(jpeg, "JPEG", quality=85, subsampling=0, optimize=True)
    sys.stdout.buffer.write(struct.pack(">HH", *canvas.size) + jpeg.getvalue())


if __name__ == "__main__":
    main()
