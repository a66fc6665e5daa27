"""What was printed, and whose code lies on a photo. A photo is looked at once and kept nowhere."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.rounds import OFFICE_ROLES
from handlers.office import cards
from handlers.office.cards import Checked
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.office.cards.parts import HERE, list_of
from web.office.parts import PRESS, round_wanted
from web.uploads import read_what_came


def register(app: web.Application) -> None:
    """The log of printing, and the check."""
    app.router.add_get(HERE + "/log", _log)
    app.router.add_get(HERE + "/check", _form)
    app.router.add_post(HERE + "/check", _check)


@needs(*OFFICE_ROLES)
async def _log(request: web.Request) -> web.StreamResponse:
    round_ = await round_wanted(request)
    if round_ is None:
        return page(request, "office/empty.html", at="cards")
    office_id, lang = session_of(request).office_id, request.app[LANG]
    lines = await cards.print_log(services_of(request), office_id, round_.id, lang)
    here = list_of(round_)
    return page(
        request, "office/cards_log.html", at="cards", round=round_, lines=lines, here=here, short=cards.short_code
    )


@needs(*OFFICE_ROLES)
async def _form(request: web.Request) -> web.StreamResponse:
    return _page(request, None)


@needs(*OFFICE_ROLES, stream=True)
async def _check(request: web.Request) -> web.StreamResponse:
    form = await read_what_came(request)
    try:
        if form.refused:
            raise form.refused
        if not form.files:
            raise Refused(Reason.BAD_INPUT, "no-photo")
        office_id, press = session_of(request).office_id, request.app[PRESS]()
        found = await cards.check_photo(services_of(request), office_id, form.files[0].data, press)
    except Refused as refused:
        return _page(request, None, refused)
    return _page(request, found)


def _page(request: web.Request, found: tuple[Checked, ...] | None, refused: Refused | None = None) -> web.Response:
    unreadable = refused is not None and refused.reason is Reason.BAD_FILE
    wrong = words_for(request, refused) if refused and not unreadable else ""
    status = 409 if refused else 200
    return page(
        request, "office/cards_check.html", status=status, at="cards", found=found, short=cards.short_code,
        wrong=wrong, unreadable=unreadable, here=HERE,
    )  # fmt: skip
