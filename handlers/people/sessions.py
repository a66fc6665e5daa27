"""Signing in: password, then a code used once, then a session that ends by itself. This file knows no cookie's name."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.errors import BadSeal, Reason, Refused
from domain.ids import KeyId, Locked, MemberId, OfficeId, TeamId
from domain.rounds import Role
from handlers.people import trail
from handlers.people.throttle import Throttle
from handlers.people.wrapping import open_wrapped, wrapped_of
from handlers.services import DeskServices
from storage.office import offices
from storage.people import keys, members, sessions
from storage.people.members import Member, MemberState
from storage.people.sessions import Stage
from storage.store import Tx
from vault import lock as locks
from vault import totp
from vault.context import canonical
from vault.keys import Seed, public_half
from vault.members import new_session, open_session, session_hash

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
LONGEST_LOGIN = 64
_TOUCH = timedelta(minutes=1)  # one write a minute is enough to know who is idle


@dataclass(frozen=True, slots=True)
class Seat:
    """A role; in a team, or in the office when there is no team."""

    role: Role
    team_id: TeamId | None


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in, for the time of one request. `seed` opens whatever was granted to the member."""

    token_hash: bytes
    member_id: MemberId
    office_id: OfficeId
    login: str
    name: str
    seats: tuple[Seat, ...]
    stage: Stage
    key_id: KeyId
    seed: Seed = field(repr=False)
    shortcuts: bool = True  # whether single keys do something on this member's pages

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(seat.role for seat in self.seats)

    @property
    def teams(self) -> tuple[TeamId, ...]:
        """Teams of which this is a member, each once."""
        return tuple(dict.fromkeys(seat.team_id for seat in self.seats if seat.team_id is not None))

    def roles_in(self, team_id: TeamId) -> frozenset[Role]:
        """The roles in that team alone."""
        return frozenset(seat.role for seat in self.seats if seat.team_id == team_id)

    @property
    def is_full(self) -> bool:
        return self.stage is Stage.FULL


async def sign_in(services: DeskServices, throttle: Throttle, login: str, password: str) -> str:
    """The cookie of a session that still lacks its second factor.

    Raises `Refused(BAD_SIGN_IN)`, the same for an unknown name, a wrong password and a disabled member, and
    `Refused(THROTTLED)`; `Refused(NOT_ALLOWED, "member-key")` when the database names another key than the password
    opens; `CannotStore` when there is no memory to check a password.
    """
    account = account_of(login)
    if len(account) > LONGEST_LOGIN or not account.isprintable():
        raise Refused(Reason.BAD_SIGN_IN)
    throttle.check_room()
    throttle.begin(account, services.clock())
    member, key = await services.store.read(lambda tx: _find(tx, account))
    try:
        seed = await throttle.slowly(open_wrapped, password, wrapped_of(key))
    except BadSeal:
        raise Refused(Reason.BAD_SIGN_IN) from None
    if member is None or member.state is MemberState.DISABLED:
        raise Refused(Reason.BAD_SIGN_IN)
    await _check_own(services, member, key, seed)
    return await begin(services, member.id, seed)


async def begin(services: DeskServices, member_id: MemberId, seed: Seed, stage: Stage = Stage.PASSWORD) -> str:
    """The cookie of a new session, which still lacks its second factor unless the caller (the demo) says otherwise."""
    cookie, row = _new(services, member_id, seed, stage)
    await services.store.write(lambda tx: sessions.insert_session(tx, row))
    return cookie


async def confirm_code(services: DeskServices, throttle: Throttle, session: Session, code: str) -> str:
    """The cookie of the complete session that replaces `session`. The first code ever activates the member.

    Raises `Refused(BAD_SIGN_IN, "one-time-code")` for a wrong or used code, and `Refused(THROTTLED)`.
    """
    throttle.begin(session.login, now := services.clock())
    member = await services.store.read(lambda tx: members.get_member(tx, session.member_id))
    step = totp.accept(_secret(services, member), code, now, member.totp_last_step)
    cookie, row = _new(services, session.member_id, session.seed, Stage.FULL)

    def write(tx: Tx) -> None:
        _use_code(tx, member, step)
        sessions.revoke_session(tx, session.token_hash)
        sessions.prune_sessions(tx, now - LONGEST)
        sessions.insert_session(tx, row)
        trail.note(tx, services, trail.Deed(member.office_id, member.id, "sign-in", "member", member.id))

    await services.store.write(write)
    throttle.clear(session.login)
    return cookie


