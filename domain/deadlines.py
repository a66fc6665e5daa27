"""When something is due, counted in working days. This file owns no calendar: one is handed in."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

_DAY = timedelta(days=1)
_SATURDAY = 5


class WorkingDays(Protocol):
    """A country's working days, for the years whose plan has been published."""

    def knows(self, year: int) -> bool: ...

    def is_working(self, day: date) -> bool:
        """Asked only for days of a known year."""


@dataclass(frozen=True, slots=True)
class Due:
    """A last day. Not `certain` when a day on the way lies in a year without a published plan."""

    on: date
    certain: bool


class Badge(StrEnum):
    """How a deadline stands, from calm to worst; the desk gives each a sign, a word and a colour."""

    OK = "ok"
    SOON = "soon"  # two working days or fewer
    TODAY = "today"
    LATE = "late"
    LATE3 = "late3"  # over by three times what was allowed


def _works(day: date, calendar: WorkingDays) -> bool:
    """In a year the calendar does not know, every day from Monday to Friday."""
    return calendar.is_working(day) if calendar.knows(day.year) else day.weekday() < _SATURDAY


def add_working_days(start: date, n: int, calendar: WorkingDays) -> Due:
    """The `n`-th working day after `start` (n ≥ 1). `start` itself is never counted, as in 受理之日起.

    Raises `ValueError` for n < 1.
    """
    if n < 1:
        raise ValueError("a deadline lies at least one working day ahead")
    day, certain = start, True
    while n:
        day += _DAY
        certain = certain and calendar.knows(day.year)
        n -= _works(day, calendar)
    return Due(day, certain)


def working_days_between(a: date, b: date, calendar: WorkingDays) -> int:
    """Working days after `a` up to and with `b`; negative when `b` lies before `a`."""
    if b < a:
        return -working_days_between(b, a, calendar)
    return sum(_works(a + i * _DAY, calendar) for i in range(1, (b - a).days + 1))


def left(due: date, today: date, calendar: WorkingDays) -> int:
    """Working days left until `due`: 0 only on the day itself, negative when over.

    A deadline of Friday is over by one on Saturday already, although no working day has passed since.
    """
    if due == today:
        return 0
    days = working_days_between(today, due, calendar)
    return max(1, days) if due > today else min(-1, days)


def badge(days_left: int, allowed: int) -> Badge:
    """The badge for `days_left` (see `left`) of a deadline that allowed `allowed` working days."""
    if days_left > 2:
        return Badge.OK
    if days_left > 0:
        return Badge.SOON
    if days_left == 0:
        return Badge.TODAY
    return Badge.LATE3 if -days_left >= 3 * allowed else Badge.LATE
