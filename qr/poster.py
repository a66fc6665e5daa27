"""This file lays out the A4 notice poster of one card batch. Every word on it is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import Reason, Refused
from qr.back import CardBack
from qr.draw import QUIET, matrix
from qr.font import texts_of
from qr.front import CardFront, Labelled, beside, put_words
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
# What stands below the words, in the largest type in which all of it fits: a sheet on a wall is read from afar. Each
# step takes the lists without one more of their first lines.
_STEPS = 4
_HEADING = [(Style(size, 1.4 * size, bold=True), 1) for size in (6.6, 5.8, 5.0, 5.0)]
_NOTICE = [(Style(6.2, 8.4), 3), (Style(5.4, 7.4), 4), (Style(4.6, 6.2), 5), (Style(4.0, 5.4), 5)]
_TEXT = [(Style(6.2, 8.6), 3), (Style(5.4, 7.6), 3), (Style(4.6, 6.6), 3), (Style(4.0, 5.6), 5)]
_WAY = [Style(size, 1.48 * size, bold=True) for size in (6.6, 5.8, 5.0, 5.0)]
_LEAST_GAP, _MOST_GAP = 2.5, 5.0


@dataclass(frozen=True, slots=True)
class Poster:
    """What one notice says: what the cards of its batch say, but for the boxes and the lines above a sheet. `notice`,
    one paragraph or empty, makes the code smaller."""

    front: CardFront
    back: CardBack
    notice: str = ""


def poster_pdf(poster: Poster) -> bytes:
    """One A4 page. Raises `Refused(BAD_INPUT)` for a text that does not fit or a character the font lacks."""
    front, side = poster.front, NARROW_CODE_SIDE if poster.notice else CODE_SIDE
    with open_page("".join(texts_of(poster)), title=front.title) as page:
        page.add_page()
        y = _put_head(page, front)
        y = _put_code(page, y, front, side)
        put_words(page, _LEFT, y, width=_WIDTH, words=front.words, style=_WORD)
        y = _put_centred(page, y + _WORD.leading + 1.0, page.fit("hint", front.hint, _WIDTH, _HINT))
        _put_foot(page, y, poster)
        return bytes(page.output())


def _put_head(page: Page, front: CardFront) -> float:
    y = _put_centred(page, _TOP, page.fit("title", front.title, _WIDTH, _TITLE))
    y = _put_centred(page, y, page.fit("place", front.where, _WIDTH, _WHERE))
    return _put_centred(page, y, page.fit("deadline", front.until, _WIDTH, _UNTIL))


def _put_code(page: Page, y: float, front: CardFront, side: float) -> float:
    modules = matrix(front.url)
    quiet = QUIET * side / len(modules)
    page.put_code(_MIDDLE - side / 2, y + quiet, side, modules)
    y += side + 2 * quiet
    y = _put_centred(page, y, page.fit("hint at the code", front.code_hint, _WIDTH, _CODE_HINT))
    return _put_centred(page, y, page.fit("short code", front.short_code, _WIDTH, _SHORT_CODE)) + 2.0


@dataclass(frozen=True, slots=True)
class _Foot:
    """What stands below the words. `notice` is empty or one block; `pairs`: a heading and its text."""

    notice: tuple[Block, ...]
    ways: tuple[Labelled, ...]
    way: Style
    pairs: tuple[tuple[Block, Block], ...]

    @property
    def height(self) -> float:
        blocks = (*self.notice, *(block for pair in self.pairs for block in pair))
        return sum(block.height for block in blocks) + len(self.ways) * self.way.leading

    @property
    def parts(self) -> int:
        return len(self.notice) + 1 + len(self.pairs)


def _put_foot(page: Page, y: float, poster: Poster) -> None:
    foot, gap = _fitting_foot(page, _BOTTOM - y, poster)
    for block in foot.notice:
        y = page.put_block(_LEFT, y + gap, block)
    y += gap
    for way in foot.ways:
        start = page.put(_LEFT, y, f"{way.label} ", replace(foot.way, bold=False))
        page.put(start, y, way.value, foot.way)
        y += foot.way.leading
    for heading, text in foot.pairs:
        y = page.put_block(_LEFT, page.put_block(_LEFT, y + gap, heading), text)


def _fitting_foot(page: Page, room: float, poster: Poster) -> tuple[_Foot, float]:
    """The foot in the largest type that leaves a fair gap between its parts, and that gap.

    Raises `Refused(BAD_INPUT)` when even the smallest type, without any gap, is too large.
    """
    for step in range(_STEPS):
        foot = _foot(page, poster, step)
        gap = min(_MOST_GAP, (room - foot.height) / foot.parts)
        least = _LEAST_GAP if step < _STEPS - 1 else 0
        if gap >= least:
            return foot, gap
    raise Refused(Reason.BAD_INPUT, "texts of the poster are too long together")


def _foot(page: Page, poster: Poster, step: int) -> _Foot:
    """The foot in type as small as `step` says. Raises `Refused(BAD_INPUT)` for a text that is too long by itself."""
    back, ways = poster.back, poster.front.ways
    scope = page.fit("scope", back.scope, _WIDTH, _TEXT[step:])
    doors = page.fit_items("list of the other doors", back.doors, _WIDTH, _TEXT[step:])
    notice = (page.fit("notice", poster.notice, _WIDTH, _NOTICE[step:]),) if poster.notice else ()
    pairs = (
        (page.fit("heading of the scope", back.scope_title, _WIDTH, _HEADING[step:]), scope),
        (page.fit("heading of the other doors", back.doors_title, _WIDTH, _HEADING[step:]), doors),
    )
    return _Foot(notice, ways, _way_style(page, ways, _WAY[step:]), pairs)


def _way_style(page: Page, ways: Sequence[Labelled], styles: Sequence[Style]) -> Style:
    """The first in which each way stands in one line. Raises `Refused(BAD_INPUT)` naming one that does not."""
    for style in styles:
        long = [way.label for way in ways if beside(page, way, style) > _WIDTH]
        if not long:
            return style
    raise Refused(Reason.BAD_INPUT, f"{long[0]} is too long to print")


def _put_centred(page: Page, y: float, block: Block) -> float:
    for row, line in enumerate(block.lines):
        page.put_centred(_MIDDLE, y + row * block.style.leading, line, block.style)
    return y + block.height
