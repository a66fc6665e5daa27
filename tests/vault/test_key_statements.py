"""Who vouches for a key: the office for a team, a team for its subset. A break in the chain is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BadSeal
from vault.keys import (
    KeyStatement,
    PublicHalf,
    Seed,
    check_statement,
    check_subset,
    new_seed,
    public_half,
    reporter_hash,
    sign,
    sign_statement,
    verify,
)

TODAY = date(2031, 5, 6)
OFFICE, TEAM, SUBSET = new_seed(), new_seed(), new_seed()
OFFICE_VERIFY = public_half(OFFICE).verify
TEAM_WORD = KeyStatement(b"o" * 16, b"r" * 16, b"t" * 16, 2, TODAY + timedelta(days=90), public_half(TEAM))
TEAM_SIGNATURE = sign_statement(OFFICE, TEAM_WORD)
SUBSET_WORD = replace(
    TEAM_WORD, half=public_half(SUBSET), generation=1, subset_of=TEAM_WORD.half.verify, tip_id=b"i" * 16
)
CHANGES = {
    "office": replace(TEAM_WORD, office_id=b"p" * 16),
    "round": replace(TEAM_WORD, round_id=b"s" * 16),
    "team": replace(TEAM_WORD, team_id=b"u" * 16),
    "generation": replace(TEAM_WORD, generation=3),
    "not_after": replace(TEAM_WORD, not_after=TODAY + timedelta(days=91)),
    "public": replace(TEAM_WORD, half=PublicHalf(public_half(SUBSET).public, TEAM_WORD.half.verify)),
    "verify": replace(TEAM_WORD, half=PublicHalf(TEAM_WORD.half.public, public_half(SUBSET).verify)),
    "subset_of": replace(TEAM_WORD, subset_of=b"v" * 32),
    "tip": replace(TEAM_WORD, tip_id=b"i" * 16),
}


def check(subset: KeyStatement, signer: Seed, today: date = TODAY) -> None:
    signature = sign_statement(signer, subset)
    check_subset(OFFICE_VERIFY, TEAM_WORD, TEAM_SIGNATURE, subset=subset, subset_signature=signature, today=today)


def test_a_team_key_signed_by_the_office_is_accepted_to_the_end_of_its_last_day() -> None:
    check_statement(OFFICE_VERIFY, TEAM_WORD, TEAM_SIGNATURE, TODAY)
    check_statement(OFFICE_VERIFY, TEAM_WORD, TEAM_SIGNATURE, TEAM_WORD.not_after)


def test_an_expired_team_key_is_refused() -> None:
    with pytest.raises(BadSeal, match="expired"):
        check_statement(OFFICE_VERIFY, TEAM_WORD, TEAM_SIGNATURE, TEAM_WORD.not_after + timedelta(days=1))


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES.keys())
def test_every_part_of_a_statement_is_signed(changed: KeyStatement) -> None:
    with pytest.raises(BadSeal, match="signature"):
        check_statement(OFFICE_VERIFY, changed, TEAM_SIGNATURE, TODAY)


def test_a_team_key_signed_by_another_office_is_refused() -> None:
    with pytest.raises(BadSeal):
        check_statement(OFFICE_VERIFY, TEAM_WORD, sign_statement(new_seed(), TEAM_WORD), TODAY)


def test_a_subset_key_signed_by_its_team_is_accepted() -> None:
    check(SUBSET_WORD, TEAM)


@pytest.mark.parametrize("signer", [OFFICE, SUBSET, new_seed()], ids=["office", "itself", "stranger"])
def test_a_subset_key_signed_by_anybody_else_is_refused(signer: Seed) -> None:
    with pytest.raises(BadSeal):
        check(SUBSET_WORD, signer)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SUBSET_WORD, office_id=b"p" * 16),
        replace(SUBSET_WORD, round_id=b"s" * 16),
        replace(SUBSET_WORD, team_id=b"u" * 16),
        replace(SUBSET_WORD, subset_of=None),
        replace(SUBSET_WORD, subset_of=public_half(SUBSET).verify),
        replace(SUBSET_WORD, tip_id=None),
        replace(SUBSET_WORD, not_after=TODAY - timedelta(days=1)),
    ],
    ids=["office", "round", "team", "no parent", "other parent", "no tip", "expired"],
)
def test_a_team_cannot_sign_for_another_place_or_without_a_tip(changed: KeyStatement) -> None:
    with pytest.raises(BadSeal):
        check(changed, TEAM)


def test_a_subset_key_dies_with_its_team_key() -> None:
    late = TEAM_WORD.not_after + timedelta(days=1)
    with pytest.raises(BadSeal, match="expired"):
        check(replace(SUBSET_WORD, not_after=late), TEAM, today=late)


def test_a_subset_cannot_vouch_for_another_subset() -> None:
    below = replace(SUBSET_WORD, half=public_half(new_seed()), subset_of=SUBSET_WORD.half.verify)
    with pytest.raises(BadSeal):
        check_subset(
            TEAM_WORD.half.verify,
            SUBSET_WORD,
            sign_statement(TEAM, SUBSET_WORD),
            subset=below,
            subset_signature=sign_statement(SUBSET, below),
            today=TODAY,
        )


@given(st.binary(max_size=60), st.integers(0, 64), st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_a_signature_fits_its_message_and_no_changed_bit(message: bytes, place: int, mask: int) -> None:
    signature = sign(TEAM, message)
    verify(TEAM_WORD.half.verify, message, signature)
    broken = signature[:place] + bytes([signature[place] ^ mask]) + signature[place + 1 :]
    for wrong_message, wrong_signature in ((message + b"\0", signature), (message, broken), (message, b"")):
        with pytest.raises(BadSeal):
            verify(TEAM_WORD.half.verify, wrong_message, wrong_signature)


@pytest.mark.parametrize("verify_key", [b"", b"\0" * 31, b"\xff" * 32])
def test_a_verify_key_that_is_none_verifies_nothing(verify_key: bytes) -> None:
    with pytest.raises(BadSeal):
        verify(verify_key, b"message", sign(TEAM, b"message"))


def test_one_seed_always_makes_the_same_halves_and_two_seeds_never_do() -> None:
    assert public_half(TEAM) == public_half(Seed(bytes(TEAM)))
    assert public_half(TEAM).public != public_half(OFFICE).public
    assert public_half(TEAM).verify != public_half(OFFICE).verify


def test_the_derivation_of_keys_from_a_seed_never_changes() -> None:
    """A changed label would lock every stored tip for good: this known answer must stay."""
    half = public_half(Seed(bytes(range(96))))
    assert reporter_hash(half.public).hex() == "da61e432adfb2295eef5a32eccb3eb7e722278634be9caf08e415e7fcb6ad821"
    assert half.verify.hex() == "bfb64e2326f1ad59aca5eaf485b25ba7f9be5e4d543149bb72c552ce4b066ebc"


@pytest.mark.parametrize("length", [0, 32, 95, 97])
def test_bytes_of_another_length_are_no_seed(length: int) -> None:
    with pytest.raises(BadSeal):
        public_half(Seed(bytes(length)))
