"""The public figures as a page, on paper and as xlsx: one frozen day at a time. This file decides nothing."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

from aiohttp import web

from domain.errors import Reason, Refused
from domain.rounds import OFFICE_ROLES, Round
from domain.words import day_of
from handlers.office import rounds
from handlers.office.reporting import releasing
from handlers.office.reporting.public import public_report
from handlers.office.reporting.releasing import PublicDay
from reports.digest import Digest, workbook
from web.access import LANG, SERVICES, needs, page, services_of, session_of
from web.answers import xlsx
from web.office.parts import round_wanted

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
    round_ = await round_wanted(request)
    if round_ is None:
        return page(request, "office/empty.html", at="overview")
    found = await _found(request, round_)
    day, digest = found or (None, None)
    return page(request, "office/public.html", at="overview", round=round_, rounds=known, day=day, digest=digest)


@needs(*OFFICE_ROLES)
async def _file(request: web.Request) -> web.StreamResponse:
    round_ = await round_wanted(request)
    found = await _found(request, round_) if round_ else None
    if found is None:
        raise web.HTTPNotFound
    day, digest = found
    return await digest_file(digest, f"{digest.title} {day.on}")


async def digest_file(digest: Digest, name: str) -> web.Response:
    """The report as a file of that name, written beside whatever else the process answers."""
    return xlsx(await asyncio.to_thread(workbook, digest), f"{name}.xlsx")


async def _found(request: web.Request, round_: Round) -> tuple[PublicDay, Digest] | None:
    services, session, lang = services_of(request), session_of(request), request.app[LANG]
    return await public_report(services, session, round_.id, _day(request), lang)


def _day(request: web.Request) -> date | None:
    """Raises `Refused(UNKNOWN)` for what is no day."""
    typed = request.query.get("day", "")
    day = day_of(typed)
    if typed and day is None:
        raise Refused(Reason.UNKNOWN)
    return day
