"""Passwords, grants, sessions, locks: each opens for its owner, in its place; a stolen backup opens nothing."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BadSeal
from domain.ids import Locked
from tests.patience import PATIENCE
from vault.context import Context, canonical
from vault.keys import Seed, new_seed, public_half
from vault.lock import lock, unlock
from vault.members import (
    grant,
    make_member,
    new_session,
    open_grant,
    open_session,
    rewrap,
    session_hash,
)
from vault.members import unlock as unlock_member
from vault.seal import Holder

PASSWORD = "河边第三棵柳树 behind the mill"
MEMBER = make_member(PASSWORD)
SEED = unlock_member(PASSWORD, MEMBER.kdf, MEMBER.salt, MEMBER.wrapped)
HOLDER = Holder(b"member-key-id-00", MEMBER.half.public)
TEAM_SEED = new_seed()
ROUND_SECRET = b"R" * 32
PLACE = Context("grant", b"r" * 16, b"k" * 16, 1)
BOX = grant(TEAM_SEED, HOLDER, ROUND_SECRET, PLACE)


def flipped(blob: bytes, place: int) -> Locked:
    place %= len(blob)
    return Locked(blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :])


def test_the_password_unlocks_the_pair_it_was_made_for() -> None:
    assert public_half(SEED) == MEMBER.half


@pytest.mark.parametrize(
    "wrong", ["", PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper(), "\ud800" + PASSWORD, PASSWORD + "\0"]
)
def test_a_wrong_password_is_refused_whatever_is_wrong_with_it(wrong: str) -> None:
    with pytest.raises(BadSeal):
        unlock_member(wrong, MEMBER.kdf, MEMBER.salt, MEMBER.wrapped)


def test_no_character_is_cut_off_a_long_password() -> None:
    long = "柳" * 200 + "a"
    key = make_member(long)
    assert public_half(unlock_member(long, key.kdf, key.salt, key.wrapped)) == key.half
    with pytest.raises(BadSeal):
        unlock_member(long[:-1] + "b", key.kdf, key.salt, key.wrapped)


def test_one_character_spelt_in_two_ways_is_the_same_password() -> None:
    key = make_member("caf\u00e9 by the river bank")
    assert unlock_member("cafe\u0301 by the river bank", key.kdf, key.salt, key.wrapped)


def test_a_new_password_keeps_the_pair_and_shuts_out_the_old_one() -> None:
    changed = rewrap(SEED, "another long sentence")
    assert changed.half == MEMBER.half
    assert changed.salt != MEMBER.salt
    assert unlock_member("another long sentence", changed.kdf, changed.salt, changed.wrapped) == SEED
    with pytest.raises(BadSeal):
        unlock_member(PASSWORD, changed.kdf, changed.salt, changed.wrapped)


@pytest.mark.parametrize(
    "kdf",
    [
        "",
        "[]",
        "{}",
        json.dumps({"name": "scrypt", "t": 3, "m": 65536, "p": 4}),
        json.dumps({"name": "argon2id", "t": 3, "m": 2**40, "p": 4}),
        json.dumps({"name": "argon2id", "t": 10**9, "m": 65536, "p": 4}),
        json.dumps({"name": "argon2id", "t": 3, "m": -1, "p": 4}),
        json.dumps({"name": "argon2id", "t": "3", "m": "65536", "p": 4}),
        json.dumps({"name": "argon2id", "t": 3, "m": 65536, "p": 2}),
    ],
)
def test_changed_settings_of_the_derivation_are_refused_and_never_exhaust_the_machine(kdf: str) -> None:
    with pytest.raises(BadSeal):
        unlock_member(PASSWORD, kdf, MEMBER.salt, MEMBER.wrapped)


def test_the_derivation_is_the_one_rfc_9106_recommends() -> None:
    assert json.loads(MEMBER.kdf) == {"name": "argon2id", "t": 3, "m": 65536, "p": 4}


def test_a_grant_gives_the_team_seed_to_its_member() -> None:
    assert open_grant(SEED, HOLDER.id, ROUND_SECRET, BOX, PLACE) == TEAM_SEED


@pytest.mark.parametrize(
    "place",
    [
        replace(PLACE, kind="office"),
        replace(PLACE, round_id=b"s" * 16),
        replace(PLACE, owner_id=b"l" * 16),
        replace(PLACE, seq=2),
    ],
    ids=["kind", "round", "key", "generation"],
)
def test_a_grant_moved_elsewhere_does_not_open(place: Context) -> None:
    with pytest.raises(BadSeal):
        open_grant(SEED, HOLDER.id, ROUND_SECRET, BOX, place)


def test_a_grant_opens_for_its_member_only() -> None:
    with pytest.raises(BadSeal):
        open_grant(new_seed(), HOLDER.id, ROUND_SECRET, BOX, PLACE)
    with pytest.raises(BadSeal):
        open_grant(SEED, b"member-key-id-01", ROUND_SECRET, BOX, PLACE)


def test_the_right_member_without_the_round_secret_opens_nothing() -> None:
    """The stolen backup: every row, and the members' correct passwords, but not R."""
    with pytest.raises(BadSeal):
        open_grant(SEED, HOLDER.id, b"S" * 32, BOX, PLACE)
    assert BOX.find(TEAM_SEED[:16]) == -1


