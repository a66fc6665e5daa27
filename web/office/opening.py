"""A round's own page: its check list and the button that opens it, later its keys, its closing hour and its end."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.rounds import Role, RoundState
from handlers.office import rounds
from handlers.office.plan import gaps, removing
from handlers.office.rounds import checklist, opening, shown_keys
from handlers.texts import dated, say
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.office.parts import Question, confirm, moment_of, round_id, words
from web.people import field

_PATH = "/office/rounds/{round}"


def register(app: web.Application) -> None:
    """Opening a round, extending it, closing it."""
    app.router.add_get(_PATH + "/open", _ask_open)
    app.router.add_post(_PATH + "/open", _open)
    app.router.add_get(_PATH + "/close", _ask_close)
    app.router.add_post(_PATH + "/close", _close)
    app.router.add_get(_PATH + "/extend", _ask_extend)
    app.router.add_post(_PATH + "/extend", _extend)
    app.router.add_post(_PATH + "/gaps", _leave_gaps)
    app.router.add_post(_PATH + "/escrow", _waive_escrow)


async def show_round(
    request: web.Request, status: int, *, done: str = "", wrong: str = "", typed: dict[str, str] | None = None
) -> web.Response:
    """The page of the round that the address names, its texts as `typed` where they are. Raises `Refused(UNKNOWN)`.

    `done`: what was just done, `saved` (the texts) or `extended`.
    """
    services, session = services_of(request), session_of(request)
    view = await rounds.view_round(services, session, round_id(request))
    planned = view.round.state is RoundState.PLANNED
    checks = await checklist.check(services, view.round) if planned else []
    shown = {
        "view": view,
        "typed": typed or {"notice": view.notice, "scope": view.scope},
        "checks": checks,
        "blocked": [line for line in checks if line.blocks],
        "kept_by": await removing.kept_by(services, session, view.round.id) if planned else "",
        "opened": None if planned else await shown_keys.opened(services, view.round),
    }
    return page(request, "office/round.html", status=status, at="rounds", done=done, wrong=wrong, **shown)


async def show_refused(request: web.Request, refused: Refused) -> web.Response:
    """The round's page again, with why nothing was done. A 404 is raised again."""
    if refused.reason is Reason.UNKNOWN:
        raise refused
    return await show_round(request, 409, wrong=words_for(request, refused))


@needs(Role.DIRECTOR)
async def _ask_open(request: web.Request) -> web.StreamResponse:
    return await _ask(request, "open")


@needs(Role.DIRECTOR)
async def _open(request: web.Request) -> web.StreamResponse:
    try:
        await opening.open_round(services_of(request), session_of(request), round_id(request))
    except Refused as refused:
        return await show_refused(request, refused)
    raise web.HTTPSeeOther(f"{_here(request)}#keys")


@needs(Role.DIRECTOR)
async def _ask_close(request: web.Request) -> web.StreamResponse:
    return await _ask(request, "close")


@needs(Role.DIRECTOR)
async def _close(request: web.Request) -> web.StreamResponse:
    try:
        await opening.close_round(services_of(request), session_of(request), round_id(request))
    except Refused as refused:
        return await show_refused(request, refused)
    raise web.HTTPSeeOther(_here(request))


@needs(Role.DIRECTOR)
async def _ask_extend(request: web.Request) -> web.StreamResponse:
    return await _show_extend(request, 200)


@needs(Role.DIRECTOR)
async def _extend(request: web.Request) -> web.StreamResponse:
    services, session, typed = services_of(request), session_of(request), await field(request, "until")
    round_ = await rounds.get_round(services, session, round_id(request))
    until = moment_of(request, typed)
    if until is None:
        return await _show_extend(request, 409, wrong=say(request.app[LANG], "opening-extend-unread"), typed=typed)
    try:
        await opening.extend_round(services, session, round_.id, until)
    except Refused as refused:
        return await _show_extend(request, 409, wrong=" ".join(words(request, refused)), typed=typed)
    raise web.HTTPSeeOther(f"{_here(request)}?extended")


@needs(Role.DIRECTOR)
async def _leave_gaps(request: web.Request) -> web.StreamResponse:
    why = await field(request, "why")
    try:
        await gaps.leave_gaps(services_of(request), session_of(request), round_id(request), why)
    except Refused as refused:
        return await show_refused(request, refused)
    raise web.HTTPSeeOther(f"{_here(request)}#list")


@needs(Role.DIRECTOR)
async def _waive_escrow(request: web.Request) -> web.StreamResponse:
    """An empty reason takes the waiver back, by the button of that name only."""
    why = "" if await field(request, "back") else await field(request, "why") or " "
    try:
        if why.isspace():
            gaps.checked_reason(why)
        await opening.waive_escrow(services_of(request), session_of(request), round_id(request), why)
    except Refused as refused:
        return await show_refused(request, refused)
    raise web.HTTPSeeOther(f"{_here(request)}#list")


async def _show_extend(request: web.Request, status: int, *, wrong: str = "", typed: str = "") -> web.Response:
    services, session = services_of(request), session_of(request)
    round_ = await rounds.get_round(services, session, round_id(request))
    printed, latest = await opening.extension_facts(services, round_)
    shown = {"round": round_, "printed": printed, "latest": latest, "typed": typed, "wrong": wrong}
    return page(request, "office/extend.html", status=status, at="rounds", **shown)


async def _ask(request: web.Request, act: str) -> web.Response:
    """The question before `act`; only the sentence differs."""
    round_ = await rounds.get_round(services_of(request), session_of(request), round_id(request))
    lang, here = request.app[LANG], _here(request)
    name = say(lang, "office-round", ordinal=round_.ordinal)
    now = services_of(request).clock()
    early = act == "open" and now < round_.opens_at
    window = {"opens": dated(lang, round_.opens_at, now.year), "closes": dated(lang, round_.closes_at, now.year)}
    about = "open-early" if early else f"{act}-consequence"
    return confirm(
        request,
        Question(
            at="rounds",
            title=say(lang, f"office-{act}-title", round=name),
            consequence=say(lang, f"office-{about}", **window),
            verb=say(lang, f"office-{act}-do", round=name),
            action=f"{here}/{act}",
            back=here,
            grave=act == "close",
        ),
    )


def _here(request: web.Request) -> str:
    return f"/office/rounds/{round_id(request).hex()}"
