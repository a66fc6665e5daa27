"""What the pages of the cards share: which round, which batch, a count. This file has no page of its own."""

from aiohttp import web

from domain.errors import Refused
from domain.ids import BatchId, RoundId
from domain.rounds import Round
from handlers.office import cards, rounds
from handlers.office.cards import BatchView
from handlers.texts import say
from web.access import LANG, services_of, session_of
from web.ids import id_of
from web.office.parts import whole

HERE = "/office/cards"


async def round_named(request: web.Request, text: str) -> Round:
    """Raises 404 for anything but the id of a round of this office."""
    return await rounds.get_round(services_of(request), session_of(request), RoundId(id_of(text)))


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
    return whole(text, otherwise=-1)


def why_not_printed(request: web.Request, refused: Refused) -> str:
    """A refusal in words, also that of the layout for a text that does not fit."""
    return cards.why_unprintable(request.app[LANG], refused)


def file_name(request: web.Request, what: str, round_: Round, view: BatchView | None = None) -> str:
    """What a PDF of one batch, or of all of a round, is saved as; `what`: cards, all or poster."""
    lang = request.app[LANG]
    place = f"{view.place}-{view.batch.way}".replace("/", "-") if view else ""
    return say(lang, f"cardroom-file-{what}", round=say(lang, "office-round", ordinal=round_.ordinal), place=place)
