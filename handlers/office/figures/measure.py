"""What the office's figures mean, worked out of counted cells alone. Whatever shows a figure takes it from here."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import ceil

from domain.clocks import Stage, StageDays
from domain.deadlines import Badge, WorkingDays, badge, left, working_days_between
from domain.figures import ACCEPTED, DECIDED, IN_WORK, RESOLVED, UNACCEPTED, UNDECIDED, UNFINISHED, Cell, Standing
from domain.ids import TeamId

AGES = ((0, 5), (6, 10), (11, 15), (16, None))
"""Working days that an unfinished tip has lain, from and up to and with; None: and more."""

Counted = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the tips of some cells have got. `cleared` ones are `resolved` too, both are `accepted`, and so is what
    was `passed_on` after it was accepted; received = undecided + accepted + unaccepted + withdrawn."""

    received: int = 0
    undecided: int = 0
    decided: int = 0
    accepted: int = 0
    unaccepted: int = 0
    in_work: int = 0
    passed_on: int = 0
    resolved: int = 0
    cleared: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Replies:
    """Working days from the day received to the first reply, by nearest rank; None when `n`, the replies, is 0."""

    n: int
    median: int | None
    p90: int | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """Tips whose next deadline runs, by the badge that the desk shows. `late3` are among the `late`."""

    running: int = 0
    today: int = 0
    soon: int = 0
    late: int = 0
    late3: int = 0


def chosen(
    cells: Counted, *, teams: Collection[TeamId] | None = None, first: date | None = None, last: date | None = None
) -> Counted:
    """The cells of these teams, of the days from `first` up to and with `last`; all where nothing is said."""

    def lies_within(day: date | None) -> bool:
        return day is not None and (first is None or first <= day) and (last is None or day <= last)

    every_day = first is None and last is None
    return {
        cell: n
        for cell, n in cells.items()
        if (teams is None or cell.team_id in teams) and (every_day or lies_within(cell.day))
    }


def tally(cells: Counted) -> Tally:
    """What has become of the tips of COHORT or UNIT cells."""
    by: Counter[str] = Counter()
    for cell, n in cells.items():
        by[cell.measure] += n
    return Tally(
        received=by.total(),
        undecided=_sum(by, UNDECIDED),
        decided=_sum(by, DECIDED),
        accepted=_sum(by, ACCEPTED),
        unaccepted=_sum(by, UNACCEPTED),
        in_work=_sum(by, IN_WORK),
        passed_on=by[Standing.PASSED_ON],
        resolved=_sum(by, RESOLVED),
        cleared=by[Standing.CLEARED],
        withdrawn=by[Standing.WITHDRAWN],
    )


def replies(cells: Counted, calendar: WorkingDays) -> Replies:
    """How soon the reporters of REPLY cells were first told something; days are those on which they wrote."""
    took: Counter[int] = Counter()
    between = working_days(calendar)
    for cell, n in cells.items():
        if cell.day and cell.until:
            took[between(cell.day, cell.until)] += n
    n = took.total()
    return Replies(n, nearest_rank(took, 50), nearest_rank(took, 90))


def overdue(cells: Counted, days: StageDays, today: date, calendar: WorkingDays) -> Overdue:
    """How the deadlines of DUE cells stand on the day `today`; `days` are the round's."""
    by: Counter[Badge] = Counter()
    badges: dict[tuple[date, Stage], Badge] = {}
    for cell, n in cells.items():
        if cell.day and cell.measure:
            key = cell.day, Stage(cell.measure)
            if key not in badges:
                badges[key] = badge(left(cell.day, today, calendar), days[key[1]])
            by[badges[key]] += n
    late3 = by[Badge.LATE3]
    return Overdue(by.total(), by[Badge.TODAY], by[Badge.SOON], by[Badge.LATE] + late3, late3)


def ages(cells: Counted, today: date, calendar: WorkingDays) -> tuple[int, ...]:
    """The unfinished tips of COHORT cells by how many working days ago they came in, in the order of `AGES`."""
    found = [0] * len(AGES)
    between = working_days(calendar)
    for cell, n in cells.items():
        if cell.day and cell.measure in UNFINISHED:
            found[age_of(between(cell.day, today))] += n
    return tuple(found)


def age_of(days: int) -> int:
    """Which of `AGES` holds so many working days."""
    return next(at for at, (_, most) in enumerate(AGES) if most is None or days <= most)


def nearest_rank(values: Counter[int], percent: int) -> int | None:
    """The smallest of the counted values that at least `percent` of them do not exceed; None of none."""
    rank, seen = ceil(values.total() * percent / 100), 0
    for value in sorted(values):
        seen += values[value]
        if seen >= rank and values[value]:
            return value
    return None


def working_days(calendar: WorkingDays) -> Callable[[date, date], int]:
    """Working days between two days, each pair counted once."""

    @cache
    def between(a: date, b: date) -> int:
        return working_days_between(a, b, calendar)

    return between


def _sum(by: Counter[str], standings: Iterable[Standing]) -> int:
    return sum(by[one] for one in standings)
