"""Whose letters a member works on: their teams of the rounds under way, and the one that the desk opens on."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import Round, RoundState, Team, TeamKind
from domain.rules import HEADS
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import news
from storage.office import rounds, teams
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Mine:
    """A team of mine. `beside`: its round, where my teams are of more than one, so that the names are told apart."""

    team: Team
    round: Round
    has_mail: bool
    beside: Round | None


async def my_teams(services: DeskServices, session: Session) -> list[Mine]:
    """The teams this member belongs to, those of open rounds and of the latest round first.

    Nobody writes to a round that is still being planned: its teams are left out, unless there are no others.
    """

    def load(tx: Tx) -> list[Mine]:
        listed = [teams.get_team(tx, team_id) for team_id in session.teams]
        found = [(team, rounds.get_round(tx, team.round_id)) for team in listed]
        shown = [(team, of) for team, of in found if of.state is not RoundState.PLANNED] or found
        several = len({of.id for _, of in shown}) > 1
        mine = [
            Mine(team, of, news.highest_number(tx, of.id, team.id) > 0, of if several else None) for team, of in shown
        ]
        return sorted(mine, key=_order)

    return await services.store.read(load)


def first_of(mine: Sequence[Mine]) -> Team:
    """The team to open on: one that has letters, of an open round before a closed one; else the first."""
    written_to = [one for one in mine if one.team.kind is TeamKind.TEAM and one.has_mail]
    return (written_to or mine)[0].team


def check_mine(session: Session, team_id: TeamId) -> None:
    """Raises `Refused(UNKNOWN)` unless I belong to the team."""
    if team_id not in session.teams:
        raise Refused(Reason.UNKNOWN)


def answers_for(session: Session, team_id: TeamId) -> bool:
    """Whether I lead that very team or am its liaison."""
    return not session.roles_in(team_id).isdisjoint(HEADS)


def check_head(session: Session, team_id: TeamId) -> None:
    """Raises `Refused`: UNKNOWN for a team that is not mine, NOT_ALLOWED (`heads-only`) unless I answer for it."""
    check_mine(session, team_id)
    if not answers_for(session, team_id):
        raise Refused(Reason.NOT_ALLOWED, "heads-only")


async def my_first(services: DeskServices, session: Session) -> TeamId:
    """The team that an address means which names none."""
    return first_of(await my_teams(services, session)).id


def _order(one: Mine) -> tuple[bool, float, int, int]:
    kind = list(TeamKind).index(one.team.kind)
    return one.round.state is not RoundState.OPEN, -one.round.opens_at.timestamp(), kind, one.team.ordinal
