"""A tip's clocks come back as they were written, page by page for those that still run."""

from dataclasses import replace
from datetime import date, timedelta

from domain.clocks import Clock, Stage
from storage import clocks, tips, work
from storage.store import Store
from tests.storage.frame import Frame, a_tip
from tests.storage.test_tips import a_work

DAY = date(2026, 3, 2)


def days(n: int) -> date:
    return DAY + timedelta(days=n)


async def test_clocks_come_back_with_their_pauses_and_no_others_stay(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    paused = Clock(Stage.CLOSE, DAY, days(30), days(3), 4, None, ((days(1), days(2)), (days(2), days(5))))
    done = Clock(Stage.ACCEPT, DAY, days(9), stopped_on=days(4))
    await store.write(lambda tx: tips.insert_tip(tx, tip))
    await store.write(lambda tx: clocks.save_clocks(tx, frame.round, tip.id, [paused, done]))
    assert await store.read(lambda tx: clocks.list_clocks(tx, frame.round, tip.id)) == [done, paused]
    await store.write(lambda tx: clocks.save_clocks(tx, frame.round, tip.id, [done]))
    assert await store.read(lambda tx: clocks.list_clocks(tx, frame.round, tip.id)) == [done]


async def test_those_that_run_are_paged_by_tip_with_all_their_clocks(store: Store, frame: Frame) -> None:
    runs = [Clock(Stage.ACCEPT, DAY, days(9), stopped_on=days(4)), Clock(Stage.CLOSE, DAY, days(30), days(1))]
    made = sorted((a_tip(frame) for _ in range(4)), key=lambda one: one.id)
    for n, tip in enumerate(made):
        await store.write(lambda tx, tip=tip: tips.insert_tip(tx, tip))
        kept = runs[:1] if n == 2 else runs
        await store.write(lambda tx, tip=tip, kept=kept: clocks.save_clocks(tx, frame.round, tip.id, kept))
    first = await store.read(lambda tx: clocks.clocks_that_run(tx, frame.round, None, 2))
    assert list(first) == [made[0].id, made[1].id]
    assert all(sorted(found, key=lambda one: one.stage) == runs for found in first.values())
    rest = await store.read(lambda tx: clocks.clocks_that_run(tx, frame.round, made[1].id, 2))
    assert list(rest) == [made[3].id]
    assert not await store.read(lambda tx: clocks.clocks_that_run(tx, frame.round, made[3].id))


async def test_a_new_due_day_moves_no_version_and_nothing_else(store: Store, frame: Frame) -> None:
    tip = a_tip(frame)
    row = a_work(frame, tip.id, 1)
    await store.write(lambda tx: (tips.insert_tip(tx, tip), work.insert_work(tx, row)))
    due = replace(row, next_due_on=days(9), next_stage="accept", risk_on=days(7))
    await store.write(lambda tx: work.set_due(tx, replace(due, number=7, assignee_id=frame.member)))
    assert await store.read(lambda tx: work.get_work(tx, frame.round, tip.id)) == due