def _use_code(tx: Tx, member: Member, step: int) -> None:
    """No code is good twice. Raises `Refused(BAD_SIGN_IN, "one-time-code")` for one that came twice at once."""
    try:
        members.use_totp_step(tx, member.id, step)
    except Refused:
        raise Refused(Reason.BAD_SIGN_IN, "one-time-code") from None
    if member.state is MemberState.INVITED:
        members.set_member_state(tx, member.id, MemberState.ACTIVE)


async def load_session(services: DeskServices, cookie: str, *, touch: bool = True) -> Session | None:
    """Who holds `cookie`; None when it is unknown, ended, idle for 15 minutes, 8 hours old, or its member disabled.

    `touch` False leaves the idle time running: what a page does by itself is no sign of life.
    """
    now = services.clock()
    token_hash = session_hash(cookie)
    found = await services.store.read(lambda tx: _load(tx, token_hash, now))
    if found is None:
        return None
    row, member, seats, key = found
    if now - row.last_at > IDLE or now - row.created_at > LONGEST:
        await services.store.write(lambda tx: sessions.revoke_session(tx, token_hash))
        return None
    if member.state is MemberState.DISABLED or row.seed is None or key is None:
        return None
    try:
        seed = open_session(cookie, row.seed)
    except BadSeal:
        return None
    if touch and now - row.last_at >= _TOUCH:
        await services.store.write(lambda tx: sessions.touch_session(tx, token_hash, now))
    about = (member.id, member.office_id, member.login, member.name, seats)
    return Session(token_hash, *about, row.stage, key.id, seed, member.shortcuts)


async def whose(services: DeskServices, cookie: str) -> MemberId | None:
    """The member whose session `cookie` stands for, or stood for before it ended; None when that is forgotten."""
    token_hash = session_hash(cookie)
    return await services.store.read(lambda tx: sessions.member_of_session(tx, token_hash))


async def sign_out(services: DeskServices, session: Session) -> None:
    """Ends the session at once, and forgets what was read in it."""
    services.finder.drop(session.token_hash)
    await services.store.write(lambda tx: sessions.revoke_session(tx, session.token_hash))


def account_of(login: str) -> str:
    """A sign-in name as it is stored."""
    return login.strip().casefold()


def lock_secret(services: DeskServices, member_id: MemberId, secret: str) -> Locked:
    """A second factor as it is stored."""
    return locks.lock(services.secrets.totp_key, secret.encode(), _totp_aad(member_id))


def _secret(services: DeskServices, member: Member) -> str:
    if member.totp is None:
        raise Refused(Reason.BAD_SIGN_IN)
    return locks.unlock(services.secrets.totp_key, member.totp, _totp_aad(member.id)).decode()


async def enrolment(services: DeskServices, session: Session, issuer: str) -> tuple[str, str] | None:
    """The secret and its `otpauth://` address, until its first code was given; None from then on, for good."""
    member = await services.store.read(lambda tx: members.get_member(tx, session.member_id))
    if member.state is not MemberState.INVITED or member.is_enrolled:
        return None
    secret = _secret(services, member)
    return secret, totp.uri(secret, member.login, issuer)


def _totp_aad(member_id: MemberId) -> bytes:
    return canonical(kind="totp", member=member_id)


def _new(services: DeskServices, member_id: MemberId, seed: Seed, stage: Stage) -> tuple[str, sessions.Session]:
    cookie, token_hash, locked = new_session(seed)
    now = services.clock()
    return cookie, sessions.Session(token_hash, member_id, locked, stage, now, now)


async def _check_own(services: DeskServices, member: Member, key: keys.Key | None, seed: Seed) -> None:
    """Nobody signs a member's own key: that its public halves are the member's shows here alone.

    Raises `Refused(NOT_ALLOWED, "member-key")`; it stands in the audit once.
    """
    half = public_half(seed)
    if key is None or (key.public, key.verify) != (half.public, half.verify):
        deed = trail.Deed(member.office_id, member.id, "member-key-differs", "member", member.id)
        await trail.note_once(services, deed)
        raise Refused(Reason.NOT_ALLOWED, "member-key")


def _find(tx: Tx, login: str) -> tuple[Member | None, keys.Key | None]:
    office = offices.only_office(tx)
    member = members.member_by_login(tx, office.id, login) if office else None
    return member, keys.member_key(tx, member.id) if member else None


def _load(
    tx: Tx, token_hash: bytes, now: datetime
) -> tuple[sessions.Session, Member, tuple[Seat, ...], keys.Key | None] | None:
    row = sessions.get_session(tx, token_hash)
    if row is None:
        return None
    seats = members.memberships_of(tx, row.member_id, now.date())
    member = members.get_member(tx, row.member_id)
    return row, member, tuple(Seat(seat.role, seat.team_id) for seat in seats), keys.member_key(tx, row.member_id)
