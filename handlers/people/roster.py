"""The office's own people and those of its teams: who there is, and who may let whom in or put whom out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Reason, Refused
from domain.ids import MemberId, TeamId
from domain.rounds import Role, Round, RoundState, Team, TeamKind
from handlers.people import accounts, seats, trail
from handlers.people.inviting import Newcomer, add_newcomer, check_newcomer, check_role
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import planned, rounds, teams
from storage.people import audit, members
from storage.people.members import Member, Membership, MemberState
from storage.store import Conflict, Tx


@dataclass(frozen=True, slots=True)
class Seat:
    """A role of somebody; in a team of a round, or in the office for None."""

    role: Role
    team: Team | None
    round: Round | None


@dataclass(frozen=True, slots=True)
class Person:
    """A member and the seats they hold today. `is_mine`: whoever asks may let them in again or put them out."""

    member: Member
    seats: tuple[Seat, ...]
    is_mine: bool

    @property
    def role(self) -> Role | None:
        """The first of their seats; None without any."""
        return self.seats[0].role if self.seats else None

    @property
    def is_director(self) -> bool:
        return any(seat.role is Role.DIRECTOR for seat in self.seats)


async def list_people(services: DeskServices, session: Session) -> list[Person]:
    """Everybody of the office, those of the office first, then by team and name."""

    def load(tx: Tx) -> list[Person]:
        found = _people(tx, services, session, members.list_members(tx, session.office_id))
        return sorted(found, key=_order)

    return await services.store.read(load)


async def get_person(services: DeskServices, session: Session, member_id: MemberId) -> Person:
    """Raises `Refused(UNKNOWN)` for a member of another office."""

    def load(tx: Tx) -> Person:
        member = members.get_member(tx, member_id)
        if member.office_id != session.office_id:
            raise Refused(Reason.UNKNOWN)
        return _people(tx, services, session, [member])[0]

    return await services.store.read(load)


async def list_teams(services: DeskServices, session: Session) -> list[Team]:
    """The teams somebody can be invited to: of rounds that are planned, open, or closed and not archived yet.

    Who holds the recusal queue of an open round is not for the office to say: only its holders can share its key.
    What could not be routed is held by the liaisons of the teams.
    """

    def load(tx: Tx) -> list[Team]:
        gone = audit.archived_rounds(tx, session.office_id)
        known = rounds.list_rounds(tx, session.office_id)
        running = [row for row in known if row.state is not RoundState.CLOSED or row.id not in gone]
        return [team for row in running for team in teams.list_teams(tx, row.id) if _takes(team, row)]

    return await services.store.read(load)


async def invite(services: DeskServices, session: Session, newcomer: Newcomer) -> str:
    """The token of a newcomer's link. A liaison also holds what could not be routed.

    Raises `Refused`: BAD_INPUT with detail `login`, `name`, `role`, `login-taken`; UNKNOWN for a team that is not to
    be had (`list_teams`); NOT_ALLOWED (`director-only`).
    """
    checked = check_newcomer(newcomer)
    if checked.team_id is not None and checked.team_id not in {one.id for one in await list_teams(services, session)}:
        raise Refused(Reason.UNKNOWN)

    def write(tx: Tx) -> str:
        seats.check_seat(tx, services, session.member_id, checked.role, None)
        member_id, token = add_newcomer(tx, services, session.office_id, checked, session.member_id)
        _take_unrouted(tx, services, session, member_id, checked)
        return token

    try:
        return await services.store.write(write)
    except Conflict:
        raise Refused(Reason.BAD_INPUT, "login-taken") from None


async def invite_again(
    services: DeskServices, session: Session, member_id: MemberId, *, new_phone: bool = False
) -> str:
    """The token of a fresh link; the old key opens nothing any more.

    `new_phone`: the second factor begins anew too, which a director alone may say. Raises `Refused`.
    """
    await check_mine(services, session, member_id)
    if new_phone and Role.DIRECTOR not in session.roles:
        raise Refused(Reason.NOT_ALLOWED, "director-only")
    return await accounts.invite_again(
        services, by=session.member_id, office_id=session.office_id, member_id=member_id, new_phone=new_phone
    )


async def check_mine(services: DeskServices, session: Session, member_id: MemberId) -> None:
    """Whether I may let somebody in again or put them out.

    Raises `Refused`: UNKNOWN, NOT_ALLOWED (`yourself`; `director-only` about a director, a custodian, somebody of the
    recusal team of an opened round, and whoever was put out).
    """
    person = await get_person(services, session, member_id)
    if member_id == session.member_id:
        raise Refused(Reason.NOT_ALLOWED, "yourself")
    if not person.is_mine:
        raise Refused(Reason.NOT_ALLOWED, "director-only")


async def give_role(
    services: DeskServices, session: Session, member_id: MemberId, role: Role, team_id: TeamId | None
) -> None:
    """One more role from today on. It opens nothing: keys are granted by those who hold them.

    Raises `Refused` as `invite` and `check_mine` do, BAD_INPUT (`office-in-team`, `custodian-alone`,
    `custodians-full`).
    """
    check_role(role, team_id)
    await check_mine(services, session, member_id)
    if team_id is not None and team_id not in {one.id for one in await list_teams(services, session)}:
        raise Refused(Reason.UNKNOWN)

    def write(tx: Tx) -> None:
        seats.check_seat(tx, services, session.member_id, role, member_id)
        member = members.get_member(tx, member_id)
        seats.take(tx, services, Membership(member_id, session.office_id, team_id, role, services.clock().date()))
        _take_unrouted(tx, services, session, member_id, Newcomer(member.login, member.name, role, team_id))
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "add-role", "member", member_id))

    await services.store.write(write)


async def take_role(services: DeskServices, session: Session, member_id: MemberId, role: Role) -> None:
    """Ends a role that has no team; for a team there is `removing.take_out`, which changes its key.

    Raises `Refused` as `check_mine` does, and UNKNOWN when they do not hold it.
    """
    await check_mine(services, session, member_id)
    yesterday = services.clock().date() - timedelta(days=1)  # a membership's last day counts

    def write(tx: Tx) -> None:
        held = members.memberships_of(tx, member_id, services.clock().date())
        if (None, role) not in {(one.team_id, one.role) for one in held}:
            raise Refused(Reason.UNKNOWN)
        seats.check_taking(tx, services, session.member_id, member_id)
        members.end_role(tx, member_id, role, yesterday)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "take-role", "member", member_id))

    await services.store.write(write)


def _people(tx: Tx, services: DeskServices, session: Session, found: Sequence[Member]) -> list[Person]:
    """These members with their seats, in as many statements for one as for all."""
    held = planned.seats_of_office(tx, session.office_id, services.clock().date())
    known = teams.teams_of_office(tx, session.office_id)
    listed = {row.id: row for row in rounds.list_rounds(tx, session.office_id)}

    def seat(row: Membership) -> Seat:
        team = known[row.team_id] if row.team_id else None
        return Seat(row.role, team, listed[team.round_id] if team else None)

    return [_person(session, one, [seat(row) for row in held.get(one.id, ())]) for one in found]


def _person(session: Session, member: Member, held: Sequence[Seat]) -> Person:
    is_grave = member.state is MemberState.DISABLED or any(_is_grave(seat) for seat in held)
    is_mine = member.id != session.member_id and (not is_grave or Role.DIRECTOR in session.roles)
    return Person(member, tuple(sorted(held, key=_seat_order)), is_mine)


def _is_grave(seat: Seat) -> bool:
    """Whether only a director lets in or puts out who sits there. The recusal queue is where tips about us go."""
    in_queue = seat.team is not None and seat.team.kind is TeamKind.RECUSAL
    was_opened = seat.round is not None and seat.round.state is not RoundState.PLANNED
    return seat.role in seats.BY_DIRECTOR or (in_queue and was_opened)


def _order(person: Person) -> tuple[bool, tuple[int, int, int], str]:
    first = person.seats[0] if person.seats else None
    return person.member.state is MemberState.DISABLED, _seat_order(first) if first else (9, 0, 0), person.member.login


def _seat_order(seat: Seat) -> tuple[int, int, int]:
    role = list(Role).index(seat.role)
    if seat.team is None:
        return 0, 0, role
    return 1 + list(TeamKind).index(seat.team.kind), seat.team.ordinal, role


def _takes(team: Team, round_: Round) -> bool:
    return team.kind is TeamKind.TEAM or (team.kind is TeamKind.RECUSAL and round_.state is RoundState.PLANNED)


def _take_unrouted(tx: Tx, services: DeskServices, session: Session, member_id: MemberId, newcomer: Newcomer) -> None:
    """A liaison also holds what could not be routed."""
    if newcomer.role is Role.LIAISON and newcomer.team_id is not None:
        unrouted = teams.team_of_kind(tx, teams.get_team(tx, newcomer.team_id).round_id, TeamKind.UNROUTED).id
        today = services.clock().date()
        seats.take(tx, services, Membership(member_id, session.office_id, unrouted, newcomer.role, today))
