"""The audit's chain notices every line changed, moved, added or taken out from between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.audit import FIRST, Fields, follows, link

KEY = b"a" * 32

Lines = list[tuple[Fields, bytes]]


def chain(count: int) -> Lines:
    lines: Lines = []
    previous = FIRST
    for n in range(1, count + 1):
        fields: Fields = {"n": n, "act": "open", "object": bytes([n]) * 16, "member": None}
        previous = link(KEY, previous, fields)
        lines.append((fields, previous))
    return lines


def standing(lines: Lines) -> int:
    """How many stand, from the first on."""
    previous = FIRST
    for number, (fields, mac) in enumerate(lines):
        if not follows(KEY, previous, fields, mac):
            return number
        previous = mac
    return len(lines)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_an_honest_chain_stands(count: int) -> None:
    assert standing(chain(count)) == count


@pytest.mark.parametrize("name", ["n", "act", "object", "member"])
def test_a_changed_field_is_found_at_its_line(name: str) -> None:
    lines = chain(5)
    lines[2] = ({**lines[2][0], name: "changed"}, lines[2][1])
    assert standing(lines) == 2


def test_a_line_added_by_someone_without_the_key_is_found() -> None:
    lines = chain(3)
    lines.append(({"n": 4}, link(b"b" * 32, lines[-1][1], {"n": 4})))
    assert standing(lines) == 3


@given(st.permutations(range(5)), st.integers(1, 5))
@settings(max_examples=40)
def test_lines_moved_or_taken_out_are_found(order: list[int], kept: int) -> None:
    lines = chain(5)
    rest = [lines[place] for place in order[:kept]]
    assert (standing(rest) == len(rest)) == (rest == lines[:kept])
