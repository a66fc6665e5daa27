"""What the office watches, on both databases: reminders, what was put away, lines of the audit by time, late pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.clocks import Clock, Stage
from domain.errors import Reason, Refused
from domain.ids import Locked, MemberId, RoundId, TeamId, TipId, new_id
from domain.rounds import TeamKind
from domain.tips import Action, State, TipWork
from storage.desk import clocks, transfers, work
from storage.desk.transfers import Transfer
from storage.intake import outbox, tips
from storage.intake.outbox import OutChannel, Outgoing, OutKind
from storage.intake.tips import TipEvent
from storage.office import cards, reminders, safekeeping
from storage.office.reminders import Reminder
from storage.office.safekeeping import Keeping, Kept
from storage.office.teams import insert_team
from storage.people import audit
from storage.people.audit import Entry
from storage.schema.counting import audit as audit_table
from storage.store import Store, Tx
from storage.watch import archive, watching
from tests.storage.frame import DAY, NOW, Frame, a_team, a_tip

_DAY = timedelta(days=1)


def a_work(tx: Tx, frame: Frame, team_id: TeamId, *, due: int | None = None, state: State = State.RECEIVED) -> TipId:
    """A folded tip, due so many days after `DAY`."""
    row = a_tip(frame)
    tips.insert_tip(tx, row)
    number = work.next_number(tx, frame.round, f"team:{team_id.hex()}")
    due_on = None if due is None else DAY + due * _DAY
    stage = "" if due is None else Stage.ACCEPT
    work.insert_work(tx, TipWork(frame.round, row.id, team_id, number, state, None, due_on, 1, stage))
    return row.id


def deed(tx: Tx, frame: Frame, act: str, about: bytes, minutes: int) -> int:
    at = NOW + timedelta(minutes=minutes)
    return audit.append(tx, Entry(frame.office, at, frame.member, act, "tip", about), bytes(32), lambda *_: new_id()).n


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 30), max_size=20).map(sorted), st.sets(st.integers(1, 20)), st.integers(-1, 31))
async def test_the_last_line_before_a_moment_is_found_by_halving_though_lines_were_taken_out(
    store: Store, frame: Frame, minutes: list[int], gone: set[int], asked: int
) -> None:
    def work_(tx: Tx) -> int:
        tx.execute(audit_table.delete())
        for one in minutes:
            deed(tx, frame, "open", new_id(), one)
        tx.execute(audit_table.delete().where(audit_table.c.n.in_(gone)))
        return watching.last_line_before(tx, frame.office, NOW + timedelta(minutes=asked))

    found = await store.write(work_)
    left = [(n, minute) for n, minute in enumerate(minutes, 1) if n not in gone]
    assert [n for n, minute in left if minute < asked] == [n for n, _ in left if n <= found]


async def test_an_opening_counts_for_the_team_that_has_the_tip_and_behind_the_line_only(
    store: Store, frame: Frame
) -> None:
    def work_(tx: Tx) -> list[bool]:
        mine, other = a_work(tx, frame, frame.team), a_work(tx, frame, frame.other_team)
        first = deed(tx, frame, "open", mine, 1)
        last = deed(tx, frame, "open", other, 2)
        deed(tx, frame, "claim", mine, 3)
        return [
            watching.opened_after(tx, frame.office, line, round_id=frame.round, team_id=team_id, by={by})
            for line, team_id, by in (
                (first - 1, frame.team, frame.member),
                (first, frame.team, frame.member),
                (first, frame.other_team, frame.member),
                (last, frame.other_team, frame.member),
                (0, frame.team, MemberId(new_id())),
            )
        ]

    assert await store.write(work_) == [True, False, True, False, False]


async def test_what_waits_is_told_by_team_with_its_first_day(store: Store, frame: Frame) -> None:
    def work_(tx: Tx) -> None:
        for _ in range(2):
            a_work(tx, frame, frame.team)
        a_work(tx, frame, frame.other_team, state=State.ACCEPTED)

    await store.write(work_)
    assert await store.read(lambda tx: watching.waiting(tx, frame.round, DAY)) == {frame.team: (DAY, 2)}
    assert await store.read(lambda tx: watching.waiting(tx, frame.round, DAY - _DAY)) == {}


async def test_what_was_accepted_since_does_not_wait(store: Store, frame: Frame) -> None:
    def work_(tx: Tx) -> None:
        a_work(tx, frame, frame.team)
        for team_id in (frame.team, frame.other_team):
            taken = work.get_work(tx, frame.round, a_work(tx, frame, team_id))
            work.update_work(tx, replace(taken, state=State.ACCEPTED))

    await store.write(work_)
    assert await store.read(lambda tx: watching.waiting(tx, frame.round, DAY)) == {frame.team: (DAY, 1)}


async def test_late_tips_come_by_due_day_and_number_and_none_that_is_not_late(store: Store, frame: Frame) -> None:
    def work_(tx: Tx) -> None:
        for due in (-1, -3, 0, None, -1, 2):
            a_work(tx, frame, frame.team, due=due)
        a_work(tx, frame, frame.other_team, due=-9)

    await store.write(work_)
    late = await store.read(lambda tx: watching.late_tips(tx, frame.round, frame.team, DAY, limit=9))
    assert [(one.number, one.due_on, one.stage) for one in late] == [
        (2, DAY - 3 * _DAY, Stage.ACCEPT), (1, DAY - _DAY, Stage.ACCEPT), (5, DAY - _DAY, Stage.ACCEPT),
    ]  # fmt: skip
    assert {one.place for one in late} == {"澄江县/苇庄镇/石桥村"}
    assert await store.read(lambda tx: watching.late_tips(tx, frame.round, frame.team, DAY, limit=2)) == late[:2]


async def test_a_reminder_is_seen_once_and_keeps_who_saw_it(store: Store, frame: Frame) -> None:
    row = Reminder(new_id(), frame.round, frame.team, frame.member, DAY, "请抓紧", urges=True)
    await store.write(lambda tx: reminders.insert_reminder(tx, row))
    await store.write(lambda tx: reminders.insert_reminder(tx, replace(row, id=new_id(), written_on=DAY - _DAY)))
    assert await store.read(lambda tx: reminders.get_reminder(tx, row.id)) == replace(row, writer="林青")
    await store.write(lambda tx: reminders.set_seen(tx, row.id, frame.member, DAY))
    with pytest.raises(Refused) as refused:
        await store.write(lambda tx: reminders.set_seen(tx, row.id, frame.member, DAY + _DAY))
    assert refused.value.reason is Reason.STALE
    seen = replace(row, writer="林青", seen_by=frame.member, seen_on=DAY, seer="林青")
    every = await store.read(lambda tx: reminders.list_of_team(tx, frame.team))
    assert (every[0], len(every)) == (seen, 2)
    assert [
        one.seen_on for one in await store.read(lambda tx: reminders.list_of_team(tx, frame.team, unseen=True))
    ] == [None]
    assert await store.read(lambda tx: reminders.list_of_round(tx, frame.round)) == every
    with pytest.raises(Refused):
        await store.read(lambda tx: reminders.get_reminder(tx, new_id()))


async def test_what_was_put_away_is_kept_by_kind_and_day(store: Store, frame: Frame) -> None:
    assert await store.read(lambda tx: safekeeping.last_days(tx, frame.office)) == {}
    for kind, day in ((Keeping.BACKUP, 3), (Keeping.SECRETS, 1), (Keeping.BACKUP, 2)):
        kept = Kept(new_id(), frame.office, kind, DAY + day * _DAY, frame.member, "保密柜")
        await store.write(lambda tx, kept=kept: safekeeping.insert_kept(tx, kept))  # type: ignore[misc]  # its own
    last = await store.read(lambda tx: safekeeping.last_days(tx, frame.office))
    assert last == {Keeping.BACKUP: DAY + 3 * _DAY, Keeping.SECRETS: DAY + _DAY}
    listed = await store.read(lambda tx: safekeeping.list_kept(tx, frame.office))
    assert [((one.on - DAY).days, one.name) for one in listed] == [(3, "林青"), (2, "林青"), (1, "林青")]
    since = await store.read(lambda tx: safekeeping.kept_since(tx, frame.office, Keeping.BACKUP, DAY + 3 * _DAY))
    assert [one.on for one in since] == [DAY + 3 * _DAY]


async def test_of_waiting_messages_the_one_that_expires_first_is_told_by_kind(store: Store, frame: Frame) -> None:
    def row(kind: OutKind, hours: int) -> Outgoing:
        moment = NOW.replace(minute=0, second=0, microsecond=0)
        return Outgoing(new_id(), kind, OutChannel.TELEGRAM, Locked(b"p"), 0, new_id(), Locked(b"b"), moment,
                        moment + timedelta(hours=hours))  # fmt: skip

    for one in (row(OutKind.NOTICE, 3), row(OutKind.NOTICE, 2), row(OutKind.GROUP, 1), row(OutKind.MESSAGE, -1)):
        await store.write(lambda tx, one=one: outbox.enqueue(tx, one))  # type: ignore[misc]  # its own
    found = await store.read(lambda tx: outbox.first_expiring(tx, NOW))
    assert {kind: ends.astimezone(NOW.tzinfo).hour for kind, ends in found.items()} == {
        OutKind.NOTICE: 11, OutKind.GROUP: 10,
    }  # fmt: skip
    assert frame.office


async def test_the_archive_pages_give_a_tip_of_the_recusal_queue_as_one_that_was_passed_on(
    store: Store, frame: Frame
) -> None:
    recusal = TeamId(new_id())

    def work_(tx: Tx) -> tuple[TipId, TipId, TipId]:
        insert_team(tx, frame.office, a_team(frame.round, recusal, 1, TeamKind.RECUSAL))
        plain, hidden = a_work(tx, frame, frame.team, due=1), a_work(tx, frame, recusal, state=State.ACCEPTED)
        given = a_work(tx, frame, frame.other_team, state=State.REFERRED)
        clocks.save_clocks(tx, frame.round, plain, [Clock(Stage.ACCEPT, DAY, DAY + _DAY)])
        for tip, to in ((hidden, recusal), (given, frame.other_team)):
            transfers.insert_transfer(tx, Transfer(frame.round, tip, 1, frame.team, to, DAY, b"s"))
        cards.insert_print_run(tx, frame.batch, 20, DAY, by=frame.member)
        return plain, hidden, given

    plain, hidden, given = await store.write(work_)
    (one,) = await store.read(lambda tx: archive.numbered(tx, frame.round, frame.team, 0, 9))
    assert (one.tip_id, one.number, one.state) == (plain, 1, State.RECEIVED)
    (gone,) = await store.read(lambda tx: archive.passed_on(tx, frame.round, frame.team, None, 9))
    assert (gone.tip_id, gone.number, gone.state) == (hidden, None, State.REFERRED)
    assert await store.read(lambda tx: archive.passed_on(tx, frame.round, recusal, None, 9)) == []
    numbers = await store.read(lambda tx: archive.numbers_of(tx, frame.round, [plain, hidden, given, TipId(new_id())]))
    assert numbers == {plain: (frame.team, 1)}
    other = RoundId(new_id())
    assert await store.read(lambda tx: archive.numbers_of(tx, other, [plain])) == {}
    assert await store.read(lambda tx: archive.transfers_between(tx, frame.round)) == [
        (frame.team, frame.other_team, 1)
    ]
    assert set(await store.read(lambda tx: archive.clocks_of(tx, frame.round, [plain, given]))) == {plain}
    (run,) = await store.read(lambda tx: archive.print_runs(tx, frame.round))
    assert (run.cards, run.by, run.what) == (20, "林青", "cards")
    assert await store.read(lambda tx: archive.seats(tx, frame.office, frame.round)) == []


async def test_of_what_the_recusal_queue_has_the_archive_says_accepted_only_if_that_came_before(
    store: Store, frame: Frame
) -> None:
    recusal = TeamId(new_id())

    def given(tx: Tx, *acts: Action) -> TipId:
        tip = a_work(tx, frame, recusal, state=State.ACCEPTED)
        for n, act in enumerate(acts, start=1):
            event = TipEvent(frame.round, tip, n, act, State.RECEIVED, State.ACCEPTED, "member", None, DAY, "", None)
            tips.insert_event(tx, event)
        transfers.insert_transfer(tx, Transfer(frame.round, tip, 1, frame.team, recusal, DAY, b"s"))
        work.set_milestones(tx, frame.round, tip, work.Milestones(accepted_on=DAY))
        return tip

    def work_(tx: Tx) -> dict[TipId, bool]:
        insert_team(tx, frame.office, a_team(frame.round, recusal, 1, TeamKind.RECUSAL))
        before = given(tx, Action.ACCEPT, Action.TRANSFER)
        after = given(tx, Action.TRANSFER, Action.ACCEPT, Action.VERIFY)
        never = given(tx, Action.VERIFY, Action.VERIFY, Action.TRANSFER)
        return {before: True, after: False, never: False}

    expected = await store.write(work_)
    found = await store.read(lambda tx: archive.passed_on(tx, frame.round, frame.team, None, 9))
    assert {one.tip_id: one.accepted for one in found} == expected
    assert {(one.accepted_on, one.number, one.state) for one in found} == {(None, None, State.REFERRED)}
