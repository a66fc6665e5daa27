"""The public figures as a page, on paper and as xlsx: one frozen day at a time. This file decides nothing."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.rounds import OFFICE_ROLES, Round
from handlers.office import rounds
from handlers.office.reporting import releasing
from handlers.office.reporting.public import public_report
from handlers.office.reporting.releasing import PublicDay
from reports.digest import Digest, workbook
from web.access import LANG, SERVICES, needs, page, services_of, session_of
from web.desk.files import disposition
from web.office.parts import id_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HERE = "/office/public"


def register(app: web.Application) -> None:
    """The public figures, and what freezes them once a day."""
    app.router.add_get(_HERE, _show)
    app.router.add_get(_HERE + "/file", _file)
    app.cleanup_ctx.append(_keep)


async def _keep(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(releasing.keep(app[SERVICES]), name="public figures")
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@needs(*OFFICE_ROLES)
async def _show(request: web.Request) -> web.StreamResponse:
    known = await rounds.list_rounds(services_of(request), session_of(request))
    round_ = await round_asked(request)
    if round_ is None:
        return page(request, "office/empty.html", at="overview")
    found = await _found(request, round_)
    day, digest = found or (None, None)
    return page(request, "office/public.html", at="overview", round=round_, rounds=known, day=day, digest=digest)


@needs(*OFFICE_ROLES)
async def _file(request: web.Request) -> web.StreamResponse:
    round_ = await round_asked(request)
    found = await _found(request, round_) if round_ else None
    if found is None:
        raise web.HTTPNotFound
    day, digest = found
    return xlsx(digest, f"{digest.title} {day.on}")


async def round_asked(request: web.Request) -> Round | None:
    """The round that the address names, else the one being worked on; None as long as there is none."""
    services, session = services_of(request), session_of(request)
    if named := request.query.get("round", ""):
        return await rounds.get_round(services, session, RoundId(id_of(named)))
    return await rounds.current_round(services, session)


def xlsx(digest: Digest, name: str) -> web.Response:
    """The report as a file of that name."""
    headers = {"Content-Disposition": disposition(f"{name}.xlsx")}
    return web.Response(body=workbook(digest), content_type=XLSX, headers=headers)


async def _found(request: web.Request, round_: Round) -> tuple[PublicDay, Digest] | None:
    services, session, lang = services_of(request), session_of(request), request.app[LANG]
    return await public_report(services, session, round_.id, _day(request), lang)


def _day(request: web.Request) -> date | None:
    """Raises `Refused(UNKNOWN)` for what is no day."""
    typed = request.query.get("day", "")
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Refused(Reason.UNKNOWN) from None
