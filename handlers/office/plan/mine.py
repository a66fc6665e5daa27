"""What an office may touch while it plans: its own rounds, teams and units, as long as their state allows."""

from domain.errors import Reason, Refused
from domain.ids import RoundId, TeamId, UnitId
from domain.rounds import Round, RoundState, Team, TeamKind, Unit
from domain.words import clean
from handlers.people.sessions import Session
from storage.office import rounds, teams, units
from storage.store import Tx

NAME = 60
"""Characters of a name, an address, a telephone; as many as a workbook's cell may bring."""


def round_of(tx: Tx, session: Session, round_id: RoundId) -> Round:
    """Raises `Refused(UNKNOWN)` for a round of another office."""
    round_ = rounds.get_round(tx, round_id)
    if round_.office_id != session.office_id:
        raise Refused(Reason.UNKNOWN)
    return round_


def planned(round_: Round) -> Round:
    """Raises `Refused(WRONG_STATE, "round-not-planned")` once the round was opened."""
    if round_.state is not RoundState.PLANNED:
        raise Refused(Reason.WRONG_STATE, "round-not-planned")
    return round_


def not_closed(round_: Round) -> Round:
    """Raises `Refused(WRONG_STATE, "round-closed")`."""
    if round_.state is RoundState.CLOSED:
        raise Refused(Reason.WRONG_STATE, "round-closed")
    return round_


def team_of(tx: Tx, round_: Round, team_id: TeamId) -> Team:
    """An ordinary team of that round. Raises `Refused(UNKNOWN)`."""
    team = teams.get_team(tx, team_id)
    if team.round_id != round_.id or team.kind is not TeamKind.TEAM:
        raise Refused(Reason.UNKNOWN)
    return team


def teams_of(tx: Tx, round_id: RoundId) -> list[Team]:
    """The ordinary teams of a round by ordinal."""
    return [team for team in teams.list_teams(tx, round_id) if team.kind is TeamKind.TEAM]


def unit_of(tx: Tx, session: Session, unit_id: UnitId) -> Unit:
    """Raises `Refused(UNKNOWN)` for a unit of another office."""
    unit = units.unit_in(tx, session.office_id, unit_id)
    if unit is None:
        raise Refused(Reason.UNKNOWN)
    return unit


def line(typed: str, detail: str, *, most: int = NAME, needed: bool = True) -> str:
    """What was typed, as one clean line. Raises `Refused(BAD_INPUT, detail)` when too long, or needed and empty."""
    text = " ".join(clean(typed).split())
    if len(text) > most or (needed and not text):
        raise Refused(Reason.BAD_INPUT, detail)
    return text
