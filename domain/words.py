"""What people type is cleaned once, here, before anything else looks at it. Nothing readable is lost."""

import re
import unicodedata
from datetime import date

MAX_MARKS = 8
"""Marks kept on one character. Tibetan and Mongolian need about five; hundreds are an attack on whoever draws them."""

LOGIN = re.compile(r"\w[\w.-]{1,31}")
"""A new sign-in name, as it is stored: letters of any script, digits, dots and dashes."""

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NEW_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls; tab and new line stay
    "\xad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # zero width and invisible
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # what turns the direction of the text around it
    "\U000e0000-\U000e007f"  # tags: text nobody sees
    "\ud800-\udfff"  # lone surrogates, which no encoder takes
    "\ufdd0-\ufdef" + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)) + "]"
)

_JOINERS = "\u200c\u200d"  # minority scripts and emoji are spelt with them


def _clings(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char).startswith("M")


def _cap_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if _clings(char) else 0
        if run <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def clean(text: str) -> str:
    """The same words in NFC, one kind of line end, no character that is invisible or dangerous. Idempotent, total.

    NFC and not NFKC (Unicode Standard Annex #15): NFKC would rewrite what was said, ﷺ into eighteen letters.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _UNWANTED.sub("", _NEW_LINES.sub("\n", text))
    # Before, because sorting a long run of marks takes quadratic time; after, because NFC may split one mark in two.
    return _cap_marks(unicodedata.normalize("NFC", _cap_marks(text)))


def gist(text: str, width: int = 40) -> str:
    """Cleaned `text` on one line of at most `width` characters (≥ 1), with … where it was cut."""
    line = " ".join(clean(text).split())
    if len(line) <= width:
        return line
    cut = width - 1
    while cut and (_clings(line[cut]) or line[cut - 1] in _JOINERS):
        cut -= 1
    return line[:cut].rstrip() + "…"


def day_of(text: str) -> date | None:
    """The day typed as YYYY-MM-DD; None for anything else, and for a day that no calendar of ours holds."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2999 else None
