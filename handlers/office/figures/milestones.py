"""Days of a round that the office names, to be seen on its charts: cards handed out, a notice published."""

from datetime import date, timedelta

from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.words import gist
from handlers.office.rounds import get_round
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import milestones
from storage.office.milestones import Milestone
from storage.store import Tx

LONGEST = 20
"""Characters of a day's words."""

MOST = 12
"""Days of one round: more would cover the chart."""

_NEAR = timedelta(days=400)


async def list_milestones(services: DeskServices, session: Session, round_id: RoundId) -> list[Milestone]:
    """By day. Raises `Refused(UNKNOWN)`."""
    await get_round(services, session, round_id)
    return await services.store.read(lambda tx: milestones.list_milestones(tx, round_id))


async def save_milestone(services: DeskServices, session: Session, round_id: RoundId, on: date, words: str) -> None:
    """Gives a day words, or others than it had.

    Raises `Refused`: UNKNOWN, BAD_INPUT (`milestone-words`, `milestone-day` far from the round, `milestone-many`).
    """
    round_ = await get_round(services, session, round_id)
    named = gist(words, 10 * LONGEST)
    if not named or len(named) > LONGEST:
        raise Refused(Reason.BAD_INPUT, "milestone-words")
    if not round_.opens_at.date() - _NEAR <= on <= round_.closes_at.date() + _NEAR:
        raise Refused(Reason.BAD_INPUT, "milestone-day")

    def write(tx: Tx) -> None:
        known = {one.on for one in milestones.list_milestones(tx, round_id)}
        if len(known | {on}) > MOST:
            raise Refused(Reason.BAD_INPUT, "milestone-many")
        milestones.set_milestone(tx, round_id, Milestone(on, named))
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "milestone", "round", round_id))

    await services.store.write(write)


async def drop_milestone(services: DeskServices, session: Session, round_id: RoundId, on: date) -> None:
    """Takes a day's words away. Raises `Refused(UNKNOWN)`."""
    await get_round(services, session, round_id)

    def write(tx: Tx) -> None:
        milestones.drop_milestone(tx, round_id, on)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "milestone-off", "round", round_id))

    await services.store.write(write)
