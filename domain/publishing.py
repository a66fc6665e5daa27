"""Which figures leave the house, and how: rounded down, in tables that each leave a part out. Pure; reasons in
docs/decisions/0008-public-figures.md."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.figures import IN_WORK, UNACCEPTED, Cell, Sheet, Standing
from domain.ids import TeamId, UnitId
from domain.tips import Channel, Kind

STEP = 5
"""Every figure is rounded down to a multiple of it: each shown number stands for this many possible ones."""

LATE = timedelta(days=1)
"""How long after the end somebody can still send off what they had begun: as long as a draft's key is kept."""

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_BY_DAY = 14
"""Days of a round at most that is shown by day; a longer one is shown by week."""


class About(StrEnum):
    TIME = "time"
    CHANNEL = "channel"
    TEAM = "team"
    UNIT = "unit"
    KIND = "kind"


class Column(StrEnum):
    RECEIVED = "received"
    WORKED = "worked"
    RESOLVED = "resolved"
    CLEARED = "cleared"
    PASSED = "passed"  # declined or referred


CHANNELS = tuple(one for one in Channel if one is not Channel.VISIT)
KINDS = tuple(one for one in Kind if one is not Kind.OTHER)
"""What the tables show. Who came in person was seen coming, and what is of no kind pins down no other."""

_GROUPS: dict[Standing, Column] = {
    **dict.fromkeys(IN_WORK, Column.WORKED),
    Standing.RESOLVED: Column.RESOLVED,
    Standing.CLEARED: Column.CLEARED,
    **dict.fromkeys(UNACCEPTED | {Standing.PASSED_ON}, Column.PASSED),
}
_RECEIVED = (Column.RECEIVED,)
_BY_TEAM = (Column.WORKED, Column.RESOLVED, Column.CLEARED, Column.PASSED)


@dataclass(frozen=True, slots=True)
class Row:
    """`key`: a channel, a kind, or the first and the last day in ISO; else the row has a `name`. `shown` by column."""

    key: str
    name: str
    shown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every figure is a multiple of `STEP` and stands for itself and the next four; 0 is said as "fewer than 5"."""

    about: About
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """By column: the sum of what is shown, so that it says nothing new."""
        return tuple(sum(row.shown[at] for row in self.rows) for at in range(len(self.columns)))


@dataclass(frozen=True, slots=True)
class Frame:
    """What decides which rows there are: the plan of a round and the day, never what was told.

    `closes_on`: the last day as planned; `ends_on`: the last day really. `teams` without the queues of the unplaced and
    of the recused; `places`: townships and bureaus; `place_of` leads from a unit to the place it is counted in, and
    knows no unit above a place.
    """

    opens_on: date
    closes_on: date
    ends_on: date
    today: date
    teams: Mapping[TeamId, str]
    places: Mapping[UnitId, str]
    place_of: Mapping[UnitId, UnitId]


_Key = str | bytes
_Count = tuple[_Key, Column]


def publish(frame: Frame, sheets: Mapping[Sheet, Mapping[Cell, int]]) -> tuple[Table, ...]:
    """The tables of a day. None holds every tip: so no number can be had by taking the others from a common total.

    That of places has no rows while tips are taken, those that were begun before the end too: whoever told some there
    could watch for others day by day.
    """
    places = frame.places if frame.today > frame.ends_on + LATE else {}
    shown = periods_shown(frame.opens_on, frame.closes_on, frame.ends_on, frame.today)
    periods = {f"{first}/{last}": (first, last) for first, last in shown}
    cohort, units, kinds = sheets[Sheet.COHORT], sheets[Sheet.UNIT], sheets[Sheet.UNIT_KIND]
    return (
        _table(About.TIME, _RECEIVED, _coded(periods), _count(cohort, _by_period(periods))),
        _table(About.CHANNEL, _RECEIVED, _coded(CHANNELS), _count(cohort, lambda cell: _received(cell.channel))),
        _table(About.TEAM, _BY_TEAM, _named(frame.teams), _count(cohort, _by_team)),
        _table(About.UNIT, _RECEIVED, _named(places), _count(units, _by_place(frame))),
        _table(About.KIND, _RECEIVED, _coded(KINDS), _count(kinds, lambda cell: _received(cell.kind))),
    )


def periods_shown(opens_on: date, closes_on: date, ends_on: date, today: date) -> list[tuple[date, date]]:
    """The first and last days of the round's days, or weeks from its opening, that are over before `today`.

    The latest of them is left out, also when the round is over, were it before its planned end: else this table would
    hold every tip. The plan alone says whether by day or by week: days added up would give away more of a week.
    """
    length = _DAY if (closes_on - opens_on).days < _BY_DAY else _WEEK
    found, first = [], opens_on
    while first <= ends_on and (last := min(first + length - _DAY, ends_on)) < today:
        found.append((first, last))
        first = last + _DAY
    return found[:-1]


def floor(n: int) -> int:
    return n // STEP * STEP


def _count(cells: Mapping[Cell, int], places: Callable[[Cell], Iterable[_Count]]) -> Counter[_Count]:
    found: Counter[_Count] = Counter()
    for cell, n in cells.items():
        for place in places(cell):
            found[place] += n
    return found


def _by_period(periods: Mapping[str, tuple[date, date]]) -> Callable[[Cell], list[_Count]]:
    def places(cell: Cell) -> list[_Count]:
        held = (key for key, (first, last) in periods.items() if cell.day and first <= cell.day <= last)
        return [count for key in held for count in _received(key)]

    return places


def _by_team(cell: Cell) -> list[_Count]:
    group = _GROUPS.get(Standing(cell.measure))  # undecided and withdrawn ones are in none
    return [(cell.team_id, group)] if cell.team_id and group else []


def _by_place(frame: Frame) -> Callable[[Cell], list[_Count]]:
    def places(cell: Cell) -> list[_Count]:
        place = frame.place_of.get(cell.unit_id) if cell.unit_id else None
        return [] if place is None else _received(place)

    return places


def _received(key: _Key) -> list[_Count]:
    return [(key, Column.RECEIVED)]


def _coded(keys: Iterable[str]) -> dict[_Key, Row]:
    return {key: Row(key, "", ()) for key in keys}


def _named(names: Mapping[TeamId, str] | Mapping[UnitId, str]) -> dict[_Key, Row]:
    return {key: Row("", name, ()) for key, name in names.items()}


def _table(about: About, columns: tuple[Column, ...], rows: Mapping[_Key, Row], counts: Mapping[_Count, int]) -> Table:
    shown = {key: tuple(floor(counts.get((key, column), 0)) for column in columns) for key in rows}
    return Table(about, columns, tuple(replace(row, shown=shown[key]) for key, row in rows.items()))
