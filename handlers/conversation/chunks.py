"""Long texts in pieces that any channel can show in one message."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.conversation.replies import Line

MOST = 2800
"""Characters of own words or news in one message; Telegram takes 4,096 in all, and some are counted twice there."""

Lines = tuple[Line, ...]


def chunks(lines: Lines) -> list[Lines]:
    """`lines` in order, in groups of at most `MOST` characters of their `text`; a longer text goes on in the next."""
    groups: list[Lines] = [()]
    room = MOST
    for piece in (piece for line in lines for piece in _pieces(line)):
        size = len(str(piece.args["text"])) + 40  # the number, the date or the team that stand before it
        if size > room and groups[-1]:
            groups.append(())
            room = MOST
        groups[-1] += (piece,)
        room -= size
    return groups


def _pieces(line: Line) -> Iterator[Line]:
    text = str(line.args["text"])
    yield replace(line, args={**line.args, "text": text[:MOST]})
    for start in range(MOST, len(text), MOST):
        yield Line("text-goes-on", {"text": text[start : start + MOST]})
