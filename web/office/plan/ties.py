"""回避申报: every member's own page of ties to places. Nobody else's are shown here."""

from collections.abc import Sequence

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import UnitId
from domain.regions import Relation
from handlers.office.plan import ties
from web.access import needs, page, services_of, session_of
from web.ids import id_of
from web.office.parts import words
from web.people import field

_PATH = "/me/ties"


def register(app: web.Application) -> None:
    app.router.add_get(_PATH, _mine)
    app.router.add_post(_PATH, _declare)
    app.router.add_post(f"{_PATH}/drop", _take_back)


@needs()
async def _mine(request: web.Request) -> web.StreamResponse:
    return await _show(request, 200, request.query.get("find", "").strip())


@needs()
async def _declare(request: web.Request) -> web.StreamResponse:
    unit, relation = await field(request, "unit"), await field(request, "relation")
    try:
        if not unit or relation not in set(Relation):
            raise Refused(Reason.BAD_INPUT, "plan-ties-choose")
        place = UnitId(id_of(unit))
        await ties.declare(services_of(request), session_of(request), place, Relation(relation))
    except Refused as refused:
        return await _show(request, 409, await field(request, "find"), words(request, refused))
    raise web.HTTPSeeOther(f"{_PATH}?saved=declare")


@needs()
async def _take_back(request: web.Request) -> web.StreamResponse:
    place = UnitId(id_of(await field(request, "unit")))
    await ties.take_back(services_of(request), session_of(request), place)
    raise web.HTTPSeeOther(f"{_PATH}?saved=drop")


async def _show(request: web.Request, status: int, wanted: str, wrong: Sequence[str] = ()) -> web.Response:
    services, session = services_of(request), session_of(request)
    found = await ties.find_places(services, session, wanted) if wanted else []
    saved = request.query.get("saved", "")
    shown = {"wanted": wanted, "found": found, "wrong": wrong, "relations": [one.value for one in Relation]}
    declared = await ties.my_ties(services, session)
    return page(
        request, "office/plan_ties.html", status=status, mine=declared,
        saved=saved if saved in ("declare", "drop") else "", **shown,
    )  # fmt: skip
