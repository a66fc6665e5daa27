"""A tip's clocks come back as they were written, page by page for those that still run."""

from dataclasses import replace
from datetime import date, timedelta

from domain.clocks import Clock, Stage
from domain.ids import TipId
from storage.desk import clocks, due, queue, work
from storage.desk.due import Running
from storage.intake import tips
from storage.store import Store, Tx
from tests.storage.frame import Frame, a_tip, a_work

DAY = date(2026, 3, 2)


DONE = Clock(Stage.ACCEPT, DAY, date(2026, 3, 11), stopped_on=date(2026, 3, 6))
PAUSED = Clock(Stage.CLOSE, DAY, date(2026, 4, 1), date(2026, 3, 3))


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
    made = await lay_tips(store, frame)
    first = await store.read(lambda tx: due.list_running(tx, frame.round, None, 2))
    assert [one.work.tip_id for one in first] == made[:2]
    assert [one.clocks for one in first] == [(DONE, PAUSED)] * 2
    rest = await store.read(lambda tx: due.list_running(tx, frame.round, made[1], 2))
    assert [one.work.tip_id for one in rest] == made[3:]  # all clocks of the third stand
    assert not await store.read(lambda tx: due.list_running(tx, frame.round, made[3]))


async def test_new_due_days_move_no_version_and_nothing_else(store: Store, frame: Frame) -> None:
    await lay_tips(store, frame)
    before = await store.read(lambda tx: due.list_running(tx, frame.round))
    later = replace(PAUSED, due_on=days(40), paused_days=5)
    rows = [replace(one.work, next_due_on=days(40), next_stage="close", risk_on=days(7)) for one in before]
    after = [before[0], *(Running(row, (DONE, later)) for row in rows[1:])]
    sneaked = [after[0], *(replace(one, work=replace(one.work, number=99, version=7)) for one in after[1:])]
    count = await store.read(lambda tx: queue.last_change(tx, frame.round, frame.team))
    await store.write(lambda tx: due.set_due(tx, before, sneaked))
    assert await store.read(lambda tx: due.list_running(tx, frame.round)) == after
    changed, _ = await store.read(lambda tx: queue.changed_since(tx, frame.round, frame.team, count, 10))
    assert sorted(changed) == [one.work.tip_id for one in after[1:]]
    one_by_one, cursor = await store.read(lambda tx: queue.changed_since(tx, frame.round, frame.team, count, 1))
    assert (len(one_by_one), cursor) == (1, count + 1)
    assert await store.write(lambda tx: work.next_number(tx, frame.round, f"changes:{frame.team.hex()}")) == count + 3


async def lay_tips(store: Store, frame: Frame) -> list[TipId]:
    """Four tips in the order of their ids, the third one done with."""
    made = sorted((a_tip(frame) for _ in range(4)), key=lambda one: one.id)

    def write(tx: Tx) -> None:
        for n, tip in enumerate(made, start=1):
            tips.insert_tip(tx, tip)
            work.insert_work(tx, a_work(frame, tip.id, n))
            clocks.save_clocks(tx, frame.round, tip.id, [DONE] if n == 3 else [DONE, PAUSED])

    await store.write(write)
    return [one.id for one in made]
