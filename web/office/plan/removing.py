"""A round that was planned by mistake: what goes with it is said first, then a director takes it out."""

from aiohttp import web

from domain.errors import Refused
from domain.rounds import Role
from handlers.office.plan import removing
from handlers.texts import say
from web.access import LANG, needs, services_of, session_of
from web.office.opening import show_refused
from web.office.parts import Question, confirm, round_id

_PATH = "/office/rounds/{round}/remove"


def register(app: web.Application) -> None:
    app.router.add_get(_PATH, _ask)
    app.router.add_post(_PATH, _remove)


@needs(Role.DIRECTOR)
async def _ask(request: web.Request) -> web.StreamResponse:
    try:
        going = await removing.weigh(services_of(request), session_of(request), round_id(request))
    except Refused as refused:
        return await show_refused(request, refused)
    lang, here = request.app[LANG], f"/office/rounds/{going.round.id.hex()}"
    name = say(lang, "office-round", ordinal=going.round.ordinal)
    counts = {"teams": going.teams, "people": going.people, "units": going.assignments, "batches": going.batches}
    return confirm(
        request,
        Question(
            at="rounds",
            title=say(lang, "plan-round-remove-title", round=name),
            consequence=say(lang, "plan-round-remove-is", **counts),
            verb=say(lang, "plan-round-remove-do", round=name),
            action=f"{here}/remove",
            back=here,
        ),
    )


@needs(Role.DIRECTOR)
async def _remove(request: web.Request) -> web.StreamResponse:
    try:
        await removing.remove_round(services_of(request), session_of(request), round_id(request))
    except Refused as refused:
        return await show_refused(request, refused)
    raise web.HTTPSeeOther("/office/rounds?removed")
