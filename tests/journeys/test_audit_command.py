"""`audit verify` at a terminal: one line and 0 for a whole record, 1 for one that somebody changed, 2 for no head."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import app
from bot.__main__ import main
from bot.demo.county import Demo
from bot.settings import Settings
from handlers.intake.admission import the_office
from handlers.people import trail, trail_check
from storage.people.audit import Line, list_lines
from tests.world import Clock


@pytest.fixture
def record(county: tuple[Path, Demo], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Record":
    """The county's own record, of several pages and two days."""
    folder = tmp_path / "data"
    shutil.copytree(county[0], folder)
    monkeypatch.setenv("MSX_DATA_DIR", str(folder))
    monkeypatch.setattr(trail_check, "_AT_ONCE", 7)
    asyncio.run(_go_on(Settings(data_dir=folder)))
    return Record(folder)


async def _go_on(settings: Settings) -> None:
    """Three lines of the day after."""
    clock = Clock()
    clock.forward(days=1)
    async with app.open_house(settings, intake=False, clock=clock) as house:
        desk, office_id = app.desk_of(house), await house.store.read(the_office)
        for _ in range(3):
            deed = trail.Deed(office_id, None, "unread-days", "office", office_id)
            await house.store.write(lambda tx, deed=deed: trail.note(tx, desk, deed))  # type: ignore[misc]


class Record:
    """The record in a folder, and a terminal beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[Line] = asyncio.run(self._read())

    async def _read(self) -> list[Line]:
        async with app.open_house(Settings(data_dir=self.folder), intake=False) as house:
            return await house.store.read(lambda tx: list_lines(tx, the_office(tx)))

    def change(self, statement: str, *values: object) -> None:
        """As somebody who has the database and not the keys."""
        database = sqlite3.connect(self.folder / "msx.db")
        with database:
            assert database.execute(statement, values).rowcount >= 1
        database.close()

    def verify(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["audit", "verify", *words])


def one_line(done: Result, code: int) -> str:
    assert done.exit_code == code, done.output
    assert done.output.count("\n") == 1
    return done.output.strip()


def test_a_whole_record_is_said_to_stand_with_the_number_of_its_lines(record: Record) -> None:
    assert len(record.lines) > 30
    assert f"留痕 {len(record.lines)} 条，条条对得上" in one_line(record.verify(), 0)


def test_a_printed_head_is_found_as_a_report_and_as_an_archive_has_it(record: Record) -> None:
    for line in (record.lines[0], record.lines[20], record.lines[-1]):
        day = line.entry.at.astimezone(app.ZONE)
        for head in (trail.print_head(line.mac), line.mac.hex(), trail.print_head(line.mac).replace("-", " ")):
            said = one_line(record.verify("--head", head), 0)
            assert f"是 2026 年 11 月 {day.day} 日" in said
    assert "没有这个校验码" in one_line(record.verify("--head", "0000-0000-0000-0000"), 1)


@pytest.mark.parametrize("head", ["", "1234", "wwww-wwww-wwww-wwww", "0" * 65])
def test_a_head_that_cannot_be_one_is_wrong_usage(record: Record, head: str) -> None:
    assert record.verify("--head", head).exit_code == 2


CHANGES: dict[str, tuple[str, ...]] = {
    "the deed": ("UPDATE audit SET act = 'revoke-cards' WHERE n = 21",),
    "the member": ("UPDATE audit SET member_id = zeroblob(16) WHERE n = 21",),
    "what sort of thing it was done to": ("UPDATE audit SET object_kind = 'sort' WHERE n = 21",),
    "what it was done to": ("UPDATE audit SET object_id = zeroblob(16) WHERE n = 21",),
    "the moment": ("UPDATE audit SET at = '2026-11-11 00:00:00.000000' WHERE n = 21",),
    "a day that is none": ("UPDATE audit SET at = 'yesterday' WHERE n = 21",),
    "words for bytes": ("UPDATE audit SET mac = 'x' WHERE n = 21",),
    "its hex for bytes": ("UPDATE audit SET object_id = lower(hex(object_id)) WHERE n = 21",),
    "the line before": ("UPDATE audit SET prev = zeroblob(32) WHERE n = 21",),
    "the numbers": ("UPDATE audit SET n = -n WHERE n > 20", "UPDATE audit SET n = 1 - n WHERE n < 0"),
    "taken out": ("DELETE FROM audit WHERE n = 21",),
    "taken out, and the rest moved up": (
        "DELETE FROM audit WHERE n = 21",
        "UPDATE audit SET n = -n WHERE n > 21",
        "UPDATE audit SET n = -n - 1 WHERE n < 0",
    ),
}


@pytest.mark.parametrize("statements", CHANGES.values(), ids=list(CHANGES))
def test_what_was_changed_in_the_database_is_found_and_the_day_it_stands_until(
    record: Record, statements: tuple[str, ...]
) -> None:
    for statement in statements:
        record.change(statement)
    assert "到 2026 年 11 月 11 日的第 20 条为止没有动过" in one_line(record.verify(), 1)
    before, behind = (trail.print_head(record.lines[n].mac) for n in (19, -1))
    assert "在没有动过的里面" in one_line(record.verify("--head", before), 1)
    assert "没有动过的里面没有这个校验码" in one_line(record.verify("--head", behind), 1)


def test_a_line_put_in_front_or_behind_is_found(record: Record) -> None:
    copied = "INSERT INTO audit SELECT office_id, {}, at, member_id, act, object_kind, object_id, prev, mac FROM audit"
    record.change(copied.format("n + 1") + " ORDER BY n DESC LIMIT 1")
    said = one_line(record.verify(), 1)
    assert f"到 2026 年 11 月 12 日的第 {len(record.lines)} 条为止" in said
    record.change(copied.format("0") + " ORDER BY n LIMIT 1")
    assert "从第一条起就对不上" in one_line(record.verify(), 1)


def test_lines_cut_off_at_the_end_show_by_the_head_that_was_printed_before(record: Record) -> None:
    head = trail.print_head(record.lines[-1].mac)
    assert "它为止一条不少" in one_line(record.verify("--head", head), 0)
    record.change("DELETE FROM audit WHERE n = ?", record.lines[-1].n)
    assert "没有这个校验码" in one_line(record.verify("--head", head), 1)
    assert "条条对得上" in one_line(record.verify(), 0), "nothing else can tell"


def test_a_record_without_its_beginning_or_any_line_is_broken(record: Record) -> None:
    record.change("DELETE FROM audit WHERE n = 1")
    assert "从第一条起就对不上" in one_line(record.verify(), 1)
    record.change("DELETE FROM audit")
    assert "一条也没有" in one_line(record.verify(), 1)


def test_no_office_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSX_DATA_DIR", str(tmp_path))
    asyncio.run(app.prepare(Settings(data_dir=tmp_path)))
    done = CliRunner().invoke(main, ["audit", "verify"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
