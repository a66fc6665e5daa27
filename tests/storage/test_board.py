"""What the board asks of the database besides the counters, on both databases."""

from datetime import timedelta

from domain.ids import BatchId, RoundId, new_id
from storage.office import cards, milestones, rounds
from storage.office.batch_figures import units_by_batch
from storage.office.milestones import Milestone
from storage.office.printing import printed_by_batch
from storage.store import Store, Tx
from tests.storage.frame import DAY, a_batch, a_round, lay_frame


async def test_a_batch_is_told_with_its_units_by_path_and_its_printed_cards(store: Store) -> None:
    frame = await store.write(lay_frame)
    other, elsewhere = RoundId(new_id()), BatchId(new_id())
    bare = BatchId(new_id())

    def more(tx: Tx) -> None:
        rounds.insert_round(tx, a_round(frame.office, other, 7))
        cards.insert_batch(tx, a_batch(other, frame.team, elsewhere), [frame.village])
        cards.insert_batch(tx, a_batch(frame.round, frame.team, bare), [])
        for batch, n in ((frame.batch, 100), (frame.batch, 20), (elsewhere, 7)):
            cards.insert_print_run(tx, batch, n, DAY)

    await store.write(more)
    assert await store.read(lambda tx: units_by_batch(tx, frame.round)) == {
        frame.batch: (frame.township, frame.village)
    }
    assert await store.read(lambda tx: printed_by_batch(tx, frame.round)) == {frame.batch: 120}


async def test_a_day_has_one_milestone_in_each_round(store: Store) -> None:
    frame = await store.write(lay_frame)
    other = RoundId(new_id())

    def write(tx: Tx) -> None:
        rounds.insert_round(tx, a_round(frame.office, other, 7))
        for round_id, on, words in (
            (frame.round, DAY, "入户"), (frame.round, DAY, "赶集"), (frame.round, DAY - timedelta(days=1), "公告"),
            (other, DAY, "别的轮次"),
        ):  # fmt: skip
            milestones.set_milestone(tx, round_id, Milestone(on, words))

    await store.write(write)
    found = await store.read(lambda tx: milestones.list_milestones(tx, frame.round))
    assert found == [Milestone(DAY - timedelta(days=1), "公告"), Milestone(DAY, "赶集")]
    await store.write(lambda tx: milestones.drop_milestone(tx, frame.round, DAY))
    assert len(await store.read(lambda tx: milestones.list_milestones(tx, frame.round))) == 1
    assert len(await store.read(lambda tx: milestones.list_milestones(tx, other))) == 1
