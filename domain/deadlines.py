"""When something is due, counted in working days. This file owns no calendar: one is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

_DAY = timedelta(days=1)
SOON_DAYS = 2
"""Working days left at which any deadline is at risk, however short it was."""


class WorkingDays(Protocol):
    """A country's working days. In a year whose plan is not published, every day from Monday to Friday."""

    def knows(self, year: int) -> bool:
        """Whether the plan of that year is published."""

    def is_working(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """A calendar in which the office's own word on a day wins.

    A single day does not make a year known. National Day does: who enters it has the plan of the whole year at hand.
    """

    plan: WorkingDays
    own: Mapping[date, bool]  # whether that day is worked

    def knows(self, year: int) -> bool:
        return self.plan.knows(year) or date(year, 10, 1) in self.own

    def is_working(self, day: date) -> bool:
        return self.own[day] if day in self.own else self.plan.is_working(day)


@dataclass(frozen=True, slots=True)
class Due:
    """A last day. Not `certain` when a day on the way lies in a year without a published plan."""

    on: date
    certain: bool


class Badge(StrEnum):
    """How a deadline stands, from calm to worst; the desk gives each a sign, a word and a colour."""

    OK = "ok"
    SOON = "soon"  # at risk: see `risk_from`
    TODAY = "today"
    LATE = "late"
    LATE3 = "late3"  # over by three times what was allowed


def is_certain(a: date, b: date, calendar: WorkingDays) -> bool:
    """Whether the later of two days, and every day between them, lies in a year whose plan is published."""
    first, last = sorted((a, b))
    return all(calendar.knows(year) for year in {last.year, *range((first + _DAY).year, last.year)})


def add_working_days(start: date, n: int, calendar: WorkingDays) -> Due:
    """The `n`-th working day after `start` (n ≥ 1). `start` itself is never counted, as in 受理之日起.

    Raises `ValueError` for n < 1.
    """
    if n < 1:
        raise ValueError("a deadline lies at least one working day ahead")
    day = start
    while n:
        day += _DAY
        n -= calendar.is_working(day)
    return Due(day, is_certain(start, day, calendar))


def working_days_between(a: date, b: date, calendar: WorkingDays) -> int:
    """Working days after `a` up to and with `b`; negative when `b` lies before `a`."""
    if b < a:
        return -working_days_between(b, a, calendar)
    return sum(calendar.is_working(a + i * _DAY) for i in range(1, (b - a).days + 1))


def risk_from(due: date, allowed: int, calendar: WorkingDays) -> date:
    """The first day on which a deadline is at risk: four fifths of `allowed` are used, or two working days are left."""
    day, n = due, max(SOON_DAYS, allowed // 5)
    while n:
        n -= calendar.is_working(day)
        day -= _DAY
    while not calendar.is_working(day):
        day -= _DAY
    return day


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
    if days_left > max(SOON_DAYS, allowed // 5):
        return Badge.OK
    if days_left > 0:
        return Badge.SOON
    if days_left == 0:
        return Badge.TODAY
    return Badge.LATE3 if -days_left >= 3 * allowed else Badge.LATE
