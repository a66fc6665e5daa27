"""The queue's live line: which tips changed, how many came. It moves no row and keeps nobody signed in."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from domain.errors import BadSeal, CannotStore, Refused
from domain.rounds import TEAM_ROLES
from handlers.desk.listing.changes import Changes, Watch, changes_since
from handlers.people.sessions import Session, load_session
from handlers.services import DeskServices
from web.access import needs, services_of, session_of
from web.cookies import cookie_of
from web.desk.asked import asked_of, number_asked, team_asked
from web.desk.lines import open_line
from web.desk.numbers import number_of
from web.guard import json_response

LOOK = 1.0
"""Seconds between two looks at the queue."""

_BEATS = 15  # looks between two signs of life: by them the page knows that nothing on the way holds the line back


def register(app: web.Application) -> None:
    app.router.add_get("/desk/events", _events)
    app.router.add_get("/desk/changes", _changes)


@needs(*TEAM_ROLES, touch=False)
async def _events(request: web.Request) -> web.StreamResponse:
    """`text/event-stream`: `id` is the cursor to go on from, `data` as in `/desk/changes`; `event: beat` says nothing.

    `?team=`, `?view=` and filters as on the page; `?since=` its cursor, `?newest=` its highest number.
    """
    watch, since = await _watch(request), _since(request)
    await changes_since(services_of(request), session_of(request), watch, since)  # not mine: 404 before a stream begins
    return await open_line(request, lambda response: _stream(request, response, watch, since))


@needs(*TEAM_ROLES, touch=False)
async def _changes(request: web.Request) -> web.StreamResponse:
    """The same for a page whose stream was cut: `{"cursor", "new", "changed": [tip ids]}`."""
    found = await changes_since(services_of(request), session_of(request), await _watch(request), _since(request))
    return json_response({"cursor": found.cursor, **_said(found)})


async def _stream(request: web.Request, response: web.StreamResponse, watch: Watch, since: int) -> None:
    shown, beats = -1, 0
    async for found in _looks(services_of(request), cookie_of(request), watch, since):
        beats += 1
        if found.tip_ids or found.new != shown:
            await response.write(f"id: {found.cursor}\ndata: {json.dumps(_said(found))}\n\n".encode())
            shown = found.new
        elif beats % _BEATS == 0:
            await response.write(b"event: beat\ndata:\n\n")


async def _looks(services: DeskServices, cookie: str, watch: Watch, since: int) -> AsyncIterator[Changes]:
    """What changed since the last look, once a second, for as long as the session stands."""
    while True:
        session: Session | None = await load_session(services, cookie, touch=False)
        if session is None or not session.is_full:
            return
        try:
            found = await changes_since(services, session, watch, since)
        except (Refused, CannotStore, BadSeal):
            return
        yield found
        since = found.cursor
        await asyncio.sleep(LOOK)


async def _watch(request: web.Request) -> Watch:
    asked = asked_of(request)
    return Watch(await team_asked(request, asked), asked.view, asked.narrow, number_asked(request, "newest"))


def _since(request: web.Request) -> int:
    """A browser that comes back names the last thing it heard."""
    since = number_asked(request, "since")
    with suppress(ValueError):
        since = max(since, number_of(request.headers.get("Last-Event-ID", "")))
    return since


def _said(found: Changes) -> dict[str, object]:
    return {"new": found.new, "changed": [one.hex() for one in found.tip_ids]}
