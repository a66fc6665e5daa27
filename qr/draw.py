"""This file turns a text into a QR code, as modules and as SVG. It knows no card and no paper."""

from collections.abc import Iterator
from itertools import groupby

# qrcode ships no type information
from qrcode import QRCode  # type: ignore[import-untyped]
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_Q  # type: ignore[import-untyped]

from domain.errors import Reason, Refused

QUIET = 4
"""Width of the empty border in modules (ISO/IEC 18004)."""

_MOST_BYTES = 1663  # version 40, level Q, byte mode (ISO/IEC 18004)
_STRONG = 41
"""Modules up to which a code takes level H. A larger one would have modules under 0.7 mm on a card: Q then."""
_STRONG_TEXT = 86  # characters that a code of this size holds at the most, capitals and digits only
_RUN = 8  # capitals and digits in a row that are worth a stretch of their own, 5.5 bits each

Matrix = tuple[tuple[bool, ...], ...]


def matrix(text: str) -> Matrix:
    """The modules of the QR code for `text`, rows from the top, True is dark, without the border.

    Level H where that leaves modules of a good size, else level Q. Takes some milliseconds, so encode once per batch.
    Raises `Refused(TOO_LARGE)` above 1,663 bytes.
    """
    if len(text.encode()) > _MOST_BYTES:
        raise Refused(Reason.TOO_LARGE, "text of a QR code")
    strong = _encoded(text, ERROR_CORRECT_H) if len(text) <= _STRONG_TEXT else ()
    return strong if 0 < len(strong) <= _STRONG else _encoded(text, ERROR_CORRECT_Q)


def _encoded(text: str, level: int) -> Matrix:
    code = QRCode(error_correction=level, border=0)
    code.add_data(text, optimize=_RUN)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def runs(modules: Matrix) -> Iterator[tuple[int, int, int]]:
    """The dark modules as horizontal runs `(x, y, length)`, in modules from the top left."""
    for y, row in enumerate(modules):
        x = 0
        for dark, group in groupby(row):
            length = sum(1 for _ in group)
            if dark:
                yield x, y, length
            x += length


def svg(text: str) -> str:
    """An inline SVG of the QR code for `text`: black on white, one path, quiet zone of four modules."""
    modules = matrix(text)
    side = len(modules) + 2 * QUIET
    path = "".join(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z" for x, y, length in runs(modules))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}"/></svg>'
    )
