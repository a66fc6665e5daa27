"""The sealed headers of many tips: opened for those who hold a key, and looked through for what stands only there."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from domain.errors import BadSeal
from domain.ids import RoundId, TipId
from handlers import letters
from handlers.conversation.talk import Identity
from handlers.desk.locking.keyring import Held
from handlers.desk.locking.opening import open_box
from handlers.letters import Header
from storage.desk import work
from storage.desk.queue import Entry
from storage.desk.work import Position
from storage.intake import boxes
from storage.intake.boxes import BoxKind
from storage.store import Tx

LOOKED_THROUGH = 100
"""Headers opened for one page at most; a page that ends there says where to go on."""

Page = Callable[[Position | None, int], list[Entry]]
"""`(behind this, at most so many) -> the entries that come next`, in whichever direction."""


@dataclass(frozen=True, slots=True)
class Found:
    """Entries with their headers. `more`: behind which entry to go on, None at the end; see `is_full`."""

    entries: tuple[tuple[Entry, Header | None], ...]
    more: Position | None
    is_full: bool


def open_headers(tx: Tx, round_id: RoundId, held: Sequence[Held], tip_ids: Sequence[TipId]) -> dict[TipId, Header]:
    """What those of the sealed headers say that one of `held` opens."""
    by_id: dict[bytes, Held] = {one.key.id: one for one in held}
    found = {}
    for box, envelope in boxes.boxes_for(tx, round_id, tip_ids, BoxKind.HEADER, list(by_id)):
        with suppress(BadSeal):  # changed, or none of ours: shown as one that cannot be opened
            found[box.owner_id] = letters.decode_header(open_box(by_id[envelope.holder_id], box, envelope))
    return found


def next_entries(
    tx: Tx, held: Sequence[Held], page: Page, start: Position | None, *, identity: Identity | None, limit: int
) -> Found:
    """The next `limit` entries behind `start`; of one identity, if any, as far as `LOOKED_THROUGH` headers tell."""
    kept: list[tuple[Entry, Header | None]] = []
    looked, size = 0, limit + 1
    while looked < LOOKED_THROUGH:
        chunk = page(start, size)
        opened = (
            open_headers(tx, chunk[0].work.round_id, held, [one.work.tip_id for one in chunk[:size]]) if chunk else {}
        )
        pairs = [(one, opened.get(one.work.tip_id)) for one in chunk]
        kept += [(one, head) for one, head in pairs if identity is None or (head and head.identity is identity)]
        if len(kept) > limit:
            return Found(tuple(kept[:limit]), work.position(kept[limit - 1][0].work), is_full=True)
        if len(chunk) < size:
            return Found(tuple(kept), None, is_full=True)
        start, looked = work.position(chunk[-1].work), looked + len(chunk)
    return Found(tuple(kept), start, is_full=False)
