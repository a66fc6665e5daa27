"""Every clock equals the slow oracle, whatever happens to a tip, through ten years of holidays and years unknown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import ChineseWorkingDays
from domain import clocks
from domain.clocks import Clock, NextDue, Stage
from domain.deadlines import OfficeDays
from domain.rounds import DAYS
from domain.tips import MOVES, Action, State
from tests.domain.clock_oracle import Land, Oracle, Watch

CHINA = ChineseWorkingDays()
FIRST, LAST = date(2016, 1, 1), date(2029, 6, 30)
GAPS = st.one_of(st.integers(0, 3), st.integers(0, 45))
ALLOWED = st.one_of(st.integers(1, 6), st.integers(1, 60))


@dataclass(frozen=True)
class Deed:
    """One thing that happens, `gap` days after the last one; `pick` chooses among what is legal then."""

    gap: int
    pick: int
    days: dict[Stage, int]
    own: dict[date, bool]


def stands(made: Sequence[Clock]) -> dict[Stage, tuple[date, date, date | None, int, date | None]]:
    return {one.stage: (one.started_on, one.due_on, one.paused_on, one.paused_days, one.stopped_on) for one in made}


def should_stand(oracle: Oracle) -> dict[Stage, tuple[date, date, date | None, int, date | None]]:
    found = {}
    for stage, watch in oracle.watches.items():
        due, paused = oracle.due(stage)
        found[stage] = (watch.started, due, watch.asked, paused, watch.stopped)
    return found


def agree(made: Sequence[Clock], oracle: Oracle, days: dict[Stage, int], calendar: OfficeDays) -> None:
    assert len({one.stage for one in made}) == len(made)
    assert stands(made) == should_stand(oracle)
    following, expected = clocks.next_due(made, days, calendar), oracle.next()
    assert following == (None if expected is None else NextDue(*expected))


def asked_days(oracle: Oracle, on: date) -> dict[date, bool]:
    """Own days right where they hurt: around now, and around every due day."""
    near = [on, *(oracle.due(stage)[0] for stage in oracle.watches)]
    return {day + timedelta(days=i): (day.day + i) % 2 == 0 for day in near for i in (-1, 0, 1)}


DEEDS = st.builds(
    Deed,
    GAPS,
    st.integers(0, 10_000),
    st.fixed_dictionaries(dict.fromkeys(Stage, ALLOWED)),
    st.dictionaries(st.dates(FIRST, LAST), st.booleans(), max_size=5),
)


@settings(max_examples=300, deadline=None)
@given(st.dates(FIRST, date(2027, 12, 31)), st.fixed_dictionaries(dict.fromkeys(Stage, ALLOWED)),
       st.lists(DEEDS, max_size=14))  # fmt: skip
def test_every_clock_equals_the_oracle_whatever_happens(start: date, days: dict[Stage, int], deeds: list[Deed]) -> None:
    calendar, oracle, on, state = OfficeDays(CHINA, {}), Oracle(days, Land()), start, State.RECEIVED
    made = clocks.received(on, days, calendar)
    oracle.watches = {Stage.ACCEPT: Watch(on)}
    agree(made, oracle, days, calendar)
    for deed in deeds:
        on += timedelta(days=deed.gap)
        legal = sorted({action for known, action in MOVES if known is state} | {Action.ADD})
        chosen = deed.pick % (len(legal) + 1)
        if chosen == len(legal):
            days, own = deed.days, {**deed.own, **asked_days(oracle, on)}
            calendar, oracle.days, oracle.land = OfficeDays(CHINA, own), days, Land(own)
            made = clocks.recomputed(made, days, calendar)
        elif legal[chosen] is Action.TRANSFER:
            made = clocks.moved(made, on, days, calendar, state=state)
            oracle.moves_team(state, on)
        else:
            action = legal[chosen]
            state = MOVES.get((state, action), state)
            made = clocks.after(made, action, state, on, days=days, calendar=calendar)
            oracle.happens(action, state, on)
        agree(made, oracle, days, calendar)


@settings(max_examples=150, deadline=None)
@given(st.dates(FIRST, date(2026, 12, 31)), st.integers(1, 20), st.lists(st.tuples(GAPS, GAPS), max_size=5))
def test_a_clock_that_is_paused_again_and_again_equals_the_oracle(
    start: date, allowed: int, pauses: list[tuple[int, int]]
) -> None:
    days, calendar = {**DAYS, Stage.CLOSE: allowed}, OfficeDays(CHINA, {})
    oracle, on = Oracle(days, Land()), start
    made = clocks.after((), Action.ACCEPT, State.ACCEPTED, on, days=days, calendar=calendar)
    oracle.happens(Action.ACCEPT, State.ACCEPTED, on)
    for before, waited in pauses:
        for gap, action, state in ((before, Action.ASK, State.AWAITING_REPORTER),
                                   (waited, Action.ADD, State.VERIFYING)):  # fmt: skip
            on += timedelta(days=gap)
            made = clocks.after(made, action, state, on, days=days, calendar=calendar)
            oracle.happens(action, state, on)
            agree(made, oracle, days, calendar)


HAND_OVER_IN_3 = {**DAYS, Stage.HAND_OVER: 3, Stage.CLOSE: 10}


@pytest.mark.parametrize(
    ("received", "allowed", "due"),
    [
        # 春节 2024: Sunday 4 and Sunday 18 February are worked, 10 to 17 free.
        # 4 (1), 5, 6, 7, 8, 9 (6), 18 (7), 19 (8)
        (date(2024, 2, 2), 8, date(2024, 2, 19)),
        # 国庆 2024: Sunday 29 September and Saturday 12 October are worked, 1 to 7 October free.
        # 29 (1), 30 (2), 8 (3), 9 (4), 10 (5), 11 (6), 12 (7)
        (date(2024, 9, 27), 5, date(2024, 10, 10)),
        (date(2024, 9, 27), 7, date(2024, 10, 12)),
        # 春节 2025: Sunday 26 January and Saturday 8 February are worked, 28 January to 4 February free.
        # 26 (1), 27 (2), 5 (3), 6 (4), 7 (5), 8 (6)
        (date(2025, 1, 24), 6, date(2025, 2, 8)),
        # 国庆 and 中秋 2025: Sunday 28 September and Saturday 11 October are worked, 1 to 8 October free.
        # 28 (1), 29 (2), 30 (3), 9 (4), 10 (5), 11 (6)
        (date(2025, 9, 26), 6, date(2025, 10, 11)),
        # 春节 2026: Saturday 14 and Saturday 28 February are worked, 15 to 23 free.
        # 12 (1), 13 (2), 14 (3), 24 (4), 25 (5), 26 (6), 27 (7), 28 (8)
        (date(2026, 2, 11), 8, date(2026, 2, 28)),
        # 中秋 and 国庆 2026: Sunday 20 September and Saturday 10 October are worked, 25 September and 1 to 7 free.
        # 20 (1), 21, 22, 23, 24 (5), 28 (6), 29, 30 (8), 8 (9), 9 (10), 10 (11)
        (date(2026, 9, 18), 10, date(2026, 10, 9)),
        (date(2026, 9, 18), 11, date(2026, 10, 10)),
        # 2027 is not published: 2026-12-31 (1), then weekdays only, the first of January among them.
        (date(2026, 12, 30), 2, date(2027, 1, 1)),
    ],
)
def test_holiday_weeks_counted_by_hand(received: date, allowed: int, due: date) -> None:
    (accept,) = clocks.received(received, {**DAYS, Stage.ACCEPT: allowed}, CHINA)
    assert accept == Clock(Stage.ACCEPT, received, due)


def hand_over(accepted: date, asked: date, answered: date, stage: Stage = Stage.HAND_OVER) -> Clock:
    """The clock once the reporter was asked and answered."""
    made = clocks.after((), Action.ACCEPT, State.ACCEPTED, accepted, days=HAND_OVER_IN_3, calendar=CHINA)
    for action, state, on in ((Action.ASK, State.AWAITING_REPORTER, asked), (Action.ADD, State.VERIFYING, answered)):
        made = clocks.after(made, action, state, on, days=HAND_OVER_IN_3, calendar=CHINA)
    return next(one for one in made if one.stage is stage)


def test_a_pause_over_spring_festival_counted_by_hand() -> None:
    # 11 (1), 12 (2), 13 (3, asked); 14, 24, 25 paused; 26 (4), 27 (5), 28 (6), 2 March (7), 3, 4, 5 (10)
    close = hand_over(date(2026, 2, 10), date(2026, 2, 13), date(2026, 2, 25), Stage.CLOSE)
    assert (close.due_on, close.paused_days) == (date(2026, 3, 5), 3)


@pytest.mark.parametrize(
    ("asked", "answered", "due", "paused"),
    [
        # Accepted on Wednesday 11: 12 (1), 13 (2), Saturday 14 (3) is the last day; free until Monday 23.
        (date(2026, 2, 13), date(2026, 2, 20), date(2026, 2, 24), 1),  # one day was left, and is still left
        (date(2026, 2, 14), date(2026, 2, 14), date(2026, 2, 14), 0),
        (date(2026, 2, 14), date(2026, 2, 20), date(2026, 2, 24), 1),  # back on a free day: due on the next worked one
        (date(2026, 2, 14), date(2026, 2, 24), date(2026, 2, 24), 1),
        (date(2026, 2, 14), date(2026, 2, 25), date(2026, 2, 25), 2),
        (date(2026, 2, 15), date(2026, 2, 25), date(2026, 2, 14), 0),  # over already
    ],
)
def test_a_question_on_the_last_day_gives_that_day_back_and_a_later_one_gives_none(
    asked: date, answered: date, due: date, paused: int
) -> None:
    clock = hand_over(date(2026, 2, 11), asked, answered)
    assert (clock.due_on, clock.paused_days, clock.paused_on) == (due, paused, None)


def test_while_the_reporter_is_asked_nothing_is_due_but_what_is_late() -> None:
    made = clocks.after((), Action.ACCEPT, State.ACCEPTED, date(2026, 3, 2), days=HAND_OVER_IN_3, calendar=CHINA)
    state = State.AWAITING_REPORTER
    made = clocks.after(made, Action.ASK, state, date(2026, 3, 9), days=HAND_OVER_IN_3, calendar=CHINA)
    due = clocks.next_due(made, HAND_OVER_IN_3, CHINA)
    assert due == NextDue(Stage.HAND_OVER, date(2026, 3, 5), date(2026, 3, 3))
    taken = clocks.moved(made, date(2026, 3, 10), HAND_OVER_IN_3, CHINA, state=state)
    assert clocks.next_due(taken, HAND_OVER_IN_3, CHINA) is None, "for the new team nothing is late, and all waits"


def test_a_day_declared_free_afterwards_moves_what_runs_and_no_pause_counts_it_twice() -> None:
    # Accepted Monday 2 March 2026: 3 (1), 4 (2, asked), 5 and 6 paused, 9 (3), 10, 11, 12, 13, 16, 17, 18 (10)
    close = hand_over(date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 6), Stage.CLOSE)
    assert (close.due_on, close.paused_days) == (date(2026, 3, 18), 2)
    free_in_pause, free_after = ({date(2026, 3, day): False} for day in (5, 10))
    (same,) = clocks.recomputed([close], HAND_OVER_IN_3, OfficeDays(CHINA, free_in_pause))
    assert (same.due_on, same.paused_days) == (date(2026, 3, 18), 1)
    (later,) = clocks.recomputed([close], HAND_OVER_IN_3, OfficeDays(CHINA, free_after))
    assert (later.due_on, later.paused_days) == (date(2026, 3, 19), 2)
    stopped = replace(close, stopped_on=date(2026, 3, 9))
    assert clocks.recomputed([stopped], HAND_OVER_IN_3, OfficeDays(CHINA, free_after)) == (stopped,)
