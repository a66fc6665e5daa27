"""A new member and the link that lets them in, as rows of one transaction. This file knows no password and no key."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.errors import Reason, Refused
from domain.ids import MemberId, OfficeId, TeamId, new_id
from domain.rounds import TEAM_ROLES, Role
from domain.words import LOGIN
from handlers.people import trail
from handlers.people.sessions import account_of
from handlers.services import DeskServices
from storage.people import members, sessions
from storage.people.members import Member, Membership, MemberState
from storage.store import Tx
from vault.members import session_hash

INVITE_LASTS = timedelta(hours=24)
_NAME = 40


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be invited in one role. No team: in the office, or a custodian, who sits nowhere."""

    login: str
    name: str
    role: Role
    team_id: TeamId | None = None


def check_newcomer(newcomer: Newcomer) -> Newcomer:
    """The same, with its names as they are stored. Raises `Refused(BAD_INPUT)`: `login`, `name` or `role`."""
    account, name = account_of(newcomer.login), newcomer.name.strip()
    if not LOGIN.fullmatch(account):
        raise Refused(Reason.BAD_INPUT, "login")
    if not name or len(name) > _NAME:
        raise Refused(Reason.BAD_INPUT, "name")
    check_role(newcomer.role, newcomer.team_id)
    return replace(newcomer, login=account, name=name)


def check_role(role: Role, team_id: TeamId | None) -> None:
    """A team role needs a team; an office role and a custodian have none. Raises `Refused(BAD_INPUT, "role")`."""
    if (role in TEAM_ROLES) != (team_id is not None):
        raise Refused(Reason.BAD_INPUT, "role")


def add_newcomer(
    tx: Tx, services: DeskServices, office_id: OfficeId, newcomer: Newcomer, by: MemberId | None
) -> tuple[MemberId, str]:
    """Inserts a checked newcomer; their id, and the token of their link. Raises `Conflict` when the login is taken."""
    member = Member(MemberId(new_id()), office_id, newcomer.login, newcomer.name, MemberState.INVITED)
    members.insert_member(tx, member)
    seat = Membership(member.id, office_id, newcomer.team_id, newcomer.role, services.clock().date())
    members.insert_membership(tx, seat)
    trail.note(tx, services, trail.Deed(office_id, by, "invite", "member", member.id))
    return member.id, add_link(tx, services, member, seat)


def add_link(tx: Tx, services: DeskServices, member: Member, seat: Membership | None) -> str:
    """The token of a fresh link for a member: single use, 24 hours. Only its hash is stored; older links end.

    No `seat`: they keep their account and sit nowhere until they are given one.
    """
    sessions.drop_invites(tx, member.id)
    token, until = secrets.token_urlsafe(32), services.clock() + INVITE_LASTS
    role, team_id = (seat.role, seat.team_id) if seat else (None, None)
    row = sessions.Invite(session_hash(token), member.office_id, role, team_id, until, member.id)
    sessions.insert_invite(tx, row)
    return token
