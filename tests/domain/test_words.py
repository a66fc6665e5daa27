"""Cleaning keeps every word a person wrote, in any script, and nothing else."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.words import MAX_MARKS, clean, gist

# Marks, joiners, characters that NFC splits in two, line ends, and what must go: where cleaning twice could differ.
AWKWARD = st.text(
    st.sampled_from(
        list(
            "a가각\u1100\u1161\u11a8\u0301\u0323\u0344\u0958\u0fb2\u0f81\u09c7\u09be\u200d\u200c\u200b\r\n\x85\ufdfa\ud800\x00"
        )
    ),
    max_size=60,
)


@given(AWKWARD | st.text(st.characters(), max_size=80))
@example("\u0344" * 9)
@example("e" + "\u0301\u0323" * 20)
@example("\r\x00\n")
def test_any_text_is_cleaned_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in once if char not in "\n\t")
    once.encode()


@pytest.mark.parametrize(
    "text",
    [
        "机耕路说好 3 米宽，\n有两段只有 2 米多。",
        "\ufdfa",
        "བོད་སྐད་ རྒྱུད།",
        "ئۇيغۇرچە",
        "ᠮᠣᠩᠭᠣᠯ\u180e\u180b",
        "می\u200cخواهم",
        "👨\u200d👩\u200d👧 ❤\ufe0f",
        "ꆈꌠꉙ",
        "䶮𠮷\U000e0100",
        "①㎡Ⅷ",
        "a\tb",
    ],
)
def test_what_people_write_survives_in_every_script(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x1b[31mc\x7fd\x9fe", "ab[31mcde"),
        ("\ud83da", "a"),
        ("\u202eabc\u202c \u2066x\u2069 \u200fy", "abc x y"),
        ("1\u200b2\ufeff3\u20604\xad5", "12345"),
        ("a\ufdd0b\uffffc\U0010fffed", "abcd"),
        ("\U000e0041b", "b"),
        ("e\u0301", "\xe9"),
    ],
)
def test_what_is_invisible_or_dangerous_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_tower_of_marks_is_capped_even_when_joiners_stand_between() -> None:
    assert len(clean("x" + "\u0301" * 100_000)) == 1 + MAX_MARKS
    assert len(clean("x" + "\u0301\u200d" * 100_000)) == 1 + MAX_MARKS


@pytest.mark.parametrize("unit", ["村里", "a\u0301\u0323", "\u0301\u0323", "\u202e\r\n", "\u200d"])
def test_cleaning_takes_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        begun = time.process_time()
        clean(text)
        return time.process_time() - begun

    # Twenty times the text: a quadratic cleaner takes four hundred times as long.
    assert seconds(200_000) < 100 * max(seconds(10_000), 0.005)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  集体鱼塘\n\n租金 三年 ", "集体鱼塘 租金 三年"),
        ("一二三四五六七八九十", "一二三四五六七八九十"),
        ("一二三四五六七八九十百", "一二三四五六七八九…"),
        ("", ""),
    ],
)
def test_a_gist_is_one_line_and_says_where_it_was_cut(text: str, line: str) -> None:
    assert gist(text, 10) == line


@given(AWKWARD | st.text(max_size=80), st.integers(1, 20))
def test_a_gist_always_fits(text: str, width: int) -> None:
    line = gist(text, width)
    assert len(line) <= width
    assert "\n" not in line
    assert gist(line, width) == line


def test_a_gist_never_cuts_through_one_character() -> None:
    assert gist("ab" + "e\u0323\u0304" + "cd", 4) == "ab…"
