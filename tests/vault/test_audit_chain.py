"""The audit's chain notices every line changed, moved, added, taken out or cut off."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BadSeal
from vault.audit import FIRST, Fields, check_chain, link

KEY = b"a" * 32


def chain(count: int) -> list[tuple[Fields, bytes]]:
    lines: list[tuple[Fields, bytes]] = []
    previous = FIRST
    for n in range(1, count + 1):
        fields: Fields = {"n": n, "act": "open", "object": bytes([n]) * 16, "member": None}
        previous = link(KEY, previous, fields)
        lines.append((fields, previous))
    return lines


@pytest.mark.parametrize("count", [0, 1, 7])
def test_an_honest_chain_ends_in_its_head(count: int) -> None:
    lines = chain(count)
    head = lines[-1][1] if lines else FIRST
    assert check_chain(KEY, lines) == check_chain(KEY, lines, head) == head


@pytest.mark.parametrize("name", ["n", "act", "object", "member"])
def test_a_changed_field_is_found_and_its_line_named(name: str) -> None:
    lines = chain(5)
    lines[2] = ({**lines[2][0], name: "changed"}, lines[2][1])
    with pytest.raises(BadSeal, match="line 3"):
        check_chain(KEY, lines)


def test_a_line_added_by_someone_without_the_key_is_found() -> None:
    lines = chain(3)
    lines.append(({"n": 4}, link(b"b" * 32, lines[-1][1], {"n": 4})))
    with pytest.raises(BadSeal, match="line 4"):
        check_chain(KEY, lines)


@given(st.permutations(range(5)), st.integers(1, 5))
@settings(max_examples=40)
def test_lines_moved_or_taken_out_are_found(order: list[int], kept: int) -> None:
    lines = chain(5)
    rest = [lines[place] for place in order[:kept]]
    if rest == lines[:kept]:
        assert check_chain(KEY, rest) == rest[-1][1]
    else:
        with pytest.raises(BadSeal):
            check_chain(KEY, rest)


def test_lines_cut_off_at_the_end_are_found_by_the_printed_head() -> None:
    lines = chain(5)
    with pytest.raises(BadSeal, match="head"):
        check_chain(KEY, lines[:4], head=lines[4][1])
