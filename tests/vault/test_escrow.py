"""What two custodians keep opens for both of them together, with R, in its own place; for nobody else."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BadSeal
from domain.ids import Locked
from vault.escrow import Deposit, deposit, withdraw
from vault.keys import Seed, new_seed, public_half
from vault.seal import Holder

FIRST, SECOND, STRANGER, TEAM = new_seed(), new_seed(), new_seed(), new_seed()
ONE, TWO = Holder(b"1" * 16, public_half(FIRST).public), Holder(b"2" * 16, public_half(SECOND).public)
ROUND_SECRET = b"R" * 32
WHAT = Deposit(b"o" * 16, b"r" * 16, b"t" * 16, b"k" * 16, ONE.id, TWO.id)
PUBLIC = public_half(TEAM).public
BOX = deposit(TEAM, ONE, TWO, ROUND_SECRET, WHAT)


def opens(
    both: tuple[Seed, Seed], box: Locked = BOX, secret: bytes = ROUND_SECRET, what: Deposit = WHAT, of: bytes = PUBLIC
) -> bool:
    try:
        return withdraw(both, box, secret, what, public=of) == TEAM
    except BadSeal:
        return False


def test_both_custodians_together_open_it() -> None:
    assert opens((FIRST, SECOND))


@pytest.mark.parametrize(
    "both", [(FIRST, FIRST), (SECOND, SECOND), (SECOND, FIRST), (FIRST, STRANGER), (STRANGER, SECOND), (TEAM, TEAM)]
)
def test_neither_alone_nor_with_a_stranger(both: tuple[Seed, Seed]) -> None:
    assert not opens(both)


def test_without_the_rounds_secret_it_stays_shut() -> None:
    assert not opens((FIRST, SECOND), secret=b"r" * 32)


@pytest.mark.parametrize("name", [field.name for field in fields(Deposit)])
def test_it_opens_in_its_own_place_only(name: str) -> None:
    assert not opens((FIRST, SECOND), what=replace(WHAT, **{name: b"x" * 16}))


def test_the_seed_of_another_key_is_not_taken_for_it() -> None:
    assert not opens((FIRST, SECOND), of=public_half(STRANGER).public)


@settings(max_examples=20, deadline=None)
@given(st.integers(min_value=0, max_value=len(BOX) - 1))
def test_a_changed_byte_shuts_it(place: int) -> None:
    changed = Locked(BOX[:place] + bytes([BOX[place] ^ 1]) + BOX[place + 1 :])
    assert not opens((FIRST, SECOND), box=changed)


def test_one_person_is_not_two_custodians() -> None:
    with pytest.raises(ValueError, match="two custodians"):
        deposit(TEAM, ONE, ONE, ROUND_SECRET, replace(WHAT, second_id=ONE.id))
    with pytest.raises(ValueError, match="two custodians"):
        deposit(TEAM, TWO, ONE, ROUND_SECRET, WHAT)
