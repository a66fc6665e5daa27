"""Receipt codes: what is recognised as one, and what one opens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.receipt_code import check_digit, group, mentions, normalise
from vault import receipts
from vault.receipts import bind, derive, new_code, stretch

SALT, PEPPER = b"s" * 32, b"p" * 32
codes = st.text("0123456789", min_size=15, max_size=15).map(lambda digits: digits + check_digit(digits))


def test_the_check_digit_is_that_of_the_published_example() -> None:
    assert check_digit("7992739871") == "3"  # the example usually given for ISO/IEC 7812-1


def test_new_codes_are_sixteen_digits_that_check_and_differ() -> None:
    made = {new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(normalise(code) == code for code in made)


@given(codes, st.integers(0, 15), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(code: str, place: int, by: int) -> None:
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert normalise(wrong) is None


@given(codes, st.integers(0, 14))
def test_two_neighbours_swapped_are_noticed_but_for_the_pair_nine_and_zero(code: str, place: int) -> None:
    left, right = code[place], code[place + 1]
    swapped = code[:place] + right + left + code[place + 2 :]
    unnoticed = left == right or {left, right} == {"0", "9"}
    assert (normalise(swapped) is None) is not unnoticed


@given(codes, st.sampled_from([" ", "-", "\u3000", "\u2014", "\u00a0", "－", "\u200b", " - "]))
def test_a_code_is_understood_however_it_is_spaced(code: str, gap: str) -> None:
    assert normalise(gap.join((code[:4], code[4:8], code[8:12], code[12:]))) == code
    assert normalise(f" {group(code)}\n") == code


@given(codes, st.sampled_from([0xFF10, 0x0F20, 0x1810, 0x0660, 0x06F0]))
def test_full_width_tibetan_mongolian_and_arabic_digits_are_understood(code: str, zero: int) -> None:
    assert normalise("".join(chr(zero + int(digit)) for digit in code)) == code


@pytest.mark.parametrize("text", ["", " ", "1234", "0" * 15, "0" * 17, "十" * 16, "①" * 16, "²" * 16, "0" * 10**6])
def test_anything_else_is_no_code(text: str) -> None:
    assert normalise(text) is None


def test_a_text_far_longer_than_a_code_is_not_searched_for_one() -> None:
    assert normalise("1234567890123452".ljust(80)) == "1234567890123452"
    assert normalise("1234567890123452".ljust(81)) is None


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_of_codes_stumble(text: str) -> None:
    found = normalise(text)
    assert found is None or (len(found) == 16 and found.isascii())


@given(codes, st.text(max_size=10), st.text(max_size=10))
@settings(max_examples=50)
def test_a_message_that_mentions_a_code_is_noticed(code: str, before: str, after: str) -> None:
    assert mentions(f"{before}我的号码 {group(code)}。{after}", code)
    assert not mentions("一二三四 5678", code)


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert group("1234567890123452") == "1234 5678 9012 3452"


def test_one_code_is_another_key_under_another_salt_pepper_or_digit() -> None:
    code = "1234567890123452"
    stretched = stretch(code, SALT)
    mine = bind(stretched, PEPPER)
    others = [bind(stretched, b"q" * 32), derive(code, b"t" * 32, PEPPER), derive("1234567890123460", SALT, PEPPER)]
    assert mine == derive(code, SALT, PEPPER)
    assert len({key.tag for key in [mine, *others]}) == len({key.half for key in [mine, *others]}) == 4


def test_a_codes_key_never_changes() -> None:
    """A changed label or cost would cut off every reporter: this known answer must stay."""
    key = bind(stretch("1234567890123452", SALT), PEPPER)
    assert key.tag.hex() == "d93d743678885ae803f49ca32c849476"
    assert key.half.verify.hex() == "c71fa320a1f2d871738706c2e1ce803e897beb7f8dabafd7cd7fa7961d746ae8"


def test_neither_code_nor_seed_stands_in_what_would_be_printed() -> None:
    key = bind(b"x" * 32, PEPPER)
    receipt = receipts.Receipt("1234567890123452", key)
    assert "1234567890123452" not in repr(receipt)
    assert repr(key.seed) not in repr(key)
