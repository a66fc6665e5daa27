"""Keys and grants: of many only those that were asked for come back, or change."""

import pytest

from domain.ids import KeyId, Locked, MemberId, RoundId, TeamId, TipId, new_id
from storage.office import rounds, teams
from storage.people import keys, members
from storage.people.keys import Grant, Key, KeyKind
from storage.people.members import Member, MemberState
from storage.store import Store, Tx
from tests.storage.frame import DAY, Frame, a_round, a_team, lay_frame


@pytest.fixture
async def chen(store: Store, frame: Frame) -> MemberId:
    """Somebody beside the frame's own member."""
    row = Member(MemberId(new_id()), frame.office, "chen", "陈默", MemberState.ACTIVE)
    await store.write(lambda tx: members.insert_member(tx, row))
    return row.id


def a_key(frame: Frame, kind: KeyKind, **more: object) -> Key:
    return Key(KeyId(new_id()), frame.office, kind, b"public", b"verify", **more)  # type: ignore[arg-type]  # by name


def put_keys(tx: Tx, *made: Key) -> None:
    for one in made:
        keys.insert_key(tx, one)


async def test_keys_of_a_kind_are_told_apart(store: Store, frame: Frame, chen: MemberId) -> None:
    theirs = await store.write(lay_frame)
    lost, own, hers, foreign = (
        a_key(at, KeyKind.MEMBER, member_id=who, generation=n)
        for at, who, n in (
            (frame, frame.member, 1),
            (frame, frame.member, 2),
            (frame, chen, 1),
            (theirs, theirs.member, 1),
        )
    )
    old, office = (a_key(frame, KeyKind.OFFICE, generation=n) for n in (1, 2))
    await store.write(lambda tx: put_keys(tx, lost, own, hers, foreign, old, office, a_key(theirs, KeyKind.OFFICE)))
    await store.write(lambda tx: keys.retire_key(tx, lost.id, DAY))
    assert await store.read(lambda tx: keys.office_key(tx, frame.office)) == office
    assert await store.read(lambda tx: keys.member_key(tx, frame.member)) == own
    assert await store.read(lambda tx: keys.own_keys(tx, frame.office)) == {frame.member: own, chen: hers}
    every = await store.read(lambda tx: keys.member_keys(tx, frame.member))
    assert {one.id for one in every} == {lost.id, own.id}
    await store.write(lambda tx: keys.rewrap_member_key(tx, own.id, kdf="{1}", salt=b"s", wrapped=Locked(b"w")))
    assert await store.read(lambda tx: keys.get_key(tx, hers.id)) == hers
    await store.write(lambda tx: keys.retire_key(tx, own.id, DAY))
    assert await store.read(lambda tx: keys.member_key(tx, frame.member)) is None
    assert await store.read(lambda tx: keys.own_keys(tx, frame.office)) == {chen: hers}


async def test_keys_of_a_round_are_its_teams_keys_and_no_lock_of_a_tip(store: Store, frame: Frame) -> None:
    other, next_team, tips = RoundId(new_id()), TeamId(new_id()), [TipId(new_id()), TipId(new_id())]
    at = {"round_id": frame.round, "team_id": frame.team}
    first, second = (a_key(frame, KeyKind.TEAM, generation=n, **at) for n in (1, 2))
    beside = a_key(frame, KeyKind.TEAM, round_id=frame.round, team_id=frame.other_team)
    later = a_key(frame, KeyKind.TEAM, round_id=other, team_id=next_team)
    locks = [a_key(frame, KeyKind.SUBSET, tip_id=tips[0], generation=n, **at) for n in (5, 6)]
    elsewhere = a_key(frame, KeyKind.SUBSET, tip_id=tips[1], generation=9, **at)

    def lay(tx: Tx) -> None:
        rounds.insert_round(tx, a_round(frame.office, other, 7))
        teams.insert_team(tx, frame.office, a_team(other, next_team, 1))
        put_keys(tx, first, second, beside, later, *locks, elsewhere)

    await store.write(lay)
    assert await store.read(lambda tx: keys.team_keys(tx, frame.round, frame.team)) == [second, first]
    listed = await store.read(lambda tx: keys.round_team_keys(tx, frame.round))
    assert {one.id for one in listed} == {first.id, second.id, beside.id}
    present = await store.read(lambda tx: keys.present_keys(tx, [frame.round]))
    assert present == {frame.team: second, frame.other_team: beside}
    assert await store.read(lambda tx: keys.subset_keys(tx, frame.round, tips[0])) == [locks[1], locks[0]]
    await store.write(lambda tx: keys.sign_anew(tx, locks[0].id, second.id, b"word"))
    assert await store.read(lambda tx: keys.get_key(tx, locks[1].id)) == locks[1]


async def test_a_grant_is_of_one_key_to_one_holder(store: Store, frame: Frame, chen: MemberId) -> None:
    mine, hers = (a_key(frame, KeyKind.MEMBER, member_id=who) for who in (frame.member, chen))
    of_teams = [
        a_key(frame, KeyKind.TEAM, round_id=frame.round, team_id=team) for team in (frame.team, frame.other_team)
    ]
    given = [Grant(key.id, own.id, Locked(b"box"), None, DAY) for key in of_teams for own in (mine, hers)]

    def lay(tx: Tx) -> None:
        put_keys(tx, mine, hers, *of_teams)
        for one in given:
            keys.insert_grant(tx, one)

    await store.write(lay)
    assert await store.read(lambda tx: keys.granted(tx, mine.id, frame.team)) == [(of_teams[0], given[0])]
    held = await store.read(lambda tx: keys.grants_of(tx, of_teams[1].id))
    assert {one.holder_key_id for one in held} == {mine.id, hers.id}
    assert {one.key_id for one in held} == {of_teams[1].id}
    holders = await store.read(lambda tx: keys.held_by(tx, [of_teams[0].id]))
    assert {(key_id, own.id) for key_id, own in holders} == {(of_teams[0].id, mine.id), (of_teams[0].id, hers.id)}