@given(st.integers(0, 2**16))
@settings(max_examples=40, deadline=None)
def test_a_changed_grant_is_refused(place: int) -> None:
    with pytest.raises(BadSeal):
        open_grant(SEED, HOLDER.id, ROUND_SECRET, flipped(BOX, place), PLACE)


def test_a_session_opens_with_its_cookie_and_the_database_knows_only_its_hash() -> None:
    cookie, token_hash, locked = new_session(SEED)
    assert open_session(cookie, locked) == SEED
    assert token_hash == session_hash(cookie)
    assert len(cookie) >= 43  # 256 bits in base64
    assert cookie.encode() not in token_hash + locked


@pytest.mark.parametrize("cookie", ["", "x", "\ud800", "x" * 10_000])
def test_no_other_cookie_opens_a_session(cookie: str) -> None:
    _, _, locked = new_session(SEED)
    with pytest.raises(BadSeal):
        open_session(cookie, locked)


def test_two_sessions_cannot_be_exchanged() -> None:
    (mine, _, my_row), (_, _, other_row) = new_session(SEED), new_session(Seed(new_seed()))
    assert open_session(mine, my_row) == SEED
    with pytest.raises(BadSeal):
        open_session(mine, other_row)


@given(st.binary(max_size=300), st.integers(0, 2**16))
@settings(max_examples=60, deadline=None)
def test_a_lock_opens_with_its_key_in_its_place_and_unchanged(plain: bytes, place: int) -> None:
    key, aad = b"k" * 32, canonical(kind="draft", seq=1)
    locked = lock(key, plain, aad)
    assert unlock(key, locked, aad) == plain
    for wrong in (
        (b"l" * 32, locked, aad),
        (key, locked, canonical(kind="draft", seq=2)),
        (key, flipped(locked, place), aad),
    ):
        with pytest.raises(BadSeal):
            unlock(*wrong)


def test_one_thing_has_one_spelling() -> None:
    assert canonical(b=b"\1\2", a="县", n=None) == canonical(n=None, a="县", b=b"\1\2")
    assert canonical(b=b"\1\2", a="县") == b'{"a":"\\u53bf","b":"0102","version":1}'


def test_members_who_unlock_at_the_same_moment_all_get_through() -> None:
    made = make_member("seven quiet herons over the reed bed")
    arguments = ("seven quiet herons over the reed bed", made.kdf, made.salt, made.wrapped)
    with ThreadPoolExecutor(4) as pool:
        seeds = [pool.submit(unlock_member, *arguments) for _ in range(4)]
        assert len({seed.result(timeout=PATIENCE) for seed in seeds}) == 1
