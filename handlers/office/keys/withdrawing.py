"""Both custodians open what they keep of a team, for one of its members: when nobody of the team can any more."""

import asyncio
from dataclasses import dataclass

from domain.errors import BadSeal, Reason, Refused
from domain.ids import KeyId, OfficeId, new_id
from domain.rounds import Round, Team, TeamKind
from handlers.desk.locking.keyring import make_grant
from handlers.desk.locking.relocking import recused_tips
from handlers.office.keys.escrow import what_is
from handlers.people import trail
from handlers.people.sessions import account_of
from handlers.people.wrapping import open_wrapped, wrapped_of
from handlers.services import DeskServices
from handlers.texts import LANGUAGES, say
from storage.office import reminders, rounds, teams
from storage.office.reminders import Reminder
from storage.people import escrows, keys, members
from storage.people.escrows import Escrow
from storage.people.keys import Key
from storage.people.members import Member, MemberState
from storage.store import Tx
from vault.escrow import withdraw
from vault.keys import Seed


@dataclass(frozen=True, slots=True)
class Chest:
    """What one pair of custodians keeps of a team: its keys, the latest first. `others`: keys that others keep."""

    round: Round
    team: Team
    first: Member
    second: Member
    kept: tuple[tuple[Key, Escrow], ...]
    others: int


async def find(services: DeskServices, office_id: OfficeId, ordinal: int, team: str, generation: int = 0) -> Chest:
    """The chest of a team, named by its ordinal or its name, with the key of `generation` in it (0: the latest).

    Raises `Refused(UNKNOWN)`: `escrow-round`, `escrow-team`, `escrow-none` (nobody keeps anything of it).
    """

    def load(tx: Tx) -> Chest:
        round_, found = _team(tx, office_id, ordinal, team)
        made = keys.team_keys(tx, round_.id, found.id)
        rows = escrows.list_escrows(tx, [key.id for key in made])
        kept = [(key, rows[key.id]) for key in made if key.id in rows]
        wanted = next((row for key, row in kept if generation in (0, key.generation)), None)
        if wanted is None:
            raise Refused(Reason.UNKNOWN, "escrow-none")
        mine = [(key, row) for key, row in kept if _pair(row) == _pair(wanted)]
        first, second = (_owner(tx, keys.get_key(tx, key_id)) for key_id in _pair(wanted))
        return Chest(round_, found, first, second, tuple(mine), len(made) - len(mine))

    return await services.store.read(load)


async def give(
    services: DeskServices, chest: Chest, login: str, words: tuple[str, str], *, lang: str = LANGUAGES[0]
) -> int:  # fmt: skip
    """Gives the chest's keys to a member of that team, by both custodians' passwords, the first one's first; how many.

    The team is told on its desk, in `lang`. Raises `Refused`: UNKNOWN (`escrow-member`) for somebody who is no
    activated member of the team, NOT_ALLOWED (`escrow-recused`) for one who was recused from a tip of theirs,
    (`escrow-custodian`) when a custodian was put out or has another key by now, BAD_SIGN_IN (`escrow-password`),
    WRONG_STATE (`escrow-over`) once the round's secret was destroyed.
    """
    secret = _round_secret(services, chest)
    holder, own = await services.store.read(lambda tx: (_holder(tx, services, chest, login), _own(tx, chest)))
    seeds, on = await _unseal(chest, own, words, secret), services.clock().date()
    given = [make_grant(services, seed, key, holder, by=None, on=on) for key, seed in seeds]

    def write(tx: Tx) -> None:
        if _holder(tx, services, chest, login).id != holder.id:
            raise Refused(Reason.STALE)
        _own(tx, chest)
        for row in given:
            keys.insert_grant(tx, row)
        _tell(tx, services, chest, login, lang)

    await services.store.write(write)
    return len(given)


