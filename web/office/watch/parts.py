"""What these pages share: which round is meant, and its counts of the last full hour."""

from aiohttp import web

from domain.ids import RoundId
from domain.rounds import Round
from handlers.office import rounds
from handlers.office.figures.sheets import Sheets
from web.access import services_of, session_of
from web.office.parts import id_of
from web.office.volume import BOARDS


async def chosen_round(request: web.Request) -> Round | None:
    """The round that `?round=` names, else the one the office works on; None without any. Raises `Refused(UNKNOWN)`."""
    services, session = services_of(request), session_of(request)
    if "round" in request.query:
        return await rounds.get_round(services, session, RoundId(id_of(request.query["round"])))
    return await rounds.current_round(services, session)


async def sheets_of(request: web.Request, round_id: RoundId) -> Sheets:
    """The round's counts as of the last full hour: nothing moves because somebody tells or somebody looks."""
    return await request.app[BOARDS].get(services_of(request), round_id)
