"""留痕 as a page: who opened which number, and what the office did; by member and days, fifty lines at a time."""

from collections.abc import Sequence
from datetime import UTC, datetime

from aiohttp import web
from yarl import URL

from domain.ids import MemberId
from domain.rounds import OFFICE_ROLES
from domain.words import day_of
from handlers.desk.labels import number_label
from handlers.people import reading_log
from handlers.people.reading_log import Choice, Deed, Older
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of
from web.ids import id_of
from web.office.parts import whole

_HERE = "/office/trail"
_FIELDS = ("member", "first", "last")
_CAN_GO = ("round", "team", "unit", "card_batch")
"""Kinds of things that a plan loses when somebody removes them: their deeds stay."""


def register(app: web.Application) -> None:
    """The trail."""
    app.router.add_get(_HERE, _openings)
    app.router.add_get(_HERE + "/office", _deeds)


@needs(*OFFICE_ROLES)
async def _openings(request: web.Request) -> web.StreamResponse:
    found = await reading_log.read_openings(services_of(request), session_of(request), _choice(request))
    lines = [(one, number_label(one.team, one.number) if one.team and one.number else "") for one in found.lines]
    return await _show(request, "office/trail.html", lines, found.older)


@needs(*OFFICE_ROLES)
async def _deeds(request: web.Request) -> web.StreamResponse:
    found = await reading_log.read_deeds(services_of(request), session_of(request), _choice(request))
    lines = [(deed, _words(request, deed)) for deed in found.lines]
    return await _show(request, "office/trail_office.html", lines, found.older)


async def _show(request: web.Request, name: str, lines: Sequence[object], older: Older | None) -> web.Response:
    people = await reading_log.list_readers(services_of(request), session_of(request))
    query = {one: request.query.get(one, "") for one in _FIELDS}
    address = _address(request, older)
    return page(request, name, at="trail", people=people, query=query, lines=lines, older=address)


def _words(request: web.Request, deed: Deed) -> str:
    """The deed in words; one that has none is named by its code, so that nothing is left out."""
    lang = request.app[LANG]
    gone = say(lang, f"trail-gone-{deed.kind.replace('_', '-')}") if deed.kind in _CAN_GO else ""
    of = say(lang, "office-round", ordinal=deed.round.ordinal) if deed.round else deed.of or gone
    try:
        return say(lang, f"trail-{deed.kind.replace('_', '-')}-{deed.act}", of=of)
    except KeyError:
        return say(lang, "trail-other", of=of, act=deed.act)


def _choice(request: web.Request) -> Choice:
    query = request.query
    member, minutes = query.get("member", ""), whole(query.get("before", ""))
    return Choice(
        MemberId(id_of(member)) if member else None,
        day_of(query.get("first", "")),
        day_of(query.get("last", "")),
        Older(datetime.fromtimestamp(minutes * 60, UTC), whole(query.get("skip", ""))) if minutes else None,
    )


def _address(request: web.Request, older: Older | None) -> str:
    """The address of the next page, or empty. The moment in minutes of the epoch: when clocks go back, an hour's name
    comes twice."""
    if older is None:
        return ""
    kept = {name: request.query[name] for name in _FIELDS if name in request.query}
    behind = {"before": str(int(older.before.timestamp()) // 60), "skip": str(older.skip)}
    return str(URL(request.path).with_query({**kept, **behind}))
