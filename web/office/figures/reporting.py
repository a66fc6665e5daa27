"""日报 and 周报 as a page, on paper and as xlsx, out of the board's own count. This file decides nothing."""

from aiohttp import web

from domain.ids import RoundId
from domain.rounds import OFFICE_ROLES
from handlers.office import rounds
from handlers.office.figures.sheets import Sheets
from handlers.office.reporting.making import Asked, Made, make
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.office.figures.public import digest_file
from web.office.figures.volume import BOARDS
from web.office.parts import round_wanted

_HERE = "/office/reports"


def register(app: web.Application) -> None:
    """The reports; after the board, whose figures they take."""
    app.router.add_get(_HERE, _show)
    app.router.add_get(_HERE + "/file", _file)


@needs(*OFFICE_ROLES)
async def _show(request: web.Request) -> web.StreamResponse:
    asked = _asked(request)
    made = await _make(request, asked)
    if made is None:
        return page(request, "office/empty.html", at="reports")
    known = await rounds.list_rounds(services_of(request), session_of(request))
    typed = asked if made.period is None else Asked(str(made.period.first), str(made.period.last))
    wrong = words_for(request, made.refused) if made.refused else ""
    shown = {"made": made, "round": made.sheets.round, "rounds": known, "typed": typed, "wrong": wrong}
    status = 409 if wrong and request.query else 200  # nothing was asked for: then it is no error either
    return page(request, "office/reports.html", status=status, at="reports", **shown)


@needs(*OFFICE_ROLES)
async def _file(request: web.Request) -> web.StreamResponse:
    made = await _make(request, _asked(request))
    if made is None:
        raise web.HTTPNotFound
    if made.digest is None or made.period is None:
        return await _show(request)
    return await digest_file(made.digest, f"{made.digest.title} {made.period.first} {made.period.last}")


async def _make(request: web.Request, asked: Asked) -> Made | None:
    """None as long as the office has no round."""
    services, round_ = services_of(request), await round_wanted(request)
    if round_ is None:
        return None

    async def counted(round_id: RoundId) -> Sheets:
        return await request.app[BOARDS].get(services, round_id)

    return await make(services, session_of(request), counted, round_.id, asked, lang=request.app[LANG])


def _asked(request: web.Request) -> Asked:
    return Asked(request.query.get("from", ""), request.query.get("to", ""))
