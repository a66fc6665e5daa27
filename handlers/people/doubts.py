"""What the office is asked about before it seats somebody: nothing here is forbidden, and all of it is often a slip."""

from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import MemberId, TeamId
from domain.rounds import Role, Round, Team
from handlers.people import roster
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import rounds, teams
from storage.people import members
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Doubt:
    """`names`: who leads the team already, for a second `Role.LEADER`; or the member, who has `role` in it already."""

    team: Team
    round: Round
    role: Role
    names: tuple[str, ...]


async def doubts_about(
    services: DeskServices, session: Session, role: Role, team_id: TeamId | None, member_id: MemberId | None
) -> list[Doubt]:
    """Before `role` in a team is given to a member, or to a newcomer for None.

    Raises `Refused`: BAD_INPUT (`seat-held`) when they have exactly that, UNKNOWN for a team that is not to be had.
    """
    if team_id is None:
        return []
    if team_id not in {one.id for one in await roster.list_teams(services, session)}:
        raise Refused(Reason.UNKNOWN)

    def load(tx: Tx) -> list[Doubt]:
        team = teams.get_team(tx, team_id)
        seated = members.members_of_team(tx, team_id, services.clock().date())
        if any((one.id, held) == (member_id, role) for one, held in seated):
            raise Refused(Reason.BAD_INPUT, "seat-held")
        round_ = rounds.get_round(tx, team.round_id)
        leaders = tuple(one.name for one, held in seated if held is role is Role.LEADER)
        found = [Doubt(team, round_, role, leaders)] if leaders else []
        return found + [Doubt(team, round_, held, (one.name,)) for one, held in seated if one.id == member_id]

    return await services.store.read(load)
