"""A report's figures are those of its days, by the date each of them says, and the round before is cut at its day."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Reason, Refused
from domain.figures import Done
from domain.ids import RoundId
from domain.rounds import RoundState
from domain.tips import Channel
from handlers.desk.arriving.fold import fold
from handlers.office.figures.sheets import Sheets, read_sheets
from handlers.office.reporting.making import Asked, Made, make
from handlers.office.reporting.period import Period, Span, chosen_period, offered
from handlers.office.reporting.report import Report, make_report
from handlers.office.rounds.opening import open_round
from handlers.texts import LANGUAGES, say
from tests.handlers.office.report_side import COUNTY, OPENS, TODAY, TOWN, VILLAGE, Went, periods, sheets_of, tips
from tests.handlers.office.side import ready_round
from tests.world import World


def on(day: int) -> date:
    return OPENS + timedelta(days=day)


def report_of(told: Sequence[Went], first: int, last: int, former: Sheets | None = None) -> Report:
    return make_report(sheets_of(told), Period(on(first), on(last)), former)


def count(told: Sequence[Went], fits: Callable[[Went], bool]) -> int:
    return sum(fits(one) for one in told if not one.recused)


@given(told=tips, days=periods)
def test_every_figure_is_a_count_of_the_tips_by_the_date_it_says(told: list[Went], days: list[int]) -> None:
    first, last = days
    report = report_of(told, first, last)
    within = range(first, last + 1)
    assert report.part.received == count(told, lambda one: one.day in within)
    assert report.so_far.received == count(told, lambda one: one.day <= last)
    for done in Done:
        assert report.part.done[done] == count(told, lambda one: one.done.get(done, -1) in within)  # noqa: B023
        assert report.so_far.done[done] == count(told, lambda one: 0 <= one.done.get(done, -1) <= last)  # noqa: B023
    assert report.of_so_far.received == report.so_far.received
    assert report.of_so_far.unaccepted == count(told, lambda one: one.declined and one.day <= last)
    for at, (day, counts) in enumerate(report.channels):
        assert day == on(first + at)
        for channel, n in zip(Channel, counts, strict=True):
            assert n == count(told, lambda one: (one.day, one.channel) == (first + at, channel))  # noqa: B023
    assert len(report.channels) == last - first + 1


@given(told=tips, days=periods)
def test_the_line_of_a_team_is_of_its_own_tips_and_the_lines_add_up(told: list[Went], days: list[int]) -> None:
    first, last = days
    report, within = report_of(told, first, last), range(first, last + 1)
    for at, line in enumerate(report.teams):
        mine = [one for one in told if one.team == at]
        assert line.period.received == count(mine, lambda one: one.day in within)
        assert line.of_new.unaccepted == count(mine, lambda one: one.day in within and one.declined)
        assert line.now.undecided == count(mine, lambda one: not one.declined and not one.done)
        took = sorted(
            one.replied_on - one.day for one in mine
            if one.replied_on is not None and one.day in within and not one.recused
        )  # fmt: skip
        assert line.replies.n == len(took)
        assert line.replies.median == (took[(len(took) + 1) // 2 - 1] if took else None)
    for name in ("received", "done"):
        parts = [getattr(line.period, name) for line in report.teams]
        whole = getattr(report.all_teams.period, name)
        assert whole == (sum(parts) if name == "received" else {done: sum(one[done] for one in parts) for done in Done})


@given(told=tips, days=periods)
def test_villages_are_counted_with_their_township(told: list[Went], days: list[int]) -> None:
    first, last = days
    places = dict(report_of(told, first, last).places)
    for unit, members in {COUNTY: (COUNTY,), TOWN: (TOWN, VILLAGE), None: (None,)}.items():
        n = count(told, lambda one: one.unit in members and first <= one.day <= last)  # noqa: B023
        assert places.get(unit, 0) == n
    assert VILLAGE not in places
    assert list(places.values()) == sorted(places.values(), reverse=True)


@given(told=tips, last=st.integers(0, TODAY), earlier=st.integers(1, 400))
def test_the_round_before_is_counted_until_the_day_as_far_from_its_opening(
    told: list[Went], last: int, earlier: int
) -> None:
    """The same tips told so many days earlier look the same."""
    before = sheets_of(told, OPENS - timedelta(days=earlier), RoundState.CLOSED)
    report = report_of(told, last, last, before)
    assert report.former is not None
    assert report.former.until == on(last) - timedelta(days=earlier)
    assert report.former.so_far == report.so_far


def test_the_funnel_adds_up_all_cards_and_ends_with_what_was_accepted() -> None:
    told = [Went(0, 0, Channel.WEB, TOWN, (1,), None, declined=False, recused=False)]
    assert report_of(told, 0, 0).funnel == (10, 0, 0, 2, 1)


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [(0, 0, Span.DAY), (0, 6, Span.WEEK), (7, 10, Span.WEEK), (1, 7, Span.RANGE), (0, 7, Span.RANGE)],
)
def test_one_day_is_a_daily_report_and_days_from_a_monday_a_weekly_one(first: int, last: int, span: Span) -> None:
    assert Period(on(first), on(last)).span is span


def test_days_are_offered_as_far_as_they_lie_in_the_round() -> None:
    sheets = sheets_of([])
    assert chosen_period(sheets, "", "") == offered(sheets)[Span.DAY] == Period(on(TODAY), on(TODAY))
    assert offered(sheets)[Span.LAST_WEEK] == Period(on(7), on(13))
    assert offered(sheets)[Span.WEEK] == Period(on(14), on(TODAY))
    opened_today = replace(sheets, round=replace(sheets.round, opens_at=sheets.counted_at))
    assert set(offered(opened_today)) == {Span.DAY, Span.WEEK, Span.ROUND}
    closed = sheets_of([], state=RoundState.CLOSED)
    assert chosen_period(closed, "", "") == Period(OPENS, on(TODAY))


@given(typed=st.tuples(st.text(max_size=12), st.text(max_size=12)))
def test_whatever_is_typed_is_days_of_the_round_or_refused(typed: tuple[str, str]) -> None:
    try:
        found = chosen_period(sheets_of([]), *typed)
    except Refused as refused:
        found = None
        reason = refused.reason
    assert OPENS <= found.first <= found.last <= on(TODAY) if found else reason is Reason.BAD_INPUT


async def made(world: World, round_id: RoundId, asked: Asked) -> Made:
    _, clerk = await world.sign_in("qiao")

    async def counted(one: RoundId) -> Sheets:
        return await read_sheets(world.desk, one)

    return await make(world.desk, clerk, counted, round_id, asked, lang="zh")


async def test_a_round_is_compared_with_the_one_that_opened_before_it(world: World) -> None:
    now = world.clock.now
    for name, days_ago in (("a", 35), ("b", 33), ("c", 32)):
        world.clock.now = now - timedelta(days=days_ago) + timedelta(hours=1)
        await world.villager(name).tells("苇庄镇", "路灯一年没有亮")
        await fold(world.desk)
    world.clock.now = now
    second = await ready_round(world)
    _, director = await world.sign_in("fang")
    await open_round(world.desk, director, second)
    world.clock.forward(days=37)
    found = await made(world, second, Asked())
    assert found.digest is not None
    summary = found.digest.sections[0]
    assert summary.head[3] == "第六轮同一天"
    assert summary.rows[0] == ("新收", 0, 0, 2)
    assert "开始受理的第 3 天，即 2026 年 10 月 9 日" in summary.basis[1]
    first = await made(world, world.made.round_id, Asked("2026-10-07", "2026-11-11"))
    assert first.digest is not None
    alone = first.digest.sections[0]
    assert (alone.head, alone.rows[0]) == (("项目", "本期", "累计"), ("新收", 3, 3))  # no round came before it


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_fraction_of_a_rate_stays_on_one_line(lang: str) -> None:
    assert "1\u00a0÷\u00a01" in say(lang, "digest-rate", rate="100.0%", a=1, b=1)
