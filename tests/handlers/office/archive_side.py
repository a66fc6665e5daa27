"""The archive of a closed round, taken and opened."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

from openpyxl import load_workbook

from handlers.office.rounds import opening
from handlers.office.watch.archive import Archive, make_archive
from tests.handlers.office.watch_side import session_of
from tests.world import World

Table = list[tuple[object, ...]]


@dataclass
class Unpacked:
    """An archive, opened. `books` by file and sheet: rows of cells, the heading first."""

    files: dict[str, bytes]
    books: dict[str, dict[str, Table]]

    def rows(self, book: str, sheet: str) -> list[dict[str, object]]:
        heading, *rest = self.books[f"{book}.xlsx"][sheet]
        return [dict(zip(map(str, heading), row, strict=True)) for row in rest]


def sheets_in(data: bytes) -> dict[str, Table]:
    book = load_workbook(io.BytesIO(data))
    return {one.title: [tuple(map(_plain, row)) for row in one.iter_rows(values_only=True)] for one in book.worksheets}


def _plain(cell: object) -> object:
    """A day as a date: a spreadsheet knows moments only, and ours are at midnight."""
    if isinstance(cell, datetime):
        assert cell.time().isoformat() == "00:00:00"
        return cell.date()
    return cell


async def archived(world: World) -> Unpacked:
    """Closes the round and takes its archive an hour later."""
    await opening.close_round(world.desk, await session_of(world, "fang"), world.made.round_id)
    world.clock.forward(hours=1)
    return unpacked(await make_archive(world.desk, await session_of(world, "fang"), world.made.round_id, "zh"))


def unpacked(made: Archive) -> Unpacked:
    with zipfile.ZipFile(io.BytesIO(made.data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    return Unpacked(files, {name: sheets_in(data) for name, data in files.items() if name.endswith(".xlsx")})
