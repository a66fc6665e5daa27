"""Members, roles, sessions, keys, counters and the audit as rows."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from domain.errors import Refused
from domain.ids import KeyId, Locked, MemberId, TeamId, new_id
from domain.rounds import Role
from storage.desk import counters
from storage.people import audit, keys, members, sessions
from storage.people.keys import Grant, Key, KeyKind
from storage.people.members import Member, Membership, MemberState
from storage.people.sessions import Invite, Session, Stage
from storage.store import Conflict, Store, Tx
from tests.storage.frame import DAY, NOW, Frame


async def test_a_login_belongs_to_one_member(store: Store, frame: Frame) -> None:
    twin = Member(MemberId(new_id()), frame.office, "lin", "林某", MemberState.INVITED)
    with pytest.raises(Conflict):
        await store.write(lambda tx: members.insert_member(tx, twin))
    found = await store.read(lambda tx: members.member_by_login(tx, frame.office, "lin"))
    assert found == await store.read(lambda tx: members.get_member(tx, frame.member))
    assert await store.read(lambda tx: members.list_members(tx, frame.office)) == [found]
    await store.write(lambda tx: members.set_member_state(tx, frame.member, MemberState.DISABLED))
    assert (await store.read(lambda tx: members.get_member(tx, frame.member))).state is MemberState.DISABLED


async def test_a_second_factor_step_is_used_once_even_at_once(store: Store, frame: Frame) -> None:
    await store.write(lambda tx: members.set_totp(tx, frame.member, Locked(b"secret")))
    tries = [store.write(lambda tx: members.use_totp_step(tx, frame.member, 58_000_000)) for _ in range(2)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(one) for one in outcomes] == [type(None), Refused]
    with pytest.raises(Refused):
        await store.write(lambda tx: members.use_totp_step(tx, frame.member, 57_999_999))
    await store.write(lambda tx: members.set_totp(tx, frame.member, Locked(b"new")))
    assert await store.read(lambda tx: members.get_member(tx, frame.member)) == Member(
        frame.member, frame.office, "lin", "林青", MemberState.ACTIVE, Locked(b"new"), -1
    )


async def test_a_role_lasts_from_its_first_to_its_last_day(store: Store, frame: Frame) -> None:
    leader = Membership(frame.member, frame.office, frame.team, Role.LEADER, DAY)
    director = Membership(frame.member, frame.office, None, Role.DIRECTOR, DAY)
    await store.write(lambda tx: (members.insert_membership(tx, leader), members.insert_membership(tx, director)))
    await store.write(lambda tx: members.end_memberships(tx, frame.member, None, DAY + timedelta(days=1)))
    held = {
        after: {one.role for one in await store.read(lambda tx, d=DAY + timedelta(days=after): _roles(tx, frame, d))}
        for after in (-1, 0, 1, 2)
    }
    both = {Role.LEADER, Role.DIRECTOR}
    assert held == {-1: set(), 0: both, 1: both, 2: {Role.LEADER}}
    team = await store.read(lambda tx: members.members_of_team(tx, frame.team, DAY))
    office = await store.read(lambda tx: members.members_of_office(tx, frame.office, DAY))
    assert [(one.login, role) for one, role in team] == [("lin", Role.LEADER)]
    assert [(one.login, role) for one, role in office] == [("lin", Role.DIRECTOR)]


async def test_a_revoked_session_is_gone_with_its_seed(store: Store, frame: Frame) -> None:
    rows = [Session(bytes([n]) * 32, frame.member, Locked(b"seed"), Stage.FULL, NOW, NOW) for n in (1, 2, 3)]
    await store.write(lambda tx: [sessions.insert_session(tx, one) for one in rows] and None)
    assert await store.read(lambda tx: sessions.get_session(tx, rows[0].token_hash)) == rows[0]
    later = NOW + timedelta(minutes=5)
    await store.write(lambda tx: sessions.touch_session(tx, rows[1].token_hash, later))
    listed = await store.read(lambda tx: sessions.list_sessions(tx, frame.member))
    assert listed[0] == replace(rows[1], last_at=later.astimezone(UTC))
    await store.write(lambda tx: sessions.revoke_session(tx, rows[0].token_hash))
    assert await store.read(lambda tx: sessions.get_session(tx, rows[0].token_hash)) is None
    await store.write(lambda tx: sessions.revoke_sessions(tx, frame.member, but=rows[2].token_hash))
    left = await store.read(lambda tx: sessions.list_sessions(tx, frame.member))
    assert [one.token_hash for one in left] == [rows[2].token_hash]
    await store.write(lambda tx: sessions.prune_sessions(tx, later))
    assert await store.read(lambda tx: sessions.list_sessions(tx, frame.member)) == []


async def test_an_invite_works_once_and_in_time(store: Store, frame: Frame) -> None:
    invite = Invite(b"h" * 32, frame.office, Role.LIAISON, frame.team, NOW + timedelta(hours=24))
    await store.write(lambda tx: sessions.insert_invite(tx, invite))
    assert await store.read(lambda tx: sessions.get_invite(tx, invite.token_hash, NOW)) == invite
    assert await store.read(lambda tx: sessions.get_invite(tx, invite.token_hash, invite.expires_at)) is None
    await store.write(lambda tx: sessions.use_invite(tx, invite.token_hash, DAY))
    assert await store.read(lambda tx: sessions.get_invite(tx, invite.token_hash, NOW)) is None
    with pytest.raises(Refused):
        await store.write(lambda tx: sessions.use_invite(tx, invite.token_hash, DAY))


def a_key(frame: Frame, kind: KeyKind, **more: object) -> Key:
    return Key(KeyId(new_id()), frame.office, kind, b"public", b"verify", **more)


async def test_the_highest_generation_of_a_team_comes_first(store: Store, frame: Frame) -> None:
    office = a_key(frame, KeyKind.OFFICE)
    of_team = {"round_id": frame.round, "team_id": frame.team, "signer_key_id": office.id, "signature": b"s"}
    first, second = (a_key(frame, KeyKind.TEAM, generation=n, not_after=DAY, **of_team) for n in (1, 2))
    await store.write(lambda tx: [keys.insert_key(tx, one) for one in (office, first, second)] and None)
    assert await store.read(lambda tx: keys.team_keys(tx, frame.round, frame.team)) == [second, first]
    assert await store.read(lambda tx: keys.round_team_keys(tx, frame.round)) == [second, first]
    assert await store.read(lambda tx: keys.team_keys(tx, frame.round, TeamId(new_id()))) == []
    assert await store.read(lambda tx: keys.office_key(tx, frame.office)) == office
    with pytest.raises(Conflict):
        await store.write(lambda tx: keys.insert_key(tx, replace(second, id=KeyId(new_id()))))
    await store.write(lambda tx: keys.retire_key(tx, first.id, DAY))
    assert (await store.read(lambda tx: keys.get_key(tx, first.id))).retired_on == DAY
    with pytest.raises(Refused):
        await store.write(lambda tx: keys.retire_key(tx, first.id, DAY))


async def test_a_members_key_is_rewrapped_and_its_grants_are_found_from_both_sides(store: Store, frame: Frame) -> None:
    own = a_key(frame, KeyKind.MEMBER, member_id=frame.member, kdf="{}", salt=b"salt", wrapped=Locked(b"old"))
    given = a_key(frame, KeyKind.TEAM, round_id=frame.round, team_id=frame.team)
    grant = Grant(given.id, own.id, Locked(b"box"), None, DAY)
    renewed = replace(grant, box=Locked(b"new box"), granted_by=frame.member)

    def write(tx: Tx) -> None:
        keys.insert_key(tx, own)
        keys.insert_key(tx, given)
        keys.insert_grant(tx, grant)
        keys.insert_grant(tx, renewed)
        keys.rewrap_member_key(tx, own.id, kdf="{1}", salt=b"new", wrapped=Locked(b"new"))

    await store.write(write)
    found = await store.read(lambda tx: keys.member_key(tx, frame.member))
    assert found == replace(own, kdf="{1}", salt=b"new", wrapped=Locked(b"new"))
    assert await store.read(lambda tx: keys.granted(tx, own.id, frame.team)) == [(given, renewed)]
    assert await store.read(lambda tx: keys.grants_of(tx, given.id)) == [renewed]


async def test_counts_add_up_whoever_adds_at_once(store: Store, frame: Frame) -> None:
    await asyncio.gather(
        *(store.write(lambda tx: counters.add_funnel(tx, frame.round, frame.batch, DAY, step="scan")) for _ in "abc"),
        store.write(lambda tx: counters.add_funnel(tx, frame.round, None, DAY, step="scan", n=4)),
    )
    funnel = await store.read(lambda tx: counters.read_funnel(tx, frame.round))
    assert funnel == {(frame.batch, "scan"): 3, (None, "scan"): 4}


async def test_audit_lines_written_at_once_make_one_chain(store: Store, frame: Frame) -> None:
    entry = audit.Entry(frame.office, NOW, frame.member, "open", "tip", b"t" * 16)
    asked = [store.write(lambda tx: audit.append(tx, entry, b"first", _mac)) for _ in range(30)]
    returned = await asyncio.gather(*asked)
    lines = await store.read(lambda tx: audit.list_lines(tx, frame.office))
    assert sorted(returned, key=lambda one: one.n) == lines
    assert [one.n for one in lines] == list(range(1, 31))
    assert [one.prev for one in lines] == [b"first", *(one.mac for one in lines[:-1])]
    assert await store.read(lambda tx: audit.last_line(tx, frame.office)) == lines[-1]
    assert await store.read(lambda tx: audit.list_lines(tx, frame.office, 29)) == lines[-1:]
    assert await store.read(lambda tx: audit.lines_about(tx, frame.office, "tip", b"t" * 16)) == lines


def _roles(tx: Tx, frame: Frame, on) -> list[Membership]:
    return members.memberships_of(tx, frame.member, on)


def _mac(entry: audit.Entry, n: int, prev: bytes) -> bytes:
    return hashlib.sha256(prev + entry.object_id + bytes([n])).digest()
