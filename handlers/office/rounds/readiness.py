"""Who of each team could read: how many hold its key, or will when the round opens, and whether they are enough."""

from dataclasses import dataclass
from datetime import date

from domain.ids import RoundId
from domain.rounds import Role, Team, TeamKind
from handlers.office.keys.opening_keys import able_holders
from handlers.services import DeskServices
from storage import keys, members, teams
from storage.members import MemberState
from storage.store import Tx

LEAST_HOLDERS = 2
"""Members with an activated key that a team needs before its round can open."""

_COUNTED = frozenset({MemberState.INVITED, MemberState.ACTIVE})


@dataclass(frozen=True, slots=True)
class Readiness:
    """One team. `least`: able members it needs; one where the round has a single liaison, for what is not routed."""

    team: Team
    members: int
    able: int
    least: int = LEAST_HOLDERS

    @property
    def lacking(self) -> int:
        """How many more are needed before the round can open."""
        return max(0, self.least - self.able)

    @property
    def is_ready(self) -> bool:
        return self.lacking == 0


async def readiness(services: DeskServices, round_id: RoundId) -> list[Readiness]:
    """The teams of a round, one line each; members who were put out count nowhere."""
    today = services.clock().date()
    return await services.store.read(lambda tx: team_lines(tx, round_id, today))


def team_lines(tx: Tx, round_id: RoundId, on: date) -> list[Readiness]:
    """What `readiness` gives."""
    lines = []
    for team in teams.list_teams(tx, round_id):
        there = {one.id for one, _ in members.members_of_team(tx, team.id, on) if one.state in _COUNTED}
        lines.append(Readiness(team, len(there), _able(tx, team, on), _least(tx, team, on)))
    return lines


def _least(tx: Tx, team: Team, on: date) -> int:
    if team.kind is not TeamKind.UNROUTED:
        return LEAST_HOLDERS
    liaisons = {
        one.id
        for other in teams.list_teams(tx, team.round_id)
        if other.kind is TeamKind.TEAM
        for one, role in members.members_of_team(tx, other.id, on)
        if role is Role.LIAISON and one.state in _COUNTED
    }
    return min(LEAST_HOLDERS, max(1, len(liaisons)))


def _able(tx: Tx, team: Team, on: date) -> int:
    """Members who have activated their key and, once the team has a key of its own, were given that."""
    holders, made = able_holders(tx, team, on), keys.team_keys(tx, team.round_id, team.id)
    if not made:
        return len(holders)
    given = {one.holder_key_id for one in keys.grants_of(tx, made[0].id)}
    return sum(key.id in given for key in holders)
