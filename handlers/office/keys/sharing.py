"""The office's signing key goes from director to director: whoever holds it gives it, and nobody else can."""

from dataclasses import dataclass
from datetime import date

from domain.errors import Reason, Refused
from domain.ids import MemberId, OfficeId
from handlers.desk.locking import keyring
from handlers.office.keys.opening_keys import directors, office_signer
from handlers.people import seats, trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.people import keys, members
from storage.people.keys import Key
from storage.people.members import Member
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Signing:
    """Whether one director could sign. `can_give`: they could not, and I hold the key."""

    has_key: bool
    can_give: bool


async def read_signing(services: DeskServices, session: Session, member_id: MemberId) -> Signing | None:
    """None for whoever is no director who signed up, and as long as no key was made."""

    def load(tx: Tx) -> Signing | None:
        holds = _holding(tx, session.office_id, services.clock().date())
        if member_id not in holds:
            return None
        return Signing(holds[member_id], not holds[member_id] and holds.get(session.member_id, False))

    return await services.store.read(load)


async def give_office_key(services: DeskServices, session: Session, member_id: MemberId) -> None:
    """Raises `Refused`: NOT_ALLOWED (`director-only`, `no-office-key`, `office-key`), UNKNOWN for whoever is no
    director who signed up, STALE when they got another key of their own meanwhile.
    """
    today = services.clock().date()

    def receiver(tx: Tx) -> Key:
        seats.require_director(tx, services, session.member_id)
        if member_id not in _holding(tx, session.office_id, today):
            raise Refused(Reason.UNKNOWN)
        return directors(tx, session.office_id, today)[member_id]

    holder = await services.store.read(receiver)
    key, seed = await office_signer(services, session)
    row = keyring.make_grant(services, seed, key, holder, by=session.member_id, on=today)

    def write(tx: Tx) -> None:
        if receiver(tx).id != holder.id:
            raise Refused(Reason.STALE)
        if _holding(tx, session.office_id, today)[member_id]:
            return  # a colleague was faster
        keys.insert_grant(tx, row)
        _note(tx, services, session, member_id)

    await services.store.write(write)


def _note(tx: Tx, services: DeskServices, session: Session, member_id: MemberId) -> None:
    deed = trail.Deed(session.office_id, session.member_id, "give-office-key", "member", member_id)
    trail.note(tx, services, deed)


def lacking(tx: Tx, office_id: OfficeId, on: date) -> list[Member]:
    """Directors who signed up and could not sign."""
    return [members.get_member(tx, one) for one, holds in _holding(tx, office_id, on).items() if not holds]


def _holding(tx: Tx, office_id: OfficeId, on: date) -> dict[MemberId, bool]:
    """Of every director who signed up whether they hold the office's key; nobody before there is one."""
    key = keys.office_key(tx, office_id)
    if key is None:
        return {}
    given = {grant.holder_key_id for grant in keys.grants_of(tx, key.id)}
    return {member_id: own.id in given for member_id, own in directors(tx, office_id, on).items()}
