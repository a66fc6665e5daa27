"""What a session knows by heart of a team's tips, and the search in it. Plain strings; gone when the session is."""

import asyncio
import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.ids import TeamId, TipId
from handlers.desk.finding.matching import numbers_in

Extent = tuple[int, ...]
"""Figures of the database that change whenever what I may open changes."""

GIST = 60
"""Characters at the beginning of a tip that count as what it is about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A tip as it was read, when `envelopes` for my keys lay beside its boxes."""

    tip_id: TipId
    number: int
    envelopes: int
    label: str  # 3-0012
    unit: str  # as the queue names it, empty when unknown
    received_on: date
    told: str = field(repr=False)  # letters, then names, replies and notes as they were written, each on a line
    text: str = field(repr=False)  # all of it with number and place, folded
    letters: int  # how much of `text` the reporter wrote


@dataclass(eq=False, slots=True, weakref_slot=True)
class Index:
    """One team's tips for one session. Both maps are replaced, never changed: a thread may go on reading them.

    `extent` is what the database said of the team's tips when all of them stood here.
    """

    team_id: TeamId
    entries: Mapping[TipId, Entry] = field(default_factory=dict, repr=False)
    marks: Mapping[TipId, str] = field(default_factory=dict, repr=False)  # see marks.py
    extent: Extent | None = None
    reading: asyncio.Task[None] | None = field(default=None, repr=False)


def matches(entries: Sequence[Entry], words: Sequence[str]) -> Sequence[Entry]:
    """The entries in which every word stands somewhere."""
    for word in words:
        entries = [one for one in entries if word in one.text]
    return entries


def best(found: Iterable[Entry], words: tuple[str, ...], most: int) -> list[Entry]:
    """At most `most`: those whose number was typed, then those that begin with the words, each the newest first."""
    numbers = numbers_in(words)

    def rank(entry: Entry) -> tuple[int, int]:
        label = entry.label.casefold()
        if any(entry.number == number and label.startswith(first) for first, number in numbers):
            return (0, -entry.number)
        return (1 if all(entry.text.find(word, 0, GIST) >= 0 for word in words) else 2, -entry.number)

    return heapq.nsmallest(most, found, key=rank)
