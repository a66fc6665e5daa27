"""China's working days, from the State Council's yearly plan as the kept library holds it. Nothing is guessed here."""

from datetime import date

import chinese_calendar  # type: ignore[import-untyped]  # the library brings no types


class ChineseWorkingDays:
    """Weekdays without public holidays, and the weekends worked instead of them (调休)."""

    def __init__(self) -> None:
        self._free: frozenset[date] = frozenset(chinese_calendar.holidays)
        self._worked: frozenset[date] = frozenset(chinese_calendar.workdays)
        self._years = frozenset(day.year for day in self._free)

    def knows(self, year: int) -> bool:
        return year in self._years

    def is_working(self, day: date) -> bool:
        """In a year that the library does not hold, every day from Monday to Friday."""
        return day in self._worked or (day.weekday() < 5 and day not in self._free)
