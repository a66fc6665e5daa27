"""What happened to a tip since a member's page was drawn: deeds and words of others, for the page that keeps both."""

from dataclasses import dataclass

from domain.ids import MemberId
from handlers.desk.fold import NEWS
from handlers.desk.history import Deed
from handlers.desk.queue import OPENED
from handlers.desk.reading import Said, thread_of
from handlers.desk.standing import Standing
from handlers.services import DeskServices
from storage import audit, boxes, members
from storage.store import Tx

_QUIET = frozenset({OPENED, "download"})
"""Deeds that change nothing."""


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
    line, _, seq = text.partition(".")
    if not all(one.isascii() and one.isdecimal() and len(one) < 10 for one in (line, seq)):  # noqa: PLR2004 - digits
        return Seen(0, 0)
    return Seen(int(line), int(seq))


def seen_now(tx: Tx, standing: Standing) -> Seen:
    """How far a page that is drawn now has read."""
    tip = standing.tip
    lines = audit.lines_about(tx, tip.office_id, "tip", tip.id)
    return Seen(lines[-1].n if lines else 0, boxes.next_seq(tx, tip.round_id, tip.id))


async def happened_since(services: DeskServices, standing: Standing, seen: Seen) -> Since:
    """Everybody's deeds and messages after `seen`, mine from another window too."""

    def load(tx: Tx) -> Since:
        said = tuple(one for one in thread_of(tx, standing) if one.seq >= seen.next_seq)
        return Since(_deeds(tx, services, standing, seen), said)

    return await services.store.read(load)


def _deeds(tx: Tx, services: DeskServices, standing: Standing, seen: Seen) -> tuple[Deed, ...]:
    tip, zone = standing.tip, services.clock().tzinfo
    lines = [one for one in audit.lines_about(tx, tip.office_id, "tip", tip.id) if one.n > seen.line]
    entries = [one.entry for one in lines if one.entry.act not in _QUIET]
    return tuple(
        Deed(one.at.astimezone(zone).date(), _name(tx, one.member_id), "add" if one.act == NEWS else one.act)
        for one in entries
    )


def _name(tx: Tx, member_id: MemberId | None) -> str:
    return members.get_member(tx, member_id).name if member_id else ""
