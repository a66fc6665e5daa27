"""Members, seats, sessions, invites and ties: of many only those that were asked for come back, or change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Refused
from domain.ids import Locked, MemberId, new_id
from domain.regions import Relation
from domain.rounds import Role
from storage.people import conflicts, duties, members, sessions
from storage.people.conflicts import Declared
from storage.people.members import Member, Membership, MemberState
from storage.people.sessions import Invite, Session, Stage
from storage.store import Store, Tx
from tests.storage.frame import DAY, NOW, Frame, lay_frame

DAY_AFTER = DAY + timedelta(days=1)


@pytest.fixture
async def theirs(store: Store) -> Frame:
    """Another office in the same database, with people of the same names."""
    return await store.write(lay_frame)


@pytest.fixture
async def chen(store: Store, frame: Frame) -> MemberId:
    """Somebody beside the frame's own member."""
    row = Member(MemberId(new_id()), frame.office, "chen", "陈默", MemberState.ACTIVE)
    await store.write(lambda tx: members.insert_member(tx, row))
    return row.id


async def test_a_login_is_looked_up_in_its_own_office(store: Store, frame: Frame, theirs: Frame) -> None:
    for one in (frame, theirs):
        found = await store.read(lambda tx, of=one: members.member_by_login(tx, of.office, "lin"))
        assert found is not None
        assert found.id == one.member
        listed = await store.read(lambda tx, of=one: members.list_members(tx, of.office))
        assert [row.id for row in listed] == [one.member]
    assert await store.read(lambda tx: members.member_by_login(tx, frame.office, "nobody")) is None


async def test_what_changes_of_a_member_changes_of_nobody_else(store: Store, frame: Frame, chen: MemberId) -> None:
    before = await store.read(lambda tx: members.get_member(tx, frame.member))

    def change(tx: Tx) -> None:
        members.set_totp(tx, chen, Locked(b"secret"))
        members.use_totp_step(tx, chen, 7)
        members.set_shortcuts(tx, chen, on=False)
        members.set_member_state(tx, chen, MemberState.DISABLED)

    await store.write(change)
    assert await store.read(lambda tx: members.get_member(tx, frame.member)) == before
    changed = await store.read(lambda tx: members.get_member(tx, chen))
    assert changed == Member(
        chen, frame.office, "chen", "陈默", MemberState.DISABLED, Locked(b"secret"), 7, shortcuts=False
    )
    await store.write(lambda tx: members.set_totp(tx, frame.member, Locked(b"mine")))
    await store.write(lambda tx: members.drop_totp(tx, chen))
    assert (await store.read(lambda tx: members.get_member(tx, frame.member))).totp == b"mine"
    with pytest.raises(Refused):
        await store.write(lambda tx: members.set_member_state(tx, MemberId(new_id()), MemberState.ACTIVE))


async def test_a_role_ends_for_one_member_in_one_place(
    store: Store, frame: Frame, theirs: Frame, chen: MemberId
) -> None:
    def lay(tx: Tx) -> None:
        for who, team, role in (
            (frame.member, frame.team, Role.LEADER), (frame.member, frame.other_team, Role.LIAISON),
            (frame.member, None, Role.CLERK), (frame.member, None, Role.DIRECTOR),
            (chen, frame.team, Role.INSPECTOR), (chen, None, Role.CLERK),
        ):  # fmt: skip
            members.insert_membership(tx, Membership(who, frame.office, team, role, DAY))
        members.insert_membership(tx, Membership(theirs.member, theirs.office, None, Role.DIRECTOR, DAY))

    def seated(tx: Tx) -> tuple[set[Role], set[Role]]:
        mine, others = (members.memberships_of(tx, who, DAY_AFTER) for who in (frame.member, chen))
        return {one.role for one in mine}, {one.role for one in others}

    await store.write(lay)
    both = {Role.INSPECTOR, Role.CLERK}
    office = await store.read(lambda tx: members.members_of_office(tx, frame.office, DAY))
    assert sorted((one.login, role) for one, role in office) == [
        ("chen", Role.CLERK), ("lin", Role.CLERK), ("lin", Role.DIRECTOR),
    ]  # fmt: skip
    team = await store.read(lambda tx: members.members_of_team(tx, frame.team, DAY))
    assert [(one.login, role) for one, role in team] == [("chen", Role.INSPECTOR), ("lin", Role.LEADER)]
    assert await store.read(lambda tx: members.members_of_team(tx, frame.team, DAY - timedelta(days=1))) == []
    await store.write(lambda tx: members.end_role(tx, frame.member, Role.CLERK, DAY))
    assert await store.read(seated) == ({Role.LEADER, Role.LIAISON, Role.DIRECTOR}, both)
    await store.write(lambda tx: members.end_memberships(tx, frame.member, frame.team, DAY))
    assert await store.read(seated) == ({Role.LIAISON, Role.DIRECTOR}, both)


