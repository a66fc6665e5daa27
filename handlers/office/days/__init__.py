"""The office's own working days: seen beside the published plan, written, taken back. Every change is recomputed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.deadlines import WorkingDays
from domain.errors import Reason, Refused
from handlers.calendar import calendar_in
from handlers.office.days.deadlines import recompute_office
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import working_days
from storage.office.working_days import OwnDay
from storage.store import Tx

MOST_DAYS = 200
"""Days that may be written at once; a year's plan names about forty."""

_SATURDAY = 5


class Known(StrEnum):
    """Where the working days of a year come from."""

    PUBLISHED = "published"
    OFFICE = "office"  # the office has entered the year's plan
    WEEKENDS = "weekends"  # nothing is published: deadlines into that year are about right


@dataclass(frozen=True, slots=True)
class Year:
    """One year as it is counted. `free`: weekdays that are not worked, as stretches; `worked`: weekends that are."""

    year: int
    known: Known
    free: tuple[tuple[date, date], ...]
    worked: tuple[tuple[date, date], ...]
    own: tuple[OwnDay, ...]


async def list_years(services: DeskServices, session: Session) -> list[Year]:
    """This year, the next one, and every other year that the office speaks of."""

    def load(tx: Tx) -> tuple[list[OwnDay], WorkingDays]:
        own = working_days.list_days(tx, session.office_id)
        return own, calendar_in(tx, services.calendar, session.office_id)

    own, calendar = await services.store.read(load)
    this = services.clock().year
    years = sorted({this, this + 1, *(one.day.year for one in own)})
    return [_year(services, year, calendar, [one for one in own if one.day.year == year]) for year in years]


async def save_days(services: DeskServices, session: Session, days: Sequence[OwnDay]) -> None:
    """Writes the days over what stands and recomputes every running deadline.

    Raises `Refused(BAD_INPUT)`: `no-days`, `too-many-days`.
    """
    if not days:
        raise Refused(Reason.BAD_INPUT, "no-days")
    if len(days) > MOST_DAYS:
        raise Refused(Reason.BAD_INPUT, "too-many-days")

    def write(tx: Tx) -> None:
        for one in days:
            working_days.save_day(tx, session.office_id, one)
            _note(tx, services, session, "day-worked" if one.is_working else "day-free", one.day)

    await services.store.write(write)
    await recompute_office(services, session.office_id)


async def drop_day(services: DeskServices, session: Session, day: date) -> None:
    """Leaves the day to the published plan again and recomputes every running deadline."""

    def write(tx: Tx) -> None:
        working_days.drop_day(tx, session.office_id, day)
        _note(tx, services, session, "day-dropped", day)

    await services.store.write(write)
    await recompute_office(services, session.office_id)


def _note(tx: Tx, services: DeskServices, session: Session, act: str, day: date) -> None:
    # A working day has no other id than itself.
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "day", day.isoformat().encode()))


def _year(services: DeskServices, year: int, calendar: WorkingDays, own: list[OwnDay]) -> Year:
    known = Known.WEEKENDS
    if calendar.knows(year):
        known = Known.PUBLISHED if services.calendar.knows(year) else Known.OFFICE
    free = _stretches(year, lambda day: day.weekday() < _SATURDAY and not calendar.is_working(day))
    worked = _stretches(year, lambda day: day.weekday() >= _SATURDAY and calendar.is_working(day))
    return Year(year, known, free, worked, tuple(own))


def _stretches(year: int, holds: Callable[[date], bool]) -> tuple[tuple[date, date], ...]:
    """First and last of every run of days of the year for which `holds`."""
    found: list[tuple[date, date]] = []
    day = date(year, 1, 1)
    while day.year == year:
        if holds(day):
            joins = found and found[-1][1] + timedelta(days=1) == day
            found = [*found[:-1], (found[-1][0], day)] if joins else [*found, (day, day)]
        day += timedelta(days=1)
    return tuple(found)
