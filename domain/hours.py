"""Moments counted in working hours, for a claim that ends by itself. This file owns no calendar."""

from datetime import datetime, time, timedelta

from domain.deadlines import WorkingDays

HOURS = ((time(8, 30), time(12)), (time(14, 30), time(18)))
"""When an office works on a working day: seven hours, with the long noon of a county town."""


def add_working_hours(start: datetime, hours: int, calendar: WorkingDays) -> datetime:
    """The moment at which `hours` office hours have gone by since `start`, on the clock of the zone of `start` (aware).

    Nothing is counted before the doors open, over noon, in the evening or on a free day. What ends with the hours of
    a day ends that evening, not the next morning. Raises `ValueError` for less than one hour.
    """
    if hours < 1:
        raise ValueError("a claim lasts at least one hour")
    left, day = timedelta(hours=hours), start.date()
    while True:
        for opens, closes in HOURS if calendar.is_working(day) else ():
            begin = max(start, datetime.combine(day, opens, start.tzinfo))
            open_for = max(timedelta(), datetime.combine(day, closes, start.tzinfo) - begin)
            if left <= open_for:
                return begin + left
            left -= open_for
        day += timedelta(days=1)
