"""Who belongs to the office and its teams: invite, first password, roles, passwords, sign-ins."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import BadSeal, Reason, Refused
from domain.ids import KeyId, MemberId, OfficeId, TeamId, new_id
from domain.rounds import Role
from handlers.people import recusal_holders, seats, trail
from handlers.people.inviting import Newcomer, add_link, add_newcomer, check_newcomer
from handlers.people.sessions import Session, account_of, begin, lock_secret
from handlers.people.throttle import Throttle
from handlers.people.wrapping import open_wrapped, wrapped_of
from handlers.services import DeskServices
from storage.office import offices
from storage.people import keys, members, sessions
from storage.people.members import Member, MemberState
from storage.store import Conflict, Tx
from vault import totp
from vault.members import MemberKey, make_member, rewrap, session_hash
from vault.passwords import check_password


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the page of an invite shows."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of my sign-ins. `id` is the hash of its cookie; moments in the office's zone."""

    id: bytes
    created_at: datetime
    last_at: datetime
    current: bool


async def invite(
    services: DeskServices,
    *,
    by: MemberId | None,
    office_id: OfficeId,
    login: str,
    name: str,
    role: Role,
    team_id: TeamId | None = None,
) -> str:
    """A new member in one role, and the token of the link that lets them in: single use, 24 hours.

    `by` is None only for the first member of a fresh office. Raises `Refused(BAD_INPUT)` with detail `login`, `name`,
    `role` (a team role needs a team, an office role none) or `login-taken`.
    """
    newcomer = check_newcomer(Newcomer(login, name, role, team_id))
    try:
        _, token = await services.store.write(lambda tx: add_newcomer(tx, services, office_id, newcomer, by))
    except Conflict:
        raise Refused(Reason.BAD_INPUT, "login-taken") from None
    return token


async def invite_again(
    services: DeskServices, *, by: MemberId | None, office_id: OfficeId, member_id: MemberId, new_phone: bool = False
) -> str:
    """A fresh link for a member whose link ran out or who lost the password; with `new_phone` the second factor too.

    The old key is retired at once: what it opened, a colleague grants anew. The second factor stays and is asked for
    after the new password, unless `new_phone`. `by` is None for the machine. Raises `Refused`: UNKNOWN, what
    `check_return` and `check_taking` of `seats` raise, and `recusal_holders.check_leaving`.
    """
    today = services.clock().date()

    def write(tx: Tx) -> str:
        member = members.get_member(tx, member_id)
        if member.office_id != office_id:
            raise Refused(Reason.UNKNOWN)
        seats.check_return(tx, services, by, member)
        seats.check_taking(tx, services, by, member_id)
        recusal_holders.check_leaving(tx, services, by, member_id)
        _lock_out(tx, member_id, today, drop_totp=new_phone)
        act = "new-phone" if new_phone else "invite-again"
        trail.note(tx, services, trail.Deed(office_id, by, act, "member", member_id))
        return add_link(tx, services, member, next(iter(members.memberships_of(tx, member_id, today)), None))

    return await services.store.write(write)


async def let_director_in_again(services: DeskServices, login: str, *, new_phone: bool) -> str:
    """`invite_again` by whoever keeps the machine, for a director; meant for one whom no other one can help.

    Raises `Refused(UNKNOWN)` for anybody else, and for a director who was put out.
    """

    def find(tx: Tx) -> Member:
        office = offices.only_office(tx)
        member = members.member_by_login(tx, office.id, account_of(login)) if office else None
        directs = member is not None and Role.DIRECTOR in seats.roles_of(tx, services, member.id)
        if member is None or not directs or member.state is MemberState.DISABLED:
            raise Refused(Reason.UNKNOWN, f"director {login}")
        return member

    found = await services.store.read(find)
    return await invite_again(services, by=None, office_id=found.office_id, member_id=found.id, new_phone=new_phone)


async def invitation(services: DeskServices, token: str) -> Invitation:
    """Whom an invite is for. Raises `Refused(UNKNOWN)` when it is unknown, used or too old."""
    member = await services.store.read(lambda tx: _invited(tx, token, services.clock()))
    return Invitation(member.login, member.name)


