"""Rounds of invented tips as the counts that a report is made of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from hypothesis import strategies as st

from bot.app import ZONE
from domain.figures import Case, Cell, Done, Sheet, cells
from domain.ids import BatchId, OfficeId, RoundId, TeamId, UnitId
from domain.rounds import Level, Round, RoundState, Team, TeamKind, Unit
from domain.tips import Channel, Kind, State
from handlers.office.figures.sheets import Sheets

OPENS = date(2026, 10, 12)
"""A Monday."""
TODAY = 20
TEAMS = tuple(Team(TeamId(bytes([n]) * 16), RoundId(b"r" * 16), n, f"第 {n} 组", TeamKind.TEAM, "", "") for n in (1, 2))
RECUSED = TeamId(b"\x09" * 16)
COUNTY = Unit(UnitId(b"c" * 16), None, Level.COUNTY, "1", "县", "县")
TOWN = Unit(UnitId(b"t" * 16), COUNTY.id, Level.TOWNSHIP, "11", "镇", "县/镇")
VILLAGE = Unit(UnitId(b"v" * 16), TOWN.id, Level.VILLAGE, "111", "村", "县/镇/村")
UNITS = {one.id: one for one in (COUNTY, TOWN, VILLAGE)}
BATCH = BatchId(b"b" * 16)


class EveryDay:
    """A calendar without a day off."""

    def is_working(self, day: date) -> bool:
        return bool(day)

    def knows(self, year: int) -> bool:
        return bool(year)


@dataclass(frozen=True)
class Went:
    """A tip: told on a day since the opening, and after how many days each thing was done; None: not done."""

    day: int
    team: int
    channel: Channel
    unit: Unit | None
    steps: tuple[int, ...]
    replied: int | None
    declined: bool
    recused: bool

    @property
    def done(self) -> dict[Done, int]:
        """The day of each milestone; none is reached before the one ahead of it, nor after today."""
        days, at = [], self.day
        for step in () if self.declined else self.steps:
            at += step
            days.append(at)
        return dict(zip(Done, takewhile(lambda one: one <= TODAY, days), strict=False))

    @property
    def replied_on(self) -> int | None:
        return None if self.replied is None or self.day + self.replied > TODAY else self.day + self.replied

    @property
    def case(self) -> Case:
        team = RECUSED if self.recused else TEAMS[self.team].id
        kind = TeamKind.RECUSAL if self.recused else TeamKind.TEAM
        by_done = {0: State.RECEIVED, 1: State.ACCEPTED, 2: State.RESOLVED, 3: State.CLEARED}
        on = {done: OPENS + timedelta(days=day) for done, day in self.done.items()}
        replied = None if self.replied_on is None else OPENS + timedelta(days=self.replied_on)
        return Case(
            team, kind, kind, None, self.unit.id if self.unit else None, BATCH, is_test=False, channel=self.channel,
            kind=Kind.OTHER, late=False, received_on=OPENS + timedelta(days=self.day),
            state=State.DECLINED if self.declined else by_done[len(self.done)], due_on=None, stage="",
            accepted_on=on.get(Done.ACCEPTED), first_reply_on=replied, resolved_on=on.get(Done.RESOLVED),
            cleared_on=on.get(Done.CLEARED),
        )  # fmt: skip


tips = st.lists(
    st.builds(
        Went, day=st.integers(0, TODAY), team=st.integers(0, 1), channel=st.sampled_from(Channel),
        unit=st.sampled_from([COUNTY, TOWN, VILLAGE, None]), steps=st.lists(st.integers(0, 6), max_size=3).map(tuple),
        replied=st.none() | st.integers(0, 8), declined=st.booleans(), recused=st.booleans(),
    ),
    max_size=30,
)  # fmt: skip
periods = st.lists(st.integers(0, TODAY), min_size=2, max_size=2).map(sorted)


def sheets_of(told: Sequence[Went], opens: date = OPENS, state: RoundState = RoundState.OPEN) -> Sheets:
    """The counts of these tips, as of the last of their days; of a round that opens earlier all as much earlier."""
    found: dict[Sheet, Counter[Cell]] = {sheet: Counter() for sheet in Sheet}
    shift = opens - OPENS
    for one in told:
        for cell, n in cells(one.case).items():
            moved = replace(
                cell, day=cell.day + shift if cell.day else None, until=cell.until + shift if cell.until else None
            )
            found[cell.sheet][moved] += n
    start = datetime.combine(opens, datetime.min.time(), ZONE)
    round_ = Round(
        RoundId(b"r" * 16), OfficeId(b"o" * 16), 3, 6, 1, start, start + timedelta(days=60), state, 15, 365, 1
    )  # fmt: skip
    at = datetime.combine(OPENS, datetime.min.time(), ZONE) + timedelta(days=TODAY, hours=9)
    funnel: dict[tuple[BatchId | None, str], int] = {
        (BATCH, "scan"): 7,
        (BATCH, "submit"): 2,
        (BatchId(b"d" * 16), "scan"): 3,
    }
    return Sheets(round_, TEAMS, UNITS, (), EveryDay(), at, found, funnel, {}, {}, {})
