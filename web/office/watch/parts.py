"""What these pages share: a round's counts of the last full hour, and the way back to it."""

from aiohttp import web

from domain.ids import RoundId
from handlers.office.figures.sheets import Sheets
from web.access import services_of
from web.office.figures.volume import BOARDS
from web.office.parts import round_wanted


async def sheets_of(request: web.Request, round_id: RoundId) -> Sheets:
    """The round's counts as of the last full hour: nothing moves because somebody tells or somebody looks."""
    return await request.app[BOARDS].get(services_of(request), round_id)


async def back_to_watch(request: web.Request, more: str) -> web.HTTPSeeOther:
    """After a form: 督办 of the round that was looked at, `more` behind its address. Raises 404."""
    round_ = await round_wanted(request)
    return web.HTTPSeeOther(f"/office/watch?round={round_.id.hex() if round_ else ''}{more}")
