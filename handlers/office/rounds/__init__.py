"""What the office looks at and edits of its rounds: their teams, texts and places. This file knows no tip."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.ids import RoundId, TeamId
from domain.rounds import Intake, Round, RoundState, Team, Unit
from handlers.office.plan import mine
from handlers.office.rounds.readiness import Readiness, team_lines
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG
from storage.desk import counters
from storage.office import planned, rounds
from storage.people import audit
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with its texts, its check list, and the places each team inspects by name."""

    round: Round
    notice: str
    scope: str
    lines: tuple[Readiness, ...]
    places: Mapping[TeamId, tuple[Unit, ...]]

    @property
    def is_ready(self) -> bool:
        return all(line.is_ready for line in self.lines)


async def list_rounds(services: DeskServices, session: Session) -> list[Round]:
    """All rounds of the office, the latest first."""
    return await services.store.read(lambda tx: rounds.list_rounds(tx, session.office_id))


async def current_round(services: DeskServices, session: Session) -> Round | None:
    """The round that every page of the office begins with; None without any.

    Of the open ones that which takes tips now, else the next; else the one closed last, while tips of it are worked on
    or it has no archive; else one being planned, else the latest.
    """
    now = services.clock()

    def load(tx: Tx) -> Round | None:
        known = rounds.list_rounds(tx, session.office_id)
        nearest = min(known, key=lambda one: _nearness(one, now), default=None)
        if nearest is None or nearest.state is not RoundState.PLANNED:
            return nearest
        closed = [one for one in known if one.state is RoundState.CLOSED]
        last = max(closed, key=lambda one: one.ends_at, default=None)
        return last if last and _is_at_work(tx, last) else nearest

    return await services.store.read(load)


def _is_at_work(tx: Tx, closed: Round) -> bool:
    return closed.id not in audit.archived_rounds(tx, closed.office_id) or counters.has_unfinished(tx, closed.id)


def _nearness(round_: Round, now: datetime) -> tuple[int, float]:
    """How far a round is from what is worked on now; the smaller, the nearer."""
    if round_.state is not RoundState.OPEN:
        return 3 if round_.state is RoundState.PLANNED else 4, -round_.opens_at.timestamp()
    match round_.intake_at(now):
        case Intake.OPEN:
            return 0, round_.closes_at.timestamp()
        case Intake.EARLY:
            return 1, round_.opens_at.timestamp()
        case Intake.CLOSED:
            return 2, -round_.closes_at.timestamp()


async def get_round(services: DeskServices, session: Session, round_id: RoundId) -> Round:
    """Raises `Refused(UNKNOWN)` for a round of another office."""
    return await services.store.read(lambda tx: mine.round_of(tx, session, round_id))


async def list_places(
    services: DeskServices, session: Session, round_id: RoundId
) -> list[tuple[Team, tuple[Unit, ...]]]:  # fmt: skip
    """The ordinary teams of a round by ordinal, each with the places it inspects by name. Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> list[tuple[Team, tuple[Unit, ...]]]:
        return _places(tx, mine.round_of(tx, session, round_id))

    return await services.store.read(load)


async def view_round(services: DeskServices, session: Session, round_id: RoundId) -> RoundView:
    """Raises `Refused(UNKNOWN)`."""
    today = services.clock().date()

    def load(tx: Tx) -> RoundView:
        round_ = mine.round_of(tx, session, round_id)
        notice, scope = (rounds.get_text(tx, round_id, OFFICE_LANG, key) or "" for key in ("notice", "scope"))
        places = {team.id: named for team, named in _places(tx, round_)}
        return RoundView(round_, notice, scope, tuple(team_lines(tx, round_, today)), places)

    return await services.store.read(load)


def _places(tx: Tx, round_: Round) -> list[tuple[Team, tuple[Unit, ...]]]:
    named = planned.units_by_team(tx, round_.id)
    return [(team, named.get(team.id, ())) for team in mine.teams_of(tx, round_.id)]
