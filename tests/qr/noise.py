"""What paper, printers and hands do to a printed code, on a grey picture in which it lies as a square. Pillow only."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from qr.draw import matrix
from qr.front import CARD_HEIGHT, CARD_WIDTH, CODE_LEFT, CODE_SIDE, CODE_TOP
from qr.sheet import COLUMNS, LEFT, TOP

SPECKS = 0.03
"""Share of the modules that a speck of their size covers: ink where there was none, or none where there was."""
BLUR = 1.0
"""Radius in dots: at 100 dpi a quarter of a millimetre."""
DEGREES = 15.0
CONTRAST = 0.7
SMUDGE = 7
"""Modules along each side of the smudged corner: as much as a finder takes."""

FINDER = 8
"""Modules along each side of a finder, the white line around it included."""

_FAR = 6.0  # how far the eye is, in sides of the code


@dataclass(frozen=True, slots=True)
class Square:
    """Where the code lies: its left and top edge and its side in dots, and how many modules the side has."""

    left: float
    top: float
    side: float
    modules: int

    @property
    def module(self) -> float:
        return self.side / self.modules

    def box(self, column: int, row: int, wide: int = 1) -> tuple[float, float, float, float]:
        """The edges of `wide` times `wide` modules in dots."""
        x, y = self.left + column * self.module, self.top + row * self.module
        return x, y, x + wide * self.module, y + wide * self.module


def card_on(page: Image.Image, place: int, url: str, dpi: float) -> tuple[Image.Image, Square]:
    """The card at `place` (0 to 9) cut out of a whole front page of qr/sheet.py, and where its code lies on it."""
    row, column = divmod(place, COLUMNS)
    dots = dpi / 25.4
    left, top = (LEFT + column * CARD_WIDTH) * dots, (TOP + row * CARD_HEIGHT) * dots
    x, y = round(left), round(top)
    card = page.crop((x, y, round(left + CARD_WIDTH * dots), round(top + CARD_HEIGHT * dots)))
    at = (left + CODE_LEFT * dots - x, top + CODE_TOP * dots - y, CODE_SIDE * dots)
    return card, Square(*at, len(matrix(url)))


def specks(picture: Image.Image, at: Square, chance: random.Random) -> Image.Image:
    """Specks of module size on `SPECKS` of all modules, black or white as it comes, none of them on a finder.

    A finder has no redundancy: zxing-cpp finds no code with one speck in the wrong place of it, whatever the card does.
    """
    places = [(column, row) for column in range(at.modules) for row in range(at.modules)]
    return _speckled(picture, at, [place for place in places if not _is_finder(at, *place)], chance)


def specks_anywhere(picture: Image.Image, at: Square, chance: random.Random) -> Image.Image:
    """The same, the finders not spared. Measured and not promised: see `specks`."""
    return _speckled(picture, at, [(x, y) for x in range(at.modules) for y in range(at.modules)], chance)


def _speckled(picture: Image.Image, at: Square, places: list[tuple[int, int]], chance: random.Random) -> Image.Image:
    noisy = picture.copy()
    for column, row in chance.sample(places, round(SPECKS * at.modules**2)):
        _fill(noisy, at.box(column, row), chance.choice((0, 255)))
    return noisy


def blur(picture: Image.Image, _at: Square, _chance: random.Random) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(BLUR))


def perspective(picture: Image.Image, at: Square, chance: random.Random) -> Image.Image:
    """Seen by an eye `DEGREES` off the upright, from a side that chance picks."""
    turn = chance.uniform(0, 2 * math.pi)
    middle = (at.left + at.side / 2, at.top + at.side / 2)
    corners = ((0.0, 0.0), (0.0, picture.height), (picture.width, picture.height), (picture.width, 0.0))
    seen = [_tilted(x, y, middle, turn, _FAR * at.side) for x, y in corners]
    data = _mapping(seen, corners)
    return picture.transform(picture.size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC, fillcolor=255)


def contrast(picture: Image.Image, _at: Square, _chance: random.Random) -> Image.Image:
    return ImageEnhance.Contrast(picture).enhance(CONTRAST)


def smudge(picture: Image.Image, at: Square, chance: random.Random) -> Image.Image:
    """A grey thumb over the one corner of a QR code that holds no finder: the lower right one."""
    first = at.modules - SMUDGE
    left, top, right, bottom = at.box(first, first, SMUDGE)
    thumb = Image.new("L", picture.size, 0)
    ImageDraw.Draw(thumb).ellipse((left, top, 2 * right - left, 2 * bottom - top), fill=235)
    thumb = thumb.filter(ImageFilter.GaussianBlur(at.module))
    return Image.composite(Image.new("L", picture.size, chance.randint(60, 140)), picture, thumb)


NOISES = {"specks": specks, "smudge": smudge, "perspective": perspective, "blur": blur, "contrast": contrast}
"""In the order in which they happen: to the paper, then to the picture of it."""


def together(picture: Image.Image, at: Square, chance: random.Random) -> Image.Image:
    """All of them, one upon the other."""
    for noise in NOISES.values():
        picture = noise(picture, at, chance)
    return picture


def _is_finder(at: Square, column: int, row: int) -> bool:
    """Whether the module belongs to a finder or the white line around it."""
    low, high = FINDER, at.modules - FINDER - 1
    return (column < low and (row < low or row > high)) or (column > high and row < low)


def _fill(picture: Image.Image, box: tuple[float, float, float, float], ink: int) -> None:
    """Covers `box`; a dot at its edge takes as much of the ink as it is covered."""
    left, top, right, bottom = box
    x, y = math.floor(left), math.floor(top)
    size = (math.ceil(right) - x, math.ceil(bottom) - y)
    fine = Image.new("L", (size[0] * 8, size[1] * 8), 0)
    edges = ((left - x) * 8, (top - y) * 8, (right - x) * 8 - 1, (bottom - y) * 8 - 1)
    ImageDraw.Draw(fine).rectangle(tuple(map(round, edges)), fill=255)
    picture.paste(ink, (x, y), fine.resize(size, Image.Resampling.BOX))


def _tilted(x: float, y: float, middle: tuple[float, float], turn: float, far: float) -> tuple[float, float]:
    """Where an eye sees the point after the paper is tilted about a line through `middle`."""
    across, along = x - middle[0], y - middle[1]
    off = -across * math.sin(turn) + along * math.cos(turn)  # from the line about which it is tilted
    on = across * math.cos(turn) + along * math.sin(turn)
    near = far / (far + off * math.sin(math.radians(DEGREES)))
    on, off = on * near, off * math.cos(math.radians(DEGREES)) * near
    return (
        middle[0] + on * math.cos(turn) - off * math.sin(turn),
        middle[1] + on * math.sin(turn) + off * math.cos(turn),
    )


def _mapping(seen: list[tuple[float, float]], flat: tuple[tuple[float, float], ...]) -> list[float]:
    """The eight numbers by which Pillow finds for a point as seen the point on the flat picture."""
    rows = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """The solution of a system of linear equations, each row with its right side last (Gauss and Jordan)."""
    for column in range(len(rows)):
        best = max(range(column, len(rows)), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        lead = rows[column]
        rows[column] = [value / lead[column] for value in lead]
        for row, line in enumerate(rows):
            if row != column:
                factor = line[column]
                rows[row] = [value - factor * other for value, other in zip(line, rows[column], strict=True)]
    return [row[-1] for row in rows]
