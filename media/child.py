"""Runs alone in a child process: one hostile picture in, one plain JPEG or some texts out. Imports nothing of ours.

Usage: `python -I child.py MAX_EDGE`. Standard input: two lengths (four bytes each, big-endian), a TrueType face and a
text of these lengths, then the picture; the text, unless empty, is drawn all over it. Standard output: width and height
(two bytes each, big-endian) and the JPEG. Any other exit than 0 means no picture.

Usage: `python -I child.py codes`. Standard input: the picture. Standard output: what its QR codes say, in UTF-8, each
text ended by a zero byte.
"""

import io
import resource
import struct
import sys
import warnings
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont, ImageOps

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 10
MAX_OUTPUT = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_JPEG_PIXELS = 120_000_000  # phones make such; the decoder scales them down while it reads
CODE_EDGE = 2400  # of a photo in which codes are looked for
LOOK_EDGE = 4800  # of the largest picture that a look makes of it
LOOKS = ((1, 0), (2, 0), (3, 0), (2, 30), (4, 10))  # magnified so many times, and turned by so many degrees
MOST_CODES, MOST_TEXT = 20, 2000
MARK_ANGLE = 25
# Seen on dark and on light ground alike, and light enough to read a photographed page through it.
MARK_INKS = ((1, (0, 0, 0, 60)), (0, (255, 255, 255, 80)))  # the dark one lies a little lower


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


def stamp(canvas: Image.Image, text: str, font: bytes) -> None:
    """`text` in rows all over `canvas`, aslant: no part worth cutting out is without it."""
    tile = _tile(text, font, max(12, max(canvas.size) // 45))
    for row, top in enumerate(range(0, canvas.height, tile.height)):
        for left in range(-(row % 2) * tile.width // 2, canvas.width, tile.width):
            canvas.paste(tile, (left, top), tile)


def _tile(text: str, font: bytes, size: int) -> Image.Image:
    face = ImageFont.truetype(io.BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text))
    tile = Image.new("RGBA", (right - left + size, bottom - top + size))
    for lower, ink in MARK_INKS:
        place = size // 2 + lower * max(1, size // 28)
        ImageDraw.Draw(tile).text((place - left, place - top), text, fill=ink, font=face)
    return tile.rotate(MARK_ANGLE, Image.Resampling.BICUBIC, expand=True)


def looks(picture: Image.Image) -> Iterator[list[str]]:
    """What the QR codes on it say, look by look. Several looks find what one alone misses, as a camera's do."""
    import zxingcpp  # noqa: PLC0415 - only this use of the child needs it

    grey = picture.convert("L")
    for times, degrees in LOOKS:
        if times > 1 and times * max(grey.size) > LOOK_EDGE:
            continue
        look = grey.resize((grey.width * times, grey.height * times), Image.Resampling.BICUBIC) if times > 1 else grey
        if degrees:
            look = look.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        yield [one.text for one in zxingcpp.read_barcodes(look, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))]


def _say_codes(data: bytes) -> None:
    texts = dict.fromkeys(text for found in looks(redraw(data, CODE_EDGE)) for text in found)
    said = [text.replace("\0", " ")[:MOST_TEXT] + "\0" for text in texts]
    sys.stdout.buffer.write("".join(said[:MOST_CODES]).encode())


def main() -> None:
    Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    limit_self()
    if sys.argv[1] == "codes":
        return _say_codes(sys.stdin.buffer.read())
    font_bytes, mark_bytes = struct.unpack(">II", sys.stdin.buffer.read(8))
    font, mark = sys.stdin.buffer.read(font_bytes), sys.stdin.buffer.read(mark_bytes).decode()
    canvas = redraw(sys.stdin.buffer.read(), int(sys.argv[1]))
    if mark:
        stamp(canvas, mark, font)
    jpeg = io.BytesIO()
    canvas.save(jpeg, "JPEG", quality=85, subsampling=0, optimize=True)
    sys.stdout.buffer.write(struct.pack(">HH", *canvas.size) + jpeg.getvalue())
    return None


if __name__ == "__main__":
    main()
