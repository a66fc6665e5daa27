"""The forms by which a member acts on a tip. Each ends on the tip's page, on the queue when it opens no more, or comes
back with everything that was written in it."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from domain.errors import CannotStore, Refused
from domain.ids import TipId
from domain.rounds import TEAM_ROLES
from domain.rules import RULES, Words
from domain.tips import Action
from handlers.desk.locking import recusing
from handlers.desk.moves import assigning, notes
from handlers.desk.moves.acting import ELSEWHERE, Wish, act
from handlers.desk.writing.carrying import carry
from handlers.people.sessions import Session
from handlers.services import DeskServices
from web.access import needs, services_of, session_of
from web.desk.merge import give_back
from web.desk.origin import origin_from
from web.desk.sent import Sent, read_sent
from web.desk.tip import Draft, show_tip
from web.ids import tip_id_of

Act = Callable[[DeskServices, Session, TipId, Sent], Awaitable[None]]


def register(app: web.Application) -> None:
    forms = {path_of(action): _wish(action) for action in RULES if action not in ELSEWHERE}
    worded = {"write", *(path_of(action) for action, rule in RULES.items() if rule.words is not Words.NONE)}
    for name, do in {**forms, "write": _write, "assign": _assign, "recuse": _recuse}.items():
        app.router.add_post(f"/desk/tips/{{tip}}/{name}", form(name, do, again=("text",) if name in worded else ()))


def path_of(action: Action) -> str:
    """The last part of the address of an action's form."""
    return action.value.replace("_", "-")


def form(name: str, do: Act, *, again: tuple[str, ...] = ()) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Answers a form of a tip's page. What `do` refuses gives the form back. `again` as `needs` has it."""

    @needs(*TEAM_ROLES, stream=True, again=again)
    async def answer(request: web.Request) -> web.StreamResponse:
        tip_id = tip_id_of(request)
        sent, refused = await read_sent(request, tip_id, name)
        try:
            if sent["again"] or sent["canned"]:
                draft = Draft(sent["to"], sent["text"], carry(session_of(request), tip_id, sent.files))
                return await show_tip(request, draft, origin=sent["from"], canned=sent["canned"])
            if refused is not None:
                raise refused
            await do(services_of(request), session_of(request), tip_id, sent)
        except (Refused, CannotStore) as problem:
            return await give_back(request, tip_id, sent, problem)
        raise web.HTTPSeeOther(origin_from(sent["from"]).tip(tip_id))

    return answer


def _wish(action: Action) -> Act:
    async def do(services: DeskServices, session: Session, tip_id: TipId, sent: Sent) -> None:
        await act(services, session, tip_id, Wish(action, sent.version, sent["reason"], sent["text"], sent.files))

    return do


async def _write(services: DeskServices, session: Session, tip_id: TipId, sent: Sent) -> None:
    if sent["to"] == "note":
        await notes.note(services, session, tip_id, sent["text"], sent.files)
    else:
        action = Action.ASK if sent["to"] == "reporter" else Action.REPLY
        await act(services, session, tip_id, Wish(action, sent.version, words=sent["text"], files=sent.files))


async def _assign(services: DeskServices, session: Session, tip_id: TipId, sent: Sent) -> None:
    await assigning.assign(services, session, tip_id, sent.version, sent.member)


async def _recuse(services: DeskServices, session: Session, tip_id: TipId, sent: Sent) -> None:
    member_id = sent.member
    await recusing.recuse(services, session, tip_id, member_id)
    if member_id == session.member_id:
        raise web.HTTPSeeOther("/desk")
