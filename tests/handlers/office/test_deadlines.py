"""The office's days and a round's settings move every running deadline, and no colleague's form grows stale by it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from domain.clocks import Clock, Stage
from domain.deadlines import add_working_days
from domain.ids import RoundId, TipId
from domain.rounds import DAYS
from domain.tips import TipWork
from handlers.calendar import calendar_in
from handlers.desk.arriving.fold import fold
from handlers.intake.converse import Answer
from handlers.office import days, rounds
from handlers.office.days import Known, deadlines
from handlers.office.figures.board import board
from handlers.office.figures.scope import Scope
from handlers.office.figures.sheets import read_sheets
from handlers.office.rounds import opening
from storage.desk import clocks, work
from storage.office import working_days
from storage.office.working_days import OwnDay
from storage.people import audit
from tests.handlers.office.plan_side import refusal
from tests.handlers.office.side import plan_round
from tests.world import World

TODAY = date(2026, 11, 11)  # a Wednesday; tests/world.py
CLAIM = 16


async def tell_one(world: World, name: str = "reporter") -> TipId:
    await world.villager(name).tells("苇庄镇", "种粮补贴写多了")
    return (await fold(world.desk))[0].tip_id


async def row_of(world: World, tip_id: TipId) -> TipWork:
    return await world.house.store.read(lambda tx: work.get_work(tx, world.made.round_id, tip_id))


async def clocks_of(world: World, tip_id: TipId) -> list[Clock]:
    return await world.house.store.read(lambda tx: clocks.list_clocks(tx, world.made.round_id, tip_id))


def free(*on: date, source: str = "县政府通知") -> list[OwnDay]:
    return [OwnDay(day, False, source) for day in on]


async def test_a_day_of_the_office_moves_what_runs_and_taking_it_back_moves_it_back(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    tip_id = await tell_one(world)
    before = await row_of(world, tip_id)
    assert before.next_due_on == date(2026, 12, 2)  # the fifteenth working day
    await days.save_days(world.desk, clerk, free(date(2026, 11, 20), date(2026, 11, 23)))
    after = await row_of(world, tip_id)
    assert (after.next_due_on, after.next_stage, after.version) == (date(2026, 12, 4), "accept", before.version)
    assert after.risk_on == date(2026, 12, 1)
    assert [one.due_on for one in await clocks_of(world, tip_id)] == [date(2026, 12, 4)]
    await days.save_days(world.desk, clerk, [OwnDay(date(2026, 11, 21), True, "补班")])  # a Saturday
    assert (await row_of(world, tip_id)).next_due_on == date(2026, 12, 3)
    for one in (20, 21, 23):
        await days.drop_day(world.desk, clerk, date(2026, 11, one))
    assert await row_of(world, tip_id) == before


async def test_what_is_told_and_folded_afterwards_follows_the_offices_table(world: World) -> None:
    _, director = await world.sign_in("fang")
    await days.save_days(world.desk, director, free(date(2026, 11, 20)))
    tip_id = await tell_one(world)
    assert (await row_of(world, tip_id)).next_due_on == date(2026, 12, 3)


async def test_every_change_of_a_day_stands_in_the_audit_with_who_and_which_day(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    saturday = OwnDay(date(2026, 11, 21), True, "补班")
    await days.save_days(world.desk, clerk, [*free(date(2026, 11, 20)), saturday])
    await days.drop_day(world.desk, clerk, saturday.day)
    lines = await world.house.store.read(lambda tx: audit.list_lines(tx, clerk.office_id))
    told = [
        (one.entry.act, one.entry.object_id, one.entry.member_id) for one in lines if one.entry.object_kind == "day"
    ]
    assert told == [
        ("day-free", b"2026-11-20", clerk.member_id),
        ("day-worked", b"2026-11-21", clerk.member_id),
        ("day-dropped", b"2026-11-21", clerk.member_id),
    ]


async def test_nothing_or_too_much_at_once_is_refused(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    assert await refusal(days.save_days(world.desk, clerk, [])) == "bad-input:no-days"
    many = free(*(TODAY + timedelta(days=i) for i in range(days.MOST_DAYS + 1)))
    assert await refusal(days.save_days(world.desk, clerk, many)) == "bad-input:too-many-days"
    assert not any(year.own for year in await days.list_years(world.desk, clerk))


async def test_years_say_where_they_come_from_and_how_they_differ_from_plain_weeks(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    local = OwnDay(date(2027, 3, 1), False, "停工")
    await days.save_days(world.desk, clerk, [local])
    this, next_ = await days.list_years(world.desk, clerk)
    assert (this.year, this.known, this.own) == (2026, Known.PUBLISHED, ())
    assert (date(2026, 10, 1), date(2026, 10, 2)) in this.free
    assert (date(2026, 10, 5), date(2026, 10, 7)) in this.free
    assert (date(2026, 2, 14), date(2026, 2, 14)) in this.worked
    assert (next_.year, next_.known, next_.own) == (2027, Known.WEEKENDS, (local,))
    assert (next_.free, next_.worked) == (((date(2027, 3, 1), date(2027, 3, 1)),), ())
    await days.save_days(world.desk, clerk, free(date(2027, 10, 1)))
    assert (await days.list_years(world.desk, clerk))[1].known is Known.OFFICE
    await days.save_days(world.desk, clerk, free(date(2025, 12, 31)))  # and every year that the office speaks of
    assert [year.year for year in await days.list_years(world.desk, clerk)] == [2025, 2026, 2027]


async def test_all_tips_are_recomputed_in_chunks_also_of_a_round_that_takes_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "CHUNK", 2)
    _, director = await world.sign_in("fang")
    tips = [await tell_one(world, f"reporter {n}") for n in range(5)]
    await opening.close_round(world.desk, director, world.made.round_id)
    commits = world.house.store.commits
    await days.save_days(world.desk, director, free(date(2026, 11, 20)))
    assert {(await row_of(world, tip_id)).next_due_on for tip_id in tips} == {date(2026, 12, 3)}
    assert world.house.store.commits == commits + 1 + 4  # the day; two, two, one, and none left


async def test_what_a_change_could_not_finish_is_made_good_later(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    tip_id, (one,) = await tell_one(world), free(date(2026, 11, 20))
    await world.house.store.write(lambda tx: working_days.save_day(tx, clerk.office_id, one))
    assert (await row_of(world, tip_id)).next_due_on == date(2026, 12, 2)
    await deadlines.recompute_all(world.desk)
    assert (await row_of(world, tip_id)).next_due_on == date(2026, 12, 3)


async def test_what_is_right_already_is_not_written(world: World) -> None:
    _, director = await world.sign_in("fang")
    await tell_one(world)
    written: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        written.append(statement)

    engine = await world.house.store.write(lambda tx: tx.engine)
    event.listen(engine, "before_cursor_execute", look)
    await deadlines.recompute_office(world.desk, director.office_id)
    event.remove(engine, "before_cursor_execute", look)
    assert any("FROM clock" in one for one in written)
    assert not [one for one in written if one.startswith(("INSERT", "UPDATE", "DELETE"))]


async def test_days_of_a_round_are_written_once_and_recomputed_for_that_round(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    tip_id, round_id = await tell_one(world), world.made.round_id
    version = (await rounds.get_round(world.desk, clerk, round_id)).version
    wanted = {**DAYS, Stage.ACCEPT: 5, Stage.CLOSE: 40}
    await deadlines.set_deadlines(world.desk, clerk, round_id, version, days=wanted, claim_hours=7)
    round_ = await rounds.get_round(world.desk, clerk, round_id)
    assert (dict(round_.days), round_.claim_hours, round_.version) == (wanted, 7, version + 1)
    assert (await row_of(world, tip_id)).next_due_on == date(2026, 11, 18)
    again = deadlines.set_deadlines(world.desk, clerk, round_id, version, days=DAYS, claim_hours=CLAIM)
    assert await refusal(again) == "stale:"
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, clerk.office_id, "round", round_id))
    assert [one.entry.act for one in lines].count("deadlines") == 1


@pytest.mark.parametrize(
    ("stage", "n", "hours", "why"),
    [
        (Stage.CLEAR, 0, CLAIM, "bad-input:stage-days"),
        (Stage.ACCEPT, 251, CLAIM, "bad-input:stage-days"),
        (Stage.ACCEPT, 250, 0, "bad-input:claim-hours"),
        (Stage.ACCEPT, 1, 201, "bad-input:claim-hours"),
    ],
)
async def test_days_and_hours_out_of_bounds_are_refused(
    world: World, stage: Stage, n: int, hours: int, why: str
) -> None:
    _, clerk = await world.sign_in("qiao")
    round_id = world.made.round_id
    setting = deadlines.set_deadlines(world.desk, clerk, round_id, 1, days={**DAYS, stage: n}, claim_hours=hours)
    assert await refusal(setting) == why


async def test_a_round_of_nobody_here_is_unknown(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    setting = deadlines.set_deadlines(world.desk, clerk, RoundId(bytes(16)), 1, days=DAYS, claim_hours=CLAIM)
    assert await refusal(setting) == "unknown:"
    planned = await plan_round(world)
    version = (await rounds.get_round(world.desk, clerk, planned)).version
    await deadlines.set_deadlines(world.desk, clerk, planned, version, days=DAYS, claim_hours=200)
    assert (await rounds.get_round(world.desk, clerk, planned)).claim_hours == 200


async def receipt(world: World, name: str) -> Answer:
    told = world.villager(name)
    await told.tells("苇庄镇", "一件事")
    assert told.answer is not None
    return told.answer


async def test_the_receipt_says_about_while_the_year_it_ends_in_is_not_published(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    early = await receipt(world, "early")
    assert "\n12 月 2 日前看完" in early.spoken[-1].text
    version = (await rounds.get_round(world.desk, clerk, world.made.round_id)).version
    forty = {**DAYS, Stage.ACCEPT: 40}
    await deadlines.set_deadlines(world.desk, clerk, world.made.round_id, version, days=forty, claim_hours=CLAIM)
    unsure = await receipt(world, "unsure")
    assert "\n约 1 月 6 日前看完" in unsure.spoken[-1].text
    assert not unsure.state.accept_certain
    await days.save_days(world.desk, clerk, free(date(2027, 1, 1), date(2027, 10, 1)))
    sure = await receipt(world, "sure")
    assert "\n1 月 7 日前看完" in sure.spoken[-1].text


async def test_the_offices_calendar_is_the_plan_until_it_says_something(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    plan = await world.house.store.read(lambda tx: calendar_in(tx, world.desk.calendar, clerk.office_id))
    assert plan is world.desk.calendar
    await days.save_days(world.desk, clerk, free(date(2026, 11, 12)))
    own = await world.house.store.read(lambda tx: calendar_in(tx, world.desk.calendar, clerk.office_id))
    assert add_working_days(TODAY, 1, own).on == date(2026, 11, 13)


async def test_the_board_counts_the_offices_days_too(world: World) -> None:
    _, clerk = await world.sign_in("qiao")
    before = board(await read_sheets(world.desk, world.made.round_id), Scope())
    await days.save_days(world.desk, clerk, free(TODAY))
    after = board(await read_sheets(world.desk, world.made.round_id), Scope())
    assert (before.days[-1].rests, after.days[-1].rests) == (False, True)
    assert after.workday == before.workday - 1
