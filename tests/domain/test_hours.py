"""Working hours against a minute by minute count."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import ChineseWorkingDays
from domain.deadlines import OfficeDays
from domain.hours import add_working_hours
from tests.domain.clock_oracle import Land

CHINA = ChineseWorkingDays()
SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)
STARTS = st.datetimes(datetime(2026, 9, 15), datetime(2027, 1, 15)).map(  # noqa: DTZ001 - the zone comes next
    lambda at: at.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def minute_by_minute(start: datetime, hours: int, land: Land) -> datetime:
    """The end of the last of as many minutes, each of which lies whole in office hours."""
    minutes, now = 0, start
    while minutes < hours * 60:
        clock = now.hour * 60 + now.minute
        open_now = 510 <= clock < 720 or 870 <= clock < 1080
        minutes += open_now and land.works(now.date())
        now += MINUTE
    return now


@settings(max_examples=60, deadline=None)
@given(STARTS, st.integers(1, 24), st.dictionaries(st.dates(date(2026, 9, 15), date(2027, 1, 31)), st.booleans()))
def test_the_end_equals_a_count_of_minutes(start: datetime, hours: int, own: dict[date, bool]) -> None:
    ends = add_working_hours(start, hours, OfficeDays(CHINA, own))
    assert ends == minute_by_minute(start, hours, Land(own))
    assert ends.tzinfo is SHANGHAI


FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("start", "hours", "ends"),
    [
        (at(FRIDAY, 17, 30), 16, at(FRIDAY + timedelta(days=5), 9, 30) + timedelta(minutes=30)),
        (at(FRIDAY, 8, 30), 7, at(FRIDAY, 18)),
        (at(FRIDAY, 8, 30), 8, at(FRIDAY + timedelta(days=3), 9, 30)),
        (at(FRIDAY, 6), 1, at(FRIDAY, 9, 30)),
        (at(FRIDAY, 11, 30), 1, at(FRIDAY, 15)),
        (at(FRIDAY, 12), 1, at(FRIDAY, 15, 30)),
        (at(FRIDAY, 18), 1, at(FRIDAY + timedelta(days=3), 9, 30)),
        (at(date(2026, 2, 14), 17), 2, at(date(2026, 2, 24), 9, 30)),  # a Saturday worked before Spring Festival
    ],
)
def test_claims_that_end_are_counted_by_hand(start: datetime, hours: int, ends: datetime) -> None:
    assert add_working_hours(start, hours, CHINA) == ends


def test_seconds_are_kept_and_the_zone_decides_what_day_it_is() -> None:
    start = at(FRIDAY, 9) + timedelta(seconds=17)
    assert add_working_hours(start, 1, CHINA) == at(FRIDAY, 10) + timedelta(seconds=17)
    night = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)  # Saturday morning in Shanghai
    assert add_working_hours(night.astimezone(SHANGHAI), 1, CHINA) == at(date(2026, 3, 9), 9, 30)


def test_no_claim_ends_where_it_begins() -> None:
    with pytest.raises(ValueError, match="at least one hour"):
        add_working_hours(at(FRIDAY, 9), 0, CHINA)
