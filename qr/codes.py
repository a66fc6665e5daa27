"""This file makes and checks card codes with the standard library alone; it knows no database and no paper."""

import hmac
import secrets
from collections.abc import Sequence
from importlib.resources import files

from domain.errors import Reason, Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: digits and capitals without I, L, O and U (https://www.crockford.com/base32.html)."""

SHORT_LENGTH = 6
CODE_LENGTH = 14

_CODE_LABEL = b"msx card code 1\x00"
_WORDS_LABEL = b"msx check words 1\x00"


def _reading_table() -> dict[int, str]:
    """What a typed character means: capitals, full-width forms, I and L as 1, O as 0; separators vanish."""
    table = {ord(char): "" for char in " \t\r\n\u3000\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"}
    for shown, meant in [*zip(ALPHABET, ALPHABET, strict=True), ("I", "1"), ("L", "1"), ("O", "0")]:
        for form in (shown, shown.lower()):
            table[ord(form)] = meant
            table[ord(form) + 0xFEE0] = meant  # U+0021..7E and U+FF01..5E lie 0xFEE0 apart
    return table


_READING = _reading_table()


def new_code(mac_key: bytes) -> str:
    """A fresh card code: six random characters (30 bits) and eight of MAC (40 bits)."""
    typed = "".join(secrets.choice(ALPHABET) for _ in range(SHORT_LENGTH))
    return typed + _mac(mac_key, typed)


def check(mac_key: bytes, text: str) -> str:
    """The canonical code that `text` spells. Raises `Refused(UNKNOWN)` for anything this key did not make."""
    code = _read(text, CODE_LENGTH)
    if code is None or not hmac.compare_digest(_mac(mac_key, short(code)), code[SHORT_LENGTH:]):
        raise Refused(Reason.UNKNOWN, "card code")
    return code


def short(code: str) -> str:
    """The six characters a villager types when the camera cannot scan."""
    return code[:SHORT_LENGTH]


def shown(code: str) -> str:
    """The short code as it is printed: `7F3K 9Q`."""
    return f"{code[:4]} {code[4:SHORT_LENGTH]}"


def normalise_short(text: str) -> str | None:
    """The short code that `text` spells, or None. Whether such a card exists is the store's answer."""
    return _read(text, SHORT_LENGTH)


def check_words(mac_key: bytes, code: str, words: Sequence[str]) -> tuple[str, str, str]:
    """Three different words for this card, always the same ones. Guards against mix-ups, not against forgery.

    `words` holds at least three. Two cards share all three with odds of about 1 in `len(words)` cubed.
    """
    digest = hmac.digest(mac_key, _WORDS_LABEL + code.encode(), "sha256")
    left = list(words)
    first, second, third = (left.pop(int.from_bytes(digest[i : i + 8]) % len(left)) for i in (0, 8, 16))
    return first, second, third


def known_words() -> tuple[str, ...]:
    """The words cards are given: plain things of two characters that no ear or eye takes for one another."""
    return tuple((files("qr") / "words.txt").read_text("utf-8").split())


def landing_url(public_url: str, code: str) -> str:
    """What the QR code of a web card holds."""
    return f"{public_url.rstrip('/')}/k/{code}"


def telegram_url(bot_name: str, code: str) -> str:
    """What the QR code of a Telegram card holds; `bot_name` with or without its @."""
    return f"https://t.me/{bot_name.removeprefix('@')}?start={code}"


def _read(text: str, length: int) -> str | None:
    read = text.translate(_READING)
    return read if len(read) == length and all(char in ALPHABET for char in read) else None


def _mac(mac_key: bytes, typed: str) -> str:
    bits = int.from_bytes(hmac.digest(mac_key, _CODE_LABEL + typed.encode(), "sha256")[:5])
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
