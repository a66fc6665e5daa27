"""推磨式 as a page: choose counties and step, look who goes where, then take it as the plan."""

from collections.abc import Sequence

from aiohttp import web

from domain.errors import Refused
from domain.ids import UnitId
from domain.rounds import OFFICE_ROLES, RoundState
from handlers.office.plan import rotation
from web.access import needs, page, services_of, session_of
from web.ids import id_of
from web.office.parts import round_id, whole, words
from web.people import field

_PATH = "/office/rounds/{round}/rotation"


def register(app: web.Application) -> None:
    app.router.add_get(_PATH, _look)
    app.router.add_post(_PATH, _adopt)


@needs(*OFFICE_ROLES)
async def _look(request: web.Request) -> web.StreamResponse:
    chosen = [UnitId(id_of(text)) for text in request.query.getall("county", [])]
    return await _show(request, 200, whole(request.query.get("step", "")), chosen)


@needs(*OFFICE_ROLES)
async def _adopt(request: web.Request) -> web.StreamResponse:
    step, digest = whole(await field(request, "step")), await field(request, "digest")
    chosen = [UnitId(id_of(str(text))) for text in (await request.post()).getall("county", [])]
    services, session, here = services_of(request), session_of(request), round_id(request)
    try:
        await rotation.adopt(services, session, here, digest, step=step, chosen=chosen)
    except Refused as refused:
        return await _show(request, 409, step, chosen, words(request, refused))
    raise web.HTTPSeeOther(f"/office/rounds/{here.hex()}/assignment?saved")


async def _show(
    request: web.Request, status: int, step: int, chosen: Sequence[UnitId], wrong: Sequence[str] = ()
) -> web.Response:  # fmt: skip
    services, session = services_of(request), session_of(request)
    found = await rotation.propose(services, session, round_id(request), step=step, chosen=chosen)
    planned = found.round.state is RoundState.PLANNED
    return page(
        request, "office/plan_rotation.html", status=status, at="rounds", round=found.round, found=found,
        planned=planned, wrong=wrong,
    )  # fmt: skip
