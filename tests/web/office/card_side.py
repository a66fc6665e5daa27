"""The batches of the county's own round."""

from handlers.office import cards
from handlers.office.cards import BatchView
from tests.web.desk_site import Site


async def views(site: Site) -> list[BatchView]:
    return await cards.list_batches(site.world.desk, site.world.made.round_id, "zh")
