"""The office's overview and its rounds as pages. This file decides nothing, and no page of the office shows a tip."""

import asyncio
from collections.abc import AsyncIterator, Callable

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import RoundId
from domain.rounds import OFFICE_ROLES, Role, Round, RoundState
from handlers.office import opening, rounds
from handlers.office.cards import Press
from handlers.office.volume import Boards
from handlers.texts import say
from web.access import LANG, SERVICES, needs, page, services_of, session_of, words_for
from web.office import cards as office_cards
from web.office import days as office_days
from web.office import deadlines as office_deadlines
from web.office import importing as office_import
from web.office import members as office_members
from web.office import templates_page
from web.office.parts import PRESS, Question, confirm, id_of
from web.people import field

_BOARDS = web.AppKey("BOARDS", Boards)


def register(app: web.Application, press: Callable[[], Press]) -> None:
    """The office. `press` says what is printed on cards and where links point; asked each time it is needed."""
    app[PRESS] = press
    app[_BOARDS] = Boards()
    app.cleanup_ctx.append(_keep_boards)
    app.router.add_get("/office", _overview)
    app.router.add_get("/office/rounds", _rounds)
    app.router.add_get("/office/rounds/{round}", _round)
    app.router.add_post("/office/rounds/{round}/texts", _texts)
    app.router.add_get("/office/rounds/{round}/open", _ask_open)
    app.router.add_post("/office/rounds/{round}/open", _open)
    app.router.add_get("/office/rounds/{round}/close", _ask_close)
    app.router.add_post("/office/rounds/{round}/close", _close)
    office_import.register(app)
    office_members.register(app)
    office_cards.register(app)
    office_days.register(app)
    office_deadlines.register(app)
    templates_page.register(app)


async def _keep_boards(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[_BOARDS].keep(app[SERVICES]), name="hourly boards")
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@needs(*OFFICE_ROLES)
async def _overview(request: web.Request) -> web.StreamResponse:
    services, session = services_of(request), session_of(request)
    if "round" in request.query:
        chosen: Round | None = await rounds.get_round(services, session, RoundId(id_of(request.query["round"])))
    else:
        chosen = await rounds.current_round(services, session)
    if chosen is None:
        return page(request, "office/empty.html", at="overview")
    if chosen.state is RoundState.PLANNED:
        raise web.HTTPSeeOther(f"/office/rounds/{chosen.id.hex()}")
    view = await rounds.view_round(services, session, chosen.id)
    board = await request.app[_BOARDS].get(services, chosen.id)
    others = [row for row in await rounds.list_rounds(services, session) if row.state is RoundState.OPEN]
    return page(request, "office/overview.html", at="overview", board=board, view=view, others=others)


@needs(*OFFICE_ROLES)
async def _rounds(request: web.Request) -> web.StreamResponse:
    known = await rounds.list_rounds(services_of(request), session_of(request))
    if not known:
        return page(request, "office/empty.html", at="rounds")
    return page(request, "office/rounds.html", at="rounds", rounds=known)


@needs(*OFFICE_ROLES)
async def _round(request: web.Request) -> web.StreamResponse:
    return await _show_round(request, 200, "saved" in request.query)


@needs(*OFFICE_ROLES)
async def _texts(request: web.Request) -> web.StreamResponse:
    round_id, notice, scope = _id(request), await field(request, "notice"), await field(request, "scope")
    await rounds.set_texts(services_of(request), session_of(request), round_id, notice=notice, scope=scope)
    raise web.HTTPSeeOther(f"/office/rounds/{round_id.hex()}?saved")


@needs(Role.DIRECTOR)
async def _ask_open(request: web.Request) -> web.StreamResponse:
    return await _ask(request, "open")


@needs(Role.DIRECTOR)
async def _open(request: web.Request) -> web.StreamResponse:
    try:
        await opening.open_round(services_of(request), session_of(request), _id(request))
    except Refused as refused:
        return await _refused(request, refused)
    raise web.HTTPSeeOther("/office")


@needs(Role.DIRECTOR)
async def _ask_close(request: web.Request) -> web.StreamResponse:
    return await _ask(request, "close")


@needs(Role.DIRECTOR)
async def _close(request: web.Request) -> web.StreamResponse:
    try:
        await opening.close_round(services_of(request), session_of(request), _id(request))
    except Refused as refused:
        return await _refused(request, refused)
    raise web.HTTPSeeOther(f"/office/rounds/{_id(request).hex()}")


async def _ask(request: web.Request, act: str) -> web.Response:
    """The question before `act`; only the sentence differs."""
    round_ = await rounds.get_round(services_of(request), session_of(request), _id(request))
    lang, here = request.app[LANG], f"/office/rounds/{round_.id.hex()}"
    name = say(lang, "office-round", ordinal=round_.ordinal)
    return confirm(
        request,
        Question(
            at="rounds",
            title=say(lang, f"office-{act}-title", round=name),
            consequence=say(lang, f"office-{act}-consequence", closes=round_.closes_at),
            verb=say(lang, f"office-{act}-do", round=name),
            action=f"{here}/{act}",
            back=here,
            grave=act == "close",
        ),
    )


async def _refused(request: web.Request, refused: Refused) -> web.Response:
    """The round again, with why nothing was done."""
    if refused.reason is Reason.UNKNOWN:
        raise refused
    return await _show_round(request, 409, saved=False, wrong=words_for(request, refused))


async def _show_round(request: web.Request, status: int, saved: bool, wrong: str = "") -> web.Response:
    services, session = services_of(request), session_of(request)
    view = await rounds.view_round(services, session, _id(request))
    return page(request, "office/round.html", status=status, at="rounds", view=view, saved=saved, wrong=wrong)


def _id(request: web.Request) -> RoundId:
    return RoundId(id_of(request.match_info["round"]))
