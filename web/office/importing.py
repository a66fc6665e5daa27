"""A round from an xlsx file: first looked at, then put into the plan as it was looked at. Nothing is half imported."""

import asyncio
import secrets
from dataclasses import dataclass

from aiohttp import web

from domain.ids import MemberId
from domain.rounds import OFFICE_ROLES
from handlers.office.importing import planning
from handlers.office.importing.changes import Changes
from handlers.texts import say
from reports.faults import Fault, PlanErrors, Problem
from reports.foreign import in_turn
from reports.plan import Plan
from reports.template import template
from reports.workbook import read_sound
from web.access import LANG, needs, page, services_of, session_of
from web.answers import xlsx
from web.office.parts import links_to, show_links
from web.people import field
from web.uploads import read_what_came

MOST_NAMES = 40
"""Names shown of what is new; the others are counted."""


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
    return page(request, "office/import.html", at="rounds", wrong=None)


@needs(*OFFICE_ROLES)
async def _template(request: web.Request) -> web.StreamResponse:
    return xlsx(await asyncio.to_thread(template), say(request.app[LANG], "office-import-file-name"))


@needs(*OFFICE_ROLES, stream=True)
async def _look(request: web.Request) -> web.StreamResponse:
    """The dry run: what would change, or every problem with its place."""
    session = session_of(request)
    try:
        plan = await _read(request)
        changes = await planning.look_at(services_of(request), session.office_id, plan, session.member_id)
    except PlanErrors as errors:
        return _wrong(request, errors)
    looked = Looked(plan, secrets.token_hex(8))
    request.app[_LOOKED][session.member_id] = looked
    return _show(request, changes, looked.ticket)


@needs(*OFFICE_ROLES)
async def _import(request: web.Request) -> web.StreamResponse:
    session, ticket = session_of(request), await field(request, "ticket")
    looked = request.app[_LOOKED].pop(session.member_id, None)
    if looked is None or looked.ticket != ticket:
        raise web.HTTPSeeOther("/office/import")
    try:
        done = await planning.import_plan(services_of(request), session.office_id, looked.plan, session.member_id)
    except PlanErrors as errors:
        return _wrong(request, errors)
    links = await links_to(request, done.invites)
    return show_links(request, links, at="rounds", back=f"/office/rounds/{done.round_id.hex()}")


async def _read(request: web.Request) -> Plan:
    """What is sound of the plan in the file of the form. Raises `PlanErrors` for no file that could be one."""
    form = await read_what_came(request)
    if form.refused:
        raise PlanErrors((Problem("", 0, "", "", Fault.TOO_LARGE),))
    data = form.files[0].data if form.files else b""
    return await in_turn(read_sound, data)


def _wrong(request: web.Request, errors: PlanErrors) -> web.Response:
    return page(request, "office/import.html", status=409, at="rounds", wrong=errors)


def _show(request: web.Request, changes: Changes, ticket: str) -> web.Response:
    return page(request, "office/look.html", at="rounds", changes=changes, ticket=ticket, most=MOST_NAMES)
