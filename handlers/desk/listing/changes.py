"""What changed in a team's queue since a page of it was drawn: ids and figures only, never a word of a tip."""

from dataclasses import dataclass

from domain.ids import TeamId, TipId
from handlers.desk.listing.views import Narrow, ViewName, view_of
from handlers.desk.mine import check_mine
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import queue
from storage.desk.queue import Scope
from storage.office import teams
from storage.store import Tx

AT_ONCE = 200
"""Tips that are named in one answer; the next one goes on from its cursor."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a page shows, and the highest number that stood on the desk when it was drawn."""

    team_id: TeamId
    view: ViewName
    narrow: Narrow
    newest: int


@dataclass(frozen=True, slots=True)
class Changes:
    """`cursor`: the team's count of changes up to here. `new`: tips that came to the view after the page was drawn."""

    cursor: int
    new: int
    tip_ids: tuple[TipId, ...]


async def changes_since(services: DeskServices, session: Session, watch: Watch, since: int) -> Changes:
    """Raises `Refused(UNKNOWN)` for a team that is not mine."""
    check_mine(session, watch.team_id)
    view = view_of(watch.view, session.member_id, services.clock().date())

    def load(tx: Tx) -> Changes:
        round_id = teams.get_team(tx, watch.team_id).round_id
        tip_ids, cursor = queue.changed_since(tx, round_id, watch.team_id, since, AT_ONCE)
        scope = Scope(round_id, watch.team_id, view, watch.narrow.filters)
        return Changes(cursor, queue.count_newer(tx, scope, watch.newest), tuple(tip_ids))

    return await services.store.read(load)
