"""What was promised to a chat and is not delivered yet. A chat's messages keep their order; chats do not wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, literal, or_, select, update

from domain.ids import Locked
from storage.rows import Upsert, insert_unless, matching, update_one
from storage.schema.intake import outbox
from storage.store import Tx


class OutChannel(StrEnum):
    """What messages go out by. Who writes on the web reads the answer there: nothing is delivered to them."""

    TELEGRAM = "telegram"
    WECOM = "wecom"  # a group robot of 企业微信


class OutKind(StrEnum):
    MESSAGE = "message"
    NOTICE = "notice"  # to a reporter: there is news, without content
    DELETE = "delete"  # messages to be deleted on the other side
    GROUP = "group"  # to a team's group


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to deliver. `order_key` names its chat; of those with the same `dedupe_key` only the first is kept."""

    id: bytes
    kind: OutKind
    channel: OutChannel
    peer: Locked
    key_epoch: int
    order_key: bytes
    body: Locked
    due_at: datetime
    expires_at: datetime
    tries: int = 0
    dedupe_key: str | None = None


def enqueue(tx: Tx, row: Outgoing) -> bool:
    """Promises a message behind those of the same chat. False when its `dedupe_key` waits already.

    The moments are cut to the half hour before: a waiting row must not tell the minute at which somebody wrote.
    """
    values = {
        "id": row.id,
        "kind": row.kind,
        "channel": row.channel,
        "peer_locked": row.peer,
        "key_epoch": row.key_epoch,
        "order_key": row.order_key,
        "of_order_key": row.order_key,
        "body_locked": row.body,
        "due_at": _coarse(row.due_at),
        "tries": row.tries,
        "expires_at": _coarse(row.expires_at),
        "dedupe_key": row.dedupe_key,
    }
    return tx.execute(_enqueue(tx.dialect.name), values).rowcount == 1


def claim(tx: Tx, now: datetime, until: datetime, limit: int = 64) -> list[Outgoing]:
    """Takes the first waiting message of every chat that is due, for the caller alone until `until`.

    A claim that runs out (its process died) may be taken again: delivery is at least once.
    """
    ids = list(tx.execute(_DUE, {"now": now, "limit": limit}).scalars())
    if not ids:
        return []
    taken = tx.execute(_TAKE, {"ids": ids, "claimed_until": until})
    return sorted((_outgoing(row) for row in taken), key=lambda one: one.due_at)


def settle(tx: Tx, delivered: Sequence[bytes]) -> None:
    """Those messages were delivered, or never can be."""
    tx.execute(_SETTLE, {"ids": delivered})


def retry(tx: Tx, out_id: bytes, due_at: datetime) -> None:
    """Gives a claimed message back, to be tried again at `due_at`. Raises `Refused(STALE)` when it is gone."""
    again = update(outbox).where(outbox.c.id == out_id)
    update_one(tx, again.values(due_at=due_at, tries=outbox.c.tries + 1, claimed_until=None))


def remove_all(tx: Tx, order_key: bytes) -> None:
    """Forgets everything that waits for a chat."""
    tx.execute(delete(outbox).where(outbox.c.order_key == order_key))


def prune(tx: Tx, now: datetime) -> int:
    """Forgets what expired; how many."""
    return tx.execute(delete(outbox).where(outbox.c.expires_at <= now)).rowcount


def pending(tx: Tx) -> int:
    """How many messages wait."""
    return int(tx.execute(select(func.count()).select_from(outbox)).scalar_one())


def first_expiring(tx: Tx, now: datetime) -> dict[OutKind, datetime]:
    """When the message that waits longest expires, by kind; what is past that already counts no more."""
    first = select(outbox.c.kind, func.min(outbox.c.expires_at).label("first")).where(outbox.c.expires_at > now)
    return {OutKind(row.kind): row.first for row in tx.execute(first.group_by(outbox.c.kind))}


def _due() -> Select[tuple[bytes]]:
    now = bindparam("now", type_=outbox.c.due_at.type)
    earlier = outbox.alias("earlier")
    ahead = select(earlier.c.id).where(
        earlier.c.order_key == outbox.c.order_key, earlier.c.seq < outbox.c.seq, earlier.c.expires_at > now
    )
    free = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= now)
    return (
        select(outbox.c.id)
        .where(outbox.c.due_at <= now, outbox.c.expires_at > now, free, ~ahead.exists())
        .order_by(outbox.c.due_at)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)  # two deliverers on PostgreSQL; SQLite has one writer anyway
    )


_ANY = outbox.c.id.in_(bindparam("ids", expanding=True))
_DUE = _due()
_TAKE = update(outbox).where(_ANY).returning(outbox)
_SETTLE = delete(outbox).where(_ANY)


@cache
def _enqueue(dialect: str) -> Upsert:
    last = select(func.coalesce(func.max(outbox.c.seq), literal(0)) + 1).where(matching(outbox, "order_key"))
    return insert_unless(dialect, outbox, ("dedupe_key",)).values(seq=last.scalar_subquery())


def _coarse(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(
        row.id,
        OutKind(row.kind),
        OutChannel(row.channel),
        Locked(row.peer_locked),
        row.key_epoch,
        row.order_key,
        Locked(row.body_locked),
        row.due_at,
        row.expires_at,
        row.tries,
        row.dedupe_key,
    )
