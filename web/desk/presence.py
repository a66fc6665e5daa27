"""A tip's own line: who else looks at it, and whether there is something new. It opens nothing and keeps nobody in."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import count

from aiohttp import web

from domain.errors import BadSeal, CannotStore, Refused
from domain.ids import TipId
from domain.rounds import TEAM_ROLES
from handlers.desk.tip.presence import Glance, be_there, glance
from handlers.people.sessions import load_session
from handlers.services import DeskServices
from handlers.texts import say
from web.access import LANG, needs, services_of, session_of
from web.cookies import cookie_of
from web.desk.lines import open_line
from web.ids import tip_id_of

LOOK = 2.0
"""Seconds between two looks at the tip."""

_BEAT = 5
"""Every so many looks the line says that it is still there: to the browser, and of its member to colleagues."""


def register(app: web.Application) -> None:
    app.router.add_get("/desk/tips/{tip}/live", _live)


def others_words(lang: str, seen: Glance) -> str:
    """周宁也在看; empty when nobody else does."""
    return say(lang, "tip-also", names=say(lang, "tip-comma").join(seen.others)) if seen.others else ""


@needs(*TEAM_ROLES, touch=False)
async def _live(request: web.Request) -> web.StreamResponse:
    """`text/event-stream` of JSON: `others` in words, and the `mark` of the tip, which changes when the tip does."""
    await glance(services_of(request), session_of(request), tip_id_of(request))  # not mine: 404 before a line begins
    return await open_line(request, lambda response: _speak(request, response, tip_id_of(request)))


async def _speak(request: web.Request, response: web.StreamResponse, tip_id: TipId) -> None:
    said = ""
    async for seen in _looks(services_of(request), cookie_of(request), tip_id):
        line = json.dumps({"mark": seen.mark, "others": others_words(request.app[LANG], seen)}, ensure_ascii=False)
        await response.write(f"data: {line}\n\n".encode() if line != said else b": still here\n\n")
        said = line


async def _looks(services: DeskServices, cookie: str, tip_id: TipId) -> AsyncIterator[Glance]:
    """What there is to see, for as long as the session stands and the tip is its member's to open."""
    for n in count():
        session = await load_session(services, cookie, touch=False)
        if session is None or not session.is_full:
            return
        try:
            if n % _BEAT == 0:
                await be_there(services, session, tip_id)
            yield await glance(services, session, tip_id)
        except (Refused, CannotStore, BadSeal):
            return
        await asyncio.sleep(LOOK)
