"""Every figure of the office has one meaning, and it agrees with the badges of the desk."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import ChineseWorkingDays
from domain.clocks import Stage
from domain.deadlines import Badge, badge, left, working_days_between
from domain.figures import UNFINISHED, Cell, Sheet, Standing
from domain.ids import TeamId
from domain.rounds import DAYS
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.office.figures.measure import AGES, Replies, Tally, ages, chosen, nearest_rank, overdue, replies, tally
from handlers.office.figures.sheets import read_sheets
from tests.world import World

CHINA = ChineseWorkingDays()
TODAY = date(2026, 11, 11)  # a Wednesday
FIRST, SECOND = TeamId(b"\x01" * 16), TeamId(b"\x02" * 16)
DAYS_NEAR = st.integers(-60, 60).map(lambda n: TODAY + timedelta(days=n))


def cohort(day: date, standing: Standing, team: TeamId = FIRST, channel: str = "web") -> Cell:
    return Cell(Sheet.COHORT, day, team_id=team, channel=channel, measure=standing)


COHORTS = st.dictionaries(
    st.builds(cohort, DAYS_NEAR, st.sampled_from(Standing), st.sampled_from([FIRST, SECOND])), st.integers(1, 50)
)


def test_a_rate_is_taken_of_what_was_decided_and_a_cleared_tip_is_a_resolved_one() -> None:
    cells = {cohort(TODAY, one): 1 for one in Standing}
    assert tally(cells) == Tally(
        received=15, undecided=1, decided=13, accepted=11, unaccepted=2, in_work=8, passed_on=1, resolved=2, cleared=1,
        withdrawn=1,
    )  # fmt: skip


@given(COHORTS)
def test_the_parts_of_a_tally_are_the_whole(cells: dict[Cell, int]) -> None:
    found = tally(cells)
    assert found.received == sum(cells.values())
    assert found.received == found.undecided + found.accepted + found.unaccepted + found.withdrawn
    assert found.decided == found.accepted + found.unaccepted
    assert found.accepted == found.in_work + found.resolved + found.passed_on
    assert found.cleared <= found.resolved


@given(COHORTS, DAYS_NEAR)
def test_teams_and_days_part_a_tally_without_rest(cells: dict[Cell, int], day: date) -> None:
    parts = [
        tally(chosen(cells, teams=[team], **days))
        for team in (FIRST, SECOND)
        for days in ({"last": day}, {"first": day + timedelta(days=1)})
    ]
    assert sum(part.received for part in parts) == tally(cells).received
    assert sum(part.accepted for part in parts) == tally(cells).accepted


def test_a_reply_takes_working_days_and_its_middle_is_one_that_really_was() -> None:
    took = {date(2026, 11, 6): 4, date(2026, 11, 9): 5, date(2026, 11, 20): 1}  # from a Friday: 0, 1 and 10 days
    cells = {Cell(Sheet.REPLY, date(2026, 11, 6), day, team_id=FIRST): n for day, n in took.items()}
    assert replies(cells, CHINA) == Replies(10, 1, 1)
    assert (
        replies({**cells, Cell(Sheet.REPLY, date(2026, 11, 6), date(2026, 11, 20), team_id=SECOND): 1}, CHINA).p90 == 10
    )
    assert replies(chosen(cells, teams=[SECOND]), CHINA) == Replies(0, None, None)


@given(st.lists(st.integers(0, 20), min_size=1), st.integers(1, 100))
def test_the_nearest_rank_is_the_value_that_enough_others_do_not_exceed(values: list[int], percent: int) -> None:
    found = nearest_rank(Counter(values), percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)


@given(st.dictionaries(st.tuples(DAYS_NEAR, st.sampled_from(Stage)), st.integers(1, 9)))
def test_overdue_counts_the_badges_that_the_desk_shows(due: dict[tuple[date, Stage], int]) -> None:
    cells = {Cell(Sheet.DUE, day, team_id=FIRST, measure=stage): n for (day, stage), n in due.items()}
    shown: Counter[Badge] = Counter()
    for (day, stage), n in due.items():
        shown[badge(left(day, TODAY, CHINA), DAYS[stage])] += n
    found = overdue(cells, DAYS, TODAY, CHINA)
    assert (found.running, found.today, found.soon) == (sum(due.values()), shown[Badge.TODAY], shown[Badge.SOON])
    assert (found.late, found.late3) == (shown[Badge.LATE] + shown[Badge.LATE3], shown[Badge.LATE3])


@given(COHORTS)
def test_every_unfinished_tip_has_one_age(cells: dict[Cell, int]) -> None:
    expected = [0] * len(AGES)
    for cell, n in cells.items():
        if cell.measure in UNFINISHED and cell.day:
            days = working_days_between(cell.day, TODAY, CHINA)
            expected[0 if days <= 5 else 1 if days <= 10 else 2 if days <= 15 else 3] += n
    assert ages(cells, TODAY, CHINA) == tuple(expected)


async def test_a_snapshot_holds_what_was_told_and_nothing_of_the_recusal_queue(world: World) -> None:
    await world.villager("a").tells("苇庄镇", "路灯一年没有亮")
    villager = world.villager("b")
    await villager.does(Start(world.card("苇庄镇")), Said("巡察组的人收了礼"))
    for choice in ("done", "skip", "anonymous", "recusal:yes", "submit"):
        await villager.does(Chose(choice))
    assert len(await fold(world.desk)) == 2
    found = await read_sheets(world.desk, world.made.round_id)
    assert tally(found[Sheet.COHORT]).received == 1
    assert Sheet.CHANNEL not in found.cells
    assert "回避组" not in {team.name for team in found.teams}
    assert {cell.team_id for cells in found.cells.values() for cell in cells} <= {
        None,
        *(one.id for one in found.teams),
    }
    assert found.today == world.clock.now.date()
    assert overdue(found[Sheet.DUE], found.round.days, found.today, found.calendar).running == 1
