"""The papers of an archive: plain tables as xlsx, row after row, and one zip of them with what it takes to check it."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from reports.ledger_cells import guarded

Value = str | int | date | None
MANIFEST = "SHA256SUMS.txt"
"""As `sha256sum -c` reads it."""

_FIXED = (1980, 1, 1, 0, 0, 0)  # a zip keeps a time for every file: none of ours is anybody's business


class Table:
    """A sheet that is written once, from top to bottom; no row stays in memory."""

    def __init__(self, book: Workbook, title: str, headings: Sequence[str], widths: Sequence[int]) -> None:
        self._sheet = book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        for at, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(at)].width = width
        bold = []
        for text in headings:
            cell = WriteOnlyCell(self._sheet, guarded(text))
            cell.font = Font(bold=True)
            bold.append(cell)
        self._sheet.append(bold)

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """No text becomes a formula. For thousands of rows call it in a thread."""
        for row in rows:
            self._sheet.append([guarded(value) if isinstance(value, str) else value for value in row])


class Book:
    """An xlsx in the making: its tables are written one after the other."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def table(self, title: str, columns: Sequence[tuple[str, int]]) -> Table:
        """A new sheet; `columns` are headings and widths in characters."""
        return Table(self._book, title, [name for name, _ in columns], [width for _, width in columns])

    def data(self) -> bytes:
        """The file; nothing can be added after that."""
        # Unlike a ledger, rows pass through openpyxl's temporary files: thousands of them must not stay in memory, and
        # an archive holds no word of a tip.
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, and a list of their SHA-256 beside them."""
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, MANIFEST: sums.encode()}.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
