"""This file lays out contact cards on A4: ten fronts a page, ten backs behind them. Every word is handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from domain.errors import Reason, Refused
from qr.back import CardBack, put_back
from qr.draw import matrix
from qr.font import texts_of
from qr.front import CARD_HEIGHT, CARD_WIDTH, CardFront, put_front
from qr.page import PAGE_HEIGHT, PAGE_WIDTH, Page, Style, open_page

COLUMNS, ROWS = 2, 5
PER_SHEET = COLUMNS * ROWS
LEFT = (PAGE_WIDTH - COLUMNS * CARD_WIDTH) / 2
TOP = (PAGE_HEIGHT - ROWS * CARD_HEIGHT) / 2

_HEAD = Style(2.6, 3.6)
_MARK = 4.0  # length of a crop mark
_SLIT = 1.5  # from a mark to the corner it points at, so that no ink stays on a card


@dataclass(frozen=True, slots=True)
class CardSheet:
    """One batch to print: `count` cards of one front, and one back for all of them."""

    front: CardFront
    back: CardBack
    count: int


def printed(count: int) -> int:
    """How many cards come out of the printer for `count`: whole sheets of ten."""
    return _sheets(count) * PER_SHEET


def cards_pdf(batches: Sequence[CardSheet]) -> bytes:
    """A4 PDF: front and back of one sheet after the other, so that it can be printed on both sides as it is.

    Counts are rounded up to whole sheets of ten (`printed`). Raises `Refused(BAD_INPUT)` for no batch, a count
    below one, a text that does not fit or a character the font lacks, each named in its detail.
    """
    if not batches:
        raise Refused(Reason.BAD_INPUT, "no cards to print")
    text = "0123456789/" + "".join(chain.from_iterable(map(texts_of, batches)))
    with open_page(text, title=batches[0].front.title, two_sided=True) as page:
        backs: dict[CardBack, bytes] = {}
        for batch in batches:
            _put_batch(page, batch, backs)
        return bytes(page.output())


def _sheets(count: int) -> int:
    """How many sheets of paper `count` cards take. Raises `Refused(BAD_INPUT)` below one."""
    if count < 1:
        raise Refused(Reason.BAD_INPUT, "number of cards")
    return -(-count // PER_SHEET)


def _put_batch(page: Page, batch: CardSheet, backs: dict[CardBack, bytes]) -> None:
    """`backs`: what was drawn so far; batches of one round share theirs but for the note above it."""
    front, back, total = batch.front, replace(batch.back, sheet_note=""), _sheets(batch.count)
    modules = matrix(front.url)
    for number in range(1, total + 1):
        _new_sheet(page, f"{number} / {total}　{front.batch_line}")
        if number == 1:
            ten = _ten(page, lambda: put_front(page, LEFT, TOP, front, modules))
        page.stamp(ten)
        _new_sheet(page, f"{number} / {total}　{batch.back.sheet_note}")
        if back not in backs:
            backs[back] = _ten(page, lambda: put_back(page, LEFT, TOP, back))
        page.stamp(backs[back])


def _ten(page: Page, draw: Callable[[], None]) -> bytes:
    """What `draw` puts in the place of the first card, in all ten of them."""
    one = page.record(draw)
    return page.record(lambda: _repeat(page, one))


def _repeat(page: Page, card: bytes) -> None:
    for index in range(PER_SHEET):
        row, column = divmod(index, COLUMNS)
        page.stamp(card, right=column * CARD_WIDTH, down=row * CARD_HEIGHT)


def _new_sheet(page: Page, head: str) -> None:
    page.add_page()
    page.put(LEFT, 4.0, page.shortened(head, PAGE_WIDTH - 2 * LEFT, _HEAD), _HEAD)
    for column in range(COLUMNS + 1):
        x = LEFT + column * CARD_WIDTH
        page.rule(x, TOP - _SLIT - _MARK, x, TOP - _SLIT)
        page.rule(x, PAGE_HEIGHT - TOP + _SLIT, x, PAGE_HEIGHT - TOP + _SLIT + _MARK)
    for row in range(ROWS + 1):
        y = TOP + row * CARD_HEIGHT
        page.rule(LEFT - _SLIT - _MARK, y, LEFT - _SLIT, y)
        page.rule(PAGE_WIDTH - LEFT + _SLIT, y, PAGE_WIDTH - LEFT + _SLIT + _MARK, y)