async def test_a_role_that_has_ended_keeps_its_last_day(store: Store, frame: Frame) -> None:
    ended = [Membership(frame.member, frame.office, team, Role.CLERK, DAY, DAY) for team in (None, frame.team)]
    await store.write(lambda tx: [members.insert_membership(tx, one) for one in ended] and None)

    def end(tx: Tx) -> None:
        members.end_role(tx, frame.member, Role.CLERK, DAY_AFTER)
        members.end_memberships(tx, frame.member, frame.team, DAY_AFTER)

    await store.write(end)
    assert await store.read(lambda tx: members.memberships_of(tx, frame.member, DAY_AFTER)) == []
    assert len(await store.read(lambda tx: members.memberships_of(tx, frame.member, DAY))) == 2


async def test_a_session_ends_alone_and_the_youngest_are_not_forgotten(
    store: Store, frame: Frame, chen: MemberId
) -> None:
    mine, hers = (
        Session(bytes([n]) * 32, who, None, Stage.FULL, NOW, NOW) for n, who in ((1, frame.member), (2, chen))
    )
    young = replace(mine, token_hash=b"y" * 32, created_at=NOW + timedelta(hours=1))
    await store.write(lambda tx: [sessions.insert_session(tx, one) for one in (mine, hers, young)] and None)
    await store.write(lambda tx: sessions.touch_session(tx, hers.token_hash, NOW + timedelta(hours=5)))
    listed = await store.read(lambda tx: sessions.list_sessions(tx, frame.member))
    assert {one.last_at for one in listed} == {NOW}
    assert {one.token_hash for one in listed} == {mine.token_hash, young.token_hash}
    await store.write(lambda tx: sessions.revoke_sessions(tx, chen))
    assert len(await store.read(lambda tx: sessions.list_sessions(tx, frame.member))) == 2
    await store.write(lambda tx: sessions.prune_sessions(tx, NOW + timedelta(minutes=1)))
    listed = await store.read(lambda tx: sessions.list_sessions(tx, frame.member))
    assert [one.token_hash for one in listed] == [young.token_hash]


async def test_one_invite_is_used_or_taken_back_and_the_others_stand(
    store: Store, frame: Frame, chen: MemberId
) -> None:
    soon = NOW + timedelta(hours=24)
    rows = [
        Invite(bytes([n]) * 32, frame.office, Role.CLERK, None, soon, who)
        for n, who in enumerate((chen, chen, frame.member, None))
    ]
    await store.write(lambda tx: [sessions.insert_invite(tx, one) for one in rows] and None)

    def standing(tx: Tx) -> list[bool]:
        return [sessions.get_invite(tx, one.token_hash, NOW) is not None for one in rows]

    await store.write(lambda tx: sessions.use_invite(tx, rows[0].token_hash, DAY))
    assert await store.read(standing) == [False, True, True, True]
    await store.write(lambda tx: sessions.drop_invites(tx, chen))
    assert await store.read(standing) == [False, False, True, True]


async def test_ties_and_duties_are_of_their_member_and_office(
    store: Store, frame: Frame, theirs: Frame, chen: MemberId
) -> None:
    ties = [Declared(frame.member, unit, Relation.FAMILY, DAY) for unit in (frame.township, frame.village)]
    ties += [
        Declared(chen, frame.village, Relation.FAMILY, DAY),
        Declared(theirs.member, theirs.village, Relation.FAMILY, DAY),
    ]

    def lay(tx: Tx) -> None:
        for one in ties:
            conflicts.put_conflict(tx, one)
        duties.set_duty(tx, chen, frame.member)
        duties.set_duty(tx, theirs.member, theirs.member)

    await store.write(lay)
    assert await store.read(lambda tx: conflicts.conflicts_in(tx, frame.office)) == {
        frame.member: (ties[0], ties[1]),
        chen: (ties[2],),
    }
    assert await store.write(lambda tx: conflicts.drop_conflict(tx, frame.member, frame.village))
    assert await store.read(lambda tx: conflicts.conflicts_of(tx, frame.member)) == [ties[0]]
    assert await store.read(lambda tx: conflicts.conflicts_of(tx, chen)) == [ties[2]]
    assert await store.read(lambda tx: duties.list_duties(tx, frame.office)) == {chen: frame.member}
