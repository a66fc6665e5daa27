"""What a chat was promised goes into the outbox in the transaction that made the promise."""

from dataclasses import dataclass

from handlers import wire
from handlers.conversation.replies import ReplyKind, Spoken
from handlers.founding import Write
from handlers.intake.threads import Peer, hour_key, hour_of
from handlers.promising import Lock, Promise, outgoing
from handlers.sealing import peer_aad
from handlers.services import IntakeServices
from storage.intake import drafts, outbox
from storage.intake.outbox import OutChannel, OutKind
from vault.lock import lock


@dataclass(frozen=True, slots=True)
class Outbound:
    """How a channel reaches the chat. `message_id`: the reporter's own message, so that 擦除 can find it.

    `ride`: the channel can carry one lone tick in its answer to the update, so it needs no outbox row.
    """

    address: str
    message_id: int | None = None
    ride: bool = False


def rides(outbound: Outbound, spoken: tuple[Spoken, ...]) -> bool:
    """Whether the answer is a lone tick that the channel carries itself."""
    return outbound.ride and len(spoken) == 1 and spoken[0].kind is ReplyKind.TICK


def promise(
    services: IntakeServices, peer: Peer, outbound: Outbound, spoken: tuple[Spoken, ...], *, wipe: bool
) -> list[Write]:
    """Writes that put the replies, and a deletion when `wipe`, into the outbox in order."""
    writes: list[Write] = []
    if outbound.message_id is not None:
        noted, hour = outbound.message_id, hour_of(services.clock())
        writes.append(lambda tx: drafts.note_message(tx, peer.channel, peer.tag, noted, hour))
    if wipe:
        writes.append(_row(services, peer, outbound.address, OutKind.DELETE, b""))
    if not rides(outbound, spoken):
        writes += [_row(services, peer, outbound.address, OutKind.MESSAGE, wire.encode_spoken(one)) for one in spoken]
    return writes


def _row(services: IntakeServices, peer: Peer, address: str, kind: OutKind, body: bytes) -> Write:
    """A row whose words and address are locked under this hour's key, like the draft they speak of."""
    now = services.clock()
    lock_ = Lock(hour_key(services, hour_of(now)), hour_of(now))
    where = lock(lock_.key, address.encode(), peer_aad(peer.channel))
    row = outgoing(Promise(kind, OutChannel(peer.channel), where, peer.tag), body, lock_, now)
    return lambda tx: outbox.enqueue(tx, row)
