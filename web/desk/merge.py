"""A form that was refused comes back whole: beside it what happened meanwhile, in it everything its sender wrote."""

from http import HTTPStatus

from aiohttp import web

from domain.errors import CannotStore, Reason, Refused
from domain.ids import TipId
from domain.tips import Action
from handlers.desk.locking.standing import stand_seen
from handlers.desk.page import TipPage
from handlers.desk.tip.since import happened_since, seen_from
from handlers.desk.writing.carrying import carry
from handlers.texts import say
from web.access import LANG, page, services_of, session_of, words_for
from web.desk.buttons import Button, button, targets
from web.desk.origin import origin_from
from web.desk.sent import Sent
from web.desk.tip import open_shown, what_all_show
from web.desk.words import deed_words, thread_lines

_STATUS = {Reason.UNKNOWN: HTTPStatus.NOT_FOUND, Reason.BAD_INPUT: HTTPStatus.BAD_REQUEST} | {
    Reason.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Reason.BAD_FILE: HTTPStatus.BAD_REQUEST
}  # fmt: skip


async def give_back(request: web.Request, tip_id: TipId, sent: Sent, problem: Refused | CannotStore) -> web.Response:
    """The page for a form that `problem` stopped. Raises `problem` when nothing was written that could be lost."""
    origin = origin_from(sent["from"])
    try:
        await stand_seen(services_of(request), session_of(request), tip_id)
        shown = await open_shown(request, tip_id, origin)
    except (Refused, CannotStore) as closed:
        return _only_words(request, sent, closed)
    services, standing = services_of(request), shown.tip.standing
    since = await happened_since(services, standing, seen_from(sent["seen"]))
    values = await what_all_show(request, shown, origin)
    lang = request.app[LANG]
    return page(
        request,
        "desk/merge.html",
        status=_status(problem),
        **values,
        sent=sent,
        again=_again(request, shown, sent),
        words=_words(request, problem),
        carried=carry(session_of(request), tip_id, sent.files),
        deeds=[deed_words(lang, one) for one in since.deeds],
        new_lines=thread_lines(lang, shown.tip, since.thread),
    )


def _again(request: web.Request, shown: TipPage, sent: Sent) -> Button | str:
    """The form to show: a button's own, the composer's or that of recusal by name; "" when it is legal no more."""
    session, lang = session_of(request), request.app[LANG]
    if sent.name == "write":
        return "write" if sent["to"] in targets(shown, session) else ""
    if sent.name == "recuse":
        return "recuse"
    found = button(lang, shown, session, Action(sent.name.replace("-", "_")))
    return found if found and not found.blocked else ""


def _only_words(request: web.Request, sent: Sent, problem: Refused | CannotStore) -> web.Response:
    """For a tip that its sender cannot open any more: their own words, to be copied."""
    if not sent["text"]:
        raise problem
    return page(request, "desk/kept.html", status=_status(problem), words=_words(request, problem), text=sent["text"])


def _words(request: web.Request, problem: Refused | CannotStore) -> str:
    if isinstance(problem, CannotStore):
        return say(request.app[LANG], "desk-cannot-store")
    if problem.reason is Reason.STALE and not problem.detail:
        return say(request.app[LANG], "tip-stale")
    return words_for(request, problem)


def _status(problem: Refused | CannotStore) -> HTTPStatus:
    if isinstance(problem, CannotStore):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return _STATUS.get(problem.reason, HTTPStatus.CONFLICT)