async def accept_invite(services: DeskServices, throttle: Throttle, token: str, password: str) -> str:
    """Makes the member's key and, unless one is kept, second factor; the cookie of a session that still lacks its code.

    Raises `Refused(UNKNOWN)` for a link that is not good any more and `Refused(BAD_INPUT)` for a weak password.
    """
    member = await services.store.read(lambda tx: _invited(tx, token, services.clock()))
    check_password(password, (member.login, member.name))
    made = await throttle.slowly(make_member, password)
    seed = await throttle.slowly(open_wrapped, password, (made.kdf, made.salt, made.wrapped))
    locked = lock_secret(services, member.id, totp.new_secret())

    def write(tx: Tx) -> None:
        now = services.clock()
        found = _invited(tx, token, now)
        sessions.use_invite(tx, session_hash(token), now.date())
        keys.insert_key(tx, _key(KeyId(new_id()), member, made))
        if not found.is_enrolled:
            members.set_totp(tx, member.id, locked)
        trail.note(tx, services, trail.Deed(member.office_id, member.id, "accept-invite", "member", member.id))

    await services.store.write(write)
    return await begin(services, member.id, seed)


async def change_password(services: DeskServices, throttle: Throttle, session: Session, old: str, new: str) -> None:
    """The same key under a new password; ends my other sessions.

    Raises `Refused`: BAD_SIGN_IN (`old-password`) when `old` is wrong, THROTTLED, BAD_INPUT for a weak one.
    """
    throttle.begin(session.login, services.clock())
    wrapped = wrapped_of(await services.store.read(lambda tx: keys.member_key(tx, session.member_id)))
    if wrapped is None:
        raise Refused(Reason.UNKNOWN)
    try:
        seed = await throttle.slowly(open_wrapped, old, wrapped)
    except BadSeal:
        raise Refused(Reason.BAD_SIGN_IN, "old-password") from None
    check_password(new, (session.login, session.name))
    made = await throttle.slowly(rewrap, seed, new)

    def write(tx: Tx) -> None:
        keys.rewrap_member_key(tx, session.key_id, kdf=made.kdf, salt=made.salt, wrapped=made.wrapped)
        sessions.revoke_sessions(tx, session.member_id, but=session.token_hash)
        trail.note(
            tx, services, trail.Deed(session.office_id, session.member_id, "password", "member", session.member_id)
        )

    await services.store.write(write)
    throttle.clear(session.login)


async def my_sessions(services: DeskServices, session: Session) -> list[OwnSession]:
    """Where I am signed in, the one used last in front."""
    rows = await services.store.read(lambda tx: sessions.list_sessions(tx, session.member_id))
    zone = services.clock().tzinfo
    return [
        OwnSession(
            row.token_hash,
            row.created_at.astimezone(zone),
            row.last_at.astimezone(zone),
            row.token_hash == session.token_hash,
        )
        for row in rows
    ]


async def end_session(services: DeskServices, session: Session, which: bytes) -> None:
    """Ends one of my own sessions. Raises `Refused(UNKNOWN)` for anybody else's."""

    def write(tx: Tx) -> None:
        if which not in {row.token_hash for row in sessions.list_sessions(tx, session.member_id)}:
            raise Refused(Reason.UNKNOWN)
        sessions.revoke_session(tx, which)

    await services.store.write(write)


async def set_shortcuts(services: DeskServices, session: Session, *, on: bool) -> None:
    """Whether single keys do something on my pages."""
    await services.store.write(lambda tx: members.set_shortcuts(tx, session.member_id, on=on))


def _lock_out(tx: Tx, member_id: MemberId, today: date, *, drop_totp: bool) -> None:
    """Until the new password is set: no sign-in lives on, and the key opens nothing any more."""
    members.set_member_state(tx, member_id, MemberState.INVITED)
    key = keys.member_key(tx, member_id)
    if key is not None:
        keys.retire_key(tx, key.id, today)
    sessions.revoke_sessions(tx, member_id)
    if drop_totp:
        members.drop_totp(tx, member_id)


def _invited(tx: Tx, token: str, now: datetime) -> Member:
    row = sessions.get_invite(tx, session_hash(token), now)
    if row is None or row.member_id is None:
        raise Refused(Reason.UNKNOWN)
    member = members.get_member(tx, row.member_id)
    if member.state is not MemberState.INVITED:
        raise Refused(Reason.UNKNOWN)
    return member


def _key(key_id: KeyId, member: Member, made: MemberKey) -> keys.Key:
    return keys.Key(
        key_id,
        member.office_id,
        keys.KeyKind.MEMBER,
        made.half.public,
        made.half.verify,
        member_id=member.id,
        kdf=made.kdf,
        salt=made.salt,
        wrapped=made.wrapped,
    )
