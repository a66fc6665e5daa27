"""What somebody types or pastes about working days: on every line a day or a range, and whether it is worked."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.words import clean
from storage.office.working_days import OwnDay

SOURCE_LIMIT = 100
"""Characters of the document that says so."""

LONGEST_RANGE = 60
"""Days; more is a slip of the pen."""

_YEARS = 2
"""How far from today a day may lie. A year typed wrong is usually far away."""

_WEEKDAY = r"(?:[（(][^）)]*[）)])?"  # as the published plan writes it: 2 月 14 日（周六）
_FIRST = rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?\s*{_WEEKDAY}"
_LAST = rf"(?:(\d{{4}})\s*[-/.年]\s*)?(?:(\d{{1,2}})\s*[-/.月]\s*)?(\d{{1,2}})\s*日?\s*{_WEEKDAY}"
_WORDS = {
    "放假": False,
    "休息": False,
    "休": False,
    "free": False,
    "上班": True,
    "补班": True,
    "班": True,
    "work": True,
}
_LINE = re.compile(
    rf"{_FIRST}(?:\s*(?:至|到|~|～|—|–|-)+\s*{_LAST}|\s+{_LAST})?[\s，,、:：]*({'|'.join(_WORDS)})[\s，,、:：]*(.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lines:
    """The days that were understood, and the numbers of the lines that were not, counted from 1."""

    days: tuple[OwnDay, ...]
    wrong: tuple[int, ...]


def read_lines(text: str, source: str, today: date) -> Lines:
    """Reads `text`; words behind a line's day are its source, else `source` is. Empty lines are left out."""
    days: list[OwnDay] = []
    wrong = []
    for number, line in enumerate(clean(text).splitlines(), start=1):
        if line.strip():
            found = _read(line.strip(), clean(source).strip(), today)
            days += found
            wrong += [] if found else [number]
    return Lines(tuple(days), tuple(wrong))


def spread(first: date, last: date, *, is_working: bool, source: str, today: date) -> tuple[OwnDay, ...]:
    """Every day from `first` up to and with `last`; none when that is no sensible stretch or its source is wrong."""
    n = (last - first).days + 1
    near = abs(first.year - today.year) <= _YEARS and abs(last.year - today.year) <= _YEARS
    if not (near and 1 <= n <= LONGEST_RANGE and 1 <= len(source) <= SOURCE_LIMIT):
        return ()
    return tuple(OwnDay(first + timedelta(days=i), is_working, source) for i in range(n))


def _read(line: str, source: str, today: date) -> tuple[OwnDay, ...]:
    found = _LINE.fullmatch(line)
    if found is None:
        return ()
    year, month, day, *ends, word, said = found.groups()
    last = ends[:3] if ends[2] else ends[3:] if ends[5] else [year, month, day]
    try:
        from_ = date(int(year), int(month), int(day))
        to = date(int(last[0] or year), int(last[1] or month), int(last[2]))
    except ValueError:
        return ()
    return spread(from_, to, is_working=_WORDS[word.lower()], source=said.strip() or source, today=today)
