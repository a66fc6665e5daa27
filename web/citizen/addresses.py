"""The villager's addresses: first page, landing of a card, conversation, progress, the way out."""

from collections.abc import Callable

from aiohttp import web

from domain.errors import Refused
from domain.rounds import Intake
from handlers.conversation.talk import Card
from handlers.intake.admission import admit, called_in
from handlers.intake.scanning import count_scan
from handlers.services import IntakeServices
from web.citizen import chat, view
from web.citizen.chat import AGAIN, PROGRESS, SERVICES, entry_of
from web.citizen.visitor import Visitor, likes, visitor
from web.forms import UPLOAD_ROOM, Field, UploadRoom, pieces
from web.guard import same_origin
from web.pages import render

TELEGRAM_BOT: web.AppKey[Callable[[], str]] = web.AppKey("TELEGRAM_BOT")
_LONGEST_CODE = 64


async def _home(request: web.Request) -> web.Response:
    return likes(request) or _page(request, "home", here="/", wrong=False)


async def _typed_code(request: web.Request) -> web.Response:
    """A typed short code leads to its card's page; it changes nothing here."""
    if not same_origin(request):
        raise web.HTTPForbidden
    code = ""
    async for piece in pieces(request):
        if isinstance(piece, Field) and piece.name == "code":
            code = piece.text.strip()[:_LONGEST_CODE]
    try:
        card = await admit(request.app[SERVICES], code or "-", visitor(request).lang)
    except Refused:
        return _page(request, "home", here="/", wrong=True)
    raise web.HTTPSeeOther(f"/k/{card.code}")


async def _landing(request: web.Request) -> web.Response:
    who = visitor(request)
    wished = likes(request)
    if wished is not None:
        wished.headers["Location"] += AGAIN
        return wished
    try:
        card = await admit(request.app[SERVICES], request.match_info["code"], who.lang)
    except Refused:
        return await _not_admitted(request)
    if card.code != request.match_info["code"]:
        raise web.HTTPSeeOther(f"/k/{card.code}")
    return _page(
        request,
        "landing",
        here=f"/k/{card.code}",
        card=card,
        closes=view.moment(who.lang, card.closes_at, card.year),
        begins=view.moment(who.lang, card.begins_at, card.year) if card.begins_at else "",
        open=card.intake is Intake.OPEN,
        early=card.intake is Intake.EARLY,
        telegram=_telegram(request, card),
    )


async def _not_admitted(request: web.Request) -> web.Response:
    """Every code that was never ours gets the same page; one of ours that was called in says whom to ask."""
    gone = await called_in(request.app[SERVICES], request.match_info["code"])
    if gone is None:
        return _page(request, "unknown", here="/", status=404)
    return _page(request, "called_in", here="/", status=410, gone=gone)


async def _scanned(request: web.Request) -> web.Response:
    """The beacon of a card's page. It is answered alike whatever the code is, and its body is not read."""
    if not same_origin(request):
        raise web.HTTPForbidden
    await count_scan(request.app[SERVICES], request.match_info["code"])
    return web.Response(status=204)


def _telegram(request: web.Request, card: Card) -> str:
    bot = request.app[TELEGRAM_BOT]()
    return f"https://t.me/{bot}?start={card.code}" if bot else ""


async def _chat(request: web.Request) -> web.Response:
    return await chat.show(request, entry_of(request))


async def _chat_act(request: web.Request) -> web.Response:
    return await chat.act(request, entry_of(request))


async def _progress(request: web.Request) -> web.Response:
    return await chat.show(request, PROGRESS)


async def _progress_act(request: web.Request) -> web.Response:
    return await chat.act(request, PROGRESS)


async def _away(request: web.Request) -> web.Response:
    """An empty page: to somebody who looks over a shoulder, one that has not loaded."""
    return _page(request, "away", here="/")


def _page(request: web.Request, name: str, *, here: str, status: int = 200, **values: object) -> web.Response:
    who: Visitor = visitor(request)
    return render(
        f"citizen/{name}.html", who.lang, status=status, here=here, large=who.large, trial=not who.https, **values
    )


def register(app: web.Application, services: IntakeServices, *, telegram_bot: Callable[[], str]) -> None:
    """Serve the villager's pages. `telegram_bot`: the bot's name without @, empty while there is none."""
    app[SERVICES] = services
    app[TELEGRAM_BOT] = telegram_bot
    app[UPLOAD_ROOM] = UploadRoom()
    app.router.add_get("/", _home)
    app.router.add_post("/", _typed_code)
    app.router.add_get("/away", _away)
    app.router.add_get("/chat", _chat)
    app.router.add_post("/chat", _chat_act)
    app.router.add_get("/progress", _progress)
    app.router.add_post("/progress", _progress_act)
    app.router.add_get("/k/{code}", _landing)
    app.router.add_post("/k/{code}/scan", _scanned)
    app.router.add_get("/k/{code}/chat", _chat)
    app.router.add_post("/k/{code}/chat", _chat_act)
