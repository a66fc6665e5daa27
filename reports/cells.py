"""One row of a workbook and how its cells are read. A bad cell is noted with its place; reading goes on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from domain.words import clean
from reports.forms import forms
from reports.plan import Fault, Problem

MAX_PROBLEMS = 100
_WHOLE = re.compile(r"[0-9]{1,9}(\.0)?", re.ASCII)
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}", re.ASCII)
_MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")


@dataclass(slots=True)
class Findings:
    """Every problem met so far, up to `MAX_PROBLEMS`."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, fault: Fault, sheet: str = "", row: int = 0, column: str = "", heading: str = "") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(sheet, row, column, heading, fault))


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` as the file holds it; a formula or an error value is not calculated, only marked."""

    column: str
    value: object
    is_computed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Row `number` of sheet `title`, its cells by field."""

    title: str
    number: int
    cells: Mapping[str, Cell]
    headings: Mapping[str, str]
    findings: Findings

    def wrong(self, name: str, fault: Fault) -> None:
        self.findings.add(fault, self.title, self.number, self.cells[name].column, self.headings[name])

    def text(self, name: str, limit: int = 60, *, needed: bool = True) -> str:
        """One cleaned line, or the paragraphs of a long text; numbers as they would be typed."""
        cell = self.cells[name]
        value = cell.value
        if cell.is_computed:
            self.wrong(name, Fault.FORMULA)
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else clean(str(value)).strip()
        if len(text) > limit:
            self.wrong(name, Fault.TOO_LONG)
        if needed and not text:
            self.wrong(name, Fault.REQUIRED)
        return text

    def name(self, name: str) -> str:
        """A name that can stand in a path of names: one line without '/'."""
        text = self.text(name)
        if "/" in text or "\n" in text:
            self.wrong(name, Fault.BAD_CHARACTER)
        return text

    def login(self, name: str) -> str:
        text = self.text(name)
        if text and not _LOGIN.fullmatch(text):
            self.wrong(name, Fault.NOT_A_LOGIN)
        return text

    def whole(self, name: str, *, most: int = 999) -> int:
        """A whole number from 1 to `most`."""
        text = self.text(name)
        number = int(float(text)) if _WHOLE.fullmatch(text) else 0
        if text and not 1 <= number <= most:
            self.wrong(name, Fault.NOT_A_NUMBER)
        return number

    def whole_or_none(self, name: str) -> int | None:
        return self.whole(name) if self.cells[name].value not in (None, "") else None

    def choice(self, name: str) -> str | None:
        """The identifier behind one of the words plan.toml allows for this field."""
        text = self.text(name)
        found = forms().choices[name].get(text)
        if text and found is None:
            self.wrong(name, Fault.NOT_A_CHOICE)
        return found

    def moment(self, name: str, zone: ZoneInfo, *, hour_needed: bool = False) -> datetime | None:
        """A date and time of day in `zone`. A bare date means its first minute, which no window should end on."""
        value = self.cells[name].value
        text = self.text(name)
        moment = _as_moment(value, text)
        if text and moment is None:
            self.wrong(name, Fault.NOT_A_TIME)
        if moment and hour_needed and moment.time() == time():
            self.wrong(name, Fault.HOUR_MISSING)
        return moment.replace(tzinfo=zone) if moment else None


def _as_moment(value: object, text: str) -> datetime | None:
    if isinstance(value, datetime):
        return value
    for form in _MOMENTS:
        try:
            return datetime.strptime(text.replace("/", "-"), form)  # noqa: DTZ007 - the zone is the caller's
        except ValueError:
            continue
    return None
