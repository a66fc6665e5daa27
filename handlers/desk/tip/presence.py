"""Who else looks at a tip, and whether it is still as I saw it. It locks nobody out: a closed laptop is soon forgotten.

A page's own line writes this, never the page: what a look at a page changes is the audit alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from domain.ids import TipId
from handlers.desk.locking.standing import Standing, stand
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import presence
from storage.intake import boxes
from storage.people import members
from storage.store import Tx

STALE = timedelta(seconds=30)
"""How long somebody who says nothing more counts as there."""


@dataclass(frozen=True, slots=True)
class Glance:
    """How a tip stands: its version, the number of its next message, and the names of others who look at it."""

    version: int
    next_seq: int
    others: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What changes whenever the tip does; who looks is no part of it."""
        return f"{self.version}.{self.next_seq}"


async def glance(services: DeskServices, session: Session, tip_id: TipId) -> Glance:
    """A look that is not written down: it opens nothing. Raises what `stand` raises."""
    standing = await stand(services, session, tip_id)
    return await services.store.read(lambda tx: glance_of(tx, services, session, standing))


def glance_of(tx: Tx, services: DeskServices, session: Session, standing: Standing) -> Glance:
    tip, since = standing.tip, services.clock() - STALE
    there = presence.present_since(tx, tip.round_id, tip.id, since)
    others = tuple(members.get_member(tx, one).name for one in there if one != session.member_id)
    return Glance(standing.work.version, boxes.next_seq(tx, tip.round_id, tip.id), others)


async def be_there(services: DeskServices, session: Session, tip_id: TipId) -> None:
    """Writes that I look at the tip. Raises what `stand` raises, `CannotStore`."""
    tip, now = (await stand(services, session, tip_id)).tip, services.clock()

    def store(tx: Tx) -> None:
        presence.drop_before(tx, now - STALE)
        presence.note_presence(tx, tip.round_id, tip.id, session.member_id, now)

    await services.store.write(store)
