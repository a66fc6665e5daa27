"""Lines that pages listen on (`text/event-stream`): each ends with its page, its session or the server."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import web

LINES = web.AppKey("LINES", set[asyncio.Task[None]])
"""Those that stand at this moment."""


def register(app: web.Application) -> None:
    app[LINES] = set()
    app.on_shutdown.append(_close_all)


async def open_line(request: web.Request, speak: Callable[[web.StreamResponse], Awaitable[None]]) -> web.StreamResponse:
    """The answer to a page that listens: `speak` writes to it, until it has nothing more to say or nobody hears it."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    task = asyncio.ensure_future(_begin(request, response, speak))
    request.app[LINES].add(task)
    with suppress(asyncio.CancelledError, ConnectionError):
        await task
    request.app[LINES].discard(task)
    return response


async def _begin(
    request: web.Request, response: web.StreamResponse, speak: Callable[[web.StreamResponse], Awaitable[None]]
) -> None:
    await response.prepare(request)
    await speak(response)


async def _close_all(app: web.Application) -> None:
    """A line would hold the server's end up for ever."""
    for task in app[LINES]:
        task.cancel()
