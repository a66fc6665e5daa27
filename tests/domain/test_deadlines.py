"""Deadlines against a slow oracle and against the State Council's plans for 2025 and 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.calendar import ChineseWorkingDays
from domain.deadlines import Badge, Due, add_working_days, badge, left, working_days_between

CHINA = ChineseWorkingDays()
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def on_list(first: date, last: date) -> list[date]:
    """The oracle: every working day from `first` to `last`, one by one."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [day for day in days if (CHINA.is_working(day) if day.year < 2027 else day.weekday() < 5)]


@pytest.mark.parametrize(
    ("start", "n", "on"),
    [
        (date(2025, 1, 24), 1, date(2025, 1, 26)),  # a Sunday worked before Spring Festival
        (date(2025, 1, 27), 1, date(2025, 2, 5)),  # eight days of festival
        (date(2025, 2, 7), 1, date(2025, 2, 8)),  # a Saturday worked after it
        (date(2025, 9, 26), 1, date(2025, 9, 28)),  # a Sunday worked before National Day
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 10, 10), 1, date(2025, 10, 11)),  # a Saturday worked after it
        (date(2025, 9, 25), 15, date(2025, 10, 22)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # nine days of festival
        (date(2026, 2, 27), 1, date(2026, 2, 28)),
        (date(2026, 9, 30), 2, date(2026, 10, 9)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
    ],
)
def test_holidays_are_skipped_and_worked_weekends_counted(start: date, n: int, on: date) -> None:
    assert add_working_days(start, n, CHINA) == Due(on, certain=True)


def test_a_year_without_a_plan_counts_weekends_only_and_says_so() -> None:
    assert not CHINA.knows(2027)
    assert add_working_days(date(2027, 9, 30), 1, CHINA) == Due(date(2027, 10, 1), certain=False)
    assert add_working_days(date(2027, 10, 1), 1, CHINA) == Due(date(2027, 10, 4), certain=False)


def test_a_deadline_is_certain_until_it_reaches_into_the_unknown_year() -> None:
    assert add_working_days(date(2026, 12, 30), 1, CHINA) == Due(date(2026, 12, 31), certain=True)
    assert add_working_days(date(2026, 12, 31), 1, CHINA) == Due(date(2027, 1, 1), certain=False)
    assert not add_working_days(date(2003, 12, 30), 9, CHINA).certain  # began in one, ends in a known year


@given(DAYS, st.integers(1, 60))
def test_a_deadline_is_the_nth_day_on_the_list(start: date, n: int) -> None:
    due = add_working_days(start, n, CHINA)
    assert due.on == on_list(start + timedelta(days=1), start + timedelta(days=150))[n - 1]
    assert due.certain == (due.on.year < 2027)
    assert working_days_between(start, due.on, CHINA) == n
    assert left(due.on, start, CHINA) == n


@given(DAYS, DAYS)
def test_days_between_are_counted_off_the_list_and_turn_sign_with_direction(a: date, b: date) -> None:
    first, last = sorted((a, b))
    days = len(on_list(first + timedelta(days=1), last))
    assert working_days_between(first, last, CHINA) == days
    assert working_days_between(last, first, CHINA) == -days


@given(DAYS, DAYS)
@example(date(2026, 3, 7), date(2026, 3, 6))  # due on a Saturday: no working day lies between
def test_nothing_is_left_only_on_the_day_itself(due: date, today: date) -> None:
    days = left(due, today, CHINA)
    assert (days > 0) == (today < due)
    assert (days < 0) == (today > due)


def test_a_deadline_of_friday_is_over_on_saturday() -> None:
    friday = date(2026, 3, 6)
    assert [left(friday, friday + timedelta(days=i), CHINA) for i in range(-2, 5)] == [2, 1, 0, -1, -1, -1, -2]


def test_no_deadline_lies_on_the_day_it_starts() -> None:
    with pytest.raises(ValueError, match="ahead"):
        add_working_days(date(2026, 3, 6), 0, CHINA)


def test_the_badge_goes_from_calm_to_three_times_over() -> None:
    badges = [badge(days, 5) for days in (3, 2, 1, 0, -1, -14, -15)]
    assert badges == [Badge.OK, Badge.SOON, Badge.SOON, Badge.TODAY, Badge.LATE, Badge.LATE, Badge.LATE3]
