"""How long each stage of a round may take, as a form. Who saves over a colleague's change is shown it first."""

from aiohttp import web

from domain.clocks import MOST_DAYS, Stage
from domain.errors import Reason, Refused
from domain.rounds import OFFICE_ROLES
from handlers.office import rounds
from handlers.office.days import deadlines
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.office.parts import round_id, whole
from web.people import field

_PATH = "/office/rounds/{round}/deadlines"


def register(app: web.Application) -> None:
    """A round's deadlines."""
    app.router.add_get(_PATH, _deadlines)
    app.router.add_post(_PATH, _save)


@needs(*OFFICE_ROLES)
async def _deadlines(request: web.Request) -> web.StreamResponse:
    return await _show(request, 200, saved="saved" in request.query)


@needs(*OFFICE_ROLES)
async def _save(request: web.Request) -> web.StreamResponse:
    typed = {name: await field(request, name) for name in (*Stage, "claim")}
    days, hours = {stage: whole(typed[stage]) for stage in Stage}, whole(typed["claim"])
    version = whole(await field(request, "version"))
    try:
        await deadlines.set_deadlines(
            services_of(request), session_of(request), round_id(request), version, days=days, claim_hours=hours
        )
    except Refused as refused:
        if refused.reason is Reason.UNKNOWN:
            raise
        stale = refused.reason is Reason.STALE
        wrong = say(request.app[LANG], "deadlines-stale") if stale else words_for(request, refused)
        return await _show(request, 409, wrong=wrong, typed=typed)
    raise web.HTTPSeeOther(f"/office/rounds/{round_id(request).hex()}/deadlines?saved")


async def _show(
    request: web.Request, status: int, *, saved: bool = False, wrong: str = "", typed: dict[str, str] | None = None
) -> web.Response:
    """The form with what was typed, else with what stands; the version is always that of now."""
    round_ = await rounds.get_round(services_of(request), session_of(request), round_id(request))
    stands = {**{stage.value: str(n) for stage, n in round_.days.items()}, "claim": str(round_.claim_hours)}
    shown = {"round": round_, "stands": stands, "typed": typed or stands, "stages": [stage.value for stage in Stage]}
    limits = {"most_days": MOST_DAYS, "most_hours": deadlines.MOST_HOURS}
    return page(
        request, "office/deadlines.html", status=status, at="rounds", saved=saved, wrong=wrong, **shown, **limits
    )
