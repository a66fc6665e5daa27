"""Deadlines against a slow oracle and against the State Council's plans."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.calendar import ChineseWorkingDays
from domain.deadlines import (
    Badge,
    Due,
    OfficeDays,
    add_working_days,
    badge,
    is_certain,
    left,
    risk_from,
    working_days_between,
)
from tests.domain import clock_oracle
from tests.domain.clock_oracle import Land

CHINA = ChineseWorkingDays()
DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def on_list(first: date, last: date) -> list[date]:
    """The oracle: every working day from `first` to `last`, one by one."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [day for day in days if clock_oracle.usually_works(day)]


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


OWN = st.dictionaries(st.dates(date(2025, 12, 1), date(2027, 2, 28)), st.booleans(), max_size=40)
NEAR = st.dates(date(2025, 12, 1), date(2027, 2, 28))


@given(st.dates(date(2003, 12, 1), date(2028, 1, 31)))
def test_a_day_is_worked_as_it_was_published_and_else_from_monday_to_friday(day: date) -> None:
    assert CHINA.is_working(day) == clock_oracle.usually_works(day)


@settings(max_examples=60, deadline=None)
@given(NEAR, st.integers(1, 40), OWN)
def test_the_offices_own_word_on_a_day_wins_in_every_year(start: date, n: int, own: dict[date, bool]) -> None:
    calendar, land = OfficeDays(CHINA, own), Land(own)
    worked = [day for day in (start + i * DAY for i in range(1, 200)) if land.works(day)]
    due = add_working_days(start, n, calendar)
    assert due.on == worked[n - 1]
    assert left(due.on, start, calendar) == n
    assert working_days_between(start, worked[n], calendar) == n + 1


@settings(max_examples=60, deadline=None)
@given(NEAR, st.integers(1, 60), OWN)
def test_at_risk_when_four_fifths_are_used_or_two_working_days_are_left(
    start: date, allowed: int, own: dict[date, bool]
) -> None:
    calendar, land = OfficeDays(CHINA, own), Land(own)
    due = add_working_days(start, allowed, calendar).on
    risk = risk_from(due, allowed, calendar)
    assert risk == clock_oracle.risk(due, allowed, land)
    for day in (risk - DAY, risk, due - DAY, due, due + DAY):
        expected = {Badge.OK: day < risk, Badge.SOON: risk <= day < due, Badge.TODAY: day == due}
        shown = badge(left(due, day, calendar), allowed)
        assert expected.get(shown, day > due), (day, shown)


@pytest.mark.parametrize(
    ("allowed", "risk"),
    [
        (1, date(2026, 3, 12)),  # due on Monday 16: two working days are left from Thursday on
        (10, date(2026, 3, 12)),
        (15, date(2026, 3, 11)),  # three left
        (30, date(2026, 3, 6)),  # six left: 9, 10, 11, 12, 13, 16
    ],
)
def test_the_first_day_at_risk_counted_by_hand(allowed: int, risk: date) -> None:
    assert risk_from(date(2026, 3, 16), allowed, CHINA) == risk


@given(DAYS, DAYS)
@example(date(2026, 12, 31), date(2026, 12, 31))
@example(date(2026, 12, 31), date(2027, 1, 1))
@example(date(2027, 12, 31), date(2027, 12, 31))
@example(date(2003, 12, 31), date(2004, 1, 5))
def test_a_stretch_is_certain_when_every_day_of_it_is_published(a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    stretch = [last, *(first + i * DAY for i in range(1, (last - first).days))]
    assert is_certain(a, b, CHINA) == all(day.year in clock_oracle.PUBLISHED for day in stretch)


def test_one_day_of_the_office_makes_no_year_known_and_its_national_day_does() -> None:
    local, whole = {date(2027, 3, 1): False}, {date(2027, 10, 1): False}
    assert add_working_days(date(2027, 2, 26), 1, OfficeDays(CHINA, local)) == Due(date(2027, 3, 2), certain=False)
    assert add_working_days(date(2027, 9, 30), 1, OfficeDays(CHINA, whole)) == Due(date(2027, 10, 4), certain=True)
    assert is_certain(date(2027, 9, 30), date(2027, 12, 31), OfficeDays(CHINA, whole))
    assert not is_certain(date(2027, 9, 30), date(2028, 1, 1), OfficeDays(CHINA, whole))
