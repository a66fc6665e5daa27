"""This file cuts Noto Sans SC down to the characters of one document. It knows no page."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

# fontTools ships no type information
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

from domain.errors import Reason, Refused

_SOURCE = files("justmytype_intl_cjk") / "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_REGULAR, _BOLD = 400, 700
_OWN = " \u3000…"  # what a layout puts between texts and at a cut
_STAND_IN = "〓"  # what printers set for a character they have no type for
# The characters of a document tell something of it: where the system has a folder in memory, they meet no disk.
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - the names inside are random


@dataclass(frozen=True, slots=True)
class Faces:
    """Two TrueType files that exist only while `faces` is open."""

    regular: Path
    bold: Path


@contextmanager
def faces(text: str) -> Iterator[Faces]:
    """Regular and bold faces with a glyph for every character of `text`.

    Raises `Refused(BAD_INPUT)` naming the first character the font lacks. Subsetting comes before instancing,
    so that only the glyphs one document needs are varied, not all 31,000.
    """
    variable = _subset(text + _OWN)
    with TemporaryDirectory(prefix="msx-font-", dir=_MEMORY) as folder:
        made = Faces(Path(folder) / "regular.ttf", Path(folder) / "bold.ttf")
        made.regular.write_bytes(_instance(variable, _REGULAR))
        made.bold.write_bytes(_instance(variable, _BOLD))
        yield made


def face(text: str) -> bytes:
    """A regular TrueType face with a glyph for every character of `text`. Raises as `faces`."""
    return _instance(_subset(text + _OWN), _REGULAR)


def drawable(text: str) -> str:
    """`text`, where 〓 stands for each character that the font lacks; line ends and tabs stay."""
    known = _known()
    return "".join(char if char in "\n\t" or ord(char) in known else _STAND_IN for char in text)


def texts_of(value: object) -> Iterator[str]:
    """Every string in a dataclass or tuple, however deep: what a document will print."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))


@cache
def _known() -> frozenset[int]:
    with _SOURCE.open("rb") as source, TTFont(source, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _subset(text: str) -> bytes:
    options = Options(layout_features=[], hinting=False, notdef_outline=True)
    # Vertical metrics would have to be varied too, and nothing here is set vertically.
    options.drop_tables += ["GSUB", "GPOS", "BASE", "vhea", "vmtx", "VVAR", "VORG"]
    with _SOURCE.open("rb") as source, TTFont(source, lazy=True) as font:
        _refuse_missing(text, font.getBestCmap())
        subsetter = Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def _refuse_missing(text: str, known: dict[int, str]) -> None:
    for char in text:
        if ord(char) not in known:
            raise Refused(Reason.BAD_INPUT, f"the font has no glyph for {char!r} (U+{ord(char):04X})")


def _instance(variable: bytes, weight: int) -> bytes:
    out = io.BytesIO()
    with TTFont(io.BytesIO(variable)) as font:
        instantiateVariableFont(font, {"wght": weight}, inplace=True)
        font.save(out)
    return out.getvalue()
