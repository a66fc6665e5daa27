"""Those who sign in at the desk or the office, and the roles they hold from one day to another."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, or_, select, update

from domain.errors import Reason, Refused
from domain.ids import Locked, MemberId, OfficeId, TeamId, new_id
from domain.rounds import Role
from storage.rows import update_one
from storage.schema.people import member, membership
from storage.store import Tx


class MemberState(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Member:
    """`totp` is the locked second-factor secret, None before enrolment; `totp_last_step` the last step used, or -1."""

    id: MemberId
    office_id: OfficeId
    login: str
    name: str
    state: MemberState
    totp: Locked | None = None
    totp_last_step: int = -1
    shortcuts: bool = True  # single keys on the desk's pages

    @property
    def is_enrolled(self) -> bool:
        """Whether a code of this second factor was ever given: only then does it show who somebody is."""
        return self.totp is not None and self.totp_last_step >= 0


@dataclass(frozen=True, slots=True)
class Membership:
    """A role in a team, or in the office when there is no team. Both days are inclusive."""

    member_id: MemberId
    office_id: OfficeId
    team_id: TeamId | None
    role: Role
    from_on: date
    to_on: date | None = None


def insert_member(tx: Tx, row: Member) -> None:
    """Raises `Conflict` when the office has that login already."""
    tx.execute(
        insert(member).values(
            id=row.id,
            office_id=row.office_id,
            login=row.login,
            name=row.name,
            state=row.state,
            totp_box=row.totp,
            totp_last_step=row.totp_last_step,
            shortcuts=row.shortcuts,
        )
    )


def get_member(tx: Tx, member_id: MemberId) -> Member:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(member).where(member.c.id == member_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return _member(row)


def member_by_login(tx: Tx, office_id: OfficeId, login: str) -> Member | None:
    row = tx.execute(select(member).where(member.c.office_id == office_id, member.c.login == login)).one_or_none()
    return None if row is None else _member(row)


def list_members(tx: Tx, office_id: OfficeId) -> list[Member]:
    rows = tx.execute(select(member).where(member.c.office_id == office_id).order_by(member.c.login))
    return [_member(row) for row in rows]


def set_member_state(tx: Tx, member_id: MemberId, state: MemberState) -> None:
    """Raises `Refused(STALE)` when there is no such member."""
    update_one(tx, update(member).where(member.c.id == member_id).values(state=state))


def set_shortcuts(tx: Tx, member_id: MemberId, *, on: bool) -> None:
    """Raises `Refused(STALE)` when there is no such member."""
    update_one(tx, update(member).where(member.c.id == member_id).values(shortcuts=on))


def set_totp(tx: Tx, member_id: MemberId, totp: Locked) -> None:
    """Enrols the second factor; steps used with an older one no longer count."""
    update_one(tx, update(member).where(member.c.id == member_id).values(totp_box=totp, totp_last_step=-1))


def drop_totp(tx: Tx, member_id: MemberId) -> None:
    """Forgets the second factor. Raises `Refused(STALE)` when there is no such member."""
    update_one(tx, update(member).where(member.c.id == member_id).values(totp_box=None, totp_last_step=-1))


def use_totp_step(tx: Tx, member_id: MemberId, step: int) -> None:
    """Uses a time step once. Raises `Refused(STALE)` when this or a later one was used before."""
    unused = (member.c.id == member_id) & (member.c.totp_last_step < step)
    update_one(tx, update(member).where(unused).values(totp_last_step=step))


def insert_membership(tx: Tx, row: Membership) -> None:
    tx.execute(
        insert(membership).values(
            id=new_id(),
            member_id=row.member_id,
            office_id=row.office_id,
            team_id=row.team_id,
            role=row.role,
            from_on=row.from_on,
            to_on=row.to_on,
        )
    )


def memberships_of(tx: Tx, member_id: MemberId, on: date) -> list[Membership]:
    """The roles a member holds on that day."""
    rows = tx.execute(select(membership).where(membership.c.member_id == member_id, _lasts(on)))
    return [_membership(row) for row in rows]


def members_of_team(tx: Tx, team_id: TeamId, on: date) -> list[tuple[Member, Role]]:
    """Who belongs to a team on that day, in which role, by login; disabled members too."""
    joined = select(member, membership.c.role).join(membership, membership.c.member_id == member.c.id)
    rows = tx.execute(joined.where(membership.c.team_id == team_id, _lasts(on)).order_by(member.c.login))
    return [(_member(row), Role(row.role)) for row in rows]


def members_of_office(tx: Tx, office_id: OfficeId, on: date) -> list[tuple[Member, Role]]:
    """Who holds an office role on that day, by login."""
    joined = select(member, membership.c.role).join(membership, membership.c.member_id == member.c.id)
    office_role = (membership.c.office_id == office_id) & membership.c.team_id.is_(None) & _lasts(on)
    return [(_member(row), Role(row.role)) for row in tx.execute(joined.where(office_role).order_by(member.c.login))]


def end_memberships(tx: Tx, member_id: MemberId, team_id: TeamId | None, last_day: date) -> None:
    """Ends the member's roles in a team, or in the office for None; those that begin later never begin."""
    mine = (membership.c.member_id == member_id) & membership.c.team_id.is_not_distinct_from(team_id)
    lasts = or_(membership.c.to_on.is_(None), membership.c.to_on > last_day)
    tx.execute(update(membership).where(mine, lasts).values(to_on=last_day))


def end_role(tx: Tx, member_id: MemberId, role: Role, last_day: date) -> None:
    """Ends a role that has no team."""
    mine = (membership.c.member_id == member_id) & membership.c.team_id.is_(None) & (membership.c.role == role)
    lasts = or_(membership.c.to_on.is_(None), membership.c.to_on > last_day)
    tx.execute(update(membership).where(mine, lasts).values(to_on=last_day))


def _lasts(on: date) -> ColumnElement[bool]:
    return (membership.c.from_on <= on) & or_(membership.c.to_on.is_(None), membership.c.to_on >= on)


def _member(row: Row[Any]) -> Member:
    return Member(
        MemberId(row.id),
        OfficeId(row.office_id),
        row.login,
        row.name,
        MemberState(row.state),
        None if row.totp_box is None else Locked(row.totp_box),
        row.totp_last_step,
        row.shortcuts,
    )


def _membership(row: Row[Any]) -> Membership:
    team_id = None if row.team_id is None else TeamId(row.team_id)
    return Membership(MemberId(row.member_id), OfficeId(row.office_id), team_id, Role(row.role), row.from_on, row.to_on)
