"""Public halves with their signatures, and private halves wrapped or sealed. This file can open neither."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, insert, or_, select, update

from domain.errors import Reason, Refused
from domain.ids import KeyId, Locked, MemberId, OfficeId, RoundId, TeamId, TipId
from storage.rows import insert_or_replace, update_one
from storage.schema.people import grant, key
from storage.store import Tx


class KeyKind(StrEnum):
    OFFICE = "office"
    MEMBER = "member"
    TEAM = "team"
    SUBSET = "subset"  # a team without its recused member, for one tip


@dataclass(frozen=True, slots=True)
class Key:
    """A pair. `public` seals, `verify` checks signatures; `kdf`, `salt` and `wrapped` are set for members only."""

    id: KeyId
    office_id: OfficeId
    kind: KeyKind
    public: bytes
    verify: bytes
    generation: int = 1
    round_id: RoundId | None = None
    team_id: TeamId | None = None
    tip_id: TipId | None = None
    member_id: MemberId | None = None
    signer_key_id: KeyId | None = None
    signature: bytes | None = None
    kdf: str | None = None
    salt: bytes | None = None
    wrapped: Locked | None = None
    not_after: date | None = None
    retired_on: date | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """The seed of `key_id`, for the member who holds `holder_key_id`."""

    key_id: KeyId
    holder_key_id: KeyId
    box: Locked
    granted_by: MemberId | None
    granted_on: date


_OPTIONAL = (
    ("round_id", RoundId),
    ("team_id", TeamId),
    ("tip_id", TipId),
    ("member_id", MemberId),
    ("signer_key_id", KeyId),
    ("wrapped", Locked),
)
_PLAIN = ("public", "verify", "generation", "signature", "kdf", "salt", "not_after", "retired_on")


def insert_key(tx: Tx, row: Key) -> None:
    """Raises `Conflict` when the team has a key of that generation in the round."""
    values = {name: getattr(row, name) for name in (*_PLAIN, *(name for name, _ in _OPTIONAL))}
    tx.execute(insert(key).values(id=row.id, office_id=row.office_id, kind=row.kind, **values))


def get_key(tx: Tx, key_id: KeyId) -> Key:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(key).where(key.c.id == key_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return _key(row)


def team_keys(tx: Tx, round_id: RoundId, team_id: TeamId) -> list[Key]:
    """The team's keys in the round, the highest generation first, retired ones too."""
    of_team = (key.c.round_id == round_id) & (key.c.team_id == team_id) & (key.c.kind == KeyKind.TEAM)
    return _keys(tx, select(key).where(of_team).order_by(key.c.generation.desc()))


def round_team_keys(tx: Tx, round_id: RoundId) -> list[Key]:
    """The keys of all teams of a round, the highest generation of each team first."""
    of_round = select(key).where(key.c.round_id == round_id, key.c.kind == KeyKind.TEAM)
    return _keys(tx, of_round.order_by(key.c.team_id, key.c.generation.desc()))


def present_keys(tx: Tx, round_ids: Collection[RoundId]) -> dict[TeamId, Key]:
    """The key of the highest generation of every team of these rounds that has one."""
    made = select(key).where(key.c.round_id.in_(round_ids), key.c.kind == KeyKind.TEAM)
    return {row.team_id: row for row in _keys(tx, made.order_by(key.c.generation)) if row.team_id is not None}


def subset_keys(tx: Tx, round_id: RoundId, tip_id: TipId) -> list[Key]:
    """The keys made for one tip when a member was recused, the latest first."""
    of_tip = (key.c.round_id == round_id) & (key.c.tip_id == tip_id) & (key.c.kind == KeyKind.SUBSET)
    return _keys(tx, select(key).where(of_tip).order_by(key.c.generation.desc()))


def office_key(tx: Tx, office_id: OfficeId) -> Key | None:
    """The office's signing key of the highest generation."""
    of_office = (key.c.office_id == office_id) & (key.c.kind == KeyKind.OFFICE)
    return next(iter(_keys(tx, select(key).where(of_office).order_by(key.c.generation.desc()).limit(1))), None)


def member_key(tx: Tx, member_id: MemberId) -> Key | None:
    """The member's own key that is not retired."""
    mine = (key.c.member_id == member_id) & (key.c.kind == KeyKind.MEMBER) & key.c.retired_on.is_(None)
    return next(iter(_keys(tx, select(key).where(mine).order_by(key.c.generation.desc()).limit(1))), None)


