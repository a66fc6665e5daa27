"""What happens next, as numbers: they pick among what there is at that moment, and shrink to the first of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """One thing that happens: of which kind, by whom, to what, and how many days later."""

    kind: str
    who: int
    what: int
    which: int
    days: int


STEPS = st.builds(
    Step,
    st.sampled_from(
        ["on"] * 8
        + ["legal"] * 4
        + ["illegal"] * 5
        + ["reporter"] * 2
        + ["note", "days", "days", "new", "link", "link"]
    ),
    *[st.integers(0, 999)] * 3,
    st.one_of(st.integers(1, 4), st.integers(5, 40)),
)


def pick(place: int, among: Sequence[T]) -> T:
    return among[place % len(among)]
