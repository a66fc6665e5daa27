"""The queue's live line: how many tips came since the page was drawn. It moves no row and keeps nobody signed in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from domain.errors import BadSeal, CannotStore, Refused
from domain.ids import TeamId
from domain.rounds import TEAM_ROLES
from handlers.desk.queue import newer_than
from handlers.people.sessions import Session, load_session
from handlers.services import DeskServices
from web.access import cookie_of, needs, services_of, session_of
from web.desk.numbers import number_of

LOOK = 1.0
"""Seconds between two looks at the queue."""

_BEATS = 15  # looks between two signs of life, which also tell us that a page was closed

_STREAMS = web.AppKey("STREAMS", set[asyncio.Task[None]])


def register(app: web.Application) -> None:
    app[_STREAMS] = set()
    app.on_shutdown.append(_close_all)
    app.router.add_get("/desk/events", _events)


@needs(*TEAM_ROLES)
async def _events(request: web.Request) -> web.StreamResponse:
    """`text/event-stream`; `?team=` (hex) and `?since=`, the highest number on the page."""
    try:
        team_id, since = TeamId(bytes.fromhex(request.query["team"])), number_of(request.query["since"])
    except (KeyError, ValueError):
        raise web.HTTPNotFound from None
    await newer_than(services_of(request), session_of(request), team_id, since)  # not mine: 404 before a stream begins
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    task = asyncio.ensure_future(_stream(request, response, team_id, since))
    request.app[_STREAMS].add(task)
    with suppress(asyncio.CancelledError, ConnectionError):
        await task
    request.app[_STREAMS].discard(task)
    return response


async def _stream(request: web.Request, response: web.StreamResponse, team_id: TeamId, since: int) -> None:
    shown, beats = -1, 0
    async for n in _counts(services_of(request), cookie_of(request), team_id, since):
        beats += 1
        if n != shown:
            await response.write(f"data: {n}\n\n".encode())
            shown = n
        elif beats % _BEATS == 0:
            await response.write(b": still here\n\n")


async def _counts(services: DeskServices, cookie: str, team_id: TeamId, since: int) -> AsyncIterator[int]:
    """The number of new tips, once a second, for as long as the session stands."""
    while True:
        session: Session | None = await load_session(services, cookie, touch=False)
        if session is None or not session.is_full:
            return
        try:
            yield await newer_than(services, session, team_id, since)
        except (Refused, CannotStore, BadSeal):
            return
        await asyncio.sleep(LOOK)


async def _close_all(app: web.Application) -> None:
    """A stream would hold the server's end up for ever."""
    for task in app[_STREAMS]:
        task.cancel()
