"""Calling a batch in, for good or for one with a new code: first what hangs on it, then a tick, then the deed."""

from aiohttp import web

from domain.errors import Refused
from domain.rounds import OFFICE_ROLES
from handlers.office import cards
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.office.cards.parts import HERE, batch_wanted, list_of, page_of
from web.people import field


def register(app: web.Application) -> None:
    """Revoking and replacing."""
    for act in ("revoke", "replace"):
        app.router.add_get(f"{HERE}/{{batch}}/{act}", _ask)
    app.router.add_post(HERE + "/{batch}/revoke", _revoke)
    app.router.add_post(HERE + "/{batch}/replace", _replace)


@needs(*OFFICE_ROLES)
async def _ask(request: web.Request) -> web.StreamResponse:
    return await _question(request)


@needs(*OFFICE_ROLES)
async def _revoke(request: web.Request) -> web.StreamResponse:
    view, session, sure = await batch_wanted(request), session_of(request), bool(await field(request, "sure"))
    try:
        await cards.revoke(services_of(request), session.office_id, view.batch.id, session.member_id, sure=sure)
    except Refused as refused:
        return await _question(request, words_for(request, refused))
    raise web.HTTPSeeOther(f"{list_of(view.round)}&revoked={view.batch.id.hex()}")


@needs(*OFFICE_ROLES)
async def _replace(request: web.Request) -> web.StreamResponse:
    view, session, sure = await batch_wanted(request), session_of(request), bool(await field(request, "sure"))
    try:
        new = await cards.replace(services_of(request), session.office_id, view.batch.id, session.member_id, sure=sure)
    except Refused as refused:
        return await _question(request, words_for(request, refused))
    raise web.HTTPSeeOther(f"{HERE}/{new.hex()}?replaced")


async def _question(request: web.Request, wrong: str = "") -> web.Response:
    view, lang, act = await batch_wanted(request), request.app[LANG], request.path.rpartition("/")[2]
    use = await cards.use_of(services_of(request), view.round.office_id, view.batch.id)
    code = cards.short_code(view.batch)
    return page(
        request, "office/card_revoke.html", status=409 if wrong else 200, at="cards", view=view, use=use, act=act,
        title=say(lang, f"cardroom-{act}-title", place=view.place, way=view.batch.way, code=code),
        then=say(lang, f"cardroom-{act}-then", team=view.team.name),
        verb=say(lang, f"cardroom-{act}-do", code=code), here=page_of(view), wrong=wrong,
    )  # fmt: skip
