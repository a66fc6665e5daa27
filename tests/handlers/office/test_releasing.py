"""Public figures as pure rules: no number from one to four follows from all tables of all days together."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import publishing
from domain.figures import Case, Cell, Sheet, cells
from domain.ids import TeamId, UnitId
from domain.publishing import LATE, About, Frame, Table, publish
from domain.rounds import TeamKind
from domain.tips import Channel, Kind, State
from handlers.office.reporting.releasing import as_body, from_body
from tests.handlers.office.differencing import SUMS, Bounds, Place, Whole, read
from vault.folders import DRAFT_HOURS

FIRST = date(2026, 10, 12)
TEAMS = {TeamId(bytes([n]) * 16): f"第 {n} 组" for n in (1, 2)}
UNROUTED = TeamId(b"\x09" * 16)
PLACES = {UnitId(bytes([n]) * 16): f"地方 {n}" for n in (11, 12, 13)}
ABOVE = UnitId(b"\x10" * 16)
CLOSES, LAST = 3, 6
"""The last day of the round and the day of the last release, counted from its first day."""

Window = tuple[int, int]
"""The planned last day of a round and the real one, likewise."""
WINDOW = CLOSES, CLOSES


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


PATHS = (
    (State.RECEIVED,),
    (State.RECEIVED, State.ACCEPTED, State.VERIFYING, State.RESOLVED, State.CLEARED),
    (State.ACCEPTED, State.RESOLVED),
    (State.RECEIVED, State.DECLINED),
    (State.ACCEPTED, State.REFERRED),
    (State.RECEIVED, State.WITHDRAWN),
)
"""Where a tip stands on the day it was told, the day after, and so on."""


@dataclass(frozen=True)
class Told:
    """`n` tips that were told on the same day about the same and went the same way."""

    n: int
    day: int
    team: TeamId
    unit: UnitId | None
    channel: Channel
    kind: Kind
    path: tuple[State, ...]

    def case(self, today: int) -> Case:
        at = self.path[min(today - self.day, len(self.path) - 1)]
        accepted = any(State.ACCEPTED is one for one in self.path[: today - self.day + 1])
        kind, on = TeamKind.UNROUTED if self.team == UNROUTED else TeamKind.TEAM, FIRST + timedelta(days=self.day)
        return Case(
            self.team, kind, kind, None, self.unit, None, is_test=False, channel=self.channel, kind=self.kind,
            late=False, received_on=on, state=at, due_on=None, stage="", accepted_on=on if accepted else None,
            first_reply_on=None, resolved_on=on if at in (State.RESOLVED, State.CLEARED) else None,
            cleared_on=on if at is State.CLEARED else None,
        )  # fmt: skip


def frame(today: int, window: Window) -> Frame:
    return Frame(FIRST, *(day(n) for n in (*window, today)), TEAMS, PLACES, {one: one for one in PLACES})


def released(history: Sequence[Told], today: int, window: Window = WINDOW) -> tuple[Table, ...]:
    sheets: dict[Sheet, Counter[Cell]] = {sheet: Counter() for sheet in Sheet}
    for told in history:
        if told.day < today:
            for cell, n in cells(told.case(today)).items():
                sheets[cell.sheet][cell] += n * told.n
    return publish(frame(today, window), sheets)


def every_tip() -> Iterator[Told]:
    """One of each sort that there can be on the last day of the releases."""
    units, teams = (*PLACES, ABOVE, None), (*TEAMS, UNROUTED)
    for team, unit, channel, kind, path in product(teams, units, Channel, Kind, PATHS):
        yield Told(5, 0, team, unit, channel, kind, path)
    yield Told(5, LAST - 1, next(iter(TEAMS)), None, Channel.WEB, Kind.OTHER, PATHS[0])


def whole_tables() -> Whole:
    """Which tables hold every tip, found out by trying one tip of each sort."""
    held = set(SUMS)
    for told in every_tip():
        held -= {table.about for table in released([told], LAST) if not sum(table.totals)}
    return frozenset(held)


@pytest.fixture(scope="module")
def whole() -> Whole:
    return whole_tables()


SOME = Told(4, 0, next(iter(TEAMS)), next(iter(PLACES)), Channel.WEB, Kind.PROJECTS, PATHS[0])
tips = st.builds(
    Told, n=st.integers(1, 7), day=st.integers(0, LAST - 1), team=st.sampled_from([*TEAMS, UNROUTED]),
    unit=st.sampled_from([*PLACES, ABOVE, None]), channel=st.sampled_from(Channel), kind=st.sampled_from(Kind),
    path=st.sampled_from(PATHS),
)  # fmt: skip
in_time = tips.filter(lambda told: told.day <= CLOSES + LATE.days)
histories = st.lists(tips, max_size=25)
days_out = st.sets(st.integers(1, LAST), min_size=2, max_size=4).map(sorted)


def truly(history: Sequence[Told], today: int, window: Window = WINDOW) -> dict[Place, int]:
    """The exact figures behind the tables of a day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "floor", lambda n: n)
        return read([released(history, today, window)], frozenset(), step=1).low[0]


