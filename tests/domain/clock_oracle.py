"""The slow way to say when something is due: day by day, from what happened. Shares no code with domain/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from domain.clocks import Stage
from domain.tips import Action, State

DAY = timedelta(days=1)
PUBLISHED = range(2004, 2027)


@dataclass(frozen=True)
class Land:
    """Which days are worked: what was published, what the office says instead, and else Monday to Friday."""

    own: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        return self.own[day] if day in self.own else usually_works(day)


@cache
def usually_works(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day)) if day.year in PUBLISHED else day.isoweekday() <= 5


@dataclass
class Watch:
    """One stage of one tip, as it happened."""

    started: date
    pauses: list[tuple[date, date]] = field(default_factory=list)
    asked: date | None = None
    stopped: date | None = None
    final: tuple[date, int] | None = None  # due and paused days, as they were when it was stopped


def walk(watch: Watch, allowed: int, land: Land) -> tuple[date, int]:
    """The due day and how many working days the pauses moved it.

    A day counts when it is worked and lies in no pause: after the day of the question, up to and with the day on which
    the pause ended. When the question came on the last day, that day is given back and the day of the end counts.
    """
    used, passed, day = 0, 0, watch.started
    given_back: set[tuple[date, date]] = set()
    while True:
        day += DAY
        if not land.works(day):
            continue
        passed += 1
        if any(first <= day < last if (first, last) in given_back else first < day <= last
               for first, last in watch.pauses):  # fmt: skip
            continue
        if used + 1 == allowed:
            on_the_last = [pause for pause in watch.pauses if pause[0] == day < pause[1]]
            if not on_the_last:
                return day, passed - allowed
            given_back.update(on_the_last)
            continue
        used += 1


STARTS = {
    Action.ACCEPT: {Stage.FIRST_REPLY, Stage.HAND_OVER, Stage.CLOSE},
    Action.NOTICE: {Stage.RECTIFY},
    Action.RESOLVE: {Stage.CLEAR},
    Action.REOPEN: {Stage.CLOSE},
}
ENDS_ALL = {Action.RESOLVE, Action.CLEAR, Action.DECLINE, Action.REFER, Action.WITHDRAW, Action.REOPEN}
ENDS = {
    Stage.ACCEPT: {Action.ACCEPT},
    Stage.FIRST_REPLY: {Action.ASK, Action.REPLY, Action.ANSWER, Action.HAND_OVER, Action.NOTICE},
    Stage.HAND_OVER: {Action.HAND_OVER, Action.NOTICE, Action.ANSWER},
    Stage.RECTIFY: {Action.REPORT_BACK},
    Stage.CLOSE: set[Action](),
    Stage.CLEAR: set[Action](),
}


@dataclass
class Oracle:
    """All stages of one tip. `days` and `land` may be replaced at any time."""

    days: dict[Stage, int]
    land: Land
    watches: dict[Stage, Watch] = field(default_factory=dict)

    def due(self, stage: Stage) -> tuple[date, int]:
        watch = self.watches[stage]
        return watch.final or walk(watch, self.days[stage], self.land)

    def happens(self, action: Action, state: State, on: date) -> None:
        waits = state is State.AWAITING_REPORTER
        for stage, watch in self.watches.items():
            ends = action in ENDS[stage] or action in ENDS_ALL
            if watch.asked is not None and watch.stopped is None and (ends or not waits):
                watch.pauses.append((watch.asked, on))
                watch.asked = None
            if ends and watch.stopped is None:
                watch.stopped, watch.final = on, self.due(stage)
        for stage in STARTS.get(action, set()):
            self.watches[stage] = Watch(on)
        if waits:
            self._wait(on)

    def moves_team(self, state: State, on: date) -> None:
        for stage in [stage for stage, watch in self.watches.items() if watch.stopped is None]:
            self.watches[stage] = Watch(on)
        if state is State.AWAITING_REPORTER:
            self._wait(on)

    def _wait(self, on: date) -> None:
        for stage, watch in self.watches.items():
            if watch.stopped is None and watch.asked is None and on <= self.due(stage)[0]:
                watch.asked = on

    def next(self) -> tuple[Stage, date, date] | None:
        """What comes first, when, and from which day on it is at risk."""
        running = [stage for stage in Stage if self._runs(stage)]
        if not running:
            return None
        first = min(running, key=lambda stage: self.due(stage)[0])
        due = self.due(first)[0]
        return first, due, risk(due, self.days[first], self.land)

    def _runs(self, stage: Stage) -> bool:
        watch = self.watches.get(stage)
        return watch is not None and watch.stopped is None and watch.asked is None


def risk(due: date, allowed: int, land: Land) -> date:
    """Looking back from far away: the first day on which four fifths are used, or two working days are left."""
    day = due - 90 * DAY
    while True:
        ahead = sum(land.works(due - i * DAY) for i in range((due - day).days))
        if ahead <= 2 or 5 * (allowed - ahead) >= 4 * allowed:
            return day
        day += DAY
