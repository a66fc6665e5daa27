"""One place, one round at a time: what lies above or below is the same place, and days that only touch are others."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.ids import OfficeId, RoundId, TeamId, UnitId
from domain.rounds import Level, Round, RoundState, Unit
from handlers.office.plan.overlaps import Other, find_overlaps
from storage.office.teams import Assignment

OPENS = datetime(2027, 3, 1, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
CLOSES = OPENS + timedelta(days=60)
ROUND = Round(RoundId(bytes(16)), OfficeId(bytes(16)), 14, 7, 1, OPENS, CLOSES, RoundState.PLANNED, 15, 365, 1)
INSTANT = timedelta(microseconds=1)


def place(n: int, parent: Unit | None, level: Level) -> Unit:
    path = f"{parent.path}/{n}" if parent else f"{n}"
    return Unit(UnitId(bytes([n] * 16)), parent.id if parent else None, level, f"{n}", f"{n}", path)


COUNTY = place(1, None, Level.COUNTY)
TOWN = place(2, COUNTY, Level.TOWNSHIP)
VILLAGE = place(3, TOWN, Level.VILLAGE)
BESIDE = place(4, COUNTY, Level.TOWNSHIP)
TREE = {one.id: one for one in (COUNTY, TOWN, VILLAGE, BESIDE)}


def other(opens: datetime, closes: datetime, unit: Unit = TOWN, n: int = 9) -> Other:
    round_ = replace(ROUND, id=RoundId(bytes([n] * 16)), opens_at=opens, closes_at=closes)
    return Other(round_, {unit.id: Assignment(unit.id, TeamId(bytes(16)), "")})


@pytest.mark.parametrize(
    ("opens", "closes", "meets"),
    [
        (OPENS - timedelta(days=9), OPENS, False),
        (OPENS - timedelta(days=9), OPENS + INSTANT, True),
        (CLOSES - INSTANT, CLOSES + timedelta(days=9), True),
        (CLOSES, CLOSES + timedelta(days=9), False),
        (OPENS - INSTANT, CLOSES + INSTANT, True),
    ],
)
def test_days_that_touch_are_not_the_same_days(opens: datetime, closes: datetime, meets: bool) -> None:
    assert bool(list(find_overlaps(ROUND, [TOWN.id], [other(opens, closes)], TREE))) is meets


def test_a_place_is_taken_with_all_above_and_below_it_and_not_with_its_neighbour() -> None:
    others = [other(CLOSES, CLOSES + INSTANT, BESIDE), other(OPENS, CLOSES), other(OPENS, CLOSES, VILLAGE, 8)]
    found = list(find_overlaps(ROUND, list(TREE), others, TREE))
    assert found == [(one.id, others[1].round) for one in (COUNTY, TOWN, VILLAGE)]  # each once, with the first
