"""A workbook as bytes, made in memory: what a ledger says of tips meets no disk on its way out."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


class _InMemory(ExcelWriter):
    """openpyxl's own writer puts every sheet into a temporary file first."""

    def write_worksheet(self, ws: Any) -> None:
        """A sheet of cells, without drawings, into the archive."""
        ws._drawing = SpreadsheetDrawing()
        writer: Any = WorksheetWriter(ws, out=io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())  # type: ignore[attr-defined]  # the stubs leave it out
        self.manifest.append(ws)


def saved(book: Workbook) -> bytes:
    """The xlsx file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        _InMemory(book, archive).write_data()
    return data.getvalue()
