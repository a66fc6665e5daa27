"""Figures of an invented round, out of invented tips: what the counters would hold of them, without a database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from bot.app import ZONE
from bot.calendar import ChineseWorkingDays
from domain.clocks import Stage
from domain.figures import Case, Cells, Sheet, cells
from domain.ids import BatchId, OfficeId, RoundId, TeamId, UnitId
from domain.rounds import BatchState, CardBatch, Level, Round, RoundState, Target, Team, TeamKind, Unit
from domain.tips import Channel, Kind, State
from handlers.office.figures.sheets import Sheets

TODAY = date(2026, 11, 18)
OPENS = datetime(2026, 10, 26, 8, tzinfo=ZONE)
ROUND = Round(
    RoundId(b"r" * 16), OfficeId(b"o" * 16), 1, 6, 1, OPENS, OPENS.replace(month=11, day=27, hour=18), RoundState.OPEN,
    15, 180, 1,
)  # fmt: skip
TEAMS = tuple(
    Team(TeamId(bytes([n]) * 16), ROUND.id, n, name, TeamKind.TEAM, "", "")
    for n, name in enumerate(("第一巡察组", "第二巡察组", "第三巡察组"), 1)
)


def unit(n: int, level: Level, name: str, parent: Unit | None = None) -> Unit:
    path = f"{parent.path}/{name}" if parent else name
    return Unit(UnitId(bytes([100 + n]) * 16), parent.id if parent else None, level, f"{n}", name, path)


COUNTY = unit(0, Level.COUNTY, "苇原县")
REED = unit(1, Level.TOWNSHIP, "苇庄镇", COUNTY)
SLOPE = unit(2, Level.TOWNSHIP, "青坪乡", COUNTY)
BRIDGE = unit(3, Level.VILLAGE, "石桥村", REED)
HOLLOW = unit(4, Level.VILLAGE, "槐沟村", REED)
UNITS = (COUNTY, REED, SLOPE, BRIDGE, HOLLOW)
BATCHES = tuple(
    CardBatch(
        BatchId(bytes([200 + n]) * 16),
        ROUND.id,
        TEAMS[n].id,
        f"ABCDE{n}MAC",
        "入户",
        Target.WEB,
        BatchState.ACTIVE,
        False,
    )
    for n in range(2)
)
CASE = Case(
    TEAMS[0].id, TeamKind.TEAM, TeamKind.TEAM, None, REED.id, None, False, Channel.WEB, Kind.OTHER, False,
    date(2026, 11, 4), State.RECEIVED, date(2026, 11, 25), Stage.ACCEPT, None, None, None, None,
)  # fmt: skip
_ACCEPTED = tuple(
    state for state in State if state not in {State.RECEIVED, State.DECLINED, State.WITHDRAWN, State.REFERRED}
)


@st.composite
def tips(draw: st.DrawFn) -> Case:
    """A tip that may be: dates in the order in which things happen."""
    on = TODAY - timedelta(days=draw(st.integers(0, 40)))
    team, state = draw(st.sampled_from(TEAMS)).id, draw(st.sampled_from(State))
    accepted = draw(st.dates(on, TODAY)) if state in _ACCEPTED else None
    resolved = draw(st.dates(accepted, TODAY)) if accepted and state in {State.RESOLVED, State.CLEARED} else None
    cleared = draw(st.dates(resolved, TODAY)) if resolved and state is State.CLEARED else None
    due = draw(st.none() | st.dates(on, TODAY + timedelta(days=40)))
    return replace(
        CASE, team_id=team, unit_id=draw(st.sampled_from([None, *(one.id for one in UNITS)])),
        batch_id=draw(st.sampled_from([None, *(one.id for one in BATCHES)])), channel=draw(st.sampled_from(Channel)),
        kind=draw(st.sampled_from(Kind)), late=draw(st.booleans()), received_on=on, state=state, due_on=due,
        stage=draw(st.sampled_from(Stage)) if due else "", accepted_on=accepted, resolved_on=resolved,
        cleared_on=cleared, first_reply_on=draw(st.none() | st.dates(on, TODAY)),
    )  # fmt: skip


def sheets_of(told: Sequence[Case]) -> Sheets:
    """The round's snapshot on the evening of `TODAY`, with so many tips."""
    counted: Cells = Counter()
    for one in told:
        counted.update(cells(one))
    return Sheets(
        round=ROUND,
        teams=TEAMS,
        units={one.id: one for one in UNITS},
        batches=BATCHES,
        calendar=ChineseWorkingDays(),
        counted_at=datetime(2026, 11, 18, 18, tzinfo=ZONE),
        cells={sheet: {cell: n for cell, n in counted.items() if cell.sheet is sheet} for sheet in Sheet},
        funnel={(BATCHES[0].id, step): n for step, n in (("scan", 40), ("start", 20), ("describe", 10), ("submit", 9))},
        named={BATCHES[0].id: (REED.id,), BATCHES[1].id: (SLOPE.id, BRIDGE.id)},
        printed={BATCHES[0].id: 600},
        late={},
    )
