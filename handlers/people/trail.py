"""The desk's own record of who did what to which thing. A line goes into the transaction of the deed itself."""

from dataclasses import dataclass
from datetime import UTC

from domain.ids import MemberId, OfficeId
from handlers.services import DeskServices
from storage.people import audit
from storage.store import Tx
from vault.audit import FIRST, Fields, link


@dataclass(frozen=True, slots=True)
class Deed:
    """`act` and `object_kind` are codes, `object_id` an id; never content. No member: the machine itself."""

    office_id: OfficeId
    member_id: MemberId | None
    act: str
    object_kind: str
    object_id: bytes


def note(tx: Tx, services: DeskServices, deed: Deed) -> None:
    """Appends a line to the chain."""
    entry = audit.Entry(deed.office_id, services.clock(), deed.member_id, deed.act, deed.object_kind, deed.object_id)
    audit.append(tx, entry, FIRST, lambda entry, n, prev: link(services.secrets.audit_key, prev, fields(entry, n)))


async def note_once(services: DeskServices, deed: Deed) -> None:
    """Appends a line unless the same act on the same object stands in the chain already. Writes only when it must."""

    def stands(tx: Tx) -> bool:
        lines = audit.lines_about(tx, deed.office_id, deed.object_kind, deed.object_id)
        return any(line.entry.act == deed.act for line in lines)

    def store(tx: Tx) -> None:
        if not stands(tx):
            note(tx, services, deed)

    if not await services.store.read(stands):
        await services.store.write(store)


def print_head(mac: bytes) -> str:
    """The beginning of a line's MAC for paper: sixteen digits by four. Never with the line's number: that counts the
    lines of all desks, and so tells how much came."""
    digits = mac.hex()[:16]
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def fields(entry: audit.Entry, n: int) -> Fields:
    """What a line's MAC stands over, for those who write it and those who check it."""
    return {
        "office": entry.office_id,
        "n": n,
        "at": entry.at.astimezone(UTC).isoformat(),
        "member": entry.member_id,
        "act": entry.act,
        "object_kind": entry.object_kind,
        "object": entry.object_id,
    }