def _tell(tx: Tx, services: DeskServices, chest: Chest, login: str, lang: str) -> None:
    """In the audit by all three; on the team's desk, for it cannot be prevented that two custodians act alone."""
    member = _member(tx, services, chest, login)
    for who, act in ((chest.first, "escrow-open"), (chest.second, "escrow-open"), (member, "escrow")):
        trail.note(tx, services, trail.Deed(chest.round.office_id, who.id, act, "team", chest.team.id))
    on = services.clock().date()
    body = say(lang, "escrow-told", day=on, name=member.name)
    note = Reminder(new_id(), chest.round.id, chest.team.id, member.id, on, body, urges=False)
    reminders.insert_reminder(tx, note)


def _round_secret(services: DeskServices, chest: Chest) -> bytes:
    """Raises `Refused(WRONG_STATE, "escrow-over")` once it was destroyed."""
    secret = services.secrets.round_secret(chest.round.id)
    if secret is None:
        raise Refused(Reason.WRONG_STATE, "escrow-over")
    return secret


async def _unseal(
    chest: Chest, own: tuple[Key, Key], words: tuple[str, str], secret: bytes
) -> list[tuple[Key, Seed]]:  # fmt: skip
    """Each key of the chest with its seed. Raises `Refused(BAD_SIGN_IN, "escrow-password")`."""
    try:
        both = (await _unlock(words[0], own[0]), await _unlock(words[1], own[1]))
        return [
            (key, withdraw(both, row.box, secret, what_is(row, key, chest.round.id, chest.team), public=key.public))
            for key, row in chest.kept
        ]
    except BadSeal:
        raise Refused(Reason.BAD_SIGN_IN, "escrow-password") from None


async def _unlock(password: str, own: Key) -> Seed:
    """A custodian's seed. Raises `BadSeal` for a wrong password."""
    return await asyncio.to_thread(open_wrapped, password, wrapped_of(own))


def _team(tx: Tx, office_id: OfficeId, ordinal: int, name: str) -> tuple[Round, Team]:
    """The latest round of that ordinal, and its team by ordinal or name."""
    round_ = next((row for row in rounds.list_rounds(tx, office_id) if row.ordinal == ordinal), None)
    if round_ is None:
        raise Refused(Reason.UNKNOWN, "escrow-round")
    for team in teams.list_teams(tx, round_.id):
        if name == team.name or (team.kind is TeamKind.TEAM and name == str(team.ordinal)):
            return round_, team
    raise Refused(Reason.UNKNOWN, "escrow-team")


def _pair(row: Escrow) -> tuple[KeyId, KeyId]:
    return row.first_key_id, row.second_key_id


def _own(tx: Tx, chest: Chest) -> tuple[Key, Key]:
    """The custodians' own keys. Raises `Refused(NOT_ALLOWED, "escrow-custodian")` unless both are there and active."""
    first, second = (keys.get_key(tx, one) for one in _pair(chest.kept[0][1]))
    if any(key.retired_on or _owner(tx, key).state is not MemberState.ACTIVE for key in (first, second)):
        raise Refused(Reason.NOT_ALLOWED, "escrow-custodian")
    return first, second


def _owner(tx: Tx, key: Key) -> Member:
    if key.member_id is None:
        raise Refused(Reason.UNKNOWN, "escrow-none")
    return members.get_member(tx, key.member_id)


def _holder(tx: Tx, services: DeskServices, chest: Chest, login: str) -> Key:
    """The own key of whoever is to be given the team's."""
    member = _member(tx, services, chest, login)
    key = keys.member_key(tx, member.id) if member.state is MemberState.ACTIVE else None
    if key is None:
        raise Refused(Reason.UNKNOWN, "escrow-member")
    if recused_tips(tx, chest.round.office_id, chest.team.id, member.id):
        raise Refused(Reason.NOT_ALLOWED, "escrow-recused")
    return key


def _member(tx: Tx, services: DeskServices, chest: Chest, login: str) -> Member:
    """Whoever of the team signs in by that name."""
    today = services.clock().date()
    there = {one.login: one for one, _ in members.members_of_team(tx, chest.team.id, today)}
    member = there.get(account_of(login))
    if member is None:
        raise Refused(Reason.UNKNOWN, "escrow-member")
    return member
