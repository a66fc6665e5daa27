"""The address of a big screen: whoever has it sees one round's wall and nothing else. Only its hash is stored."""

import hashlib
import hmac
import secrets

from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.rounds import Role, Round, RoundState
from handlers.intake.admission import the_office
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import offices, rounds
from storage.store import Tx

_SETTING, _ROUND = "screen", "screen_round"


async def make_address(services: DeskServices, session: Session, round_: Round) -> str:
    """The token of a fresh address of this round's wall, shown once; an older one ends.

    Raises `Refused`: NOT_ALLOWED (`director-only`), UNKNOWN for a round that is being planned or of another office.
    """
    if Role.DIRECTOR not in session.roles:
        raise Refused(Reason.NOT_ALLOWED, "director-only")
    if round_.state is RoundState.PLANNED or round_.office_id != session.office_id:
        raise Refused(Reason.UNKNOWN)
    token = secrets.token_urlsafe(32)
    await services.store.write(lambda tx: _set(tx, services, session, "make-screen", (_hash(token), round_.id.hex())))
    return token


async def drop_address(services: DeskServices, session: Session) -> None:
    """No screen shows the wall by itself any more. Nothing happens when none did."""

    def write(tx: Tx) -> None:
        if offices.get_office(tx, session.office_id).settings.get(_SETTING):
            _set(tx, services, session, "drop-screen", ("", ""))

    await services.store.write(write)


async def round_on_screen(services: DeskServices, session: Session) -> Round | None:
    """The round whose wall the address in use shows; None without one."""

    def load(tx: Tx) -> Round | None:
        shown = offices.get_office(tx, session.office_id).settings.get(_ROUND)
        return rounds.get_round(tx, RoundId(bytes.fromhex(str(shown)))) if shown else None

    return await services.store.read(load)


async def shown_round(services: DeskServices, token: str) -> RoundId:
    """The round that the address with this token was made for. Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> RoundId:
        settings = offices.get_office(tx, the_office(tx)).settings
        shown = str(settings.get(_ROUND, ""))
        if not hmac.compare_digest(str(settings.get(_SETTING, "")), _hash(token)) or not shown:
            raise Refused(Reason.UNKNOWN)
        return RoundId(bytes.fromhex(shown))

    return await services.store.read(load)


def _set(tx: Tx, services: DeskServices, session: Session, act: str, screen: tuple[str, str]) -> None:
    """`screen`: the hash of its token, and the id of its round in hex; two empty words for none."""
    settings = offices.get_office(tx, session.office_id).settings
    offices.set_settings(tx, session.office_id, {**settings, _SETTING: screen[0], _ROUND: screen[1]})
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "office", session.office_id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
