"""What happened to a tip since a member's page was drawn: deeds and words, for the page that keeps both sides."""

import re
from dataclasses import dataclass

from handlers.desk.locking.standing import Standing
from handlers.desk.tip.history import LOOKS, Deed, history_of
from handlers.desk.tip.reading import Said, thread_of
from handlers.services import DeskServices
from storage.intake import boxes
from storage.people import audit
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a page had read: the tip's last line of the audit, and the number of its next message."""

    line: int
    next_seq: int

    @property
    def text(self) -> str:
        """As it stands in a form."""
        return f"{self.line}.{self.next_seq}"


@dataclass(frozen=True, slots=True)
class Since:
    """Deeds in the order of the audit, and messages."""

    deeds: tuple[Deed, ...]
    thread: tuple[Said, ...]


def seen_from(text: str) -> Seen:
    """Inverse of `Seen.text`; anything else has seen nothing."""
    found = re.fullmatch(r"(\d{1,9})\.(\d{1,9})", text, re.ASCII)
    return Seen(int(found[1]), int(found[2])) if found else Seen(0, 0)


def seen_now(tx: Tx, standing: Standing) -> Seen:
    """How far a page that is drawn now has read."""
    tip = standing.tip
    lines = audit.lines_about(tx, tip.office_id, "tip", tip.id)
    return Seen(lines[-1].n if lines else 0, boxes.next_seq(tx, tip.round_id, tip.id))


async def happened_since(services: DeskServices, standing: Standing, seen: Seen) -> Since:
    """Everybody's deeds and messages after `seen`, mine from another window too."""

    def load(tx: Tx) -> Since:
        done = history_of(tx, standing, services.clock())
        said = tuple(one for one in thread_of(tx, standing) if one.seq >= seen.next_seq)
        return Since(tuple(one for one in done if one.line > seen.line and one.act not in LOOKS), said)

    return await services.store.read(load)
