"""The trail, duties and what custodians keep, as rows on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import event, text

from domain.ids import KeyId, Locked, MemberId, TeamId, TipId, new_id
from domain.rounds import Role, TeamKind
from domain.tips import State, TipWork
from storage.desk import transfers, work
from storage.desk.transfers import Transfer
from storage.intake import tips
from storage.office import teams
from storage.people import audit, duties, escrows, keys, members
from storage.people.audit import Entry
from storage.people.escrows import Escrow
from storage.people.members import Member, Membership, MemberState
from storage.store import Store, Tx
from storage.watch import readings
from storage.watch.readings import Wanted
from tests.storage.frame import DAY, NOW, Frame, a_key, a_team, a_tip, lay_frame


def say(tx: Tx, frame: Frame, act: str, kind: str, of: bytes, *, by: MemberId | None, at: datetime = NOW) -> None:
    audit.append(tx, Entry(frame.office, at, by, act, kind, of), b"", lambda _entry, n, _prev: bytes([n]))


def someone(tx: Tx, frame: Frame, login: str, role: Role, team_id: TeamId | None) -> MemberId:
    member_id = MemberId(new_id())
    members.insert_member(tx, Member(member_id, frame.office, login, login, MemberState.ACTIVE))
    members.insert_membership(tx, Membership(member_id, frame.office, team_id, role, DAY))
    return member_id


def put(tx: Tx, frame: Frame, number: int, *steps: TeamId) -> TipId:
    """A tip that came to the first of `steps` and was passed on along them."""
    tip = replace(a_tip(frame), first_team_id=steps[0])
    tips.insert_tip(tx, tip)
    work.insert_work(tx, TipWork(frame.round, tip.id, steps[-1], number, State.RECEIVED, None, None, 1))
    for n, (giver, taker) in enumerate(pairwise(steps), start=1):
        transfers.insert_transfer(tx, Transfer(frame.round, tip.id, n, giver, taker, DAY, b"s"))
    return tip.id


async def test_numbers_of_letters_that_stayed_and_no_line_of_a_recusal_holder(store: Store, frame: Frame) -> None:
    recusal, unrouted = TeamId(new_id()), TeamId(new_id())

    def lay(tx: Tx) -> None:
        teams.insert_team(tx, frame.office, a_team(frame.round, recusal, 1, TeamKind.RECUSAL))
        teams.insert_team(tx, frame.office, a_team(frame.round, unrouted, 1, TeamKind.UNROUTED))
        lin = someone(tx, frame, "reader", Role.LEADER, frame.team)
        holder = someone(tx, frame, "holder", Role.LEADER, recusal)
        ways = ([frame.team], [unrouted, frame.team], [frame.team, frame.other_team], [frame.team, recusal],
                [unrouted, recusal], [frame.team, recusal, frame.team], [recusal, frame.team])  # fmt: skip
        for number, way in enumerate(ways, start=1):
            tip_id = put(tx, frame, number, *way)
            say(tx, frame, "open", "tip", tip_id, by=lin)
            say(tx, frame, "open", "tip", tip_id, by=holder)
            say(tx, frame, "reply", "tip", tip_id, by=lin)

    await store.write(lay)
    found = await store.read(lambda tx: readings.list_opened(tx, frame.office, Wanted()))
    assert [(one.team_id, one.number) for one in found] == [
        (frame.team, 1), (frame.team, 2), (None, None), (None, None), (None, None), (None, None)
    ]  # fmt: skip


async def test_an_hours_lines_stand_by_team_and_number_whatever_the_minute(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> None:
        readers = [someone(tx, frame, login, Role.INSPECTOR, frame.team) for login in ("one", "two")]
        ways = {1: [frame.team], 2: [frame.team], 3: [frame.other_team], 4: [frame.team, frame.other_team]}
        tip_ids = {number: put(tx, frame, number, *way) for number, way in ways.items()}
        for minute, number in enumerate((4, 3, 2, 1, 3, 1)):  # 4 was passed on
            say(tx, frame, "open", "tip", tip_ids[number], by=readers[minute % 2], at=NOW + timedelta(minutes=minute))
        say(tx, frame, "open", "tip", tip_ids[2], by=readers[0], at=NOW + timedelta(hours=1))

    await store.write(lay)
    found = await store.read(lambda tx: readings.list_opened(tx, frame.office, Wanted()))
    hour = NOW.replace(minute=0, second=0)
    assert [(one.at - hour, one.number) for one in found] == [
        (timedelta(hours=1), 2), *((timedelta(0), number) for number in (1, 1, 2, 3, 3, None))
    ]  # fmt: skip
    alike = [[one.member_id for one in found if one.number == number and one.at == hour] for number in (1, 3)]
    assert all(two == sorted(two) for two in alike)
    paged = [one for skip in range(7) for one in await _page(store, frame, skip)]
    assert paged == found


async def _page(store: Store, frame: Frame, skip: int) -> list[readings.Opened]:
    return await store.read(lambda tx: readings.list_opened(tx, frame.office, Wanted(skip=skip, limit=1)))


async def test_lines_are_bounded_by_member_moments_and_how_many_were_seen(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> tuple[MemberId, MemberId]:
        both = someone(tx, frame, "one", Role.LEADER, frame.team), someone(tx, frame, "two", Role.LEADER, frame.team)
        tip_id = put(tx, frame, 1, frame.team)
        for hour in range(6):
            say(tx, frame, "open", "tip", tip_id, by=both[hour % 2], at=NOW + timedelta(hours=hour))
        return both

    one, _ = await store.write(lay)

    async def lines(wanted: Wanted) -> list[int]:
        found = await store.read(lambda tx: readings.list_opened(tx, frame.office, wanted))
        return [1 + (row.at - NOW.replace(minute=0, second=0)) // timedelta(hours=1) for row in found]

    assert await lines(Wanted()) == [6, 5, 4, 3, 2, 1]
    assert await lines(Wanted(limit=2)) == [6, 5]
    assert await lines(Wanted(skip=2, limit=2)) == [4, 3]
    assert await lines(Wanted(member_id=one)) == [5, 3, 1]
    assert await lines(Wanted(since=NOW + timedelta(hours=4))) == [6, 5]
    assert await lines(Wanted(until=NOW + timedelta(hours=2))) == [2, 1]


async def test_a_page_is_walked_to_by_an_index_and_is_as_cheap_of_a_long_trail(store: Store, frame: Frame) -> None:
    """Of one member or of all; and the office's own deeds are not looked for among everybody's."""

    def plans(tx: Tx) -> list[str]:
        if tx.dialect.name == "postgresql":  # which sorts what few rows there are
            tx.execute(text("SET LOCAL enable_seqscan = off"))
            tx.execute(text("SET LOCAL enable_sort = off"))
        mine = Wanted(member_id=frame.member)
        return [
            _plan(tx, lambda: readings.list_opened(tx, frame.office, Wanted())),
            _plan(tx, lambda: readings.list_opened(tx, frame.office, mine)),
            _plan(tx, lambda: readings.list_done(tx, frame.office, Wanted())),
            _plan(tx, lambda: readings.list_done(tx, frame.office, mine)),
        ]

    indexes = ("ix_audit_act", "ix_audit_member", "ix_audit_office", "ix_audit_office")
    for plan, index in zip(await store.read(plans), indexes, strict=True):
        assert index in plan
        assert "sort" not in plan.lower()
        assert "temp b-tree" not in plan.lower()


def _plan(tx: Tx, ask: Callable[[], object]) -> str:
    """How the database goes about the first statement of `ask`."""
    asked: list[tuple[str, Any]] = []

    def note(_tx: Tx, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    event.listen(tx, "before_cursor_execute", note)
    ask()
    event.remove(tx, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if tx.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row[-1]) for row in tx.exec_driver_sql(f"{explain} {asked[0][0]}", asked[0][1]))


async def test_the_offices_deeds_and_the_last_sign_in(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> tuple[MemberId, MemberId]:
        clerk = someone(tx, frame, "clerk", Role.CLERK, None)
        leader = someone(tx, frame, "leader", Role.LEADER, frame.team)
        say(tx, frame, "import", "round", frame.round, by=clerk)
        say(tx, frame, "sign-in", "member", clerk, by=clerk, at=NOW + timedelta(hours=1))
        say(tx, frame, "sign-in", "member", clerk, by=clerk, at=NOW + timedelta(hours=3))
        say(tx, frame, "grant", "member", clerk, by=leader)
        say(tx, frame, "claim-ended", "tip", b"t" * 16, by=None)
        say(tx, frame, "release", "round", frame.round, by=None)
        say(tx, frame, "escrow", "team", frame.team, by=leader)
        return clerk, leader

    clerk, leader = await store.write(lay)
    found = await store.read(lambda tx: readings.list_done(tx, frame.office, Wanted()))
    assert [one.act for one in found] == ["escrow", "release", "import"]
    assert await store.read(lambda tx: readings.last_sign_in(tx, frame.office, clerk)) == NOW + timedelta(hours=3)
    assert await store.read(lambda tx: readings.last_sign_in(tx, frame.office, leader)) is None


async def test_a_member_has_one_superior_or_none(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> tuple[MemberId, MemberId]:
        one, two = someone(tx, frame, "one", Role.LEADER, frame.team), someone(tx, frame, "two", Role.CLERK, None)
        duties.set_duty(tx, frame.member, one)
        duties.set_duty(tx, frame.member, two)
        duties.set_duty(tx, one, two)
        return one, two

    one, two = await store.write(lay)
    assert await store.read(lambda tx: duties.list_duties(tx, frame.office)) == {frame.member: two, one: two}
    await store.write(lambda tx: duties.set_duty(tx, one, None))
    assert await store.read(lambda tx: duties.list_duties(tx, frame.office)) == {frame.member: two}


async def test_what_is_kept_of_a_key_comes_back_as_it_was(store: Store, frame: Frame) -> None:
    made = [a_key(frame, generation=n) for n in (1, 2, 3)]
    row = Escrow(made[0].id, made[1].id, made[2].id, Locked(b"box"), DAY)

    def lay(tx: Tx) -> None:
        for key in made:
            keys.insert_key(tx, key)
        escrows.insert_escrow(tx, row)

    await store.write(lay)
    asked = [made[0].id, made[1].id, KeyId(new_id())]
    assert await store.read(lambda tx: escrows.list_escrows(tx, asked)) == {made[0].id: row}
    assert await store.read(lambda tx: escrows.list_escrows(tx, [])) == {}


async def test_a_role_without_a_team_ends_alone_and_a_second_factor_is_forgotten(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> MemberId:
        both = someone(tx, frame, "both", Role.DIRECTOR, None)
        members.insert_membership(tx, Membership(both, frame.office, None, Role.CLERK, DAY))
        members.set_totp(tx, both, Locked(b"totp"))
        members.use_totp_step(tx, both, 7)
        return both

    both = await store.write(lay)
    assert (await store.read(lambda tx: members.get_member(tx, both))).is_enrolled
    await store.write(lambda tx: members.end_role(tx, both, Role.CLERK, DAY - timedelta(days=1)))
    await store.write(lambda tx: members.drop_totp(tx, both))
    held = await store.read(lambda tx: members.memberships_of(tx, both, DAY))
    assert [one.role for one in held] == [Role.DIRECTOR]
    assert not (await store.read(lambda tx: members.get_member(tx, both))).is_enrolled


async def test_nothing_of_another_office_is_read_with_ours(store: Store, frame: Frame) -> None:
    def lay(tx: Tx) -> MemberId:
        theirs = lay_frame(tx)
        for one, hours in ((theirs, 5), (frame, 1)):
            clerk = someone(tx, one, "clerk", Role.CLERK, None)
            leader = someone(tx, one, "leader", Role.LEADER, one.team)
            say(tx, one, "sign-in", "member", clerk, by=clerk, at=NOW + timedelta(hours=hours))
            say(tx, one, "open", "tip", put(tx, one, 1, one.team), by=leader)
            say(tx, one, "import", "round", one.round, by=clerk)
        return clerk

    clerk = await store.write(lay)
    opened = await store.read(lambda tx: readings.list_opened(tx, frame.office, Wanted()))
    assert [(one.team_id, one.number) for one in opened] == [(frame.team, 1)]
    done = await store.read(lambda tx: readings.list_done(tx, frame.office, Wanted()))
    assert [(one.act, one.object_id) for one in done] == [("import", frame.round)]
    assert await store.read(lambda tx: readings.last_sign_in(tx, frame.office, clerk)) == NOW + timedelta(hours=1)
