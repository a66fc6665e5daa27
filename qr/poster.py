"""This file lays out the A4 notice poster of one card batch. Every word on it is handed in."""

from dataclasses import dataclass

from domain.errors import Reason, Refused
from qr.draw import QUIET, Matrix, matrix
from qr.font import texts_of
from qr.front import Labelled, put_words
from qr.page import PAGE_HEIGHT, PAGE_WIDTH, Block, Page, Style, open_page

CODE_SIDE = 84.0
NARROW_CODE_SIDE = 72.0  # beside a notice

_LEFT, _TOP = 20.0, 18.0
_WIDTH = PAGE_WIDTH - 2 * _LEFT
_BOTTOM = PAGE_HEIGHT - 16.0
_MIDDLE = PAGE_WIDTH / 2

_TITLE = [(Style(7.0, 9.5), 1), (Style(6.0, 8.0), 2)]
_WHERE = [(Style(13.0, 17.0, bold=True), 1), (Style(10.0, 13.0, bold=True), 2), (Style(7.5, 9.5, bold=True), 3)]
_UNTIL = [(Style(6.5, 9.0), 1), (Style(5.5, 7.5), 2)]
_CODE_HINT = [(Style(6.0, 8.0), 1), (Style(5.0, 8.0), 1)]
_SHORT_CODE = [(Style(10.0, 12.0, bold=True), 1)]
_WORD = Style(8.0, 13.0, bold=True)
_HINT = [(Style(5.5, 8.0), 1), (Style(5.0, 7.0), 2)]
_HEADING = [(Style(5.0, 7.0, bold=True), 1)]
_NOTICE = [(Style(4.6, 6.6), 3), (Style(4.0, 5.4), 5)]
_TEXT = [(Style(4.6, 6.6), 3), (Style(4.0, 5.6), 5)]
_LABEL = Style(5.0, 7.4)
_VALUE = Style(5.0, 7.4, bold=True)


@dataclass(frozen=True, slots=True)
class Poster:
    """What one notice says. `url` is what the QR code holds; `notice`, one paragraph or empty, makes it smaller."""

    title: str
    where: str
    until: str
    code_hint: str
    short_code: str
    words: tuple[str, str, str]
    hint: str
    web: Labelled
    telegram: Labelled | None
    phone: Labelled
    scope_title: str
    scope: str
    doors_title: str
    doors: tuple[str, ...]
    url: str
    notice: str = ""


def poster_pdf(poster: Poster) -> bytes:
    """One A4 page. Raises `Refused(BAD_INPUT)` for a text that does not fit or a character the font lacks."""
    with open_page("".join(texts_of(poster)), title=poster.title) as page:
        page.add_page()
        y = _put_head(page, poster)
        y = _put_code(page, y, poster, matrix(poster.url))
        put_words(page, _LEFT, y, width=_WIDTH, words=poster.words, style=_WORD)
        y = _put_centred(page, y + _WORD.leading + 1.0, page.fit("hint", poster.hint, _WIDTH, _HINT))
        _put_foot(page, y, poster)
        return bytes(page.output())


def _put_head(page: Page, poster: Poster) -> float:
    y = _put_centred(page, _TOP, page.fit("title", poster.title, _WIDTH, _TITLE))
    y = _put_centred(page, y, page.fit("place", poster.where, _WIDTH, _WHERE))
    return _put_centred(page, y, page.fit("deadline", poster.until, _WIDTH, _UNTIL))


def _put_code(page: Page, y: float, poster: Poster, modules: Matrix) -> float:
    side = NARROW_CODE_SIDE if poster.notice else CODE_SIDE
    quiet = QUIET * side / len(modules)
    page.put_code(_MIDDLE - side / 2, y + quiet, side, modules)
    y += side + 2 * quiet
    y = _put_centred(page, y, page.fit("hint at the code", poster.code_hint, _WIDTH, _CODE_HINT))
    return _put_centred(page, y, page.fit("short code", poster.short_code, _WIDTH, _SHORT_CODE)) + 2.0


def _put_foot(page: Page, y: float, poster: Poster) -> None:
    ways = [way for way in (poster.web, poster.telegram, poster.phone) if way is not None]
    blocks = [
        page.fit("heading of the scope", poster.scope_title, _WIDTH, _HEADING),
        page.fit("scope", poster.scope, _WIDTH, _TEXT),
        page.fit("heading of the other doors", poster.doors_title, _WIDTH, _HEADING),
        page.fit_items("list of the other doors", poster.doors, _WIDTH, _TEXT),
    ]
    notice = [page.fit("notice", poster.notice, _WIDTH, _NOTICE)] if poster.notice else []
    free = _BOTTOM - y - sum(block.height for block in (*blocks, *notice)) - len(ways) * _LABEL.leading
    if free < 0:
        raise Refused(Reason.BAD_INPUT, "texts of the poster are too long together")
    gap = min(4.0, free / (3 + len(notice)))
    for block in notice:
        y = page.put_block(_LEFT, y + gap, block)
    y += gap
    for way in ways:
        _put_way(page, y, way)
        y += _LABEL.leading
    y = page.put_block(_LEFT, page.put_block(_LEFT, y + gap, blocks[0]), blocks[1])
    page.put_block(_LEFT, page.put_block(_LEFT, y + gap, blocks[2]), blocks[3])


def _put_way(page: Page, y: float, way: Labelled) -> None:
    if page.wide(f"{way.label} ", _LABEL) + page.wide(way.value, _VALUE) > _WIDTH:
        raise Refused(Reason.BAD_INPUT, f"{way.label} is too long to print")
    page.put(page.put(_LEFT, y, f"{way.label} ", _LABEL), y, way.value, _VALUE)


def _put_centred(page: Page, y: float, block: Block) -> float:
    for row, line in enumerate(block.lines):
        page.put_centred(_MIDDLE, y + row * block.style.leading, line, block.style)
    return y + block.height
