"""The office's rounds as pages: all of them, one of them, and the texts that it shows to people."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.rounds import OFFICE_ROLES
from handlers.office import rounds
from handlers.office.cards import why_unprintable
from handlers.office.rounds import wording
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of
from web.office.opening import show_round
from web.office.parts import round_id, whole
from web.people import field


def register(app: web.Application) -> None:
    app.router.add_get("/office/rounds", _rounds)
    app.router.add_get("/office/rounds/{round}", _round)
    app.router.add_post("/office/rounds/{round}/texts", _texts)


@needs(*OFFICE_ROLES)
async def _rounds(request: web.Request) -> web.StreamResponse:
    known = await rounds.list_rounds(services_of(request), session_of(request))
    name = "office/rounds.html" if known else "office/empty.html"
    return page(request, name, at="rounds", rounds=known, removed="removed" in request.query)


@needs(*OFFICE_ROLES)
async def _round(request: web.Request) -> web.StreamResponse:
    done = next((one for one in ("saved", "extended") if one in request.query), "")
    return await show_round(request, 200, done=done)


@needs(*OFFICE_ROLES, again=("notice", "scope"))
async def _texts(request: web.Request) -> web.StreamResponse:
    typed = {name: await field(request, name) for name in ("notice", "scope")}
    version = whole(await field(request, "version"))
    try:
        await wording.set_texts(services_of(request), session_of(request), round_id(request), version, **typed)
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        stale = refused.reason is Reason.STALE
        wrong = say(request.app[LANG], "plan-texts-stale") if stale else why_unprintable(request.app[LANG], refused)
        return await show_round(request, 409, wrong=wrong, typed=typed)
    raise web.HTTPSeeOther(f"/office/rounds/{round_id(request).hex()}?saved")
