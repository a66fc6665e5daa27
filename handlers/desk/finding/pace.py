"""How work that keeps the interpreter to itself leaves room for the pages that are asked for meanwhile."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_STRETCH, _BREATH = 8, 0.0002

T = TypeVar("T")


def unhurried(items: Iterable[T]) -> Iterator[T]:
    """The items, with a fifth of a millisecond of rest before every eighth. Only for a thread of its own."""
    for i, item in enumerate(items):
        if i % _STRETCH == 0:
            time.sleep(_BREATH)
        yield item
