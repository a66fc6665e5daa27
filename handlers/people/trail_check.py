"""Whether the desk's own record still stands as it was written: its chain, walked from the first line to the last."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from domain.ids import OfficeId
from handlers.people.trail import fields
from handlers.services import DeskServices
from storage.people import audit
from storage.people.audit import Line
from vault.audit import FIRST, follows

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Checked:
    """What a walk found. `last`: the last line that stands, with all before it; None when there is none.

    `is_broken`: behind it something was changed, added or taken out. `head_at`: when the line was written whose MAC was
    asked for (aware); None when no line that stands has it.
    """

    last: Line | None
    head_at: datetime | None
    is_broken: bool


async def check(services: DeskServices, office_id: OfficeId, head: str = "") -> Checked:
    """Walks the office's whole chain, a page at a time. `head`: the first digits of a printed MAC in hex, or empty."""
    last: Line | None = None
    head_at: datetime | None = None
    while True:
        page = await _lines_behind(services, office_id, last)
        for line in page or ():
            if not _stands(services.secrets.audit_key, last, line):
                return Checked(last, head_at, is_broken=True)
            last = line
            if head and line.mac.hex().startswith(head):
                head_at = line.entry.at
        if not page:
            return Checked(last, head_at, is_broken=page is None)


async def _lines_behind(services: DeskServices, office_id: OfficeId, last: Line | None) -> list[Line] | None:
    """The next lines, none at the end; None where the very next holds what was never written, as a day that is none."""
    after, most = last.n if last else None, _AT_ONCE
    while most:
        try:
            page = partial(audit.list_lines, office_id=office_id, after=after, limit=most)
            return await services.store.read(page)
        except (TypeError, ValueError):
            most //= 2
    return None


def _stands(key: bytes, last: Line | None, line: Line) -> bool:
    previous = last.mac if last else FIRST
    return line.prev == previous and follows(key, previous, fields(line.entry, line.n), line.mac)
