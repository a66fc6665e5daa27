"""The tips before and after one, in the part of the queue it was opened from: reading on without going back."""

from dataclasses import dataclass
from datetime import date

from domain.ids import MemberId, TipId
from handlers.desk.listing.headers import Page, next_entries
from handlers.desk.listing.views import WHOLE, Narrow, ViewName, view_of
from handlers.desk.locking.standing import Standing
from storage.desk import queue
from storage.desk.neighbours import Place, place_in
from storage.desk.queue import Scope
from storage.desk.work import position
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class List:
    """The part of a team's queue that a tip was opened from."""

    view: ViewName = ViewName.ALL
    narrow: Narrow = WHOLE


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`place` is None for a tip that left the list, and where no count knows; its neighbours are there all the same."""

    place: Place | None
    previous: TipId | None
    next: TipId | None


def neighbours_of(tx: Tx, standing: Standing, part: List, me: MemberId, today: date) -> Neighbours:
    """By the queue's own order; what only sealed headers say is looked up as far as the queue looks."""
    row, narrow = standing.work, part.narrow
    scope = Scope(row.round_id, row.team_id, view_of(part.view, me, today), narrow.filters)

    def one(page: Page) -> TipId | None:
        found = next_entries(tx, standing.held, page, position(row), identity=narrow.identity, limit=1).entries
        return found[0][0].work.tip_id if found else None

    return Neighbours(
        place_in(tx, scope, row) if narrow.identity is None else None,
        one(lambda start, limit: queue.list_page(tx, scope, before=start, limit=limit)),
        one(lambda start, limit: queue.list_page(tx, scope, after=start, limit=limit)),
    )
