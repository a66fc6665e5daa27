"""What two custodians keep: every team's key but the recusal team's, made with the key, opened by both of them.

Custodians are named by a director. The recusal team's key is kept from them: the office would choose its readers.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ids import KeyId, OfficeId, RoundId
from domain.rounds import Role, Round, Team, TeamKind
from handlers.people.seats import CUSTODIANS
from handlers.services import DeskServices
from storage.people import escrows, keys, members
from storage.people.escrows import Escrow
from storage.people.keys import Key
from storage.people.members import Member, MemberState
from storage.store import Tx
from vault.escrow import Deposit, deposit
from vault.keys import Seed
from vault.seal import Holder

Pair = tuple[Key, Key]
"""The own keys of the two custodians, in the order of their sign-in names."""


class Kept(StrEnum):
    """What is kept of a team's present key."""

    KEPT = "kept"
    FORMER = "former"  # by custodians who are others now, or have a new key of their own
    NONE = "none"
    WAIVED = "waived"
    NEVER = "never"  # the recusal team's


@dataclass(frozen=True, slots=True)
class Custodian:
    """Somebody named a custodian. `key` None: their invite is not taken up yet."""

    member: Member
    key: Key | None

    @property
    def is_able(self) -> bool:
        return self.key is not None and self.member.state is MemberState.ACTIVE


def custodians(tx: Tx, office_id: OfficeId, on: date) -> list[Custodian]:
    """Those named and not put out, by sign-in name."""
    named = [one for one, role in members.members_of_office(tx, office_id, on) if role is Role.CUSTODIAN]
    return [Custodian(one, keys.member_key(tx, one.id)) for one in named if one.state is not MemberState.DISABLED]


def pair_for(tx: Tx, round_: Round, on: date) -> Pair | None:
    """The two whom the keys of a round are made for; None when it was waived, or they are not there yet."""
    able = [one.key for one in custodians(tx, round_.office_id, on) if one.is_able and one.key is not None]
    if round_.escrow_waived or len(able) != CUSTODIANS:
        return None
    return able[0], able[1]


def keep(services: DeskServices, seed: Seed, key: Key, team: Team, pair: Pair | None) -> Escrow | None:
    """What the pair keeps of a team's key; to be stored with it."""
    secret = services.secrets.round_secret(team.round_id)
    if pair is None or secret is None or team.kind is TeamKind.RECUSAL:
        return None
    first, second = pair
    what = Deposit(key.office_id, team.round_id, team.id, key.id, first.id, second.id)
    box = deposit(seed, Holder(first.id, first.public), Holder(second.id, second.public), secret, what)
    return Escrow(key.id, first.id, second.id, box, services.clock().date())


def what_is(row: Escrow, key: Key, round_id: RoundId, team: Team) -> Deposit:
    """What a stored box is bound to."""
    return Deposit(key.office_id, round_id, team.id, key.id, row.first_key_id, row.second_key_id)


def kept_of(tx: Tx, round_: Round, made: Collection[tuple[Team, Key]], on: date) -> dict[KeyId, Kept]:
    """How it stands with the present keys of teams."""
    rows, pair = escrows.list_escrows(tx, [key.id for _, key in made]), pair_for(tx, round_, on)
    return {key.id: _kept(round_, team, rows.get(key.id), pair) for team, key in made}


def _kept(round_: Round, team: Team, row: Escrow | None, pair: Pair | None) -> Kept:
    if team.kind is TeamKind.RECUSAL:
        return Kept.NEVER
    if row is None:
        return Kept.WAIVED if round_.escrow_waived else Kept.NONE
    mine = {row.first_key_id, row.second_key_id}
    return Kept.KEPT if pair and {one.id for one in pair} == mine else Kept.FORMER
