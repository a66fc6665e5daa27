"""What is promised to a chat, made into the row that waits for delivery: its words locked, its end fixed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ids import Locked, TeamId, new_id
from handlers.sealing import body_aad
from storage.intake.outbox import OutChannel, Outgoing, OutKind
from vault.lock import lock

KEEP = {
    # What could not be delivered for so long is dropped: a reply's key goes then too, and with it every trace of it.
    OutKind.MESSAGE: timedelta(hours=24),
    OutKind.DELETE: timedelta(hours=24),
    OutKind.NOTICE: timedelta(hours=72),
    OutKind.GROUP: timedelta(hours=12),
}
"""For how long a message of each kind is kept."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What goes where. `order`: messages with the same keep their order; `dedupe`: of those only one waits."""

    kind: OutKind
    channel: OutChannel
    peer: Locked
    order: bytes
    dedupe: str | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """The key that locks a waiting message. `epoch`: the hour it belongs to; 0 for the intake's own, without end."""

    key: bytes
    epoch: int = 0


def group_order(team_id: TeamId) -> bytes:
    """The order of what is told to a team's group."""
    return b"group" + team_id


def team_of(order: bytes) -> TeamId:
    """Whose group an order of `group_order` belongs to."""
    return TeamId(order.removeprefix(b"group"))


def outgoing(promise: Promise, body: bytes, lock_: Lock, now: datetime) -> Outgoing:
    """The row for `storage.intake.outbox.enqueue`; to be delivered from `now` on."""
    row_id = new_id()
    return Outgoing(
        id=row_id,
        kind=promise.kind,
        channel=promise.channel,
        peer=promise.peer,
        key_epoch=lock_.epoch,
        order_key=promise.order,
        body=lock(lock_.key, body, body_aad(row_id)),
        due_at=now,
        expires_at=now + KEEP[promise.kind],
        dedupe_key=promise.dedupe,
    )
