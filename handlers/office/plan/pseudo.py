"""The two teams that every round has besides those who inspect: for recusal, and for what names no place."""

from dataclasses import dataclass

from domain.ids import TeamId, new_id
from domain.rounds import Round, Team, TeamKind
from handlers.desk.team.canned import insert_suggested
from handlers.office.plan.mine import teams_of
from handlers.texts import OFFICE_LANG, say
from storage.office import teams
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Pseudo:
    recusal: TeamId
    unrouted: TeamId


def add_pseudo_teams(tx: Tx, round_: Round, phone: str = "") -> Pseudo:
    """Gives a new round both. `phone`: whom a villager without a card may call, the first team's.

    The recusal team has none: who complains about a team must not be sent to a team's telephone.
    """
    made = []
    for kind, number in ((TeamKind.RECUSAL, ""), (TeamKind.UNROUTED, phone)):
        team = Team(TeamId(new_id()), round_.id, 1, say(OFFICE_LANG, f"office-team-{kind}"), kind, number, "")
        teams.insert_team(tx, round_.office_id, team)
        insert_suggested(tx, team.id, OFFICE_LANG)
        made.append(team.id)
    return Pseudo(*made)


def follow_phone(tx: Tx, round_: Round) -> None:
    """After a change among the teams: what names no place keeps the telephone of the first of them."""
    first = next(iter(teams_of(tx, round_.id)), None)
    unrouted = teams.team_of_kind(tx, round_.id, TeamKind.UNROUTED)
    phone = first.phone if first else ""
    if unrouted.phone != phone:
        teams.set_phone(tx, unrouted.id, phone)
