"""The office's own working days as a page: what is published, what the office says, and two ways to write it."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.rounds import OFFICE_ROLES
from domain.words import clean, day_of
from handlers.office import days
from handlers.office.days.day_lines import SOURCE_LIMIT, read_lines, spread
from handlers.texts import say
from storage.office.working_days import OwnDay
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.people import field

_HERE = "/office/days"
_FREE, _WORKED = "free", "worked"


def register(app: web.Application) -> None:
    """The working days."""
    app.router.add_get(_HERE, _days)
    app.router.add_post(_HERE, _add)
    app.router.add_post(_HERE + "/lines", _lines)
    app.router.add_post(_HERE + "/drop", _drop)


@needs(*OFFICE_ROLES)
async def _days(request: web.Request) -> web.StreamResponse:
    done = next((name for name in ("saved", "dropped") if name in request.query), "")
    return await _show(request, 200, done=done)


@needs(*OFFICE_ROLES)
async def _add(request: web.Request) -> web.StreamResponse:
    """One day, or a range when `to` is filled in."""
    typed = {name: await field(request, name) for name in ("from", "to", "kind", "source")}
    first, last = day_of(typed["from"]), day_of(typed["to"] or typed["from"])
    rows: tuple[OwnDay, ...] = ()
    if first and last and typed["kind"] in {_FREE, _WORKED}:
        source, today = clean(typed["source"]).strip(), services_of(request).clock().date()
        rows = spread(first, last, is_working=typed["kind"] == _WORKED, source=source, today=today)
    return await _save(request, rows, typed)


@needs(*OFFICE_ROLES)
async def _lines(request: web.Request) -> web.StreamResponse:
    typed = {name: await field(request, name) for name in ("lines", "usual")}
    found = read_lines(typed["lines"], typed["usual"], services_of(request).clock().date())
    if found.wrong:
        lang = request.app[LANG]
        words = say(lang, "days-lines-wrong", lines=say(lang, "office-comma").join(map(str, found.wrong)))
        return await _show(request, 409, wrong=words, typed=typed)
    return await _save(request, found.days, typed)


@needs(*OFFICE_ROLES)
async def _drop(request: web.Request) -> web.StreamResponse:
    day = day_of(await field(request, "day"))
    if day is None:
        raise Refused(Reason.UNKNOWN)
    await days.drop_day(services_of(request), session_of(request), day)
    raise web.HTTPSeeOther(f"{_HERE}?dropped")


async def _save(request: web.Request, rows: tuple[OwnDay, ...], typed: dict[str, str]) -> web.Response:
    try:
        await days.save_days(services_of(request), session_of(request), rows)
    except Refused as refused:
        return await _show(request, 409, wrong=words_for(request, refused), typed=typed)
    raise web.HTTPSeeOther(f"{_HERE}?saved")


async def _show(
    request: web.Request, status: int, *, wrong: str = "", done: str = "", typed: dict[str, str] | None = None
) -> web.Response:
    years = await days.list_years(services_of(request), session_of(request))
    known = {"years": years, "wrong": wrong, "done": done, "typed": typed or {}, "most": SOURCE_LIMIT}
    return page(request, "office/days.html", status=status, at="rounds", **known)
