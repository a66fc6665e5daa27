"""Quiet hours: read as typed, over midnight too, and never so long that a group could hear nothing."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import Reason, Refused
from domain.notices import HALF_HOURS, Quiet, read_quiet

TIMES = st.sampled_from(HALF_HOURS)


def slowly_covers(quiet: Quiet, at: time) -> bool:
    """Walks minute by minute from the start to the end."""
    day = datetime(2026, 11, 11)  # noqa: DTZ001 - any day
    moment = datetime.combine(day, quiet.start)
    while moment.time() != quiet.end:
        if moment.time() == at:
            return True
        moment += timedelta(minutes=1)
    return False


@given(TIMES, TIMES, TIMES)
def test_quiet_hours_cover_what_lies_between_their_ends_over_midnight_too(start: time, end: time, at: time) -> None:
    assume(start != end)
    assert Quiet(start, end).covers(at) == slowly_covers(Quiet(start, end), at)


@given(TIMES, TIMES)
def test_what_is_read_is_written_the_same(start: time, end: time) -> None:
    assume(start != end and not Quiet(start, end).covers(time(10)))
    text = f"{start:%H:%M}-{end:%H:%M}"
    assert str(read_quiet(text)) == text


def test_no_text_is_no_quiet_hours() -> None:
    assert read_quiet("") is None


@pytest.mark.parametrize(
    "text",
    [
        "21:00",
        "21:00-",
        "-08:00",
        "21-8",
        "24:00-08:00",
        "21:60-08:00",
        "21:15-08:00",
        "21:00-08:00\n",
        " 21:00-08:00",
        "２１:00-08:00",
    ],
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        read_quiet(text)
    assert (caught.value.reason, caught.value.detail) == (Reason.BAD_INPUT, "quiet")


@pytest.mark.parametrize("text", ["08:00-18:00", "08:00-00:00", "09:00-09:00", "08:30-08:00", "07:00-19:00"])
def test_hours_in_which_nothing_could_be_told_are_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        read_quiet(text)
    assert caught.value.detail == "quiet-all-day"


@pytest.mark.parametrize("text", ["21:00-08:00", "18:00-09:00", "12:00-14:30", "09:00-18:00"])
def test_hours_that_leave_part_of_the_working_day_are_taken(text: str) -> None:
    assert str(read_quiet(text)) == text
