"""Why paper could not be laid out, in words: what the layout names, as the office calls it."""

import re

from domain.errors import Reason, Refused
from handlers.texts import refusal, say

_TEXTS = {
    "scope is too long to print": "scope",
    "texts of the card's back are too long together": "scope",
    "place is too long to print": "place",
    "title is too long to print": "title",
    "texts of the card are too long together": "front",
    "notice is too long to print": "poster",
    "texts of the poster are too long together": "poster",
    "address is too long for the code on a card": "address",
}
_NO_GLYPH = re.compile(r"the font has no glyph for .* \(U\+([0-9A-F]{4,6})\)", re.DOTALL)
_TOO_LONG = re.compile(r"(.+) is too long to print")


def why_unprintable(lang: str, refused: Refused) -> str:
    """The sentence for what `print_cards` and its like refuse, whichever it is."""
    if refused.reason is not Reason.BAD_INPUT:
        return refusal(lang, refused)
    if part := _TEXTS.get(refused.detail):
        return say(lang, f"cardroom-unprintable-{part}")
    if glyph := _NO_GLYPH.fullmatch(refused.detail):
        return say(lang, "cardroom-unprintable-glyph", char=chr(int(glyph[1], 16)))
    if other := _TOO_LONG.fullmatch(refused.detail):
        return say(lang, "cardroom-unprintable-other", part=other[1])
    return refusal(lang, refused)
