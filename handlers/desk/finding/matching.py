"""How typed words meet told ones: both sides written one way, a look at where they meet. This file holds nothing."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate

LONGEST = 200
"""Characters of a query that are looked at."""

WORDS = 8
"""Words of a query that are looked for."""

_BEFORE, _AFTER = 16, 44
_NUMBER = re.compile(r"(?:([0-9]+-|[ru]-))?0*([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words around a hit as they were written; `hit` empty when it stands elsewhere, in the number or the place."""

    before: str
    hit: str
    after: str


def folded(text: str) -> str:
    """One spelling for what reads alike: full-width digits, capitals, ligatures (NFKC and case folding)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def words_of(typed: str) -> tuple[str, ...]:
    """The words to look for, folded. One character is a word only when it is a digit: 村 alone would find all."""
    parts = dict.fromkeys(folded(typed[:LONGEST]).split())
    return tuple(part for part in parts if len(part) > 1 or part.isdecimal())[:WORDS]


def numbers_in(words: tuple[str, ...]) -> list[tuple[str, int]]:
    """The tips' numbers among `words` as people say them: 3-0012, 3-12, 0012 or 12; the first part empty for any."""
    found = [_NUMBER.fullmatch(word) for word in words]
    return [(one[1] or "", int(one[2])) for one in found if one]


def snippet(told: str, words: tuple[str, ...]) -> Snippet:
    """The line of `told` where one of `words` stands first, around that place; the beginning when none does."""
    for line in told.split("\n"):
        here = folded(line)
        places = [(at, len(word)) for word in words if (at := here.find(word)) >= 0]
        if places:
            return _around(line, *_span(line, here, *min(places)))
    return _around(told.split("\n", maxsplit=1)[0], 0, 0)


def _around(line: str, start: int, end: int) -> Snippet:
    left, right = max(0, start - _BEFORE), end + _AFTER
    before, after = line[left:start], line[end:right]
    return Snippet("…" + before if left else before, line[start:end], after + "…" if right < len(line) else after)


def _span(told: str, here: str, at: int, length: int) -> tuple[int, int]:
    """Where in `told` the folded piece lies: the two drift apart where one character folds into several."""
    if len(told) == len(here):
        return at, at + length
    ends = list(accumulate(len(folded(char)) for char in told))
    return bisect_right(ends, at), bisect_left(ends, at + length) + 1
