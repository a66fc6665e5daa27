"""A second office in the same database, with one of everything that has an id: none of it is there for the first."""

from dataclasses import dataclass, replace

from domain.ids import BatchId, MemberId, OfficeId, RoundId, TeamId, UnitId, new_id
from domain.rounds import BatchState, CardBatch, Role, Round, RoundState, Target, Team, TeamKind
from qr import codes
from storage.office import cards, rounds, teams
from storage.people import members
from storage.people.members import Member, Membership, MemberState
from storage.store import Tx
from tests.handlers.office.plan_side import another_office
from tests.world import World


@dataclass(frozen=True, slots=True)
class Theirs:
    """What the other office has."""

    office: OfficeId
    unit: UnitId
    round: Round
    team: Team
    batch: CardBatch
    member: MemberId


async def theirs(world: World, state: RoundState = RoundState.OPEN) -> Theirs:
    """An office below the county's own with a round like the county's, a team, its cards and its clerk."""
    office_id, unit_id = await another_office(world)
    ours = await world.house.store.read(lambda tx: rounds.get_round(tx, world.made.round_id))
    round_ = replace(ours, id=RoundId(new_id()), office_id=office_id, state=state)
    team = Team(TeamId(new_id()), round_.id, 1, "别的巡察组", TeamKind.TEAM, "0000-0000000", "")
    code = codes.new_code(world.desk.intake.card_mac_key)
    batch = CardBatch(BatchId(new_id()), round_.id, team.id, code, "入户", Target.WEB, BatchState.ACTIVE, False, 40)
    member = MemberId(new_id())

    def write(tx: Tx) -> None:
        rounds.insert_round(tx, round_)
        teams.insert_team(tx, office_id, team)
        teams.insert_assignment(tx, round_.id, unit_id, team.id)
        cards.insert_batch(tx, batch, [unit_id])
        members.insert_member(tx, Member(member, office_id, "theirs", "别的人", MemberState.ACTIVE))
        since = world.clock().date()
        members.insert_membership(tx, Membership(member, office_id, None, Role.CLERK, since))

    await world.house.store.write(write)
    return Theirs(office_id, unit_id, round_, team, batch, member)
