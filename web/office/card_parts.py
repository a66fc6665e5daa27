"""What the pages of the cards share: which round, which batch, a count, a PDF. This file has no page of its own."""

from aiohttp import web

from domain.errors import Reason, Refused
from domain.ids import BatchId, RoundId
from domain.rounds import Round
from handlers.office import cards, rounds
from handlers.office.cards import BatchView
from handlers.texts import say
from web.access import LANG, services_of, session_of, words_for
from web.office.parts import id_of

HERE = "/office/cards"


async def round_named(request: web.Request, text: str) -> Round:
    """Raises 404 for anything but the id of a round of this office."""
    return await rounds.get_round(services_of(request), session_of(request), RoundId(id_of(text)))


async def round_wanted(request: web.Request) -> Round | None:
    """The round that the address names, else the one the office works on; None without any. Raises 404."""
    if "round" in request.query:
        return await round_named(request, request.query["round"])
    return await rounds.current_round(services_of(request), session_of(request))


async def batch_wanted(request: web.Request) -> BatchView:
    """The batch of the address. Raises 404."""
    batch_id = BatchId(id_of(request.match_info["batch"]))
    return await cards.get_batch(services_of(request), session_of(request).office_id, batch_id, request.app[LANG])


def list_of(round_: Round) -> str:
    """Where the batches of a round are."""
    return f"{HERE}?round={round_.id.hex()}"


def page_of(view: BatchView) -> str:
    return f"{HERE}/{view.batch.id.hex()}"


def number(text: str) -> int:
    """What was typed as a number of cards; -1, which every rule refuses, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1


def why_not_printed(request: web.Request, refused: Refused) -> str:
    """A refusal in words; what the layout says of a text that does not fit is shown as it is."""
    known = refused.detail in {"card-count", "no-cards", "too-many-cards", "no-bot"}
    if known or refused.reason is not Reason.BAD_INPUT:
        return words_for(request, refused)
    return say(request.app[LANG], "office-cannot-print", why=refused.detail)


def pdf(data: bytes, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=data, content_type="application/pdf", headers=headers)
