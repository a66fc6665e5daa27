"""A receipt code is read however it is written, and a slip of one digit is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from domain.receipt_code import group, mentions, normalise

CODE = "1234567890123452"


def test_a_code_is_grouped_by_four_and_read_back() -> None:
    assert group(CODE) == "1234 5678 9012 3452"
    assert normalise(group(CODE)) == CODE
    assert normalise(" １２３４-５６７８ 9012·3452\n") == CODE


@given(st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(place: int, shift: int) -> None:
    wrong = str((int(CODE[place]) + shift) % 10)
    assert normalise(CODE[:place] + wrong + CODE[place + 1 :]) is None


@given(st.text(max_size=80))
def test_any_text_is_a_code_of_sixteen_digits_or_none(text: str) -> None:
    assert normalise(text) is None or len(normalise(text) or "") == 16


def test_a_code_within_a_text_is_found_and_an_empty_one_never() -> None:
    assert mentions("编号是 1234 5678-9012 3452，别告诉人", CODE)
    assert not mentions("编号是 1234 5678 9012 345", CODE)
    assert not mentions("什么都没有", "")
