"""Short ways to a filled queue and to all of its rows."""

from bench.tips import fill
from handlers.desk.listing.queue import At, Row, read_queue
from handlers.desk.listing.views import WHOLE, Narrow, ViewName
from handlers.people.sessions import Session
from tests.world import World


async def all_rows(world: World, me: Session, view: ViewName = ViewName.ALL, narrow: Narrow = WHOLE) -> list[Row]:
    """Every row of a view, page by page."""
    found: list[Row] = []
    at = At(limit=7)
    while True:
        page = await read_queue(world.desk, me, me.teams[0], view, narrow, at=at)
        found += page.rows
        if page.span.after is None:
            return found
        at = At(after=page.span.after, limit=7)


async def filled(world: World, n: int = 40) -> Session:
    await fill(world.house, 1, n)
    return (await world.sign_in("zhou"))[1]
