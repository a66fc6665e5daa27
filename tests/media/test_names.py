"""A file name is for the eye only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.names import MAX_NAME, display_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("合同.pdf", "合同.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\何雨\\合同.doc", "合同.doc"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\r\nSet-Cookie: b.jpg", "a Set-Cookie: b.jpg"),
        ("..", ""),
        ("", ""),
        ("\x00\ud800", ""),
    ],
)
def test_a_name_loses_folders_controls_and_tricks(name: str, shown: str) -> None:
    assert display_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    shown = display_name("很" * 300 + ".jpeg")
    assert len(shown) == MAX_NAME
    assert shown.endswith("….jpeg")
    assert len(display_name("长" * 300)) == MAX_NAME


@given(st.text())
def test_any_name_is_shown_on_one_short_line_and_encodes(name: str) -> None:
    shown = display_name(name)
    assert len(shown) <= MAX_NAME
    assert shown.isprintable() or not shown.isascii()
    assert "/" not in shown
    assert "\\" not in shown
    assert not shown.startswith(".")
    shown.encode()
