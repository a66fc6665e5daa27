"""The office's own layout of the ledger: brought, looked at, dropped. A bad one is named by what is wrong with it."""

from aiohttp import web
from aiohttp.web_request import FileField

from domain.rounds import OFFICE_ROLES
from handlers.office import ledger_template
from reports.ledger_layout import layout
from reports.ledger_template import TemplateWrong
from web.access import needs, page, services_of, session_of
from web.answers import xlsx

_HERE = "/office/ledger-template"


def register(app: web.Application) -> None:
    app.router.add_get(_HERE, _form)
    app.router.add_get(f"{_HERE}/file", _present)
    app.router.add_post(_HERE, _put)
    app.router.add_post(f"{_HERE}/drop", _drop)


@needs(*OFFICE_ROLES)
async def _form(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@needs(*OFFICE_ROLES)
async def _present(request: web.Request) -> web.StreamResponse:
    body = await ledger_template.present_template(services_of(request), session_of(request))
    return xlsx(body, "ledger.xlsx")


@needs(*OFFICE_ROLES)
async def _put(request: web.Request) -> web.StreamResponse:
    sent = (await request.post()).get("file")
    data = sent.file.read() if isinstance(sent, FileField) else b""
    try:
        await ledger_template.put_template(services_of(request), session_of(request), data)
    except TemplateWrong as wrong:
        return await _page(request, wrong)
    raise web.HTTPSeeOther(f"{_HERE}?saved")


@needs(*OFFICE_ROLES)
async def _drop(request: web.Request) -> web.StreamResponse:
    await ledger_template.drop_template(services_of(request), session_of(request))
    raise web.HTTPSeeOther(f"{_HERE}?saved")


async def _page(request: web.Request, wrong: TemplateWrong | None = None) -> web.Response:
    own = await ledger_template.own_template(services_of(request), session_of(request))
    return page(
        request,
        "office/ledger_template.html",
        status=409 if wrong else 200,
        at="rounds",
        own=own is not None,
        words=list(layout().fields),
        head=list(layout().head),
        wrong=wrong,
        saved="saved" in request.query,
    )
