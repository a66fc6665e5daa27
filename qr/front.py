"""This file lays out the front of one contact card, 90 by 54 mm. It knows no sheet."""

from dataclasses import dataclass, replace

from domain.errors import Reason, Refused
from qr.draw import Matrix
from qr.page import Block, Choices, Page, Style

CARD_WIDTH, CARD_HEIGHT = 90.0, 54.0
CODE_SIDE = 28.0

_SMALLEST_MODULE = 0.5  # mm; below it old telephones fail on office paper
_PAD, _EDGE = 5.0, 4.5  # left, top and bottom; nothing is printed nearer to a cut
_BOTTOM = CARD_HEIGHT - _EDGE
# The quiet zone of the smallest code that holds a landing address (29 modules) begins 51.6 mm from the left.
_COLUMN = 46.5
CODE_LEFT, CODE_TOP = 55.5, 7.4
_CODE_MIDDLE = CODE_LEFT + CODE_SIDE / 2
_CODE_COLUMN = 35.0

# Large type for eyes of seventy years; a column that is too full without it takes each list without its first line.
_LEVELS = 2
_TITLE = [(Style(3.4, 4.5), 1), (Style(3.1, 4.1), 1), (Style(2.9, 3.7), 2)]
_WHERE = [
    (Style(4.6, 5.7, bold=True), 1),
    (Style(4.15, 5.2, bold=True), 1),
    (Style(3.7, 4.6, bold=True), 2),
    (Style(3.1, 3.8, bold=True), 3),
    (Style(2.9, 3.6, bold=True), 3),
]
_UNTIL = [(Style(3.3, 4.5), 1), (Style(3.0, 4.2), 1), (Style(2.9, 3.7), 2)]
_HINT = [(Style(3.2, 4.3), 1), (Style(2.9, 4.0), 1), (Style(2.9, 3.6), 2)]
_VALUE = [(Style(3.2, 4.6, bold=True), 1), (Style(3.0, 4.35, bold=True), 1), (Style(2.9, 3.7, bold=True), 2)]
_WORD = Style(3.6, 6.2, bold=True)
_ROOM = _BOTTOM - _EDGE - _WORD.leading
_LEAST_GAPS = 2.0
_TIGHTEST = 0.85  # of the leading; lines of Chinese would touch below it
_CODE_HINT = [(Style(3.2, 4.4), 1), (Style(2.9, 4.4), 1)]
_SHORT_CODE = [(Style(4.4, 5.6, bold=True), 1)]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A way to reach the team: `网址` and `lx.example`."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CardFront:
    """What one batch prints in front. `url` is what the QR code holds; `batch_line` stands above every sheet."""

    title: str
    where: str
    until: str
    words: tuple[str, str, str]
    hint: str
    web: Labelled
    telegram: Labelled | None
    phone: Labelled | None
    code_hint: str
    short_code: str
    url: str
    batch_line: str

    @property
    def ways(self) -> tuple[Labelled, ...]:
        """The ways that there are, in the order in which they stand."""
        return tuple(way for way in (self.web, self.telegram, self.phone) if way is not None)


def put_front(page: Page, left: float, top: float, front: CardFront, modules: Matrix) -> None:
    """Draws one front with its corner at (`left`, `top`) mm. Raises `Refused(BAD_INPUT)` for what does not fit."""
    if CODE_SIDE / len(modules) < _SMALLEST_MODULE:
        raise Refused(Reason.BAD_INPUT, "address is too long for the code on a card")
    x = left + _PAD
    column = _column(page, front)
    free = _ROOM - column.height
    y = top + _EDGE
    for block in column.upper:
        y = page.put_block(x, y, block) + min(0.6, 0.1 * free)
    y += min(1.6, 0.3 * free)
    put_words(page, x, y, width=_COLUMN, words=front.words, style=_WORD)
    page.put_block(x, y + _WORD.leading + min(0.8, 0.1 * free), column.hint)
    _put_ways(page, x, top + _BOTTOM, column.ways)
    page.put_code(left + CODE_LEFT, top + CODE_TOP, CODE_SIDE, modules)
    _put_short_code(page, left + _CODE_MIDDLE, top + _BOTTOM, front)


