"""One row of a workbook and how its cells are read. A bad cell is noted with its place; reading goes on."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from domain.words import LOGIN, clean
from reports.faults import Fault, Findings, Problem
from reports.forms import forms

_YEARS = range(2000, 2100)
_CODE = 32
_WHOLE = re.compile(r"[0-9]{1,9}(\.0)?", re.ASCII)
_MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` as the file holds it; a formula or an error value is not calculated, only marked."""

    column: str
    value: object
    is_computed: bool

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


_NOTHING = Cell("", None, False)


@dataclass(frozen=True, slots=True)
class Row:
    """Row `number` of sheet `title`, its cells by field; a field whose column may be missing is read as empty.

    `spoilt` are the fields with a problem: what is read of them means nothing, and they get no second one.
    """

    title: str
    number: int
    cells: Mapping[str, Cell]
    headings: Mapping[str, str]
    findings: Findings
    spoilt: set[str] = field(default_factory=set)

    def wrong(self, name: str, fault: Fault, **args: str | int) -> None:
        if name not in self.spoilt:
            self.spoilt.add(name)
            cell, heading = self._cell(name), self.headings[name]
            self.findings.note(Problem(self.title, self.number, cell.column, heading, fault, args))

    def has(self, *names: str) -> bool:
        """Whether these fields mean something."""
        return self.spoilt.isdisjoint(names)

    def _cell(self, name: str) -> Cell:
        return self.cells.get(name, _NOTHING)

    def text(self, name: str, limit: int = 60, *, needed: bool = True) -> str:
        """One cleaned line, or the paragraphs of a long text; numbers as they would be typed."""
        cell = self._cell(name)
        value = cell.value
        if cell.is_computed:
            self.wrong(name, Fault.FORMULA)
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else clean(str(value)).strip()
        if len(text) > limit:
            self.wrong(name, Fault.TOO_LONG, most=limit)
        if needed and not text:
            self.wrong(name, Fault.REQUIRED)
        return text

    def code(self, name: str, *, needed: bool = True) -> str:
        """A code, in plain letters and digits however wide they were typed."""
        return unicodedata.normalize("NFKC", self.text(name, _CODE, needed=needed))

    def name(self, name: str, *, limit: int = 60) -> str:
        """A name that can stand in a path of names: one line without '/'."""
        text = self.text(name, limit)
        if "/" in text or "\n" in text:
            self.wrong(name, Fault.BAD_CHARACTER)
        return text

    def login(self, name: str) -> str:
        """A sign-in name as it is stored: in small letters however it was typed."""
        text = self.text(name).casefold()
        if text and not LOGIN.fullmatch(text):
            self.wrong(name, Fault.NOT_A_LOGIN)
        return text

    def whole(self, name: str, *, most: int = 999) -> int:
        """A whole number from 1 to `most`."""
        text = unicodedata.normalize("NFKC", self.text(name))
        number = int(float(text)) if _WHOLE.fullmatch(text) else 0
        if text and not 1 <= number <= most:
            self.wrong(name, Fault.NOT_A_NUMBER, most=most)
        return number

    def whole_or_none(self, name: str) -> int | None:
        return self.whole(name) if not self._cell(name).is_empty else None

    def choice(self, name: str, *, needed: bool = True) -> str | None:
        """The identifier behind one of the words plan.toml allows for this field."""
        text = self.text(name, needed=needed)
        allowed = forms().choices[name]
        if text and text not in allowed:
            self.wrong(name, Fault.NOT_A_CHOICE, words="、".join(allowed))
        return allowed.get(text)

    def moment(self, name: str, zone: ZoneInfo, *, hour_needed: bool = False) -> datetime | None:
        """A date and time of day in `zone`. A bare date means its first minute, which no window should end on."""
        value = self._cell(name).value
        text = unicodedata.normalize("NFKC", self.text(name))
        moment = _as_moment(value, text)
        if moment and moment.year not in _YEARS:
            moment = None
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
