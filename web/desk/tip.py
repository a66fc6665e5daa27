"""One tip: its page, its files, and the forms by which a member acts on it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import quote

from aiohttp import web

from domain.ids import AttachmentId, MemberId, TipId
from domain.rounds import TEAM_ROLES
from domain.tips import MOVES, Action
from handlers.desk import answers, recuse
from handlers.desk.answers import Decline
from handlers.desk.attachments import read_file
from handlers.desk.locks import lock_differs
from handlers.desk.team import key_differs
from handlers.desk.thread import open_tip
from handlers.letters import Letter
from handlers.people.sessions import Session
from handlers.services import DeskServices
from web.access import LANG, needs, page, services_of, session_of
from web.desk.badges import badge_of, clock_badge, size_words
from web.desk.words import deed_words, flags_of, thread_lines
from web.people import field

_FILE_POLICY = "default-src 'none'; sandbox"
"""A file is never a page: nothing in it may run, load or be framed."""


def register(app: web.Application) -> None:
    app.router.add_get("/desk/tips/{tip}", _tip)
    app.router.add_get("/desk/tips/{tip}/files/{file}", _file)
    for name, act in _ACTS.items():
        app.router.add_post(f"/desk/tips/{{tip}}/{name}", act)


@needs(*TEAM_ROLES)
async def _tip(request: web.Request) -> web.StreamResponse:
    services, session, lang = services_of(request), session_of(request), request.app[LANG]
    tip = await open_tip(services, session, _tip_id(request))
    state = tip.standing.work.state
    running = badge_of(lang, tip.deadline, state)
    return page(
        request,
        "desk/tip.html",
        tip=tip,
        team=tip.standing.team,
        work=tip.standing.work,
        badge=running,
        clock=clock_badge(lang, tip.accept_clock, running, services.calendar),
        lines=thread_lines(lang, tip),
        history=[(deed.on, deed_words(lang, deed)) for deed in tip.history],
        size=lambda size: size_words(lang, size),
        minute=_minute(tip.letter),
        flags=flags_of(tip),
        can={action.value for action in Action if (state, action) in MOVES},
        reasons=list(Decline),
        may_name=recuse.may_name_others(session, tip.standing.team.id),
        differs=await key_differs(services, session, tip.standing.team.id),
        lock_differs=await lock_differs(services, session, tip.standing),
    )


@needs(*TEAM_ROLES)
async def _file(request: web.Request) -> web.StreamResponse:
    file_id = AttachmentId(_hex(request.match_info["file"]))
    original = "save" in request.query
    served = await read_file(services_of(request), session_of(request), _tip_id(request), file_id, original=original)
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


Act = Callable[[DeskServices, Session, TipId, web.Request], Awaitable[None]]


def _form(act: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A form on the tip's page; back to that page, or to the queue when the tip can no longer be opened."""

    @needs(*TEAM_ROLES)
    async def answer(request: web.Request) -> web.StreamResponse:
        tip_id = _tip_id(request)
        await act(services_of(request), session_of(request), tip_id, request)
        raise web.HTTPSeeOther(f"/desk/tips/{tip_id.hex()}")

    return answer


async def _claim(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
    await answers.claim(services, session, tip_id, await _version(request))


async def _accept(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
    await answers.accept(services, session, tip_id, await _version(request))


async def _decline(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
    await answers.decline(services, session, tip_id, await _version(request), await field(request, "reason"))


async def _write(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
    text = await field(request, "text")
    if await field(request, "to") == "reporter":
        await answers.ask(services, session, tip_id, await _version(request), text)
    else:
        await answers.note(services, session, tip_id, text)


async def _recuse(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
    member_id = MemberId(_hex(await field(request, "member")))
    await recuse.recuse(services, session, tip_id, member_id)
    if member_id == session.member_id:
        raise web.HTTPSeeOther("/desk")


_ACTS = {name: _form(act) for name, act in (
    ("claim", _claim), ("accept", _accept), ("decline", _decline), ("write", _write), ("recuse", _recuse),
)}  # fmt: skip


async def _version(request: web.Request) -> int:
    text = await field(request, "version")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _tip_id(request: web.Request) -> TipId:
    return TipId(_hex(request.match_info["tip"]))


def _hex(text: str) -> bytes:
    """16 bytes. Anything else is an address that does not exist."""
    try:
        value = bytes.fromhex(text)
    except ValueError:
        raise web.HTTPNotFound from None
    if len(value) != 16:
        raise web.HTTPNotFound
    return value
