"""What the office looks at and edits of its rounds: their teams, texts and places. This file knows no tip."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import RoundId, TeamId
from domain.rounds import Round, RoundState, TeamKind, Unit
from domain.words import clean
from handlers.office.importing.planning import LANG
from handlers.office.rounds.readiness import Readiness, readiness
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage import rounds, teams
from storage.store import Tx

TEXT_LIMIT = 5000
"""Characters of a round's notice, and of its scope."""


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
    """The round that the office works on: an open one, else one being planned, else the latest; None without any."""
    known = await list_rounds(services, session)
    for state in (RoundState.OPEN, RoundState.PLANNED, RoundState.CLOSED):
        for round_ in known:
            if round_.state is state:
                return round_
    return None


async def get_round(services: DeskServices, session: Session, round_id: RoundId) -> Round:
    """Raises `Refused(UNKNOWN)` for a round of another office."""
    round_ = await services.store.read(lambda tx: rounds.get_round(tx, round_id))
    if round_.office_id != session.office_id:
        raise Refused(Reason.UNKNOWN)
    return round_


async def view_round(services: DeskServices, session: Session, round_id: RoundId) -> RoundView:
    """Raises `Refused(UNKNOWN)`."""
    round_ = await get_round(services, session, round_id)

    def load(tx: Tx) -> tuple[str, str, dict[TeamId, tuple[Unit, ...]]]:
        ordinary = [team for team in teams.list_teams(tx, round_id) if team.kind is TeamKind.TEAM]
        places = {team.id: tuple(teams.units_of_team(tx, round_id, team.id)) for team in ordinary}
        notice, scope = (rounds.get_text(tx, round_id, LANG, key) or "" for key in ("notice", "scope"))
        return notice, scope, places

    notice, scope, places = await services.store.read(load)
    return RoundView(round_, notice, scope, tuple(await readiness(services, round_id)), places)


async def set_texts(services: DeskServices, session: Session, round_id: RoundId, *, notice: str, scope: str) -> None:
    """Rewrites the round's notice and scope. Raises `Refused`: UNKNOWN, BAD_INPUT (`text-too-long`)."""
    await get_round(services, session, round_id)
    bodies = {"notice": clean(notice).strip(), "scope": clean(scope).strip()}
    if any(len(body) > TEXT_LIMIT for body in bodies.values()):
        raise Refused(Reason.BAD_INPUT, "text-too-long")

    def write(tx: Tx) -> None:
        for key, body in bodies.items():
            rounds.set_text(tx, round_id, LANG, key, body)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "texts", "round", round_id))

    await services.store.write(write)
