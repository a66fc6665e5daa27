"""What the archive's pages hold of a team's tips, and what never: a tip that came to the recusal queue first."""

from dataclasses import replace
from datetime import timedelta

from domain.ids import RoundId, TeamId, TipId, new_id
from domain.rounds import TeamKind
from domain.tips import State, TipWork
from storage.desk import transfers, work
from storage.desk.transfers import Transfer
from storage.intake import tips
from storage.office import rounds, teams
from storage.store import Store, Tx
from storage.watch import archive
from tests.storage.frame import DAY, Frame, a_round, a_team, a_tip, lay_frame


def put(tx: Tx, frame: Frame, number: int, *steps: TeamId, state: State = State.RECEIVED, days: int = 0) -> TipId:
    """A tip that came to the first of `steps` and was passed on along them."""
    tip = replace(a_tip(frame), first_team_id=steps[0], received_on=DAY + timedelta(days=days))
    tips.insert_tip(tx, tip)
    work.insert_work(tx, TipWork(frame.round, tip.id, steps[-1], number, state, None, None, 1))
    for n in range(1, len(steps)):
        transfers.insert_transfer(tx, Transfer(frame.round, tip.id, n, steps[n - 1], steps[n], DAY, b"s"))
    return tip.id


async def test_what_came_to_recusal_first_is_on_no_page_wherever_it_is_now(store: Store, frame: Frame) -> None:
    recusal = TeamId(new_id())

    def lay(tx: Tx) -> TipId:
        teams.insert_team(tx, frame.office, a_team(frame.round, recusal, 1, TeamKind.RECUSAL))
        put(tx, frame, 1, recusal, frame.team)
        put(tx, frame, 2, recusal, frame.team, state=State.REFERRED)
        put(tx, frame, 3, recusal)
        return put(tx, frame, 4, frame.team)

    ours = await store.write(lay)

    def look(tx: Tx) -> None:
        assert [one.tip_id for one in archive.numbered(tx, frame.round, frame.team, 0, 9)] == [ours]
        for team in (frame.team, recusal):
            assert archive.passed_on(tx, frame.round, team, None, 9) == []
        assert archive.transfers_between(tx, frame.round) == []

    await store.read(look)


async def test_pages_follow_one_another_and_are_of_one_team_of_one_round(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> tuple[list[TipId], list[TipId]]:
        kept = [put(tx, frame, n, frame.team) for n in (3, 1, 2)]
        gone = [put(tx, frame, n, frame.team, state=State.REFERRED, days=days) for n, days in ((4, 2), (5, 0), (6, 1))]
        put(tx, frame, 1, frame.other_team)
        put(tx, frame, 2, frame.other_team, state=State.REFERRED)
        other = RoundId(new_id())
        rounds.insert_round(tx, a_round(frame.office, other, 7))
        at = replace(frame, round=other)
        tip = replace(a_tip(at), card_batch_id=None)
        tips.insert_tip(tx, tip)
        work.insert_work(tx, TipWork(other, tip.id, frame.team, 9, State.RECEIVED, None, None, 1))
        return [kept[1], kept[2], kept[0]], [gone[1], gone[2], gone[0]]

    kept, gone = await store.write(lay)

    def look(tx: Tx) -> None:
        first = archive.numbered(tx, frame.round, frame.team, 0, 2)
        rest = archive.numbered(tx, frame.round, frame.team, 2, 2)
        assert [one.tip_id for one in (*first, *rest)] == kept
        early = archive.passed_on(tx, frame.round, frame.team, None, 2)
        late = archive.passed_on(tx, frame.round, frame.team, (early[-1].received_on, early[-1].tip_id), 2)
        assert [one.tip_id for one in (*early, *late)] == gone

    await store.read(look)


async def test_the_last_giver_has_what_the_recusal_queue_took_over(store: Store, frame: Frame) -> None:
    recusal = TeamId(new_id())

    def lay(tx: Tx) -> tuple[TipId, TipId]:
        teams.insert_team(tx, frame.office, a_team(frame.round, recusal, 1, TeamKind.RECUSAL))
        first = put(tx, frame, 1, frame.team, frame.other_team, recusal)
        return first, put(tx, frame, 2, frame.team, recusal)

    first, second = await store.write(lay)

    def look(tx: Tx) -> None:
        assert [one.tip_id for one in archive.passed_on(tx, frame.round, frame.other_team, None, 9)] == [first]
        assert [one.tip_id for one in archive.passed_on(tx, frame.round, frame.team, None, 9)] == [second]

    await store.read(look)


async def test_steps_of_another_round_are_not_counted_with_ours(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> None:
        theirs = lay_frame(tx)
        for at in (frame, theirs):
            put(tx, at, 1, at.team, at.other_team)
        put(tx, frame, 2, frame.team, frame.other_team)

    await store.write(lay)
    steps = await store.read(lambda tx: archive.transfers_between(tx, frame.round))
    assert steps == [(frame.team, frame.other_team, 2)]
