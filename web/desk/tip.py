"""One tip: its page and its files. What a member does to it is in acts.py."""

from datetime import datetime
from urllib.parse import quote

from aiohttp import web

from domain.ids import AttachmentId
from domain.rounds import TEAM_ROLES
from domain.rules import RULES
from handlers.desk import recuse
from handlers.desk.acting import offered
from handlers.desk.attachments import read_file
from handlers.desk.locks import lock_differs
from handlers.desk.team import key_differs
from handlers.desk.thread import open_tip
from handlers.letters import Letter
from web.access import LANG, needs, page, services_of, session_of
from web.desk.badges import badge_of, clock_badges, size_words
from web.desk.ids import id_of, tip_id_of
from web.desk.words import deed_words, flags_of, thread_lines

_FILE_POLICY = "default-src 'none'; sandbox"
"""A file is never a page: nothing in it may run, load or be framed."""


def register(app: web.Application) -> None:
    app.router.add_get("/desk/tips/{tip}", _tip)
    app.router.add_get("/desk/tips/{tip}/files/{file}", _file)


@needs(*TEAM_ROLES)
async def _tip(request: web.Request) -> web.StreamResponse:
    services, session, lang = services_of(request), session_of(request), request.app[LANG]
    tip = await open_tip(services, session, tip_id_of(request))
    state = tip.standing.work.state
    running = badge_of(lang, tip.deadline, state)
    return page(
        request,
        "desk/tip.html",
        tip=tip,
        team=tip.standing.team,
        work=tip.standing.work,
        badge=running,
        clocks=clock_badges(lang, tip, services.clock().date()),
        lines=thread_lines(lang, tip),
        history=[(deed.on, deed_words(lang, deed)) for deed in tip.history],
        size=lambda size: size_words(lang, size),
        minute=_minute(tip.letter),
        flags=flags_of(tip),
        can=offered(tip.standing, session),
        rules=RULES,
        may_name=recuse.may_name_others(session, tip.standing.team.id),
        differs=await key_differs(services, session, tip.standing.team.id),
        lock_differs=await lock_differs(services, session, tip.standing),
    )


@needs(*TEAM_ROLES)
async def _file(request: web.Request) -> web.StreamResponse:
    file_id = AttachmentId(id_of(request.match_info["file"]))
    original = "save" in request.query
    served = await read_file(services_of(request), session_of(request), tip_id_of(request), file_id, original=original)
    way = "inline" if served.inline else "attachment"
    response = web.Response(body=served.data, content_type=served.mime)
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(served.name)}"
    response.headers["Content-Security-Policy"] = _FILE_POLICY
    response.headers["Accept-Ranges"] = "bytes"
    return _part(request, response, served.data) if served.inline else response


def _minute(letter: Letter | None) -> str:
    return datetime.fromisoformat(letter.minute).strftime("%m-%d %H:%M") if letter else ""


def _part(request: web.Request, whole: web.Response, data: bytes) -> web.Response:
    """The bytes that were asked for: players of some browsers ask for two before they play anything."""
    try:
        asked = request.http_range
    except ValueError:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    if asked.start is None and asked.stop is None:
        return whole
    start, stop, _ = asked.indices(len(data))
    if start >= stop:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    whole.set_status(206)
    whole.body = data[start:stop]
    whole.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(data)}"
    return whole
