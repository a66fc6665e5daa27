"""The forms by which a member acts on a tip. Each ends on the tip's page, or on the queue when it opens no more."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from domain.ids import MemberId, TipId
from domain.rounds import TEAM_ROLES
from domain.rules import RULES
from domain.tips import Action
from handlers.desk import assigning, notes, recuse
from handlers.desk.acting import ELSEWHERE, Wish, act
from handlers.people.sessions import Session
from handlers.services import DeskServices
from web.access import needs, services_of, session_of
from web.desk.ids import id_of, tip_id_of
from web.people import field

Act = Callable[[DeskServices, Session, TipId, web.Request], Awaitable[None]]


def register(app: web.Application) -> None:
    forms = {path_of(action): _wish(action) for action in RULES if action not in ELSEWHERE}
    for name, one in {**forms, "write": _write, "assign": _assign, "recuse": _recuse}.items():
        app.router.add_post(f"/desk/tips/{{tip}}/{name}", _form(one))


def path_of(action: Action) -> str:
    """The last part of the address of an action's form."""
    return action.value.replace("_", "-")


def _form(one: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    @needs(*TEAM_ROLES)
    async def answer(request: web.Request) -> web.StreamResponse:
        tip_id = tip_id_of(request)
        await one(services_of(request), session_of(request), tip_id, request)
        raise web.HTTPSeeOther(f"/desk/tips/{tip_id.hex()}")

    return answer


def _wish(action: Action) -> Act:
    async def do(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
        words, reason = await field(request, "text"), await field(request, "reason")
        await act(services, session, tip_id, Wish(action, await _version(request), reason, words))

    return do


async def _write(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
    text, to = await field(request, "text"), await field(request, "to")
    if to == "note":
        await notes.note(services, session, tip_id, text)
    else:
        action = Action.ASK if to == "reporter" else Action.REPLY
        await act(services, session, tip_id, Wish(action, await _version(request), words=text))


async def _assign(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
    member_id = MemberId(id_of(await field(request, "member")))
    await assigning.assign(services, session, tip_id, await _version(request), member_id)


async def _recuse(services: DeskServices, session: Session, tip_id: TipId, request: web.Request) -> None:
    member_id = MemberId(id_of(await field(request, "member")))
    await recuse.recuse(services, session, tip_id, member_id)
    if member_id == session.member_id:
        raise web.HTTPSeeOther("/desk")


async def _version(request: web.Request) -> int:
    text = await field(request, "version")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
