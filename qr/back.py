"""This file lays out the back of one contact card, the same for all of a batch. It knows no sheet."""

from dataclasses import dataclass

from domain.errors import Reason, Refused
from qr.font import texts_of
from qr.front import CARD_HEIGHT, CARD_WIDTH
from qr.page import Block, Page, Style, open_page

_PAD, _EDGE = 5.0, 4.5
_WIDTH = CARD_WIDTH - 2 * _PAD
_BOTTOM = CARD_HEIGHT - _EDGE

_HEADING = [(Style(3.4, 4.8, bold=True), 1)]
_TEXT = [(Style(3.2, 4.5), 2), (Style(3.0, 4.1), 3), (Style(2.9, 3.8), 5)]
_LABEL = [(Style(3.2, 4.4), 1), (Style(2.9, 4.0), 1)]

_GROUPS, _DIGITS = 4, 4  # a receipt code is sixteen digits in four groups
_GROUP_GAP = 3.0
_BOX_HEIGHT = 6.8
_LABEL_GAP = 0.9
_LEAST_GAP = 0.8


@dataclass(frozen=True, slots=True)
class CardBack:
    """What every card of a batch says behind. Each of `doors` is one name and number that stay together."""

    scope_title: str
    scope: str
    doors_title: str
    doors: tuple[str, ...]
    boxes_label: str
    sheet_note: str


def put_back(page: Page, left: float, top: float, back: CardBack) -> None:
    """Draws one back with its corner at (`left`, `top`) mm. Raises `Refused(BAD_INPUT)` for what does not fit."""
    label = page.fit("label of the receipt code", back.boxes_label, _WIDTH, _LABEL)
    label_top = _BOTTOM - _BOX_HEIGHT - _LABEL_GAP - label.height
    parts, free = _fitted(page, back, label_top - _EDGE)
    gap = min(2.0, free / 3)
    x, y = left + _PAD, top + _EDGE
    y = page.put_block(x, page.put_block(x, y, parts[0]), parts[1]) + gap
    page.put_block(x, page.put_block(x, y, parts[2]), parts[3])
    page.put_block(x, top + label_top, label)
    _put_boxes(page, x, top + _BOTTOM - _BOX_HEIGHT)


def check_back(back: CardBack) -> None:
    """Raises `Refused(BAD_INPUT)` for what does not fit or a character the font lacks."""
    with open_page("".join(texts_of(back)), title=back.scope_title) as page:
        page.add_page()
        put_back(page, 0, 0, back)


def _fitted(page: Page, back: CardBack, room: float) -> tuple[list[Block], float]:
    """The texts above the boxes in the largest type in which they fit together, and the height they leave."""
    for first in range(len(_TEXT)):
        parts = [
            page.fit("heading of the scope", back.scope_title, _WIDTH, _HEADING),
            page.fit("scope", back.scope, _WIDTH, _TEXT[first:]),
            page.fit("heading of the other doors", back.doors_title, _WIDTH, _HEADING),
            page.fit_items("list of the other doors", back.doors, _WIDTH, _TEXT[first:]),
        ]
        free = room - sum(part.height for part in parts)
        if free >= 3 * _LEAST_GAP:
            return parts, free
    raise Refused(Reason.BAD_INPUT, "texts of the card's back are too long together")


def _put_boxes(page: Page, x: float, y: float) -> None:
    """One frame per group of digits, with thin marks between the digits."""
    group = (_WIDTH - (_GROUPS - 1) * _GROUP_GAP) / _GROUPS
    for index in range(_GROUPS):
        start = x + index * (group + _GROUP_GAP)
        page.frame(start, y, group, _BOX_HEIGHT, radius=0.6)
        for digit in range(1, _DIGITS):
            between = start + digit * group / _DIGITS
            page.rule(between, y + 0.4 * _BOX_HEIGHT, between, y + _BOX_HEIGHT, width=0.15, grey=0.6)
