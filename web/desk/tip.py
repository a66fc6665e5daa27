"""One tip as a page: what was said, what is due, who can read it, what may be done. Doing it is in acts.py."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from http import HTTPStatus

from aiohttp import web

from domain.ids import TipId
from domain.rounds import TEAM_ROLES
from domain.tips import Kind
from handlers.desk.finding.likeness import similar
from handlers.desk.locking.locks import lock_differs
from handlers.desk.mine import answers_for
from handlers.desk.moves.transferring import targets as targets_of_transfer
from handlers.desk.page import TipPage, open_page
from handlers.desk.team.key_holders import key_differs
from handlers.letters import Letter
from web.access import LANG, needs, page, services_of, session_of
from web.desk.badges import badge_of, clock_badges, size_words
from web.desk.buttons import buttons, reasons_of, targets
from web.desk.origin import Origin, origin_from
from web.desk.presence import others_words
from web.desk.words import deed_words, flags_of, thread_lines
from web.ids import tip_id_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the composer: to whom, the words, and a token for files that are stored already."""

    to: str = ""
    text: str = ""
    carried: str = ""


def register(app: web.Application) -> None:
    app.router.add_get("/desk/tips/{tip}", _tip)


@needs(*TEAM_ROLES)
async def _tip(request: web.Request) -> web.StreamResponse:
    return await show_tip(request, Draft(), canned=request.query.get("canned", ""))


async def show_tip(request: web.Request, draft: Draft, *, origin: str = "", canned: str = "") -> web.Response:
    """The page, with `draft` in the composer and the canned reply of that id behind it."""
    origin_ = origin_from(origin or request.query.get("from", ""))
    shown = await open_shown(request, tip_id_of(request), origin_)
    services, session, standing = services_of(request), session_of(request), shown.tip.standing
    values = await what_all_show(request, shown, origin_) | {
        "draft": _filled(shown, draft, canned),
        "history": [(deed.on, deed_words(request.app[LANG], deed)) for deed in shown.tip.history],
        "hints": await similar(services, session, standing.tip.id),
        "differs": await key_differs(services, session, standing.team.id),
        "lock_differs": await lock_differs(services, session, standing),
    }
    return page(request, "desk/tip.html", status=HTTPStatus.OK, **values)


async def open_shown(request: web.Request, tip_id: TipId, origin: Origin) -> TipPage:
    """Opens the tip for whoever asks. Raises what `stand` raises."""
    return await open_page(services_of(request), session_of(request), tip_id, origin.part)


async def what_all_show(request: web.Request, shown: TipPage, origin: Origin) -> dict[str, object]:
    """Values that the tip's page and the page of a refused form have in common."""
    takers = await targets_of_transfer(services_of(request), session_of(request), shown.tip.standing.tip.id)
    return {**_told(request, shown), **_offered(request, shown), "origin": origin, "takers": takers}


def _told(request: web.Request, shown: TipPage) -> dict[str, object]:
    """What is known of the tip, in words."""
    lang, tip = request.app[LANG], shown.tip
    return {
        "here": f"/desk/tips/{tip.standing.tip.id.hex()}",
        "shown": shown,
        "tip": tip,
        "team": tip.standing.team,
        "work": tip.standing.work,
        "badge": badge_of(lang, tip.deadline, tip.standing.work.state),
        "clocks": clock_badges(lang, tip, services_of(request).clock().date()),
        "lines": thread_lines(lang, tip, tip.thread, shown.silent),
        "size": lambda size: size_words(lang, size),
        "minute": _minute(tip.letter),
        "flags": flags_of(tip),
        "others": others_words(lang, shown.glance),
    }


def _offered(request: web.Request, shown: TipPage) -> dict[str, object]:
    """What I may do about it."""
    session = session_of(request)
    first, rest = buttons(request.app[LANG], shown, session)
    return {
        "first": first,
        "rest": rest,
        "targets": targets(shown, session),
        "reasons": reasons_of,
        "kinds": tuple(Kind),
        "may_name": answers_for(session, shown.tip.standing.team.id),
    }


def _filled(shown: TipPage, draft: Draft, canned: str) -> Draft:
    reply = next((one.body for one in shown.canned if one.id.hex() == canned), "")
    return replace(draft, text=f"{draft.text}\n{reply}".strip()) if reply else draft


def _minute(letter: Letter | None) -> str:
    """Of what was typed in on a later day nobody knows the hour: it stands at midnight."""
    if letter is None:
        return ""
    moment = datetime.fromisoformat(letter.minute)
    return moment.strftime("%m-%d %H:%M" if moment.time() > time() else "%m-%d")
