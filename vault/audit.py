"""The audit's chain: every line carries a MAC over itself and the one before. This file stores no line."""

import hmac
from collections.abc import Mapping

from vault.context import canonical

FIRST = bytes(32)
"""What stands before the first line."""

Fields = Mapping[str, str | int | bytes | None]


def link(key: bytes, previous_mac: bytes, fields: Fields) -> bytes:
    """HMAC-SHA256 over `fields` and the previous line's MAC, 32 bytes. No field may be called `prev` or `version`."""
    return hmac.digest(key, canonical(prev=previous_mac, **fields), "sha256")


def follows(key: bytes, previous_mac: bytes, fields: Fields, mac: bytes) -> bool:
    """Whether a line of `fields` with `mac` was written right behind the line with `previous_mac`, and never changed.

    A chain of such lines from `FIRST` on is whole, but for lines cut off at its end: these show only when the last MAC
    was printed somewhere before.
    """
    return hmac.compare_digest(link(key, previous_mac, fields), mac)
