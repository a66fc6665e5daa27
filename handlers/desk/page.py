"""All that a tip's page shows: the tip, its place in the list, who else looks, and what I may not do to it."""

from dataclasses import dataclass

from domain.ids import MemberId, TipId
from domain.rules import RULES
from domain.tips import Action
from handlers.desk.listing.neighbours import List, Neighbours, neighbours_of
from handlers.desk.locking.standing import Standing, stand
from handlers.desk.moves.acting import handlers_of
from handlers.desk.tip.history import Deed, wordless
from handlers.desk.tip.presence import Glance, glance_of
from handlers.desk.tip.relations import Hanging, Relations, hanging, relations_of
from handlers.desk.tip.since import Seen, seen_now
from handlers.desk.tip.thread import OpenTip, open_tip
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import canned
from storage.desk.canned import CannedReply
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class TipPage:
    """`own_work`: moves that would approve what I did myself. `silent`: see `history.wordless`."""

    tip: OpenTip
    beside: Neighbours
    glance: Glance
    seen: Seen
    silent: tuple[tuple[int, Deed], ...]
    own_work: frozenset[Action]
    repeat_of: Hanging | None
    split_from: Hanging | None
    relations: Relations
    canned: tuple[CannedReply, ...]


async def open_page(services: DeskServices, session: Session, tip_id: TipId, part: List) -> TipPage:
    """Opens the tip, which is written down. `part`: the list that it was opened from. Raises what `stand` raises."""
    standing = await stand(services, session, tip_id)
    # Before the tip is read: what comes in between is announced once too often rather than never.
    marks = await services.store.read(lambda tx: (glance_of(tx, services, session, standing), seen_now(tx, standing)))
    tip, today = await open_tip(services, session, tip_id), services.clock().date()

    def load(tx: Tx) -> TipPage:
        return _load(tx, session, tip, marks, neighbours_of(tx, tip.standing, part, session.member_id, today))

    return await services.store.read(load)


def _load(tx: Tx, session: Session, tip: OpenTip, marks: tuple[Glance, Seen], beside: Neighbours) -> TipPage:
    standing, (glance, seen) = tip.standing, marks
    repeat_of, split_from = standing.work.repeat_of, standing.work.split_from
    return TipPage(
        tip=tip,
        beside=beside,
        glance=glance,
        seen=seen,
        silent=wordless(tx, standing),
        own_work=_own_work(tx, standing, session.member_id),
        repeat_of=hanging(tx, session, standing.round.id, repeat_of) if repeat_of else None,
        split_from=hanging(tx, session, standing.round.id, split_from) if split_from else None,
        relations=relations_of(tx, session, standing),
        canned=tuple(canned.list_replies(tx, standing.team.id)),
    )


def _own_work(tx: Tx, standing: Standing, me: MemberId) -> frozenset[Action]:
    """As `rules.check` will say when I try."""
    return frozenset(action for action in RULES if me in handlers_of(tx, standing, action))
