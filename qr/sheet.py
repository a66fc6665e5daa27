"""This file lays out contact cards on A4: ten fronts a page, ten backs behind them. Every word is handed in."""

from collections.abc import Callable, Iterator, Sequence
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


_Page = tuple[str, CardFront | CardBack]
"""What stands above a page, and what is on it ten times."""


def sheets_of(count: int) -> int:
    """How many sheets of paper `count` cards take. Raises `Refused(BAD_INPUT)` below one."""
    if count < 1:
        raise Refused(Reason.BAD_INPUT, "number of cards")
    return -(-count // PER_SHEET)


def printed(count: int) -> int:
    """How many cards come out of the printer for `count`: whole sheets of ten."""
    return sheets_of(count) * PER_SHEET


def cards_pdf(batches: Sequence[CardSheet], *, duplex: bool = False) -> bytes:
    """A4 PDF: all fronts of all batches, then one back page per batch, to be printed as often as its fronts.

    `duplex`: behind each front its back instead, for a printer that turns the paper by itself, which is asked to.
    Counts are rounded up to whole sheets of ten (`printed`). Raises `Refused(BAD_INPUT)` for no batch, a count
    below one, a text that does not fit or a character the font lacks, each named in its detail.
    """
    if not batches:
        raise Refused(Reason.BAD_INPUT, "no cards to print")
    text = "0123456789/" + "".join(chain.from_iterable(map(texts_of, batches)))
    with open_page(text, title=batches[0].front.title, two_sided=duplex) as page:
        drawn: dict[type, tuple[CardFront | CardBack, bytes]] = {}  # the last of each side; most pages repeat it
        for head, side in _behind_each_other(batches) if duplex else _fronts_first(batches):
            _new_sheet(page, head)
            known, ten = drawn.get(type(side), (None, b""))
            if known != side:
                ten = _ten(page, side)
                drawn[type(side)] = side, ten
            page.stamp(ten)
        return bytes(page.output())


def _fronts_first(batches: Sequence[CardSheet]) -> Iterator[_Page]:
    for batch in batches:
        for number in _numbers(batch):
            yield number + batch.front.batch_line, batch.front
    for batch in batches:
        yield batch.back.sheet_note, _bare(batch.back)


def _behind_each_other(batches: Sequence[CardSheet]) -> Iterator[_Page]:
    for batch in batches:
        for number in _numbers(batch):
            yield number + batch.front.batch_line, batch.front
            yield number + batch.back.sheet_note, _bare(batch.back)


def _numbers(batch: CardSheet) -> list[str]:
    total = sheets_of(batch.count)
    return [f"{number} / {total}　" for number in range(1, total + 1)]


def _bare(back: CardBack) -> CardBack:
    """Without the note above it: what batches of one round share."""
    return replace(back, sheet_note="")


def _ten(page: Page, side: CardFront | CardBack) -> bytes:
    """The side in the place of the first card, in all ten of them."""
    one = page.record(_drawing(page, side))
    return page.record(lambda: _repeat(page, one))


def _drawing(page: Page, side: CardFront | CardBack) -> Callable[[], None]:
    if isinstance(side, CardBack):
        return lambda: put_back(page, LEFT, TOP, side)
    modules = matrix(side.url)
    return lambda: put_front(page, LEFT, TOP, side, modules)


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
