"""Keys that an opening makes: the office's own, and one for each team, signed by the office. No seed is kept here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from domain.errors import Reason, Refused
from domain.ids import KeyId, MemberId, OfficeId, new_id
from domain.rounds import Role, Round, Team
from handlers.desk.locking import keyring
from handlers.intake.recipients import statement_of
from handlers.office.keys import escrow
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import offices, planned, teams
from storage.people import keys, members
from storage.people.escrows import Escrow
from storage.people.keys import Grant, Key, KeyKind
from storage.people.members import Member, MemberState
from storage.store import Tx
from vault.keys import PublicHalf, Seed, new_seed, public_half, sign_statement

Made = tuple[Key, list[Grant], Escrow | None]
"""A team's key, who is given it, and what the custodians keep of it."""


async def office_signer(services: DeskServices, session: Session) -> tuple[Key, Seed]:
    """The office's signing key, made when the first round opens.

    Raises `Refused(NOT_ALLOWED)`: `no-office-key` when it was not granted to you, `office-key` when the database names
    another.
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
        for holder in directors(tx, session.office_id, today).values():
            keys.insert_grant(tx, keyring.make_grant(services, seed, key, holder, by=session.member_id, on=today))
        offices.set_verify_key(tx, session.office_id, half.verify)

    await services.store.write(write)
    return key, seed


async def team_keys(
    services: DeskServices, session: Session, round_: Round, office_key: Key, office_seed: Seed
) -> list[Made]:
    """A key for each team of the round; nothing is stored yet. R of the round must be there."""
    today = services.clock().date()

    def load(tx: Tx) -> tuple[list[tuple[Team, list[Key]]], escrow.Pair | None]:
        seated, own = planned.people_by_team(tx, round_.office_id, today), keys.own_keys(tx, round_.office_id)
        held = [(team, able_holders(seated.get(team.id, ()), own)) for team in teams.list_teams(tx, round_.id)]
        return held, escrow.pair_for(tx, round_, today)

    held, pair = await services.store.read(load)
    made = []
    for team, holders in held:
        seed = new_seed()
        key = signed_key(round_, team, office_key.id, office_seed, half=public_half(seed))
        grants = [keyring.make_grant(services, seed, key, holder, by=session.member_id, on=today) for holder in holders]
        made.append((key, grants, escrow.keep(services, seed, key, team, pair)))
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


def able_holders(seated: Iterable[tuple[Member, Role]], own: Mapping[MemberId, Key]) -> list[Key]:
    """Each once, the own keys of those who have activated theirs: a second factor was confirmed."""
    active = (one.id for one, _ in seated if one.state is MemberState.ACTIVE)
    return [own[member_id] for member_id in dict.fromkeys(active) if member_id in own]


def directors(tx: Tx, office_id: OfficeId, on: date) -> dict[MemberId, Key]:
    """The own keys of the directors who activated theirs."""
    seated = [one for one in members.members_of_office(tx, office_id, on) if one[1] is Role.DIRECTOR]
    held = able_holders(seated, keys.own_keys(tx, office_id))
    return {own.member_id: own for own in held if own.member_id is not None}
