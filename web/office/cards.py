"""Contact cards as the office sees them: batches per team and place, their paper, and calling them in."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import BatchId, RoundId, TeamId, UnitId
from domain.rounds import OFFICE_ROLES, Round, RoundState, Target
from handlers.office import cards, rounds
from handlers.office.cards import BatchView
from handlers.texts import say
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.office.parts import PRESS, Question, confirm, id_of
from web.people import field

_HERE = "/office/cards"


def register(app: web.Application) -> None:
    """The cards."""
    app.router.add_get(_HERE, _cards)
    app.router.add_post(_HERE, _make)
    app.router.add_post(_HERE + "/missing", _make_missing)
    app.router.add_post(_HERE + "/print", _print)
    app.router.add_get(_HERE + "/{batch}/poster", _poster)
    app.router.add_get(_HERE + "/{batch}/revoke", _ask_revoke)
    app.router.add_post(_HERE + "/{batch}/revoke", _revoke)


@needs(*OFFICE_ROLES)
async def _cards(request: web.Request) -> web.StreamResponse:
    services, session = services_of(request), session_of(request)
    if "round" in request.query:
        return await _list(request, await _round(request, request.query["round"]), 200)
    round_ = await rounds.current_round(services, session)
    return await _list(request, round_, 200) if round_ else page(request, "office/empty.html", at="cards")


@needs(*OFFICE_ROLES)
async def _make(request: web.Request) -> web.StreamResponse:
    """`place` of the form: the id of a team and of a unit, a dot between them."""
    round_ = await _round(request, await field(request, "round"))
    team, _, unit = (await field(request, "place")).partition(".")
    target = Target.TELEGRAM if await field(request, "target") == Target.TELEGRAM else Target.WEB
    try:
        await cards.make_batch(
            services_of(request), round_id=round_.id, team_id=TeamId(id_of(team)), unit_ids=(UnitId(id_of(unit)),),
            way=await field(request, "way"), target=target, by=session_of(request).member_id,
        )  # fmt: skip
    except Refused as refused:
        return await _list(request, round_, 409, words_for(request, refused))
    raise web.HTTPSeeOther(_of(round_))


@needs(*OFFICE_ROLES)
async def _make_missing(request: web.Request) -> web.StreamResponse:
    round_ = await _round(request, await field(request, "round"))
    way, by = await field(request, "way"), session_of(request).member_id
    try:
        await cards.make_all_batches(services_of(request), round_.id, way, by)
    except Refused as refused:
        return await _list(request, round_, 409, words_for(request, refused))
    raise web.HTTPSeeOther(_of(round_))


@needs(*OFFICE_ROLES)
async def _print(request: web.Request) -> web.StreamResponse:
    """The PDF of one batch, or of all of the round's when the form names none."""
    services, press = services_of(request), request.app[PRESS]()
    batch, count = await field(request, "batch"), await field(request, "count")
    round_ = await _round(request, await field(request, "round"))
    views = [view for view in await cards.list_batches(services, round_.id, press.lang) if batch in {"", _hex(view)}]
    if not views:
        raise web.HTTPNotFound
    number = int(count) if count.isascii() and count.isdecimal() and len(count) < 6 else 0
    try:
        pdf = await cards.print_cards(services, views, press, number, session_of(request).member_id)
    except Refused as refused:
        return await _list(request, round_, 409, _why_not_printed(request, refused))
    return _pdf(pdf, "cards.pdf")


@needs(*OFFICE_ROLES)
async def _poster(request: web.Request) -> web.StreamResponse:
    view = await _batch(request)
    try:
        pdf = await cards.print_poster(services_of(request), view, request.app[PRESS]())
    except Refused as refused:
        return await _list(request, view.round, 409, _why_not_printed(request, refused))
    return _pdf(pdf, "poster.pdf")


@needs(*OFFICE_ROLES)
async def _ask_revoke(request: web.Request) -> web.StreamResponse:
    view, lang = await _batch(request), request.app[LANG]
    code = cards.short_code(view.batch)
    return confirm(
        request,
        Question(
            at="cards",
            title=say(lang, "office-revoke-title", place=view.place, way=view.batch.way, code=code),
            consequence=say(lang, "office-revoke-consequence", n=view.printed),
            verb=say(lang, "office-revoke-do", code=code),
            action=f"{_HERE}/{_hex(view)}/revoke",
            back=_of(view.round),
        ),
    )


@needs(*OFFICE_ROLES)
async def _revoke(request: web.Request) -> web.StreamResponse:
    view, session = await _batch(request), session_of(request)
    await cards.revoke(services_of(request), session.office_id, view.batch.id, session.member_id)
    raise web.HTTPSeeOther(_of(view.round))


async def _list(request: web.Request, round_: Round, status: int, wrong: str = "") -> web.Response:
    services, session, press = services_of(request), session_of(request), request.app[PRESS]()
    views = await cards.list_batches(services, round_.id, request.app[LANG])
    frame = await rounds.view_round(services, session, round_.id)
    return page(
        request,
        "office/cards.html",
        status=status,
        at="cards",
        round=round_,
        batches=views,
        frame=frame,
        rounds=await rounds.list_rounds(services, session),
        short=cards.short_code,
        bot=press.bot,
        most=cards.MOST,
        wrong=wrong,
        takes=round_.state is not RoundState.CLOSED,
    )


async def _round(request: web.Request, text: str) -> Round:
    return await rounds.get_round(services_of(request), session_of(request), RoundId(id_of(text)))


async def _batch(request: web.Request) -> BatchView:
    batch_id = BatchId(id_of(request.match_info["batch"]))
    return await cards.get_batch(services_of(request), session_of(request).office_id, batch_id, request.app[LANG])


def _why_not_printed(request: web.Request, refused: Refused) -> str:
    known = refused.detail in {"card-count", "no-cards"} or refused.reason is not Reason.BAD_INPUT
    if known:
        return words_for(request, refused)
    return say(request.app[LANG], "office-cannot-print", why=refused.detail)


def _hex(view: BatchView) -> str:
    return view.batch.id.hex()


def _of(round_: Round) -> str:
    return f"{_HERE}?round={round_.id.hex()}"


def _pdf(data: bytes, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=data, content_type="application/pdf", headers=headers)
