"""What is read out of addresses and fields: a day, a number, an id, and nothing that only looks like one."""

from datetime import date

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from domain.words import day_of
from web.ids import id_of
from web.office.parts import whole


@given(st.dates(date(2000, 1, 1), date(2999, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert day_of(f"{day:%Y-%m-%d}") == day


@pytest.mark.parametrize(
    "text",
    ["", "20261111", "2026-W46-3", "2026-11-31", "2026-1-1", " 2026-11-11", "2026-11-11\n", "2026-11-11T00:00",
     "２０２６-11-11", "1999-12-31", "3000-01-01", "9999-12-31", "0001-01-01"],
)  # fmt: skip
def test_what_is_no_day_of_ours_is_none(text: str) -> None:
    assert day_of(text) is None


@given(st.integers(0, 999_999_999))
def test_a_number_is_read_as_it_is_written(number: int) -> None:
    assert whole(str(number), otherwise=-1) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1\n", "1_0", "1.0", "１", "٣", "²", "十", "1" * 10, "1" * 5000]
)
def test_what_is_no_number_is_what_nothing_allows(text: str) -> None:
    assert whole(text, otherwise=-1) == -1
    assert whole(text) == 0


@given(st.binary(min_size=16, max_size=16))
def test_an_id_is_read_as_it_is_written(value: bytes) -> None:
    assert id_of(value.hex()) == value


@given(st.binary(max_size=40).filter(lambda value: len(value) != 16))
def test_an_id_of_another_length_is_not_there(value: bytes) -> None:
    with pytest.raises(web.HTTPNotFound):
        id_of(value.hex())


@given(st.text(max_size=40).filter(lambda text: set(text.lower()) - set("0123456789abcdef \t\n\r\f\v")))
def test_what_is_no_hexadecimal_is_not_there(text: str) -> None:
    with pytest.raises(web.HTTPNotFound):
        id_of(text)
