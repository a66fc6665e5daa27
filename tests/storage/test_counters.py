"""The office's figures as rows: each round's own, on both databases."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from domain.figures import Cell, Sheet
from domain.ids import BatchId, RoundId, TipId, new_id
from domain.tips import Channel, Lane, State, Tip, TipWork
from storage.desk import counters, work
from storage.intake import tips
from storage.office import cards, rounds
from storage.schema.counting import counter
from storage.store import Store, Tx
from tests.storage.frame import DAY, Frame, a_batch, a_round, a_tip

NEXT = DAY + timedelta(days=1)


def put(tx: Tx, frame: Frame, number: int, **changes: object) -> Tip:
    tip = replace(a_tip(frame), **changes)  # type: ignore[arg-type]  # by name
    tips.insert_tip(tx, tip)
    row = TipWork(tip.round_id, tip.id, tip.first_team_id, number, State.RECEIVED, None, None, 1)
    work.insert_work(tx, row)
    return tip


def another_round(tx: Tx, frame: Frame) -> RoundId:
    other = RoundId(new_id())
    rounds.insert_round(tx, a_round(frame.office, other, 7))
    return other


async def test_a_funnel_is_of_one_round_and_knows_no_card_that_was_only_tried(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> RoundId:
        other, tried, theirs = another_round(tx, frame), BatchId(new_id()), BatchId(new_id())
        cards.insert_batch(tx, replace(a_batch(frame.round, frame.team, tried), is_test=True), [frame.village])
        cards.insert_batch(tx, a_batch(other, frame.team, theirs), [frame.village])
        for batch, n in ((frame.batch, 3), (tried, 5), (None, 2)):
            counters.add_funnel(tx, frame.round, batch, DAY, step="scan", n=n)
        counters.add_funnel(tx, frame.round, frame.batch, NEXT, step="scan", n=4)
        counters.add_funnel(tx, frame.round, frame.batch, DAY, step="start")
        counters.add_funnel(tx, other, theirs, DAY, step="scan", n=8)
        return other

    other = await store.write(lay)
    funnel = await store.read(lambda tx: counters.read_funnel(tx, frame.round))
    assert funnel == {(frame.batch, "scan"): 7, (None, "scan"): 2, (frame.batch, "start"): 1}
    assert set((await store.read(lambda tx: counters.read_funnel(tx, other))).values()) == {8}


async def test_a_sheet_is_of_one_round_and_ends_with_the_day_that_was_asked(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> None:
        put(tx, frame, 1)
        put(tx, frame, 2, received_on=NEXT)
        put(tx, frame, 3, round_id=another_round(tx, frame), card_batch_id=None)

    await store.write(lay)

    def days(tx: Tx, **asked: object) -> list[object]:
        found = counters.read_sheet(tx, frame.round, Sheet.UNIT_DAY, **asked)  # type: ignore[arg-type]  # by name
        assert set(found.values()) <= {1}
        return sorted(cell.day for cell in found if cell.day)

    assert await store.read(days) == [DAY, NEXT]
    assert await store.read(lambda tx: days(tx, last=DAY)) == [DAY]
    assert await store.read(lambda tx: days(tx, last=DAY - timedelta(days=1))) == []


async def test_a_cell_that_its_last_tip_has_left_is_not_there(store: Store, frame: Frame) -> None:
    tip = await store.write(lambda tx: put(tx, frame, 1))

    def move(tx: Tx) -> None:
        row = work.get_work(tx, frame.round, tip.id)
        work.update_work(tx, replace(row, state=State.DECLINED))

    await store.write(move)
    found = await store.read(lambda tx: counters.read_sheet(tx, frame.round, Sheet.COHORT))
    assert found == {Cell(Sheet.COHORT, DAY, team_id=frame.team, channel="web", measure="declined"): 1}


async def test_every_tip_of_all_rounds_is_told_by_its_channel(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> None:
        put(tx, frame, 1)
        put(tx, frame, 2, channel=Channel.PHONE, lane=Lane.MAIN)
        put(tx, frame, 3, round_id=another_round(tx, frame), card_batch_id=None)

    await store.write(lay)
    assert await store.read(counters.total_by_channel) == {"web": 2, "phone": 1}


async def test_only_a_round_that_has_tips_and_no_figures_is_counted_when_the_desk_starts(
    store: Store, frame: Frame
) -> None:
    def lay(tx: Tx) -> RoundId:
        other = another_round(tx, frame)
        put(tx, frame, 1)
        put(tx, frame, 2, round_id=other, card_batch_id=None)
        counters.count_anew(tx, other)
        tx.execute(counter.delete().where(counter.c.round_id == frame.round))
        tx.execute(update(counter).where(counter.c.round_id == other).values(n=9))
        return other

    other = await store.write(lay)
    await store.write(counters.count_missing)
    for round_id, n in ((frame.round, 1), (other, 9)):
        found = await store.read(lambda tx, of=round_id: counters.read_sheet(tx, of, Sheet.UNIT_KIND))
        assert list(found.values()) == [n]
    await store.write(lambda tx: counters.count_anew(tx, frame.round))
    kept = await store.read(lambda tx: counters.read_sheet(tx, other, Sheet.UNIT_KIND))
    assert list(kept.values()) == [9]


async def test_many_tips_are_counted_anew_in_portions(store: Store, frame: Frame, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(counters, "_CHUNK", 2)
    made: list[TipId] = await store.write(lambda tx: [put(tx, frame, n).id for n in range(1, 6)])
    found = await store.read(lambda tx: counters.recount(tx, frame.round))
    assert found[Cell(Sheet.CHANNEL, channel="web")] == len(made) == 5
