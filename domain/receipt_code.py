"""The 16 digits a reporter takes home: how they are written, and whether they can be a code at all."""

import unicodedata

CODE_DIGITS = 16
_LONGEST_TYPED = 80  # longer texts are no typed code, however many digits they hold
_SEPARATORS = frozenset("-‐‑‒–—―－﹣_.·,，、") | {"\u200b", "\u2060", "\ufeff"}


def normalise(text: str) -> str | None:
    """The 16 digits of a typed code, or None. Spaces, hyphens and the digits of any script are understood."""
    digits = _folded(text) if len(text) <= _LONGEST_TYPED else ""
    return (
        digits if len(digits) == CODE_DIGITS and digits.isdecimal() and digits[-1] == check_digit(digits[:-1]) else None
    )


def mentions(text: str, code: str) -> bool:
    """Whether `code` (16 digits, or empty for none) stands in `text`, however its digits are spaced or written."""
    return bool(code) and code in _folded(text)


def group(code: str) -> str:
    """`dddd dddd dddd dddd`, as it is shown and read aloud."""
    return " ".join(code[start : start + 4] for start in range(0, CODE_DIGITS, 4))


def check_digit(digits: str) -> str:
    """The digit that follows `digits` (Luhn; ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def _folded(text: str) -> str:
    kept = (mark for mark in text if not mark.isspace() and mark not in _SEPARATORS)
    return "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in kept)