def own_keys(tx: Tx, office_id: OfficeId) -> dict[MemberId, Key]:
    """What `member_key` gives, of every member of an office who has one."""
    own = (key.c.office_id == office_id) & (key.c.kind == KeyKind.MEMBER) & key.c.retired_on.is_(None)
    rows = _keys(tx, select(key).where(own).order_by(key.c.generation))
    return {row.member_id: row for row in rows if row.member_id is not None}


def member_keys(tx: Tx, member_id: MemberId) -> list[Key]:
    """All own keys the member ever had: what was signed with a lost one stays signed."""
    return _keys(tx, select(key).where(key.c.member_id == member_id, key.c.kind == KeyKind.MEMBER))


def rewrap_member_key(tx: Tx, key_id: KeyId, *, kdf: str, salt: bytes, wrapped: Locked) -> None:
    """The same pair under a new password. Raises `Refused(STALE)` when there is no such key."""
    update_one(tx, update(key).where(key.c.id == key_id).values(kdf=kdf, salt=salt, wrapped=wrapped))


def sign_anew(tx: Tx, key_id: KeyId, signer_key_id: KeyId, signature: bytes) -> None:
    """The same pair, vouched for by another key. Raises `Refused(STALE)` when there is no such key."""
    signed = update(key).where(key.c.id == key_id).values(signer_key_id=signer_key_id, signature=signature)
    update_one(tx, signed)


def retire_key(tx: Tx, key_id: KeyId, on: date) -> None:
    """Raises `Refused(STALE)` when it is retired already."""
    update_one(tx, update(key).where(key.c.id == key_id, key.c.retired_on.is_(None)).values(retired_on=on))


def insert_grant(tx: Tx, row: Grant) -> None:
    """Gives a holder a key, replacing an older grant of the same key."""
    insert_or_replace(
        tx,
        grant,
        key_id=row.key_id,
        holder_key_id=row.holder_key_id,
        box=row.box,
        granted_by=row.granted_by,
        granted_on=row.granted_on,
    )


def granted(
    tx: Tx, holder_key_id: KeyId, team_id: TeamId, tips: Collection[TipId] | None = None
) -> list[tuple[Key, Grant]]:
    """The keys of one team that this holder was given, with the grants. `tips`: of subset keys only those of these."""
    joined = select(key, grant.c.box, grant.c.granted_by, grant.c.granted_on).join(grant, grant.c.key_id == key.c.id)
    mine = joined.where(grant.c.holder_key_id == holder_key_id, key.c.team_id == team_id)
    if tips is not None:
        mine = mine.where(or_(key.c.tip_id.is_(None), key.c.tip_id.in_(tips)))
    return [(_key(row), _grant(row, KeyId(row.id), holder_key_id)) for row in tx.execute(mine.order_by(key.c.id))]


def held_by(tx: Tx, key_ids: Collection[KeyId]) -> list[tuple[KeyId, Key]]:
    """Each of these keys with the own key of everybody who was given it, retired ones too."""
    given = select(key, grant.c.key_id).join(grant, grant.c.holder_key_id == key.c.id)
    rows = tx.execute(given.where(grant.c.key_id.in_(key_ids)).order_by(grant.c.key_id, key.c.id))
    return [(KeyId(row.key_id), _key(row)) for row in rows]


def grants_of(tx: Tx, key_id: KeyId) -> list[Grant]:
    """Everybody who was given this key."""
    return _grants(tx, select(grant).where(grant.c.key_id == key_id).order_by(grant.c.holder_key_id))


def _grants(tx: Tx, query: Select[Any]) -> list[Grant]:
    return [_grant(row, KeyId(row.key_id), KeyId(row.holder_key_id)) for row in tx.execute(query)]


def _grant(row: Row[Any], key_id: KeyId, holder_key_id: KeyId) -> Grant:
    by = None if row.granted_by is None else MemberId(row.granted_by)
    return Grant(key_id, holder_key_id, Locked(row.box), by, row.granted_on)


def _keys(tx: Tx, query: Select[Any]) -> list[Key]:
    return [_key(row) for row in tx.execute(query)]


def _key(row: Row[Any]) -> Key:
    found = row._mapping
    values: dict[str, Any] = {name: found[name] for name in _PLAIN}
    for name, wrap in _OPTIONAL:
        values[name] = None if found[name] is None else wrap(found[name])
    return Key(KeyId(row.id), OfficeId(row.office_id), KeyKind(row.kind), **values)
