"""When a round takes tips: from its first instant to just before its last, and only while the office has it open."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.clocks import Stage
from domain.ids import OfficeId, RoundId
from domain.rounds import DAYS, Intake, Round, RoundState

OPENS = datetime(2026, 3, 1, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
CLOSES = OPENS + timedelta(days=60, hours=10)
INSTANT = timedelta(microseconds=1)
ROUND = Round(RoundId(bytes(16)), OfficeId(bytes(16)), 14, 6, 1, OPENS, CLOSES, RoundState.OPEN, 15, 365, 1)


@pytest.mark.parametrize(
    ("state", "now", "intake"),
    [
        (RoundState.OPEN, OPENS - INSTANT, Intake.EARLY),
        (RoundState.OPEN, OPENS, Intake.OPEN),
        (RoundState.OPEN, CLOSES - INSTANT, Intake.OPEN),
        (RoundState.OPEN, CLOSES, Intake.CLOSED),
        (RoundState.PLANNED, OPENS, Intake.EARLY),
        (RoundState.PLANNED, CLOSES, Intake.CLOSED),
        (RoundState.CLOSED, OPENS - INSTANT, Intake.CLOSED),
        (RoundState.CLOSED, OPENS, Intake.CLOSED),
    ],
)
def test_a_round_takes_tips_in_its_window_while_it_is_open(state: RoundState, now: datetime, intake: Intake) -> None:
    assert replace(ROUND, state=state).intake_at(now) is intake


def test_a_round_ends_as_planned_unless_it_was_closed_before() -> None:
    early, after = CLOSES - timedelta(days=9), CLOSES + timedelta(days=9)
    assert [replace(ROUND, closed_at=at).ends_at for at in (None, early, after)] == [CLOSES, early, CLOSES]


def test_the_days_to_accept_are_the_rounds_own_number() -> None:
    later = {**DAYS, Stage.ACCEPT: 99, Stage.CLOSE: 7}
    assert replace(ROUND, later_days=later).days == {**DAYS, Stage.ACCEPT: 15, Stage.CLOSE: 7}
