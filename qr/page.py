"""This file is an A4 page to write on: fitted text, lines, a QR code. It knows no card. Lengths are millimetres."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from fpdf import FPDF
from fpdf.enums import Duplex, PDFResourceType
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from domain.errors import Reason, Refused
from qr.draw import Matrix, runs
from qr.font import Faces, faces

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0

# A run of ASCII stays whole (numbers, hosts). Marks that may not begin a line stay with what stands before them, those
# that may not end one with what follows.
_PIECE = re.compile(r"[（「『《“‘]*(?:[!-~]+|.)[、，。；：？！）」』》”’…]*")
_SOFT = re.compile(r"[^./_-]*[./_-]+|[^./_-]+")

# Half the difference between what an ideograph rises above the base line (0.88 em) and falls below it (0.12 em).
_RISE = 0.38

_FAMILY = "noto"
_ITEM_GAP = "\u3000"


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set: em size and line height, both in mm."""

    size: float
    leading: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text that were made to fit, in one style."""

    lines: tuple[str, ...]
    style: Style

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading

    def tighter(self, factor: float) -> "Block":
        """The same lines, their leading times `factor`."""
        return replace(self, style=replace(self.style, leading=self.style.leading * factor))


@contextmanager
def open_page(text: str, *, title: str, two_sided: bool = False) -> Iterator["Page"]:
    """A document without a page yet that can print the characters of `text`; its output ends with the block.

    `two_sided`: a printer that can, prints on both sides, turned over the long edge, unless it is told otherwise.
    Raises `Refused(BAD_INPUT)` naming a character the font lacks.
    """
    with faces(text) as cut:
        page = Page(cut, title=title, two_sided=two_sided)
        try:
            yield page
        finally:
            for font in page.fonts.values():
                if isinstance(font, TTFFont):
                    font.ttfont.close()


Choices = Sequence[tuple[Style, int]]
"""Styles to try, the best first, each with the most lines it may take."""


class Page(FPDF):
    """A document of A4 pages in two faces of one family, printed at its own size whatever the printer suggests."""

    def __init__(self, faces: Faces, *, title: str, two_sided: bool = False) -> None:
        super().__init__(unit="mm", format="A4")
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_lang("zh-CN")
        self.viewer_preferences = ViewerPreferences(
            display_doc_title=True, print_scaling="None", duplex=Duplex.DUPLEX_FLIP_LONG_EDGE if two_sided else None
        )
        self.add_font(_FAMILY, "", faces.regular)
        self.add_font(_FAMILY, "B", faces.bold)

    def wide(self, text: str, style: Style) -> float:
        """How wide `text` is in one line."""
        self._use(style)
        return self.get_string_width(text)

    def fit(self, part: str, text: str, width: float, choices: Choices) -> Block:
        """`text` in the first of `choices` in which it fits. Raises `Refused(BAD_INPUT)` naming `part`."""
        return _first_that_fits(part, choices, lambda style: self.wrap(text, width, style))

    def fit_items(self, part: str, items: Sequence[str], width: float, choices: Choices) -> Block:
        """Items side by side, each kept whole where it can be, as `fit`."""
        return _first_that_fits(part, choices, lambda style: self.flow(items, width, style))

    def wrap(self, text: str, width: float, style: Style) -> tuple[str, ...]:
        """`text` broken into lines not wider than `width`, between Chinese characters and around runs of ASCII."""
        pieces = [part for piece in _PIECE.findall(text) for part in self._parts(piece, width, style)]
        return self._greedy(pieces, "", width, style)

    def flow(self, items: Sequence[str], width: float, style: Style) -> tuple[str, ...]:
        """Items with a wide space between them; one is broken only when it is wider than a line."""
        pieces = [line for item in items for line in self.wrap(item, width, style)]
        return self._greedy(pieces, _ITEM_GAP, width, style)

    def shortened(self, text: str, width: float, style: Style) -> str:
        """`text` in one line, what does not fit behind it left out."""
        if self.wide(text, style) <= width:
            return text
        while text and self.wide(text + "…", style) > width:
            text = text[:-1]
        return text + "…"

    def put(self, x: float, top: float, text: str, style: Style) -> float:
        """One line from `x`, its line box beginning at `top`. Returns where it ends on the right."""
        width = self.wide(text, style)
        self.text(x, top + style.leading / 2 + style.size * _RISE, text)
        return x + width

    def put_centred(self, middle: float, top: float, text: str, style: Style) -> None:
        self.put(middle - self.wide(text, style) / 2, top, text, style)

    def put_block(self, x: float, top: float, block: Block) -> float:
        """All lines of `block`. Returns where the next line box may begin."""
        for row, line in enumerate(block.lines):
            self.put(x, top + row * block.style.leading, line, block.style)
        return top + block.height

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.2, grey: float = 0.0) -> None:
        """A straight line; `grey` 0 is black, 1 white."""
        with self._pen(width, grey):
            self.line(x1, y1, x2, y2)

    def frame(self, x: float, y: float, w: float, h: float, *, width: float = 0.25, radius: float = 1.0) -> None:
        with self._pen(width, 0.0):
            self.rect(x, y, w, h, round_corners=True, corner_radius=radius)

    def put_code(self, x: float, top: float, side: float, modules: Matrix) -> None:
        """A QR code without its border as one vector path, `side` wide, by PDF operators (ISO 32000-1, 8.5)."""
        scale = side / len(modules) * self.k
        boxes = " ".join(f"{column} {row} {length} 1 re" for column, row, length in runs(modules))
        origin = f"{x * self.k:.3f} {(self.h - top) * self.k:.3f}"
        self._out(f"q {scale:.5f} 0 0 {-scale:.5f} {origin} cm 0 g {boxes} f Q")

    def record(self, draw: Callable[[], None]) -> bytes:
        """What `draw` writes on the current page, taken off it again, to be stamped as often as needed."""
        self.current_font_is_set_on_page = False  # the record must name its own font
        content = self._content()
        before = len(content)
        draw()
        recorded = bytes(content[before:])
        del content[before:]
        self.current_font_is_set_on_page = False
        return recorded

    def stamp(self, recorded: bytes, right: float = 0.0, down: float = 0.0) -> None:
        """Puts a record on the current page, moved by the given lengths."""
        for font in self.fonts.values():
            self._resource_catalog.add(PDFResourceType.FONT, font.i, self.page)
        move = f"q 1 0 0 1 {right * self.k:.3f} {-down * self.k:.3f} cm\n"
        self._content().extend(move.encode() + recorded + b"Q\n")

    @contextmanager
    def _pen(self, width: float, grey: float) -> Iterator[None]:
        # Written out, not set on the object: fpdf2 leaves out what it believes is set, and a record must be whole.
        self._out(f"q {width * self.k:.3f} w {grey} G")
        yield
        self._out("Q")

    def _greedy(self, pieces: Sequence[str], gap: str, width: float, style: Style) -> tuple[str, ...]:
        lines = [""]
        for piece in pieces:
            longer = lines[-1] + gap + piece if lines[-1] else piece
            if self.wide(longer.strip(), style) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
        return tuple(line.strip() for line in lines if line.strip())

    def _parts(self, piece: str, width: float, style: Style) -> list[str]:
        """A piece wider than a line falls apart at its dots and dashes, else anywhere."""
        if self.wide(piece.strip(), style) <= width:
            return [piece]
        soft = _SOFT.findall(piece)
        return soft if all(self.wide(part, style) <= width for part in soft) else list(piece)

    def _use(self, style: Style) -> None:
        self.set_font(_FAMILY, "B" if style.bold else "", style.size * self.k)

    def _content(self) -> bytearray:
        content = self.pages[self.page].contents
        if not isinstance(content, bytearray):
            raise TypeError("a page that is already closed")
        return content


def _first_that_fits(part: str, choices: Choices, lay: Callable[[Style], tuple[str, ...]]) -> Block:
    for style, most in choices:
        lines = lay(style)
        if len(lines) <= most:
            return Block(lines, style)
    raise Refused(Reason.BAD_INPUT, f"{part} is too long to print")
