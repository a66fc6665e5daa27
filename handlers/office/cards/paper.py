"""What is printed of a batch, in words from the texts and the round: cards, a poster, a page for the browser."""

import asyncio
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from domain.errors import Reason, Refused
from domain.ids import MemberId
from domain.rounds import Round
from handlers import texts
from handlers.office.cards.making import MOST
from handlers.office.cards.view import BatchView, Press, short_code, url_of, words_of
from handlers.people import trail
from handlers.services import DeskServices
from qr.back import CardBack, check_back
from qr.draw import svg
from qr.front import CardFront, Labelled
from qr.poster import Poster, poster_pdf
from qr.sheet import PER_SHEET, CardSheet, cards_pdf, printed, sheets_of
from storage.office import cards, rounds
from storage.store import Tx

MOST_AT_ONCE = 20_000
"""Cards of all batches in one PDF."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One batch for a page of the browser. `code`: the QR code as SVG."""

    front: CardFront
    back: CardBack
    code: str


async def print_cards(
    services: DeskServices,
    views: list[BatchView],
    press: Press,
    count: int | None,
    by: MemberId | None = None,
    *,
    duplex: bool = False,
) -> bytes:
    """A4 PDF of `count` cards (rounded up to full sheets) of each batch that is not revoked; noted as printed.

    All fronts first, then one back for each batch; with `duplex` the back of each sheet behind its front.
    Without `count` as many as are still wanted of each; one sheet where nobody said how many.
    Raises `Refused(BAD_INPUT)`: `card-count` for a count that is not 1 to `MOST`, `too-many-cards` for more than
    `MOST_AT_ONCE` together, `no-cards` when all are revoked, `all-printed` when no more are wanted, else words that say
    which text does not fit or which character the font lacks.
    """
    if count is not None and not 1 <= count <= MOST:
        raise Refused(Reason.BAD_INPUT, "card-count")
    wanted = _wanted(views, count)
    sheets = [_sheet(services, view, press, n, duplex=duplex) for view, n in wanted]
    # Drawing takes seconds, and somebody may be telling a tip meanwhile.
    pdf = await asyncio.to_thread(cards_pdf, sheets, duplex=duplex)
    await _note(services, [(view, printed(n)) for view, n in wanted], "cards", by)
    return pdf


def _wanted(views: list[BatchView], count: int | None) -> list[tuple[BatchView, int]]:
    """Which batches are printed, and how many cards of each. Raises as `print_cards`."""
    active = [(view, count or _still_wanted(view)) for view in views if view.is_active]
    if not active:
        raise Refused(Reason.BAD_INPUT, "no-cards")
    wanted = [(view, n) for view, n in active if n]
    if not wanted:
        raise Refused(Reason.BAD_INPUT, "all-printed")
    if sum(n for _, n in wanted) > MOST_AT_ONCE:
        raise Refused(Reason.BAD_INPUT, "too-many-cards")
    return wanted


async def print_poster(services: DeskServices, view: BatchView, press: Press, by: MemberId | None = None) -> bytes:
    """The A4 notice of one batch, noted as printed. Raises `Refused`: `no-cards` when it is revoked, else as
    `print_cards`."""
    _check_active(view)
    notice = await services.store.read(lambda tx: rounds.get_text(tx, view.round.id, press.lang, "notice"))
    title = texts.say(press.lang, "card-poster-title", team=view.team.name)
    front, back = replace(_front(services, view, press), title=title), _back(press.lang, view.scope)
    poster = Poster(front, back, _flat(notice or ""))
    pdf = await asyncio.to_thread(poster_pdf, poster)
    await _note(services, [(view, 0)], "poster", by)
    return pdf


async def paper_of(services: DeskServices, view: BatchView, press: Press) -> Paper:
    """The batch for a page that the browser prints. Raises `Refused` where the PDF would be refused, too."""
    _check_active(view)
    front, back = _front(services, view, press), _back(press.lang, view.scope)
    await asyncio.to_thread(cards_pdf, [CardSheet(front, back, 1)])  # it measures; a browser would cut words off
    return Paper(front, back, svg(front.url))


async def note_page(services: DeskServices, view: BatchView, count: int, by: MemberId) -> None:
    """Remembers that somebody printed so many cards from their browser. Raises `Refused`: `card-count`, `no-cards`."""
    _check_active(view)
    if not 1 <= count <= MOST:
        raise Refused(Reason.BAD_INPUT, "card-count")
    await _note(services, [(view, printed(count))], "page", by)


def _still_wanted(view: BatchView) -> int:
    if view.batch.cards:
        return view.left
    return 0 if view.printed else PER_SHEET


def _check_active(view: BatchView) -> None:
    if not view.is_active:
        raise Refused(Reason.BAD_INPUT, "no-cards")


async def _note(services: DeskServices, done: list[tuple[BatchView, int]], what: str, by: MemberId | None) -> None:
    today = services.clock().date()

    def write(tx: Tx) -> None:
        for view, count in done:
            cards.insert_print_run(tx, view.batch.id, count, today, what=what, by=by)
            act = "print-poster" if what == "poster" else "print-cards"
            trail.note(tx, services, trail.Deed(view.round.office_id, by, act, "card_batch", view.batch.id))

    await services.store.write(write)


def _sheet(services: DeskServices, view: BatchView, press: Press, count: int, *, duplex: bool) -> CardSheet:
    """All backs look alike, so what stands above each says whose it is, and how it is printed."""
    note = "card-back-note-duplex" if duplex else "card-back-note-of"
    above = texts.say(press.lang, note, n=sheets_of(count), place=view.place, way=view.batch.way)
    return CardSheet(_front(services, view, press), replace(_back(press.lang, view.scope), sheet_note=above), count)


def _front(services: DeskServices, view: BatchView, press: Press) -> CardFront:
    say, lang, batch = texts.say, press.lang, view.batch
    return CardFront(
        title=say(lang, "card-title", team=view.team.name),
        where=say(lang, "cardroom-test-card", place=view.place) if batch.is_test else view.place,
        until=say(lang, "card-until", **_moment(view.round)),
        words=words_of(services, batch),
        hint=say(lang, "card-words-hint"),
        web=Labelled(say(lang, "card-web"), urlsplit(press.public_url).netloc),
        telegram=Labelled("Telegram", f"@{press.bot}") if press.bot else None,
        phone=Labelled(say(lang, "card-phone"), view.team.phone) if view.team.phone else None,
        code_hint=say(lang, "card-code-hint"),
        short_code=short_code(batch),
        url=url_of(batch, press),
        batch_line=say(lang, "card-batch-line", ordinal=view.round.ordinal, place=view.place, way=batch.way),
    )


def check_scope(lang: str, scope: str) -> None:
    """Raises `Refused(BAD_INPUT)` when a card could not be printed with that scope."""
    check_back(_back(lang, scope))


def _back(lang: str, scope: str) -> CardBack:
    say = texts.say
    return CardBack(
        scope_title=say(lang, "card-back-scope-title"),
        scope=_flat(scope),
        doors_title=say(lang, "card-back-doors-title"),
        doors=tuple(say(lang, f"card-back-door-{door}") for door in ("110", "12345", "12388")),
        boxes_label=say(lang, "card-back-boxes"),
        sheet_note=say(lang, "card-back-note"),
    )


def _flat(text: str) -> str:
    """Paper has no room for lines that end early."""
    return " ".join(text.split())


def _moment(round_: Round) -> dict[str, int | str]:
    ends = round_.closes_at
    return {"year": str(ends.year), "month": ends.month, "day": ends.day, "time": f"{ends:%H:%M}"}
