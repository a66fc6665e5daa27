"""Finds words in bytes however they are written down: in any of the encodings in which a trace could lie about."""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

_SHORTEST = 6
"""Bytes of a needle at least: shorter ones stand in random bytes by chance."""


def spellings(phrase: str | int) -> set[bytes]:
    """Every way to write a phrase, or a number, that is looked for."""
    if isinstance(phrase, int):
        size = -(-phrase.bit_length() // 8)
        packed = {phrase.to_bytes(size, "big"), phrase.to_bytes(size, "little")}
        return {one for one in packed if len(one) >= _SHORTEST} | spellings(str(phrase)) | {b"%x" % phrase}
    found: set[bytes] = set()
    for raw in {phrase.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}:
        found |= {raw, raw.hex().encode(), raw.hex().upper().encode(), *_base64(raw)}
    found |= {quote(phrase).encode(), quote_plus(phrase).encode(), quote(phrase).lower().encode()}
    found |= {json.dumps(phrase)[1:-1].encode(), repr(phrase.encode())[2:-1].encode(), ascii(phrase)[1:-1].encode()}
    return {one for one in found if len(one) >= _SHORTEST}


def _base64(raw: bytes) -> Iterator[bytes]:
    """`raw` in base64 at all three alignments, in both alphabets, without what hangs on its neighbours."""
    for lead in range(3):
        whole = base64.b64encode(bytes(lead) + raw)
        inner = whole[4 if lead else 0 : len(whole) // 4 * 4 - 4]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def files_of(*folders: Path) -> Iterator[Path]:
    """Every file below."""
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _bytes_of(path: Path) -> bytes:
    """What a file holds: nothing if it went since it was listed, for a program may be at work there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def find(phrases: Iterable[str | int], *folders: Path) -> list[tuple[str | int, str]]:
    """Which phrase stands in which file below `folders`, in its bytes or in its name."""
    needles = {phrase: spellings(phrase) for phrase in phrases}
    found = []
    for path in files_of(*folders):
        data = _bytes_of(path) + b"\0" + str(path).encode()
        found += [(phrase, path.name) for phrase, ways in needles.items() if any(way in data for way in ways)]
    return found
