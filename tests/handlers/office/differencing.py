"""Somebody who collects every table of every day, knows all the rules, and works out what each figure can have been.

All days and all tables are used at once: what was received never grows less, tables that hold every tip have the same
sum, and the tips that this somebody told are taken off. What is left is exact: the sums of a day can be joined exactly
if no chain of sure growth from a least sum leads past a greatest one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from domain.publishing import STEP, About, Column, Table

Place = tuple[About, int, Column]
"""One figure of a day: its table, row and column."""

_GROWING = (About.TIME, About.CHANNEL, About.UNIT, About.KIND)
_TEAM = (Column.WORKED, Column.RESOLVED, Column.CLEARED, Column.PASSED)
SUMS: Mapping[About, tuple[Column, ...]] = {**dict.fromkeys(_GROWING, (Column.RECEIVED,)), About.TEAM: _TEAM}
"""What tables have in common: all that was received."""

Whole = frozenset[About]
"""Which tables hold everything."""


@dataclass
class Bounds:
    """What each figure can have been on each day, both ends included."""

    low: list[dict[Place, int]]
    high: list[dict[Place, int]]
    whole: Whole
    totals: Sequence[int] = ()
    """How many there are in all, by day, for those who were told."""

    def with_value(self, day: int, place: Place, value: int) -> "Bounds | None":
        """The same once `place` is known on `day`; None when that cannot be."""
        low, high = [dict(one) for one in self.low], [dict(one) for one in self.high]
        low[day][place] = max(low[day][place], value)
        high[day][place] = min(high[day][place], value)
        found = Bounds(low, high, self.whole, self.totals)
        return found if found.is_possible() else None

    def is_possible(self) -> bool:
        self._follow()
        fits = all(low[place] <= high[place] for low, high in zip(self.low, self.high, strict=True) for place in low)
        bounded = self.whole or self.totals  # else any sum is as good as any other
        return fits and (not bounded or self._sums_fit())

    def values(self, day: int, place: Place) -> list[int]:
        """Every value that `place` can have had on `day`."""
        span = range(self.low[day][place], self.high[day][place] + 1)
        return [value for value in span if self.with_value(day, place, value)]

    def differences(self, first: int, last: int, place: Place) -> set[int]:
        """By how much `place` can have grown between two days."""
        found = set()
        for before in self.values(first, place):
            known = self.with_value(first, place, before)
            found |= {after - before for after in known.values(last, place)} if known else set()
        return found

    def others(self, day: int, place: Place) -> float:
        """How many values all the rest of what `place` is a part of can have had: common sum less the figure."""
        least, most = self._sum_range(day)
        rows = [one for one in self.low[day] if one[0] == place[0] and one != place]
        low: float = sum(self.low[day][one] for one in rows)
        high: float = sum(self.high[day][one] for one in rows)
        if place[0] not in self.whole:
            high = inf  # what the table leaves out
        low = max(low, least - self.high[day][place])
        return min(high, most - self.low[day][place]) - low + 1

    def _follow(self) -> None:
        """A figure that only grows passes its least on to later days, its greatest to earlier ones; that of a period
        which is over never changes."""
        for before, after in pairwise(range(len(self.low))):
            self._pass_on(self.low, before, after, max)
            self._pass_on(self.high, before, after, min, only=About.TIME)
        for after, before in pairwise(reversed(range(len(self.low)))):
            self._pass_on(self.high, after, before, min)
            self._pass_on(self.low, after, before, max, only=About.TIME)

    def _pass_on(
        self, side: list[dict[Place, int]], giver: int, taker: int, pick: Callable[[int, int], int],
        only: About | None = None,
    ) -> None:  # fmt: skip
        for place in side[giver].keys() & side[taker].keys():
            if _grows(place) and only in (None, place[0]):
                side[taker][place] = pick(side[taker][place], side[giver][place])

    def _sums_fit(self) -> bool:
        ranges = [self._sum_range(day) for day in range(len(self.low))]
        return all(least <= most for least, most in ranges)

    def _sum_range(self, day: int) -> tuple[float, float]:
        """The least and greatest that all tips of a day can have been, by every table and every earlier day."""
        least: list[float] = []
        for now in range(day + 1):
            direct = max(sum(self._part(self.low, now, about)) for about in SUMS)
            grown = [least[one] + self._growth(one, now) for one in range(now)]
            least.append(max([direct, *grown, *self._told(now)]))
        whole = [*self._told(day), *(sum(self._part(self.high, day, about)) for about in self.whole)]
        return least[day], min(whole, default=inf)

    def _told(self, day: int) -> Sequence[int]:
        return self.totals[day : day + 1]

    def _part(self, side: list[dict[Place, int]], day: int, about: About) -> Sequence[int]:
        return [n for place, n in side[day].items() if place[0] is about]

    def _growth(self, before: int, after: int) -> int:
        """How many more tips there are for sure, by the table that shows it best."""
        found = dict.fromkeys(SUMS, 0)
        for place, most in self.high[before].items():
            if _grows(place) and place[0] is not About.TIME:
                found[place[0]] += max(0, self.low[after].get(place, 0) - most)
        return max(found.values())


def read(
    days: Sequence[Sequence[Table]], whole: Whole, *, step: int = STEP, totals: Sequence[int] = (),
    own: Sequence[Mapping[Place, int]] = (),
) -> Bounds:  # fmt: skip
    """What is known at once of the tables of `days`, one after the other; of the tips of others, less `own` by day."""
    shown = [
        {(table.about, at, column): n for table in tables for at, row in enumerate(table.rows)
         for column, n in zip(table.columns, row.shown, strict=True)} for tables in days
    ]  # fmt: skip
    mine = own or [{} for _ in days]
    low = [
        {place: max(0, n - less.get(place, 0)) for place, n in one.items()}
        for one, less in zip(shown, mine, strict=True)
    ]
    high = [
        {place: n + step - 1 - less.get(place, 0) for place, n in one.items()}
        for one, less in zip(shown, mine, strict=True)
    ]
    bounds = Bounds(low, high, whole, totals)
    assert bounds.is_possible()
    return bounds


def _grows(place: Place) -> bool:
    return place[0] in _GROWING
