"""A director opens a round: every team gets a key, signed by the office, sealed to its members, and then forgotten."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.errors import Reason, Refused
from domain.ids import KeyId, MemberId, OfficeId, RoundId, new_id
from domain.rounds import Role, Round, RoundState, Team, TeamKind
from handlers.desk import keyring
from handlers.intake.recipients import statement_of
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage import keys, members, offices, rounds, teams
from storage.keys import Grant, Key, KeyKind
from storage.members import MemberState
from storage.store import Tx
from vault.keys import PublicHalf, Seed, new_seed, public_half, sign_statement

LEAST_HOLDERS = {TeamKind.TEAM: 1, TeamKind.RECUSAL: 2, TeamKind.UNROUTED: 1}
"""Members with an activated key that a team needs before its round can open."""

_COUNTED = frozenset({MemberState.INVITED, MemberState.ACTIVE})


@dataclass(frozen=True, slots=True)
class Readiness:
    """One team: how many of its members hold its key, or could when the round opens, and whether they are enough."""

    team: Team
    members: int
    able: int

    @property
    def lacking(self) -> int:
        """How many more are needed before the round can open."""
        return max(0, LEAST_HOLDERS[self.team.kind] - self.able)

    @property
    def is_ready(self) -> bool:
        return self.lacking == 0


async def readiness(services: DeskServices, round_id: RoundId) -> list[Readiness]:
    """The check list of a round, one line a team; members who were put out count nowhere."""
    today = services.clock().date()

    def load(tx: Tx) -> list[Readiness]:
        lines = []
        for team in teams.list_teams(tx, round_id):
            there = {one.id for one, _ in members.members_of_team(tx, team.id, today) if one.state in _COUNTED}
            lines.append(Readiness(team, len(there), _able(tx, team, today)))
        return lines

    return await services.store.read(load)


async def open_round(services: DeskServices, session: Session, round_id: RoundId) -> None:
    """Makes and signs the keys of all teams, hands the intake what it needs, and opens the round.

    Raises `Refused`: NOT_ALLOWED to anybody but a director who holds the office key (`director-only`,
    `no-office-key`, `office-key`), WRONG_STATE when the round is not planned (`round-not-planned`), its window has
    ended (`window-over`), or a team lacks members who could read (`team-not-ready`).
    """
    round_ = await _mine(services, session, round_id)
    await _check_openable(services, round_)
    office_key, office_seed = await office_signer(services, session)
    pepper = services.secrets.new_round(round_id)  # with it comes R, which wraps the grants
    made = await _team_keys(services, session, round_, office_key, office_seed)
    services.intake.pin_office(session.office_id, public_half(office_seed).verify)
    services.intake.put_pepper(round_id, pepper)

    def write(tx: Tx) -> None:
        for key, grants in made:
            keys.insert_key(tx, key)
            for grant in grants:
                keys.insert_grant(tx, grant)
        rounds.set_round_state(tx, round_id, RoundState.OPEN, before=round_.version)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "open", "round", round_id))

    await services.store.write(write)


async def _check_openable(services: DeskServices, round_: Round) -> None:
    if round_.state is not RoundState.PLANNED:
        raise Refused(Reason.WRONG_STATE, "round-not-planned")
    if services.clock() >= round_.closes_at:
        raise Refused(Reason.WRONG_STATE, "window-over")
    if not all(line.is_ready for line in await readiness(services, round_.id)):
        raise Refused(Reason.WRONG_STATE, "team-not-ready")


async def close_round(services: DeskServices, session: Session, round_id: RoundId) -> None:
    """No new tip from now on; drafts under way are still taken, flagged late. Raises `Refused`."""
    round_ = await _mine(services, session, round_id)
    if round_.state is not RoundState.OPEN:
        raise Refused(Reason.WRONG_STATE, "round-not-open")

    def write(tx: Tx) -> None:
        rounds.set_round_state(tx, round_id, RoundState.CLOSED, before=round_.version)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "close", "round", round_id))

    await services.store.write(write)


async def _mine(services: DeskServices, session: Session, round_id: RoundId) -> Round:
    """The round, to a director of its office. Raises `Refused`."""
    if Role.DIRECTOR not in session.roles:
        raise Refused(Reason.NOT_ALLOWED, "director-only")
    round_ = await services.store.read(lambda tx: rounds.get_round(tx, round_id))
    if round_.office_id != session.office_id:
        raise Refused(Reason.UNKNOWN)
    return round_


async def office_signer(services: DeskServices, session: Session) -> tuple[Key, Seed]:
    """The office's signing key, made when the first round opens.

    Raises `Refused` when it was not granted to you, or when the database names another (`office-key`).
    """
    key = await services.store.read(lambda tx: keys.office_key(tx, session.office_id))
    if key is None:
        return await _make_office_key(services, session)
    office_key = key
    grants = await services.store.read(lambda tx: keys.grants_of(tx, office_key.id))
    mine = next((grant for grant in grants if grant.holder_key_id == session.key_id), None)
    if mine is None:
        raise Refused(Reason.NOT_ALLOWED, "no-office-key")
    seed = keyring.open_held(services, session, office_key, mine).seed
    if public_half(seed).verify != office_key.verify:
        deed = trail.Deed(session.office_id, session.member_id, "office-key-differs", "key", office_key.id)
        await trail.note_once(services, deed)
        raise Refused(Reason.NOT_ALLOWED, "office-key")
    return office_key, seed


async def _make_office_key(services: DeskServices, session: Session) -> tuple[Key, Seed]:
    seed, today = new_seed(), services.clock().date()
    half = public_half(seed)
    key = Key(KeyId(new_id()), session.office_id, KeyKind.OFFICE, half.public, half.verify)

    def write(tx: Tx) -> None:
        keys.insert_key(tx, key)
        for holder in _directors(tx, session.office_id, today):
            keys.insert_grant(tx, keyring.make_grant(services, seed, key, holder, by=session.member_id, on=today))
        offices.set_verify_key(tx, session.office_id, half.verify)

    await services.store.write(write)
    return key, seed


async def _team_keys(
    services: DeskServices, session: Session, round_: Round, office_key: Key, office_seed: Seed
) -> list[tuple[Key, list[Grant]]]:
    today = services.clock().date()

    def load(tx: Tx) -> list[tuple[Team, list[Key]]]:
        return [(team, able_holders(tx, team, today)) for team in teams.list_teams(tx, round_.id)]

    made = []
    for team, holders in await services.store.read(load):
        seed = new_seed()
        key = signed_key(round_, team, office_key.id, office_seed, half=public_half(seed))
        grants = [keyring.make_grant(services, seed, key, holder, by=session.member_id, on=today) for holder in holders]
        made.append((key, grants))
    return made


def signed_key(
    round_: Round, team: Team, office_key_id: KeyId, office_seed: Seed, *, half: PublicHalf, generation: int = 1
) -> Key:
    """A key of the team as the office vouches for it, until the round's words are to be destroyed."""
    key = Key(
        id=KeyId(new_id()),
        office_id=round_.office_id,
        kind=KeyKind.TEAM,
        public=half.public,
        verify=half.verify,
        generation=generation,
        round_id=round_.id,
        team_id=team.id,
        signer_key_id=office_key_id,
        not_after=round_.closes_at.date() + timedelta(days=round_.retention_days),
    )
    return replace(key, signature=sign_statement(office_seed, statement_of(key)))


def able_holders(tx: Tx, team: Team, on: date) -> list[Key]:
    """Keys of the team's members who have activated theirs."""
    found = [keys.member_key(tx, one.id) for one, _ in members.members_of_team(tx, team.id, on) if _is_able(one.state)]
    return list({key.id: key for key in found if key is not None}.values())


def _able(tx: Tx, team: Team, on: date) -> int:
    """Members who have activated their key and, once the team has a key of its own, were given that."""
    holders, made = able_holders(tx, team, on), keys.team_keys(tx, team.round_id, team.id)
    if not made:
        return len(holders)
    given = {one.holder_key_id for one in keys.grants_of(tx, made[0].id)}
    return sum(key.id in given for key in holders)


def _directors(tx: Tx, office_id: OfficeId, on: date) -> list[Key]:
    able: list[MemberId] = [
        one.id
        for one, role in members.members_of_office(tx, office_id, on)
        if role is Role.DIRECTOR and _is_able(one.state)
    ]
    return [key for member_id in able if (key := keys.member_key(tx, member_id)) is not None]


def _is_able(state: MemberState) -> bool:
    return state is MemberState.ACTIVE
