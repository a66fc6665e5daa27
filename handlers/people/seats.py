"""Who may sit where: rules about roles that hold for an import and for a single invite alike."""

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.rounds import OFFICE_ROLES, Role
from handlers.services import DeskServices
from storage import members
from storage.members import Membership
from storage.store import Tx


def check_seat(tx: Tx, services: DeskServices, by: MemberId | None, role: Role, member_id: MemberId | None) -> None:
    """Whether `by` (None: the machine) may give `role` to a member, or to a newcomer for None.

    Raises `Refused`: NOT_ALLOWED (`director-only`) when somebody else than a director makes a director, BAD_INPUT
    (`office-in-team`) when a member would sit in the office and in a team: the office never reads.
    """
    held = roles_of(tx, services, member_id) if member_id else frozenset()
    if role is Role.DIRECTOR and role not in held:
        require_director(tx, services, by)
    if held and (role in OFFICE_ROLES) == held.isdisjoint(OFFICE_ROLES):
        raise Refused(Reason.BAD_INPUT, "office-in-team")


def require_director(tx: Tx, services: DeskServices, by: MemberId | None) -> None:
    """Raises `Refused(NOT_ALLOWED, "director-only")`."""
    if by is not None and Role.DIRECTOR not in roles_of(tx, services, by):
        raise Refused(Reason.NOT_ALLOWED, "director-only")


def take(tx: Tx, services: DeskServices, seat: Membership) -> None:
    """Seats a member, unless they sit there already."""
    held = members.memberships_of(tx, seat.member_id, services.clock().date())
    if (seat.team_id, seat.role) not in {(one.team_id, one.role) for one in held}:
        members.insert_membership(tx, seat)


def roles_of(tx: Tx, services: DeskServices, member_id: MemberId) -> frozenset[Role]:
    """The roles a member holds today."""
    return frozenset(seat.role for seat in members.memberships_of(tx, member_id, services.clock().date()))
