"""像 3-0012: letters that seem to tell the same matter. A hint for a person: nothing follows from it or is kept."""

import asyncio
import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from domain.ids import TipId
from handlers.desk.finding.building import start
from handlers.desk.finding.fetching import look
from handlers.desk.finding.index import Entry, Index
from handlers.people.sessions import Session
from handlers.services import DeskServices

ALIKE = 45
"""Per cent of the shorter letter's marks that both must have. See the pairs in tests/handlers/desk/test_likeness.py."""

_FEWEST = 5  # marks in common; two very short letters are alike by chance
_HINTS, _SPARE = 3, 10


@dataclass(frozen=True, slots=True)
class Hint:
    """A tip of my team that is like the one asked about; `score` in per cent."""

    tip_id: TipId
    label: str
    score: int


async def similar(services: DeskServices, session: Session, tip_id: TipId) -> list[Hint]:
    """At most three of the same team, the likest first; none while the tip has not been read yet. Never waits for that.

    Raises `CannotStore`.
    """
    indexes = [services.finder.index(session.token_hash, team_id) for team_id in session.teams]
    index = next((one for one in indexes if tip_id in one.marks), None)
    if index is None:
        for one in indexes:
            start(services, session, one)
        return []
    found = await asyncio.to_thread(closest, tip_id, index.entries, index.marks)
    return await _still_mine(services, session, index, found)


def closest(tip_id: TipId, entries: Mapping[TipId, Entry], marks: Mapping[TipId, str]) -> list[Hint]:
    """The likest first; some more than are shown."""
    mine, place = marks[tip_id], entries[tip_id].unit
    scores = {
        other: likeness(theirs, mine)
        for other, theirs in marks.items()
        if other != tip_id and other in entries and _may_be_one_place(entries[other].unit, place)
    }
    best = heapq.nlargest(_SPARE, scores, key=lambda other: (scores[other], entries[other].number))
    return [Hint(other, entries[other].label, scores[other]) for other in best if scores[other] >= ALIKE]


def likeness(a: str, b: str) -> int:
    """What two letters' marks have in common, in per cent of the shorter one; 0 when that is too little to tell."""
    shorter = min(len(a), len(b))
    common = LCSseq.similarity(a, b, score_cutoff=max(_FEWEST, shorter * ALIKE // 100))
    return common * 100 // shorter if common else 0


def _may_be_one_place(a: str, b: str) -> bool:
    """苇庄镇 and 苇庄镇石桥村 may be; an unknown place may be any."""
    return a.startswith(b) or b.startswith(a)


async def _still_mine(services: DeskServices, session: Session, index: Index, found: list[Hint]) -> list[Hint]:
    if not found:
        return []
    sight = await look(services, session, index.team_id, [one.tip_id for one in found])
    mine = {one.tip_id for one in sight.tips}
    return [one for one in found if one.tip_id in mine][:_HINTS]
