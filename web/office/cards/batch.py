"""One batch of cards: what it is, what it was used for, and its paper."""

from aiohttp import web

from domain.errors import Refused
from domain.rounds import OFFICE_ROLES
from handlers.office import cards
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.answers import pdf
from web.office.cards.parts import HERE, batch_wanted, file_name, list_of, number, page_of, why_not_printed
from web.office.parts import PRESS
from web.people import field


def register(app: web.Application) -> None:
    """A batch and its paper."""
    app.router.add_get(HERE + "/{batch}", _batch)
    app.router.add_post(HERE + "/{batch}/poster", _poster)
    app.router.add_get(HERE + "/{batch}/sheet", _sheet)
    app.router.add_post(HERE + "/{batch}/sheet", _note)


@needs(*OFFICE_ROLES)
async def _batch(request: web.Request) -> web.StreamResponse:
    return await _show(request)


@needs(*OFFICE_ROLES)
async def _poster(request: web.Request) -> web.StreamResponse:
    view = await batch_wanted(request)
    try:
        made = await cards.print_poster(services_of(request), view, request.app[PRESS](), session_of(request).member_id)
    except Refused as refused:
        return await _show(request, 409, why_not_printed(request, refused))
    return pdf(made, file_name(request, "poster", view.round, view))


@needs(*OFFICE_ROLES)
async def _sheet(request: web.Request) -> web.StreamResponse:
    return await _show_sheet(request)


@needs(*OFFICE_ROLES)
async def _note(request: web.Request) -> web.StreamResponse:
    """The browser prints, and nobody tells us: whoever printed says how many."""
    view = await batch_wanted(request)
    try:
        count = number(await field(request, "count"))
        await cards.note_page(services_of(request), view, count, session_of(request).member_id)
    except Refused as refused:
        return await _show_sheet(request, 409, words_for(request, refused))
    raise web.HTTPSeeOther(f"{page_of(view)}/sheet?noted")


async def _show(request: web.Request, status: int = 200, wrong: str = "") -> web.Response:
    services, view = services_of(request), await batch_wanted(request)
    former = await cards.former(services, view, request.app[LANG]) if "replaced" in request.query else None
    return page(
        request, "office/card_batch.html", status=status, at="cards", view=view, short=cards.short_code, wrong=wrong,
        words=cards.words_of(services, view.batch), list=list_of(view.round), most=cards.MOST,
        use=await cards.use_of(services, view.round.office_id, view.batch.id), here=page_of(view), former=former,
    )  # fmt: skip


async def _show_sheet(request: web.Request, status: int = 200, wrong: str = "") -> web.Response:
    view = await batch_wanted(request)
    try:
        paper = await cards.paper_of(services_of(request), view, request.app[PRESS]())
    except Refused as refused:
        return await _show(request, 409, why_not_printed(request, refused))
    return page(
        request, "office/card_sheet.html", status=status, at="cards", view=view, front=paper.front, back=paper.back,
        code=paper.code, noted="noted" in request.query, wrong=wrong, here=page_of(view), most=cards.MOST,
    )  # fmt: skip
