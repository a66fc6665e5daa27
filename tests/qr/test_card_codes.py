"""What a card code promises: those we made are read however they are typed, all others are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Reason, Refused
from qr import codes
from qr.font import faces

KEY = b"\x07" * 32
PRINTED = "7F3K9Q4EWDYSX6"
keys = st.binary(min_size=32, max_size=32)


def refused(key: bytes, text: str) -> bool:
    try:
        codes.check(key, text)
    except Refused as refusal:
        return refusal.reason is Reason.UNKNOWN
    return False


def test_a_card_printed_by_an_earlier_release_is_still_accepted() -> None:
    assert codes.check(KEY, PRINTED) == PRINTED
    assert codes.check_words(KEY, PRINTED, codes.known_words()) == ("灶台", "绿豆", "葡萄")


@given(keys)
def test_a_new_code_is_fourteen_characters_of_the_alphabet_and_accepted(key: bytes) -> None:
    code = codes.new_code(key)
    assert len(code) == codes.CODE_LENGTH
    assert set(code) <= set(codes.ALPHABET)
    assert codes.check(key, code) == code


def test_new_codes_differ() -> None:
    assert len({codes.short(codes.new_code(KEY)) for _ in range(500)}) >= 499


typings = st.tuples(st.integers(0, 4), st.booleans(), st.sampled_from(["", " ", "-", "　", "–"]))


@given(st.lists(typings, min_size=codes.CODE_LENGTH, max_size=codes.CODE_LENGTH))
def test_a_code_is_read_in_lower_case_full_width_with_gaps_and_with_look_alikes(
    typing: list[tuple[int, bool, str]],
) -> None:
    code = codes.new_code(KEY)
    alike = {"1": "1IiLl", "0": "0Oo"}
    typed = ""
    for char, (form, wide, gap) in zip(code, typing, strict=True):
        forms = alike.get(char, char + char.lower())
        one = forms[form % len(forms)]
        typed += (chr(ord(one) + 0xFEE0) if wide else one) + gap
    assert codes.check(KEY, typed) == code


@given(keys)
def test_every_change_of_one_character_is_refused(key: bytes) -> None:
    code = codes.new_code(key)
    for place, was in enumerate(code):
        for other in set(codes.ALPHABET) - {was}:
            assert refused(key, code[:place] + other + code[place + 1 :])


@given(keys)
def test_every_exchange_of_neighbours_cut_and_addition_is_refused(key: bytes) -> None:
    code = codes.new_code(key)
    for place in range(len(code) - 1):
        left, right = code[place : place + 2]
        assert left == right or refused(key, code[:place] + right + left + code[place + 2 :])
        assert refused(key, code[:place])
        assert refused(key, code[:place] + code[place + 1 :])
        assert refused(key, code[:place] + "0" + code[place:])
    assert refused(key, code + code)


@given(keys, keys)
def test_a_code_of_another_key_is_refused(key: bytes, other: bytes) -> None:
    assert key == other or refused(other, codes.new_code(key))


@given(st.text())
def test_any_other_text_is_refused_and_nothing_else_is_raised(text: str) -> None:
    assert refused(KEY, text)


@pytest.mark.parametrize("letter", ["U", "u", "!", "七", "ß", "ı", "𝟕", "\x00", "\ud800"])
def test_a_letter_outside_the_alphabet_is_refused(letter: str) -> None:
    assert refused(KEY, letter + PRINTED[1:])
    assert codes.normalise_short(letter + "F3K9Q") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7F3K 9Q", "7F3K9Q"),
        ("7f3k-9q", "7F3K9Q"),
        ("７Ｆ３Ｋ　９Ｑ", "7F3K9Q"),
        ("OIL0il", "011011"),
        (" 7F3K9Q\n", "7F3K9Q"),
    ],
)
def test_a_typed_short_code_is_made_canonical(typed: str, meant: str) -> None:
    assert codes.normalise_short(typed) == meant


@pytest.mark.parametrize("typed", ["", "7F3K9", "7F3K9QQ", PRINTED, "7F3K9U", "苇庄镇和所属村"])
def test_what_is_no_short_code_is_told_apart(typed: str) -> None:
    assert codes.normalise_short(typed) is None


def test_the_printed_short_code_is_read_back() -> None:
    assert codes.shown(PRINTED) == "7F3K 9Q"
    assert codes.normalise_short(codes.shown(PRINTED)) == codes.short(PRINTED) == "7F3K9Q"


@given(keys)
def test_check_words_are_three_stay_the_same_and_depend_on_the_key(key: bytes) -> None:
    words, code = codes.known_words(), codes.new_code(key)
    mine = codes.check_words(key, code, words)
    assert len(set(mine)) == 3
    assert set(mine) <= set(words)
    assert codes.check_words(key, code, words) == mine
    assert sorted(codes.check_words(key, code, words[:3])) == sorted(words[:3])
    assert codes.check_words(key + b"\x01", code, words) != mine


def test_check_words_of_different_cards_differ() -> None:
    words = codes.known_words()
    assert len({codes.check_words(KEY, codes.new_code(KEY), words) for _ in range(300)}) >= 299


def test_the_word_list_is_long_unique_and_every_word_can_be_printed() -> None:
    words = codes.known_words()
    assert len(words) == len(set(words)) == 256
    assert all(len(word) == 2 and all("\u4e00" <= char <= "\u9fff" for char in word) for word in words)
    with faces("".join(words)) as made:
        assert made.bold.stat().st_size > 0


def test_addresses_are_exactly_those_of_the_contract() -> None:
    assert codes.landing_url("https://lx.example/", PRINTED) == f"https://lx.example/k/{PRINTED}"
    assert codes.telegram_url("@lx_bot", PRINTED) == f"https://t.me/lx_bot?start={PRINTED}"
    assert codes.telegram_url("lx_bot", PRINTED) == f"https://t.me/lx_bot?start={PRINTED}"
