"""Contact cards as the office sees them: batches by team, how many are wanted and printed, and new ones."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import TeamId, UnitId
from domain.rounds import OFFICE_ROLES, Round, RoundState, Target
from handlers.office import cards, rounds
from web.access import LANG, needs, page, services_of, session_of, words_for
from web.answers import pdf
from web.ids import id_of
from web.office.cards.parts import HERE, file_name, list_of, number, round_named, why_not_printed
from web.office.parts import PRESS, round_wanted
from web.people import field

_COUNT = "cards."  # begins the name of a field; the unit's id follows


def register(app: web.Application) -> None:
    """The cards."""
    app.router.add_get(HERE, _cards)
    app.router.add_post(HERE, _make)
    app.router.add_get(HERE + "/new", _new)
    app.router.add_post(HERE + "/missing", _make_missing)
    app.router.add_post(HERE + "/print", _print)


@needs(*OFFICE_ROLES)
async def _cards(request: web.Request) -> web.StreamResponse:
    round_ = await round_wanted(request)
    return await _list(request, round_, {}) if round_ else page(request, "office/empty.html", at="cards")


@needs(*OFFICE_ROLES)
async def _new(request: web.Request) -> web.StreamResponse:
    round_ = await round_wanted(request)
    return await _form(request, round_, {}) if round_ else page(request, "office/empty.html", at="cards")


@needs(*OFFICE_ROLES)
async def _make(request: web.Request) -> web.StreamResponse:
    """`place` of the form: the id of a team and of a unit, a dot between them."""
    round_, typed = await round_named(request, await field(request, "round")), await _typed(request)
    team, _, unit = typed.get("place", "").partition(".")
    try:
        if not typed.get("place"):
            raise Refused(Reason.BAD_INPUT, "units")
        await cards.make_batch(
            services_of(request), round_id=round_.id, team_id=TeamId(id_of(team)), unit_ids=(UnitId(id_of(unit)),),
            way=typed.get("way", ""), target=Target.TELEGRAM if typed.get("target") == Target.TELEGRAM else Target.WEB,
            is_test="test" in typed, cards=number(typed.get("cards") or "0"), by=session_of(request).member_id,
        )  # fmt: skip
    except Refused as refused:
        return await _form(request, round_, typed, words_for(request, refused))
    raise web.HTTPSeeOther(f"{list_of(round_)}&made=1")


@needs(*OFFICE_ROLES)
async def _make_missing(request: web.Request) -> web.StreamResponse:
    """A batch for each place without cards; the fields `cards.<unit>` say how many, where `cards` is not meant."""
    round_, typed = await round_named(request, await field(request, "round")), await _typed(request)
    counts = {
        UnitId(id_of(name.removeprefix(_COUNT))): number(text)
        for name, text in typed.items()
        if name.startswith(_COUNT) and text
    }
    try:
        made = await cards.make_all_batches(
            services_of(request), round_.id, typed.get("way", ""), session_of(request).member_id,
            cards=number(typed.get("cards") or "0"), counts=counts,
        )  # fmt: skip
    except Refused as refused:
        return await _form(request, round_, {**typed, "many": "1"}, words_for(request, refused))
    raise web.HTTPSeeOther(f"{list_of(round_)}&made={len(made)}")


@needs(*OFFICE_ROLES)
async def _print(request: web.Request) -> web.StreamResponse:
    """The PDF of one batch, or of all of the round's when the form names none; without a count what is still wanted."""
    services, press = services_of(request), request.app[PRESS]()
    batch, count, order = [await field(request, name) for name in ("batch", "count", "order")]
    round_ = await round_named(request, await field(request, "round"))
    views = await cards.list_batches(services, round_.id, press.lang)
    # Test cards are printed one batch at a time: among all the others somebody would hand them out.
    chosen = [view for view in views if (view.batch.id.hex() == batch if batch else not view.batch.is_test)]
    if batch and not chosen:
        raise web.HTTPNotFound
    try:
        wanted = number(count) if count else None
        by, duplex = session_of(request).member_id, order == "duplex"
        made = await cards.print_cards(services, chosen, press, wanted, by, duplex=duplex)
    except Refused as refused:
        asked = {} if batch else {"count": count, "order": order}
        return await _list(request, round_, asked, why_not_printed(request, refused))
    name = file_name(request, "cards", round_, chosen[0]) if batch else file_name(request, "all", round_)
    return pdf(made, name)


async def _typed(request: web.Request) -> dict[str, str]:
    return {name: text.strip() for name, text in (await request.post()).items() if isinstance(text, str)}


async def _list(request: web.Request, round_: Round, asked: dict[str, str], wrong: str = "") -> web.Response:
    """`asked`: what was typed to print all batches at once."""
    services, session = services_of(request), session_of(request)
    views = await cards.list_batches(services, round_.id, request.app[LANG])
    teams = await rounds.list_places(services, session, round_.id)
    unserved = await cards.unserved(services, round_.id)
    lines = [cards.TeamCards.of(team, views, unserved) for team, _ in teams]
    made, gone = request.query.get("made", ""), request.query.get("revoked", "")
    revoked = next((view for view in views if view.batch.id.hex() == gone and not view.is_active), None)
    return page(
        request, "office/cards.html", status=409 if wrong else 200, at="cards", round=round_, lines=lines, asked=asked,
        rounds=await rounds.list_rounds(services, session), short=cards.short_code, most=cards.MOST, wrong=wrong,
        made=number(made) if made and not wrong else -1, takes=round_.state is not RoundState.CLOSED,
        revoked=None if wrong else revoked,
    )  # fmt: skip


async def _form(request: web.Request, round_: Round, typed: dict[str, str], wrong: str = "") -> web.Response:
    services, session = services_of(request), session_of(request)
    return page(
        request, "office/cards_new.html", status=409 if wrong else 200, at="cards", round=round_,
        unserved=await cards.unserved(services, round_.id), bot=request.app[PRESS]().bot, most=cards.MOST,
        teams=await rounds.list_places(services, session, round_.id), typed=typed, wrong=wrong, here=list_of(round_),
        takes=round_.state is not RoundState.CLOSED,
    )  # fmt: skip
