"""The audit's chain: every line carries a MAC over itself and the one before. This file stores no line."""

import hmac
from collections.abc import Iterable, Mapping

from domain.errors import BadSeal
from vault.context import canonical

FIRST = bytes(32)
"""What stands before the first line."""

Fields = Mapping[str, str | int | bytes | None]


def link(key: bytes, previous_mac: bytes, fields: Fields) -> bytes:
    """HMAC-SHA256 over `fields` and the previous line's MAC, 32 bytes. No field may be called `prev` or `version`."""
    return hmac.digest(key, canonical(prev=previous_mac, **fields), "sha256")


def check_chain(key: bytes, lines: Iterable[tuple[Fields, bytes]], head: bytes | None = None) -> bytes:
    """The last MAC of `lines` (fields and MAC, oldest first). Reads them one by one.

    Raises `BadSeal`, naming the line counted from 1, when one was changed, moved, added or taken out; also when the
    chain does not end in `head` (as printed in a report), which shows lines cut off at the end.
    """
    previous = FIRST
    for number, (fields, mac) in enumerate(lines, start=1):
        if not hmac.compare_digest(link(key, previous, fields), mac):
            raise BadSeal(f"audit line {number}")
        previous = mac
    if head is not None and not hmac.compare_digest(previous, head):
        raise BadSeal("audit head")
    return previous