def put_words(page: Page, x: float, y: float, *, width: float, words: tuple[str, str, str], style: Style) -> None:
    """The three check words side by side in a frame."""
    cell = width / 3
    page.frame(x, y, width, style.leading)
    for index, word in enumerate(words):
        if page.wide(word, style) > cell:
            raise Refused(Reason.BAD_INPUT, "check word is too long to print")
        page.put_centred(x + (index + 0.5) * cell, y, word, style)
        if index:
            page.rule(x + index * cell, y, x + index * cell, y + style.leading, grey=0.6)


@dataclass(frozen=True, slots=True)
class _Column:
    """The left column of a front from the top; between `upper` and `hint` stand the check words."""

    upper: tuple[Block, ...]
    hint: Block
    ways: tuple[tuple[str, Block], ...]

    @property
    def height(self) -> float:
        return sum(block.height for block in (*self.upper, self.hint, *(block for _, block in self.ways)))

    def tighter(self, factor: float) -> "_Column":
        """The same lines, their leading times `factor`."""
        ways = tuple((label, block.tighter(factor)) for label, block in self.ways)
        return _Column(tuple(block.tighter(factor) for block in self.upper), self.hint.tighter(factor), ways)


def _column(page: Page, front: CardFront) -> _Column:
    """The column in the largest type in which it leaves the least gaps, else with its leading reduced to leave them."""
    for first in range(_LEVELS):
        column = _lines(page, front, first)
        if column.height <= _ROOM - _LEAST_GAPS:
            return column
    factor = (_ROOM - _LEAST_GAPS) / column.height
    if factor < _TIGHTEST:
        raise Refused(Reason.BAD_INPUT, "texts of the card are too long together")
    return column.tighter(factor)


def _lines(page: Page, front: CardFront, first: int) -> _Column:
    upper = (
        page.fit("title", front.title, _COLUMN, _TITLE[first:]),
        page.fit("place", front.where, _COLUMN, _WHERE[first:]),
        page.fit("deadline", front.until, _COLUMN, _UNTIL[first:]),
    )
    hint = page.fit("hint", front.hint, _COLUMN, _HINT[first:])
    large = first == 0 and all(beside(page, way, _VALUE[0][0]) <= _COLUMN for way in front.ways)
    choices = _VALUE if large else _VALUE[1:]
    return _Column(upper, hint, tuple(_way(page, way, choices) for way in front.ways))


def _way(page: Page, way: Labelled, choices: Choices) -> tuple[str, Block]:
    """Label and value in one line; a value too long for that stands alone, in two lines at most."""
    style = choices[0][0]
    if beside(page, way, style) <= _COLUMN:
        return way.label, Block((way.value,), style)
    return "", page.fit(way.label, way.value, _COLUMN, choices)


def beside(page: Page, way: Labelled, style: Style) -> float:
    """How wide label and value are in one line."""
    return page.wide(f"{way.label} ", replace(style, bold=False)) + page.wide(way.value, style)


def _put_ways(page: Page, x: float, bottom: float, ways: tuple[tuple[str, Block], ...]) -> None:
    y = bottom - sum(block.height for _, block in ways)
    for label, block in ways:
        start = page.put(x, y, f"{label} ", replace(block.style, bold=False)) if label else x
        y = page.put_block(start, y, block)


def _put_short_code(page: Page, middle: float, bottom: float, front: CardFront) -> None:
    code = page.fit("short code", front.short_code, _CODE_COLUMN, _SHORT_CODE)
    hint = page.fit("hint at the code", front.code_hint, _CODE_COLUMN, _CODE_HINT)
    page.put_centred(middle, bottom - code.height - hint.height, hint.lines[0], hint.style)
    page.put_centred(middle, bottom - code.height, code.lines[0], code.style)
