"""The JSON API: the same conversation for other front ends (kiosk, mini-program). It keeps nothing of its own."""

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from domain.errors import Reason, Refused
from domain.receipt_code import normalise
from domain.tips import Channel
from handlers import wire
from handlers.conversation.events import Chose, Event, Said, Sent, Start
from handlers.intake.admission import admit
from handlers.intake.converse import Answer, Peer, handle
from handlers.keeping import keep_file
from handlers.services import IntakeServices
from web.citizen.chat import SERVICES
from web.citizen.openapi import document
from web.forms import FILE_LIMIT, Upload, json_object, pieces
from web.guard import api_error, json_response

_ENVELOPE = 64 * 1024
"""Bytes a multipart body may have around its one file."""
_MARK = 32
"""Hex digits at the end of a token by which we know it as ours."""
_BEARER = re.compile(r"(?i:bearer) (?P<name>[0-9a-f]{64})(?P<mark>[0-9a-f]{32})")

TokenHandler = Callable[[web.Request, Peer], Awaitable[web.Response]]


def _new_token(services: IntakeServices) -> str:
    """A random name and our mark on it, so that a token we never gave is known without looking anything up."""
    name = secrets.token_hex(32)
    return f"{name}{_mark(services, name)}"


def _mark(services: IntakeServices, name: str) -> str:
    return services.secrets.chat_tag("api token", name).hex()[:_MARK]


def _peer(services: IntakeServices, token: str) -> Peer:
    return Peer(Channel.WEB, services.secrets.chat_tag("api", token))


def _known(services: IntakeServices, request: web.Request) -> str:
    """The token of the Authorization header, or nothing when we never gave it."""
    found = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    ours = found is not None and hmac.compare_digest(_mark(services, found["name"]), found["mark"])
    return found["name"] + found["mark"] if found and ours else ""


def _with_token(handler: TokenHandler) -> Callable[[web.Request], Awaitable[web.Response]]:
    """401 for a token we never gave, before a byte of the body is looked at."""

    async def checked(request: web.Request) -> web.Response:
        services = request.app[SERVICES]
        token = _known(services, request)
        return await handler(request, _peer(services, token)) if token else api_error(401)

    return checked


def _answered(answer: Answer) -> web.Response:
    return json_response({"replies": wire.replies_json(answer.spoken)})


async def _open(request: web.Request) -> web.Response:
    body = wire.read_body(wire.OpenBody, await json_object(request))
    services = request.app[SERVICES]
    if body.card.strip():
        await admit(services, body.card, body.lang)  # an unknown card opens nothing: 404
    return await _opened(services, Start(body.card, body.lang), status=201)


async def _opened(services: IntakeServices, *happened: Event, status: int) -> web.Response:
    token = _new_token(services)
    answer = await handle(services, _peer(services, token), *happened)
    return json_response({"token": token, "replies": wire.replies_json(answer.spoken)}, status=status)


async def _event(request: web.Request, peer: Peer) -> web.Response:
    body = wire.read_body(wire.EventBody, await json_object(request))
    return _answered(await handle(request.app[SERVICES], peer, wire.event_of(body)))


async def _file(request: web.Request, peer: Peer) -> web.Response:
    if (request.content_length or 0) > FILE_LIMIT + _ENVELOPE:
        raise Refused(Reason.TOO_LARGE)
    services = request.app[SERVICES]
    sent: Sent | None = None
    async for piece in pieces(request):
        if not isinstance(piece, Upload) or piece.field != "file" or sent or not piece.data:
            raise Refused(Reason.BAD_INPUT, "one part named file")
        kind, file = await keep_file(services, piece.data, name=piece.name)
        sent = Sent(kind, file)
    if sent is None:
        raise Refused(Reason.BAD_INPUT, "one part named file")
    return _answered(await handle(services, peer, sent))


async def _receipt(request: web.Request) -> web.Response:
    """The team's messages for a code; the same answer for a code that nobody was ever given."""
    body = wire.read_body(wire.ReceiptBody, await json_object(request))
    code = normalise(body.code)
    if code is None:
        raise Refused(Reason.BAD_CODE)
    return await _opened(request.app[SERVICES], Chose("progress"), Said(code), status=200)


async def _openapi(_: web.Request) -> web.Response:
    return json_response(document())


def register(app: web.Application) -> None:
    """Serve the API; `citizen.register` has put the services into the app."""
    app.router.add_post("/api/conversations", _open)
    app.router.add_post("/api/events", _with_token(_event))
    app.router.add_post("/api/files", _with_token(_file))
    app.router.add_post("/api/receipts", _receipt)
    app.router.add_get("/api/openapi.json", _openapi)
