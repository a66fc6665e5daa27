"""查找: what somebody typed, looked for in all that they may open. What was typed is kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.ids import TeamId, TipId
from domain.tips import State
from handlers.desk.finding.building import catch_up
from handlers.desk.finding.fetching import look
from handlers.desk.finding.index import Entry, best, matches
from handlers.desk.finding.matching import Snippet, snippet, words_of
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices

SHOWN = 50
"""Results on a page: who finds more types one more word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A tip in which all words stand."""

    tip_id: TipId
    label: str
    unit: str
    received_on: date
    state: State
    snippet: Snippet = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """`total` hits, the first of them in `hits`; looked for in `ready` of the `of` tips that I may open."""

    words: tuple[str, ...] = field(repr=False)
    hits: tuple[Hit, ...]
    total: int
    ready: int
    of: int

    @property
    def is_complete(self) -> bool:
        return self.ready == self.of


async def find(services: DeskServices, session: Session, typed: str, team_id: TeamId | None = None) -> Found:
    """Looks for every word of `typed` in one of my teams, or in all. No words: no hits.

    Raises `Refused(UNKNOWN)` for a team that is not mine, `CannotStore`.
    """
    words = words_of(typed)
    known = [await catch_up(services, session, one) for one in ([team_id] if team_id else session.teams)]
    found = matches([entry for part in known for entry in part.entries], words) if words else []
    shown = best(found, words, SHOWN)
    hits = await _still_mine(services, session, shown, words)
    if hits:
        await _note(services, session)
    total = len(found) - len(shown) + len(hits)
    return Found(words, hits, total, sum(len(part.entries) for part in known), sum(part.total for part in known))


async def _still_mine(
    services: DeskServices, session: Session, shown: Sequence[Entry], words: tuple[str, ...]
) -> tuple[Hit, ...]:
    """What is shown of `shown`: asked of the database once more, tip by tip, in the moment before."""
    states: dict[TipId, State] = {}
    if shown:
        for team_id in session.teams:
            sight = await look(services, session, team_id, [entry.tip_id for entry in shown])
            states |= {one.tip_id: one.state for one in sight.tips}
    return tuple(_hit(entry, states[entry.tip_id], words) for entry in shown if entry.tip_id in states)


async def _note(services: DeskServices, session: Session) -> None:
    """Results show words of tips without opening them: the audit says who looked, not for what."""
    deed = trail.Deed(session.office_id, session.member_id, "search", "member", session.member_id)
    await services.store.write(lambda tx: trail.note(tx, services, deed))


def _hit(entry: Entry, state: State, words: tuple[str, ...]) -> Hit:
    return Hit(entry.tip_id, entry.label, entry.unit, entry.received_on, state, snippet(entry.told, words))
