"""What kind of file somebody brought, judged by its bytes before a parser sees it, and which cells are merged."""

import io
import re
import zipfile
from collections.abc import Iterator

from openpyxl.utils import range_boundaries

from reports.faults import Fault

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 30 * 1024 * 1024
MAX_LOOKS = 512 * 1024
"""Of what says how cells look, all of which is read into objects before the first cell is."""
_LOOKS = ("styles.xml", "theme1.xml")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE, the container of .xls; an encrypted xlsx lies in one too
_SEALED = "EncryptedPackage".encode("utf-16-le")
_PACKED = b"PK"
_TEXT = 4096
_MERGED = re.compile(
    rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref\s{0,9}=\s{0,9}[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']"
)
"""Bounded everywhere: a part may be full of beginnings that never end."""


def wrong_kind(data: bytes) -> Fault | None:
    """Why these bytes cannot be a plan's workbook, as far as their outside tells; None for what is worth opening."""
    if len(data) > MAX_BYTES:
        return Fault.TOO_LARGE
    if data.startswith(_OLD):
        return Fault.ENCRYPTED if _SEALED in data else Fault.OLD_FORMAT
    if not data.startswith(_PACKED):
        return Fault.CSV if _is_table_of_text(data) else Fault.NOT_A_WORKBOOK
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Fault.NOT_A_WORKBOOK
    if any(part.flag_bits & 1 for part in parts):
        return Fault.ENCRYPTED
    # A part never unpacks to more than it says here: zipfile stops reading there.
    looks = sum(part.file_size for part in parts if part.filename.rpartition("/")[2] in _LOOKS)
    return Fault.TOO_LARGE if looks > MAX_LOOKS or sum(part.file_size for part in parts) > MAX_UNPACKED else None


def merged_cells(part: bytes) -> Iterator[tuple[int, int, int, int]]:
    """First column, first row, last column and last row of every merged range of a worksheet's XML, counted from 1."""
    for found in _MERGED.finditer(part):
        first, top, last, bottom = range_boundaries(found[1].decode())
        yield first or 1, top or 1, last or 1, bottom or 1


def _is_table_of_text(data: bytes) -> bool:
    head = data[:_TEXT]
    return bool(head) and b"\0" not in head and b"\n" in data and any(mark in head for mark in (b",", b"\t", b";"))
