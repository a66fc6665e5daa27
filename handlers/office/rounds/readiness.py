"""Who of each team could read: how many hold its key, or will when the round opens, and whether they are enough."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from domain.ids import MemberId, RoundId, TeamId
from domain.rounds import Role, Round, RoundState, Team, TeamKind
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import planned, rounds, teams
from storage.people import audit, keys
from storage.people.keys import Key
from storage.people.members import Member, MemberState
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


@dataclass(frozen=True, slots=True)
class Thin:
    """A team that somebody's leaving makes too few. `able`: those who could still open its tips."""

    team: Team
    round: Round
    able: int


async def readiness(services: DeskServices, round_id: RoundId) -> list[Readiness]:
    """What `team_lines` gives of today. Raises `Refused(UNKNOWN)`."""
    today = services.clock().date()
    return await services.store.read(lambda tx: team_lines(tx, rounds.get_round(tx, round_id), today))


async def thinned_by(services: DeskServices, session: Session, member_id: MemberId) -> list[Thin]:
    """The teams that would have fewer than they need without this member, who can open their tips now.

    Of rounds that were opened, until a closed one is archived. Who of the recusal team can open its tips is told to a
    director alone, who alone puts them out.
    """
    today, directs = services.clock().date(), Role.DIRECTOR in session.roles

    def load(tx: Tx) -> list[Thin]:
        gone = audit.archived_rounds(tx, session.office_id)
        listed = rounds.list_rounds(tx, session.office_id)
        running = [one for one in listed if one.state is not RoundState.PLANNED and one.id not in gone]
        found = [thin for one in running for thin in _thinned(tx, one, today, member_id)]
        return [thin for thin in found if directs or thin.team.kind is not TeamKind.RECUSAL]

    return await services.store.read(load)


def _thinned(tx: Tx, round_: Round, on: date, but: MemberId) -> list[Thin]:
    lines = zip(team_lines(tx, round_, on), team_lines(tx, round_, on, but=but), strict=True)
    return [Thin(then.team, round_, then.able) for now, then in lines if then.able < now.able and not then.is_ready]


def team_lines(tx: Tx, round_: Round, on: date, *, but: MemberId | None = None) -> list[Readiness]:
    """The teams of a round, one line each; members who were put out count nowhere, nor does `but`.

    Seats, keys and grants are read once, whatever the number of teams and members.
    """
    listed, seated = teams.list_teams(tx, round_.id), _people(tx, round_, on, but)
    able_of = _able(tx, round_, keys.own_keys(tx, round_.office_id))
    liaisons = len({one.id for team in listed if team.kind is TeamKind.TEAM for one in _liaisons(seated, team)})
    lines = []
    for team in listed:
        held = [one for one, _ in seated.get(team.id, ())]
        there = {one.id for one in held if one.state in _COUNTED}
        able = {one.id for one in held if one.state is MemberState.ACTIVE} & able_of(team.id)
        least = min(LEAST_HOLDERS, max(1, liaisons)) if team.kind is TeamKind.UNROUTED else LEAST_HOLDERS
        lines.append(Readiness(team, len(there), len(able), least))
    return lines


def _people(tx: Tx, round_: Round, on: date, but: MemberId | None) -> dict[TeamId, list[tuple[Member, Role]]]:
    seated = planned.people_by_team(tx, round_.office_id, on)
    return {team_id: [held for held in some if held[0].id != but] for team_id, some in seated.items()}


def _liaisons(seated: Mapping[TeamId, Sequence[tuple[Member, Role]]], team: Team) -> list[Member]:
    return [one for one, role in seated.get(team.id, ()) if role is Role.LIAISON and one.state in _COUNTED]


def _able(tx: Tx, round_: Round, own: Mapping[MemberId, Key]) -> Callable[[TeamId], Set[MemberId]]:
    """Who has activated their key and, once the team has a key of its own, was given that."""
    latest = {team_id: key.id for team_id, key in keys.present_keys(tx, [round_.id]).items()}
    given = {(key_id, holder.id) for key_id, holder in keys.held_by(tx, latest.values())}

    def of(team_id: TeamId) -> Set[MemberId]:
        made = latest.get(team_id)
        return {who for who, key in own.items() if made is None or (made, key.id) in given}

    return of
