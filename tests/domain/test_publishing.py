"""What the public tables count: each row exactly what it names, before it is rounded down."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.clocks import Stage
from domain.figures import Case, Cells, Sheet, cells
from domain.ids import TeamId, UnitId
from domain.publishing import About, Column, Frame, Table, periods_shown, publish
from domain.rounds import TeamKind
from domain.tips import Channel, Kind, State

DAY = timedelta(days=1)
FIRST = date(2026, 11, 2)
LAST = FIRST + 4 * DAY
EAST, WEST, UNROUTED = TeamId(b"e" * 16), TeamId(b"w" * 16), TeamId(b"u" * 16)
COUNTY, REED, SLOPE, VILLAGE = (UnitId(bytes([n]) * 16) for n in range(4))
PLACE_OF = {REED: REED, SLOPE: SLOPE, VILLAGE: REED}
CASE = Case(
    EAST, TeamKind.TEAM, TeamKind.TEAM, None, REED, None, False, Channel.WEB, Kind.PROJECTS, False, FIRST,
    State.RECEIVED, FIRST + 9 * DAY, Stage.ACCEPT, None, None, None, None,
)  # fmt: skip


def tables(told: Iterable[Case], today: date = LAST + 2 * DAY, last: date = LAST, n: int = 5) -> dict[About, Table]:
    """The tables of that day, with `n` tips for each one in `told`; 5: so that rounding takes nothing away."""
    counted: Cells = Cells()
    for one in told:
        for cell in cells(one):
            counted[cell] += n
    sheets = {sheet: {cell: n for cell, n in counted.items() if cell.sheet is sheet} for sheet in Sheet}
    frame = Frame(FIRST, last, last, today, {EAST: "东组", WEST: "西组"}, {REED: "苇庄镇", SLOPE: "青坪乡"}, PLACE_OF)
    return {one.about: one for one in publish(frame, sheets)}


def shown(table: Table) -> dict[str, int]:
    """Of a table with one column."""
    return {row.key or row.name: row.shown[0] for row in table.rows}


def test_a_day_counts_what_came_on_that_day_and_no_other_one() -> None:
    told = [replace(CASE, received_on=FIRST + n * DAY) for n in (0, 1, 1, 3, 3, 3, 4, 9)]
    days = [f"{FIRST + n * DAY}/{FIRST + n * DAY}" for n in range(4)]
    assert shown(tables(told)[About.TIME]) == dict(zip(days, (5, 10, 0, 15), strict=True))


def test_a_week_counts_from_its_first_to_its_last_day() -> None:
    told = [replace(CASE, received_on=FIRST + n * DAY) for n in (0, 6, 7, 13, 13, 14)]
    found = tables(told, FIRST + 30 * DAY, FIRST + 20 * DAY)
    assert list(shown(found[About.TIME]).values()) == [10, 15]


def test_a_channel_and_a_kind_count_what_came_by_it_and_was_of_it() -> None:
    told = [replace(CASE, channel=one) for one in (Channel.LETTER, Channel.LETTER, Channel.PHONE, Channel.VISIT)]
    told += [replace(CASE, kind=one) for one in (Kind.LAND_HOUSING, Kind.OTHER)]
    found = tables(told)
    assert shown(found[About.CHANNEL]) == {"web": 10, "telegram": 0, "letter": 10, "phone": 5}
    kinds = shown(found[About.KIND])
    assert {key: n for key, n in kinds.items() if n} == {"projects": 20, "land_housing": 5}
    assert kinds.keys() == {*Kind} - {Kind.OTHER}


def test_a_place_counts_its_villages_and_nothing_from_above_or_from_nowhere() -> None:
    told = [replace(CASE, unit_id=one) for one in (REED, VILLAGE, VILLAGE, COUNTY, None)]
    assert shown(tables(told)[About.UNIT]) == {"苇庄镇": 15, "青坪乡": 0}
    assert not tables(told, today=LAST + DAY)[About.UNIT].rows


def test_a_team_counts_its_own_tips_by_how_far_they_got_and_undecided_ones_not_at_all() -> None:
    worked = [replace(CASE, state=one, accepted_on=FIRST) for one in (State.ACCEPTED, State.ANSWERED, State.REOPENED)]
    ended = [replace(CASE, state=one, accepted_on=FIRST) for one in (State.RESOLVED, State.CLEARED, State.CLEARED)]
    passed = [replace(CASE, team_id=WEST, state=one) for one in (State.DECLINED, State.REFERRED)]
    later = replace(CASE, team_id=WEST, state=State.REFERRED, accepted_on=FIRST)
    left = [CASE, replace(CASE, state=State.WITHDRAWN)]
    elsewhere = replace(CASE, team_id=UNROUTED, team_kind=TeamKind.UNROUTED, state=State.ACCEPTED, accepted_on=FIRST)
    table = tables([*worked, *ended, *passed, later, *left, elsewhere])[About.TEAM]
    assert table.columns == (Column.WORKED, Column.RESOLVED, Column.CLEARED, Column.PASSED)
    assert {row.name: row.shown for row in table.rows} == {"东组": (15, 5, 10, 0), "西组": (0, 0, 0, 15)}


def test_four_tips_are_shown_as_none_and_nine_as_five() -> None:
    for n, seen in ((4, 0), (5, 5), (9, 5), (10, 10)):
        assert shown(tables([CASE], n=n)[About.CHANNEL])["web"] == seen


def test_the_day_of_an_early_end_is_left_out_for_good_as_that_of_a_planned_one() -> None:
    """Else that table would hold every tip: on the days that were planned still, nobody tells any."""
    planned = [periods_shown(FIRST, on(5), on(5), on(n)) for n in range(20)]
    early = [periods_shown(FIRST, on(9), on(5), on(n)) for n in range(20)]
    assert early == planned
    assert early[19][-1] == (on(4), on(4))


def test_an_early_end_does_not_turn_weeks_into_days() -> None:
    """Days added up would be held against the weeks that were shown before."""
    weeks = [periods_shown(FIRST, on(30), ends, on(n)) for ends in (on(30), on(10)) for n in range(11)]
    assert weeks[:11] == weeks[11:]
    assert periods_shown(FIRST, on(30), on(10), on(31)) == [(on(0), on(6))]


@pytest.mark.parametrize(
    ("days", "today", "shown"),
    [
        (13, 3, [(0, 0), (1, 1)]),
        (13, 1, []),
        (3, 60, [(0, 0), (1, 1), (2, 2)]),
        (14, 60, [(0, 6), (7, 13)]),
        (29, 15, [(0, 6)]),
        (29, 14, [(0, 6)]),
        (29, 13, []),
        (29, 60, [(0, 6), (7, 13), (14, 20), (21, 27)]),
    ],
)
def test_a_long_round_is_shown_by_week_and_never_with_its_latest_one(
    days: int, today: int, shown: list[tuple[int, int]]
) -> None:
    found = periods_shown(FIRST, on(days), on(days), on(today))
    assert [((first - FIRST).days, (last - FIRST).days) for first, last in found] == shown


def on(n: int) -> date:
    return FIRST + n * DAY
