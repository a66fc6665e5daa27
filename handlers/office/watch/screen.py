"""The address of a big screen: whoever has it sees the progress wall and nothing else. Only its hash is stored."""

import hashlib
import hmac
import secrets

from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.rounds import RoundState
from handlers.intake.admission import the_office
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage import offices, rounds
from storage.store import Tx

_SETTING = "screen"
_SHOWN = (RoundState.OPEN, RoundState.CLOSED)


async def make_address(services: DeskServices, session: Session) -> str:
    """The token of a fresh address, shown once; an older one ends."""
    token = secrets.token_urlsafe(32)
    await services.store.write(lambda tx: _set(tx, services, session, "make-screen", _hash(token)))
    return token


async def drop_address(services: DeskServices, session: Session) -> None:
    """No screen shows the wall by itself any more."""
    await services.store.write(lambda tx: _set(tx, services, session, "drop-screen", ""))


async def has_address(services: DeskServices, session: Session) -> bool:
    """Whether one is in use."""
    office = await services.store.read(lambda tx: offices.get_office(tx, session.office_id))
    return bool(office.settings.get(_SETTING))


async def shown_round(services: DeskServices, token: str) -> RoundId:
    """The round that a screen with this token shows: the open one, else the latest that has ended.

    Raises `Refused(UNKNOWN)`.
    """

    def load(tx: Tx) -> RoundId:
        office = offices.get_office(tx, the_office(tx))
        if not hmac.compare_digest(str(office.settings.get(_SETTING, "")), _hash(token)):
            raise Refused(Reason.UNKNOWN)
        known = [row for state in _SHOWN for row in rounds.list_rounds(tx, office.id) if row.state is state]
        if not known:
            raise Refused(Reason.UNKNOWN)
        return known[0].id

    return await services.store.read(load)


def _set(tx: Tx, services: DeskServices, session: Session, act: str, value: str) -> None:
    settings = offices.get_office(tx, session.office_id).settings
    offices.set_settings(tx, session.office_id, {**settings, _SETTING: value})
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "office", session.office_id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
