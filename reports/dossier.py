"""A dossier as PDF: a cover with what is known and a receipt to be signed, then what was said. It knows no tip.

Lengths are millimetres. Every character must be in the faces that the caller brings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 210.0, 297.0, 20.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_LABEL = 34.0
_FAMILY = "noto"
_MARK_AT = [(x, y) for y in (70, 140, 210, 280) for x in (18, 112)]
_MARK_OPACITY, _MARK_ANGLE = 0.13, 28

# A run of ASCII stays whole (numbers, names of files); marks that may not begin a line stay with what stands before.
_PIECE = re.compile(r"(?:[!-~]+|.)[、，。；：？！）」』》”’…]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody's words. `by`: who and when."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """`facts`: label and value. `receipt`: labels of lines to be filled in by hand, under `receipt_title`.

    `mark` stands across every page, `foot` below it, before the page's number.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    receipt_title: str
    receipt: tuple[str, ...]
    sections: tuple[Section, ...]
    mark: str
    foot: str


@dataclass(frozen=True, slots=True)
class Faces:
    """Two TrueType files."""

    regular: Path
    bold: Path


NEEDED = "0123456789 /{}nb"
"""Characters that a page needs beside those of the dossier."""


def dossier_pdf(dossier: Dossier, faces: Faces) -> bytes:
    """The PDF on A4."""
    paper = _Paper(dossier, faces)
    try:
        paper.cover()
        for section in dossier.sections:
            paper.section(section)
        return bytes(paper.output())
    finally:
        for font in paper.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()


class _Paper(FPDF):
    def __init__(self, dossier: Dossier, faces: Faces) -> None:
        super().__init__(unit="mm", format="A4")
        self._dossier = dossier
        self._widths: dict[str, float] = {}
        self.set_title(dossier.title)
        self.set_lang("zh-CN")
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.add_font(_FAMILY, "", faces.regular)
        self.add_font(_FAMILY, "B", faces.bold)

    def header(self) -> None:
        """The mark, under everything else: what is left of a page still names who took it out."""
        self._use(15)
        with self.local_context(fill_opacity=_MARK_OPACITY):
            for x, y in _MARK_AT:
                with self.rotation(_MARK_ANGLE, x, y):
                    self.text(x, y, self._dossier.mark)

    def footer(self) -> None:
        self.set_y(-14)
        self._use(9)
        self.cell(0, 5, f"{self._dossier.foot}  {self.page_no()} / {{nb}}", align="C")

    def cover(self) -> None:
        self.add_page()
        self.set_y(38)
        self._use(22, bold=True)
        self.cell(0, 12, self._dossier.title, align="C", new_x="LMARGIN", new_y="NEXT")
        self.ln(12)
        for label, value in self._dossier.facts:
            self._fact(label, value)
        self.ln(14)
        self._use(14, bold=True)
        self.cell(0, 10, self._dossier.receipt_title, new_x="LMARGIN", new_y="NEXT")
        for label in self._dossier.receipt:
            self._fact(label, "", height=16)
        self.add_page()

    def section(self, section: Section) -> None:
        self.ln(2)
        self._keep(24)
        self._use(14, bold=True)
        self.cell(0, 10, section.title, new_x="LMARGIN", new_y="NEXT")
        for passage in section.passages:
            self._keep(14)
            if passage.by:
                self._use(9)
                self.cell(0, 6, passage.by, new_x="LMARGIN", new_y="NEXT")
            self._words(passage.text)
            self.ln(3)

    def _fact(self, label: str, value: str, *, height: float = 9) -> None:
        self._keep(height)
        self._use(11)
        lines = list(self._lines(value, _WIDTH - _LABEL)) or [""]
        for number, line in enumerate(lines):
            self.cell(_LABEL, height, "" if number else label)
            self.cell(0, height, line, new_x="LMARGIN", new_y="NEXT")
        self.line(MARGIN, self.y, PAGE_WIDTH - MARGIN, self.y)

    def _words(self, text: str) -> None:
        self._use(12)
        for line in self._lines(text, _WIDTH):
            self.cell(0, 7.2, line, new_x="LMARGIN", new_y="NEXT")

    def _lines(self, text: str, width: float) -> Iterator[str]:
        """`text` in lines not wider than `width`, in the face and size in use."""
        self._widths.clear()
        for paragraph in text.expandtabs(4).split("\n"):
            yield from self._greedy(_PIECE.findall(paragraph), width)

    def _greedy(self, pieces: Sequence[str], width: float) -> Iterator[str]:
        line, used = "", 0.0
        for piece in (part for whole in pieces for part in self._parts(whole, width)):
            wide = self._wide(piece)
            if line and used + wide > width:
                yield line
                line, used = "", 0.0
            line, used = line + piece, used + wide
        yield line

    def _parts(self, piece: str, width: float) -> Sequence[str]:
        return piece if self._wide(piece) > width else [piece]

    def _wide(self, piece: str) -> float:
        if piece not in self._widths:
            self._widths[piece] = self.get_string_width(piece)
        return self._widths[piece]

    def _keep(self, height: float) -> None:
        """What begins here needs so much room: a title never stands alone at the foot of a page."""
        if self.y + height > PAGE_HEIGHT - MARGIN:
            self.add_page()

    def _use(self, points: float, *, bold: bool = False) -> None:
        self.set_font(_FAMILY, "B" if bold else "", points)