def pinned(history: Sequence[Told], days: Sequence[int], bounds: Bounds, window: Window = WINDOW) -> list[str]:
    """Every figure, rest and growth that truly is one to four, and that fewer than five values are left for."""
    found, true = [], [truly(history, day, window) for day in days]
    total = [sum(told.n for told in history if told.day < day) for day in days]
    for at, exact in enumerate(true):
        for place, n in exact.items():
            if 1 <= n < 5 and len(bounds.values(at, place)) < 5:
                found.append(f"figure {place} of day {days[at]}")
            if 1 <= total[at] - n < 5 and bounds.others(at, place) < 5:
                found.append(f"rest of {place} of day {days[at]}")
    for first, last in combinations(range(len(days)), 2):
        for place in true[first]:
            if 1 <= abs(true[last][place] - true[first][place]) < 5 and len(bounds.differences(first, last, place)) < 5:
                found.append(f"growth of {place} between days {days[first]} and {days[last]}")
    return found


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories, days=days_out, window=st.sampled_from([WINDOW, (9, 9), (9, CLOSES)]))
def test_nothing_from_one_to_four_follows_from_all_tables_of_all_days(
    whole: Whole, history: list[Told], days: list[int], window: Window
) -> None:
    bounds = read([released(history, day, window) for day in days], whole)
    assert not pinned(history, days, bounds, window)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(others=histories, own=st.lists(in_time, max_size=25), days=days_out)
def test_no_number_of_a_place_from_one_to_four_is_known_to_somebody_who_told_tips_there(
    whole: Whole, others: list[Told], own: list[Told], days: list[int]
) -> None:
    """All of their own tips are begun before the round closes; they know where each of them stands on every day."""
    shown = [released([*others, *own], day) for day in days]
    bounds = read(shown, whole, own=[truly(own, day) for day in days])
    for at, day in enumerate(days):
        places = {place: n for place, n in truly(others, day).items() if place[0] is About.UNIT}
        assert not [place for place, n in places.items() if 1 <= n < 5 and len(bounds.values(at, place)) == 1]


def test_who_begins_before_the_end_and_sends_off_after_a_look_learns_no_number_of_a_place(whole: Whole) -> None:
    others, own, days = [replace(SOME, n=4)], [replace(SOME, n=1, day=CLOSES + 1)], [CLOSES + 1, CLOSES + 2]
    bounds = read([released([*others, *own], day) for day in days], whole, own=[truly(own, day) for day in days])
    place = next(place for place, n in truly(others, LAST).items() if place[0] is About.UNIT and n == 4)
    assert place not in bounds.low[0]
    assert len(bounds.values(1, place)) == 5


def test_places_are_shown_once_nobody_can_add_to_them() -> None:
    for today in range(1, LAST + 1):
        table = next(one for one in released([SOME], today) if one.about is About.UNIT)
        assert bool(table.rows) == (today > CLOSES + LATE.days)


def test_who_began_before_the_end_cannot_add_to_a_place_that_was_shown() -> None:
    """A talk begun in the last hour can be sent off as long as its key is kept, and no day longer than that."""
    last_hour = datetime.combine(FIRST, time(23), UTC)
    gone = last_hour + timedelta(hours=DRAFT_HOURS + 1)
    assert (gone - timedelta(seconds=1)).date() <= last_hour.date() + LATE


def test_somebody_who_told_four_sees_on_which_day_another_came_and_so_places_are_shown_later(whole: Whole) -> None:
    """What rounding cannot prevent, in any table that moves while tips are taken."""
    own, other, days = [replace(SOME, n=4)], replace(SOME, n=1, day=2), [2, 3]
    shown = [released([*own, other], day, (9, 9)) for day in days]
    bounds = read(shown, whole, own=[truly(own, day, (9, 9)) for day in days])
    web = next(place for place in bounds.low[0] if place[:2] == (About.CHANNEL, 0))
    assert bounds.values(0, web) == [0]
    assert min(bounds.values(1, web)) == 1
    assert not any(place[0] is About.UNIT for place in bounds.low[1])


def test_the_same_attack_finds_a_lone_tip_once_totals_are_exact(whole: Whole) -> None:
    alone = [replace(SOME, n=1)]
    assert pinned(alone, [3], read([released(alone, 3)], whole, totals=[1]))
    assert not pinned(alone, [3], read([released(alone, 3)], whole))


def test_the_same_attack_finds_numbers_once_a_table_holds_every_tip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "CHANNELS", tuple(Channel))
    four_each = [replace(SOME, n=4, channel=channel) for channel in Channel]
    found = pinned(four_each, [3], read([released(four_each, 3)], whole_tables()))
    assert len([line for line in found if line.startswith("figure (<About.CHANNEL")]) == len(Channel)


def test_the_same_attack_finds_numbers_that_are_not_rounded(monkeypatch: pytest.MonkeyPatch, whole: Whole) -> None:
    monkeypatch.setattr(publishing, "floor", lambda n: n)
    assert pinned([SOME], [3], read([released([SOME], 3)], whole, step=1))


def test_no_table_holds_every_tip(whole: Whole) -> None:
    assert not whole


def test_rows_follow_the_plan_and_not_what_was_told() -> None:
    empty, full = released([], 4), released([replace(SOME, n=9)], 4)
    assert [[(row.key, row.name) for row in table.rows] for table in empty] == [
        [(row.key, row.name) for row in table.rows] for table in full
    ]


@given(history=histories, day=st.integers(1, LAST))
def test_every_figure_is_rounded_down_and_every_sum_adds_up_what_is_shown(history: list[Told], day: int) -> None:
    true = truly(history, day)
    for table in released(history, day):
        for at, row in enumerate(table.rows):
            for column, n in zip(table.columns, row.shown, strict=True):
                assert n % 5 == 0
                assert 0 <= true[table.about, at, column] - n < 5
        sums = [sum(row.shown[at] for row in table.rows) for at in range(len(table.columns))]
        assert list(table.totals) == sums
    assert from_body(json.loads(json.dumps(as_body(released(history, day))))) == released(history, day)
