"""Who may sit where: rules about roles that hold for an import and for a single invite alike."""

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.rounds import OFFICE_ROLES, Role
from handlers.services import DeskServices
from storage.office import offices
from storage.people import members
from storage.people.members import Member, Membership, MemberState
from storage.store import Tx

BY_DIRECTOR = frozenset({Role.DIRECTOR, Role.CUSTODIAN})
"""Roles that only a director gives and takes."""

CUSTODIANS = 2
"""How many an office has: each keeps half of what opens a team's tips."""


def check_seat(tx: Tx, services: DeskServices, by: MemberId | None, role: Role, member_id: MemberId | None) -> None:
    """Whether `by` (None: the machine) may give `role` to a member, or to a newcomer for None.

    Raises `Refused`: NOT_ALLOWED (`director-only`) when somebody else than a director makes a director or a custodian,
    BAD_INPUT (`office-in-team`) when a member would sit in the office and in a team: the office never reads, and
    (`custodian-alone`) when a custodian would sit anywhere, (`custodians-full`) when there are two already.
    """
    held = roles_of(tx, services, member_id) if member_id else frozenset()
    if role in BY_DIRECTOR and role not in held:
        require_director(tx, services, by)
    if len({*held, role}) > 1 and Role.CUSTODIAN in {*held, role}:
        raise Refused(Reason.BAD_INPUT, "custodian-alone")
    if role is Role.CUSTODIAN and role not in held and _custodians(tx, services) >= CUSTODIANS:
        raise Refused(Reason.BAD_INPUT, "custodians-full")
    if held and (role in OFFICE_ROLES) == held.isdisjoint(OFFICE_ROLES):
        raise Refused(Reason.BAD_INPUT, "office-in-team")


def check_return(tx: Tx, services: DeskServices, by: MemberId | None, member: Member) -> None:
    """Whether `by` may let somebody in again. Raises `Refused` where they were put out: NOT_ALLOWED (`director-only`),
    BAD_INPUT (`custodians-full`) for a custodian whose place was taken meanwhile.
    """
    if member.state is not MemberState.DISABLED:
        return
    require_director(tx, services, by)
    if Role.CUSTODIAN in roles_of(tx, services, member.id) and _custodians(tx, services) >= CUSTODIANS:
        raise Refused(Reason.BAD_INPUT, "custodians-full")


def check_taking(tx: Tx, services: DeskServices, by: MemberId | None, member_id: MemberId) -> None:
    """Whether `by` may put somebody out or take their role, asked while it is written: of two directors who do it to
    each other at once, the first one stays. Raises `Refused(NOT_ALLOWED, "director-only")`."""
    if not roles_of(tx, services, member_id).isdisjoint(BY_DIRECTOR):
        require_director(tx, services, by)


def _custodians(tx: Tx, services: DeskServices) -> int:
    """How many there are who were not put out."""
    office = offices.only_office(tx)
    listed = members.members_of_office(tx, office.id, services.clock().date()) if office else []
    return len({one.id for one, role in listed if role is Role.CUSTODIAN and one.state is not MemberState.DISABLED})


def require_director(tx: Tx, services: DeskServices, by: MemberId | None) -> None:
    """Raises `Refused(NOT_ALLOWED, "director-only")`, also when `by` was put out meanwhile."""
    if by is None:
        return
    if Role.DIRECTOR not in roles_of(tx, services, by) or members.get_member(tx, by).state is MemberState.DISABLED:
        raise Refused(Reason.NOT_ALLOWED, "director-only")


def take(tx: Tx, services: DeskServices, seat: Membership) -> None:
    """Seats a member, unless they sit there already."""
    held = members.memberships_of(tx, seat.member_id, services.clock().date())
    if (seat.team_id, seat.role) not in {(one.team_id, one.role) for one in held}:
        members.insert_membership(tx, seat)


def roles_of(tx: Tx, services: DeskServices, member_id: MemberId) -> frozenset[Role]:
    """The roles a member holds today."""
    return frozenset(seat.role for seat in members.memberships_of(tx, member_id, services.clock().date()))
