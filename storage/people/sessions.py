"""Sessions and invites: each is found by the hash of a secret that is not stored."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from domain.ids import Locked, MemberId, OfficeId, TeamId
from domain.rounds import Role
from storage.rows import update_one
from storage.schema.people import invite, session
from storage.store import Tx


class Stage(StrEnum):
    PASSWORD = "password"  # noqa: S105 - the name of a stage: the second factor is still missing
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that stands. `seed` is the member's seed locked under the cookie. Moments come out in UTC."""

    token_hash: bytes
    member_id: MemberId
    seed: Locked | None
    stage: Stage
    created_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Invite:
    """A single-use link into a role, or none; `member_id` when it brings back somebody who is known."""

    token_hash: bytes
    office_id: OfficeId
    role: Role | None
    team_id: TeamId | None
    expires_at: datetime
    member_id: MemberId | None = None


def insert_session(tx: Tx, row: Session) -> None:
    tx.execute(
        insert(session).values(
            token_hash=row.token_hash,
            member_id=row.member_id,
            seed=row.seed,
            stage=row.stage,
            created_at=row.created_at,
            last_at=row.last_at,
            revoked=False,
        )
    )


def get_session(tx: Tx, token_hash: bytes) -> Session | None:
    """None when it is unknown or revoked. Whether it is too old is the caller's to say."""
    standing = (session.c.token_hash == token_hash) & session.c.revoked.is_(False)
    row = tx.execute(select(session).where(standing)).one_or_none()
    return None if row is None else _session(row)


def member_of_session(tx: Tx, token_hash: bytes) -> MemberId | None:
    """Whose session it is or was, as long as its row is kept."""
    found = tx.execute(select(session.c.member_id).where(session.c.token_hash == token_hash)).scalar_one_or_none()
    return None if found is None else MemberId(found)


def list_sessions(tx: Tx, member_id: MemberId) -> list[Session]:
    """The member's sessions that stand, the one used last in front."""
    mine = (session.c.member_id == member_id) & session.c.revoked.is_(False)
    return [_session(row) for row in tx.execute(select(session).where(mine).order_by(session.c.last_at.desc()))]


def touch_session(tx: Tx, token_hash: bytes, now: datetime) -> None:
    """Remembers when it was used last."""
    tx.execute(update(session).where(session.c.token_hash == token_hash).values(last_at=now))


def revoke_session(tx: Tx, token_hash: bytes) -> None:
    """Ends a session; the locked seed goes with it."""
    tx.execute(update(session).where(session.c.token_hash == token_hash).values(revoked=True, seed=None))


def revoke_sessions(tx: Tx, member_id: MemberId, *, but: bytes = b"") -> None:
    """Ends all of a member's sessions, `but` the one with this hash."""
    others = (session.c.member_id == member_id) & (session.c.token_hash != but)
    tx.execute(update(session).where(others).values(revoked=True, seed=None))


def prune_sessions(tx: Tx, before: datetime) -> None:
    """Forgets sessions that began before that moment."""
    tx.execute(delete(session).where(session.c.created_at < before))


def insert_invite(tx: Tx, row: Invite) -> None:
    tx.execute(
        insert(invite).values(
            token_hash=row.token_hash,
            office_id=row.office_id,
            member_id=row.member_id,
            role=row.role or "",
            team_id=row.team_id,
            expires_at=row.expires_at,
        )
    )


def get_invite(tx: Tx, token_hash: bytes, now: datetime) -> Invite | None:
    """None when it is unknown, used or too old."""
    good = (invite.c.token_hash == token_hash) & invite.c.used_on.is_(None) & (invite.c.expires_at > now)
    row = tx.execute(select(invite).where(good)).one_or_none()
    return None if row is None else _invite(row)


def use_invite(tx: Tx, token_hash: bytes, today: date) -> None:
    """Uses an invite up. Raises `Refused(STALE)` when that happened before."""
    unused = (invite.c.token_hash == token_hash) & invite.c.used_on.is_(None)
    update_one(tx, update(invite).where(unused).values(used_on=today))


def drop_invites(tx: Tx, member_id: MemberId) -> None:
    """Forgets the member's invites, used or not."""
    tx.execute(delete(invite).where(invite.c.member_id == member_id))


def _session(row: Row[Any]) -> Session:
    seed = None if row.seed is None else Locked(row.seed)
    return Session(row.token_hash, MemberId(row.member_id), seed, Stage(row.stage), row.created_at, row.last_at)


def _invite(row: Row[Any]) -> Invite:
    team_id = None if row.team_id is None else TeamId(row.team_id)
    member_id = None if row.member_id is None else MemberId(row.member_id)
    role = Role(row.role) if row.role else None
    return Invite(row.token_hash, OfficeId(row.office_id), role, team_id, row.expires_at, member_id)
