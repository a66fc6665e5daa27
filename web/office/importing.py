"""A round from an xlsx file: first looked at, then put into the plan as it was looked at. Nothing is half imported."""

import asyncio
import secrets
from dataclasses import dataclass

from aiohttp import web
from aiohttp.web_request import FileField

from domain.errors import Refused
from domain.ids import MemberId
from domain.rounds import OFFICE_ROLES
from handlers.office import planning
from reports.plan import Plan, PlanErrors
from reports.template import template
from reports.workbook import read_plan
from web.access import needs, page, services_of, session_of, words_for
from web.office.parts import link_of, show_links
from web.people import field

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Looked:
    """A plan that a member has looked at and not yet imported. `ticket` tells one look from a later one."""

    plan: Plan
    ticket: str


_LOOKED = web.AppKey("LOOKED", dict[MemberId, Looked])


def register(app: web.Application) -> None:
    """The import. A look is kept in memory, one per member: after a restart the file is chosen again."""
    app[_LOOKED] = {}
    app.router.add_get("/office/import", _form)
    app.router.add_get("/office/import/template", _template)
    app.router.add_post("/office/import", _look)
    app.router.add_post("/office/import/do", _import)


@needs(*OFFICE_ROLES)
async def _form(request: web.Request) -> web.StreamResponse:
    return page(request, "office/import.html", at="import", problems=(), wrong="")


@needs(*OFFICE_ROLES)
async def _template(_request: web.Request) -> web.StreamResponse:
    headers = {"Content-Disposition": 'attachment; filename="plan.xlsx"'}
    return web.Response(body=await asyncio.to_thread(template), content_type=_XLSX, headers=headers)


@needs(*OFFICE_ROLES)
async def _look(request: web.Request) -> web.StreamResponse:
    """The dry run: what would be imported, or every problem with its place."""
    sent = (await request.post()).get("file")
    data = sent.file.read() if isinstance(sent, FileField) else b""
    try:
        plan = await asyncio.to_thread(read_plan, data)
    except PlanErrors as errors:
        return page(request, "office/import.html", status=409, at="import", problems=errors.problems, wrong="")
    looked = Looked(plan, secrets.token_hex(8))
    request.app[_LOOKED][session_of(request).member_id] = looked
    return page(request, "office/look.html", at="import", plan=plan, ticket=looked.ticket)


@needs(*OFFICE_ROLES)
async def _import(request: web.Request) -> web.StreamResponse:
    session, ticket = session_of(request), await field(request, "ticket")
    looked = request.app[_LOOKED].pop(session.member_id, None)
    if looked is None or looked.ticket != ticket:
        raise web.HTTPSeeOther("/office/import")
    try:
        done = await planning.import_plan(services_of(request), session.office_id, looked.plan, session.member_id)
    except Refused as refused:
        wrong = words_for(request, refused)
        return page(request, "office/import.html", status=409, at="import", problems=(), wrong=wrong)
    rows = {row.login: row for row in looked.plan.members}
    links = [
        link_of(request, name=rows[login].name, login=login, role=rows[login].role, token=token)
        for login, token in done.invites
    ]
    return show_links(request, links, at="import", back=f"/office/rounds/{done.round_id.hex()}")
