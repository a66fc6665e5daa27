"""A team's own matters: who holds its key, giving it to a colleague, and whether the intake seals to the right one."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.errors import Reason, Refused
from domain.ids import KeyId, MemberId, TeamId
from domain.rounds import Role, Team
from handlers.desk.locking.keyring import Held, keys_for, make_grant, team_key
from handlers.desk.locking.recusing import is_recused
from handlers.desk.locking.relocking import LeftBehind, keep_out, left_behind
from handlers.desk.mine import check_mine
from handlers.people import trail
from handlers.people.holders import leavers
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import teams
from storage.people import keys, members
from storage.people.keys import Key
from storage.people.members import Member, MemberState
from storage.store import Tx
from vault.keys import public_half


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the team. `ready`: has a key of their own, so that the team's can be given to them."""

    member_id: MemberId
    name: str
    role: Role
    ready: bool
    has_key: bool


@dataclass(frozen=True, slots=True)
class TeamPage:
    """`fingerprint`: eight groups of four digits of the key that the intake seals to; empty before the round opens.

    `former`: names of those who left and still hold that key, until a director changes it.
    """

    team: Team
    colleagues: tuple[Colleague, ...]
    fingerprint: str
    can_grant: bool
    former: tuple[str, ...]
    behind: LeftBehind


async def read_team(services: DeskServices, session: Session, team_id: TeamId) -> TeamPage:
    """Raises `Refused(UNKNOWN)` for a team that is not mine."""
    check_mine(session, team_id)
    held = {one.key.id for one in await keys_for(services, session, team_id, ())}
    today = services.clock().date()

    def load(tx: Tx) -> TeamPage:
        team = teams.get_team(tx, team_id)
        served = _served(tx, team)
        listed = members.members_of_team(tx, team_id, today)
        gone = leavers(tx, team_id, [served.id] if served else [], today)
        given = {one.holder_key_id for one in keys.grants_of(tx, served.id)} if served else set()
        return TeamPage(
            team,
            tuple(_colleague(tx, one, role, given) for one, role in listed if one.state is not MemberState.DISABLED),
            fingerprint(served.public) if served else "",
            served is not None and served.id in held,
            tuple(one.name for found in gone.values() for one in found),
            left_behind(tx, services, team),
        )

    return await services.store.read(load)


async def grant_key(services: DeskServices, session: Session, team_id: TeamId, member_id: MemberId) -> None:
    """Gives a colleague the team's keys of all generations, and the keys of tips under a lock of their own.

    Not of those that they were recused from; what such a tip of another team brought along is locked first. Only who
    holds a key can give it. Raises `Refused`: UNKNOWN for somebody outside the team, NOT_ALLOWED (`no-key`),
    WRONG_STATE (`not-ready`) for a colleague without a key of their own, and what `change_lock` raises.
    """
    check_mine(session, team_id)
    team = await services.store.read(lambda tx: teams.get_team(tx, team_id))
    await team_key(services, session, team.round_id, team_id)
    held, today = await keys_for(services, session, team_id), services.clock().date()
    holder, given = await services.store.read(lambda tx: _to_give(tx, team_id, member_id, held, today))
    await keep_out(services, session, team_id, member_id)
    rows = [make_grant(services, one.seed, one.key, holder, by=session.member_id, on=today) for one in given]

    def store(tx: Tx) -> None:
        if _to_give(tx, team_id, member_id, held, today)[0].id != holder.id:
            raise Refused(Reason.STALE)
        for row in rows:
            keys.insert_grant(tx, row)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "grant", "member", member_id))

    await services.store.write(store)


def _to_give(tx: Tx, team_id: TeamId, member_id: MemberId, held: list[Held], on: date) -> tuple[Key, list[Held]]:
    """The colleague's own key, and those of mine that may be given to them."""
    if member_id not in {one.id for one, _ in members.members_of_team(tx, team_id, on)}:
        raise Refused(Reason.UNKNOWN)
    holder = keys.member_key(tx, member_id)
    if holder is None or members.get_member(tx, member_id).state is not MemberState.ACTIVE:
        raise Refused(Reason.WRONG_STATE, "not-ready")
    return holder, [one for one in held if not _recused(tx, one.key, member_id)]


async def key_differs(services: DeskServices, session: Session, team_id: TeamId) -> bool:
    """Whether the intake is served another key for my team than the one I hold; noted in the audit once a session."""
    held = await keys_for(services, session, team_id, ())
    if not held:
        return False
    mine = public_half(max(held, key=lambda one: one.key.generation).seed)
    served = await services.store.read(lambda tx: _served(tx, teams.get_team(tx, team_id)))
    if served is not None and (served.public, served.verify) == (mine.public, mine.verify):
        return False
    # Named by team and session, so that a red banner on every page does not fill the audit.
    deed = trail.Deed(session.office_id, session.member_id, "key-differs", "team", team_id + session.token_hash)
    await trail.note_once(services, deed)
    return True


def _served(tx: Tx, team: Team) -> Key | None:
    """The key that the intake seals to: the highest generation."""
    return next(iter(keys.team_keys(tx, team.round_id, team.id)), None)


def _colleague(tx: Tx, one: Member, role: Role, given: Collection[KeyId]) -> Colleague:
    """`given`: the own keys of all who hold the team's."""
    own = keys.member_key(tx, one.id)
    ready = own is not None and one.state is MemberState.ACTIVE
    return Colleague(one.id, one.name, role, ready, own is not None and own.id in given)


def _recused(tx: Tx, key: Key, member_id: MemberId) -> bool:
    return key.tip_id is not None and is_recused(tx, key.office_id, key.tip_id, member_id)


def fingerprint(public: bytes) -> str:
    """Eight groups of four digits that people compare by telephone."""
    digits = str(int.from_bytes(hashlib.sha256(public).digest(), "big"))[:32]
    return " ".join(digits[i : i + 4] for i in range(0, 32, 4))
