"""The office's overview and its rounds as pages. This file decides nothing, and no page of the office shows a tip."""

from collections.abc import Callable

from aiohttp import web

from domain.ids import RoundId
from domain.rounds import OFFICE_ROLES
from handlers.office import rounds
from handlers.office.cards import Press
from web.access import needs, page, services_of, session_of
from web.office import cards as office_cards
from web.office import days as office_days
from web.office import deadlines as office_deadlines
from web.office import duty as office_duty
from web.office import importing as office_import
from web.office import member as office_member
from web.office import members as office_members
from web.office import opening as office_opening
from web.office import plan as office_plan
from web.office import public, reporting, templates_page
from web.office import trail as office_trail
from web.office import volume as office_volume
from web.office import watch as office_watch
from web.office.parts import PRESS, id_of
from web.people import field


def register(app: web.Application, press: Callable[[], Press]) -> None:
    """The office. `press` says what is printed on cards and where links point; asked each time it is needed."""
    app[PRESS] = press
    office_volume.register(app)
    app.router.add_get("/office/rounds", _rounds)
    app.router.add_get("/office/rounds/{round}", _round)
    app.router.add_post("/office/rounds/{round}/texts", _texts)
    office_import.register(app)
    office_members.register(app)
    office_member.register(app)
    office_duty.register(app)
    office_trail.register(app)
    office_plan.register(app)
    office_opening.register(app)
    office_cards.register(app)
    office_days.register(app)
    office_deadlines.register(app)
    templates_page.register(app)
    public.register(app)
    reporting.register(app)
    office_watch.register(app)


@needs(*OFFICE_ROLES)
async def _rounds(request: web.Request) -> web.StreamResponse:
    known = await rounds.list_rounds(services_of(request), session_of(request))
    if not known:
        return page(request, "office/empty.html", at="rounds")
    return page(request, "office/rounds.html", at="rounds", rounds=known)


@needs(*OFFICE_ROLES)
async def _round(request: web.Request) -> web.StreamResponse:
    return await office_opening.show_round(request, 200, saved="saved" in request.query)


@needs(*OFFICE_ROLES)
async def _texts(request: web.Request) -> web.StreamResponse:
    round_id, notice, scope = _id(request), await field(request, "notice"), await field(request, "scope")
    await rounds.set_texts(services_of(request), session_of(request), round_id, notice=notice, scope=scope)
    raise web.HTTPSeeOther(f"/office/rounds/{round_id.hex()}?saved")


def _id(request: web.Request) -> RoundId:
    return RoundId(id_of(request.match_info["round"]))
