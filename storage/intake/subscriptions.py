"""Chats that asked to be told, without content, when a team writes. The chat's id stands here locked."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from domain.ids import Locked, RoundId, TipId
from domain.tips import Channel
from storage.rows import insert_or_replace
from storage.schema.tips import subscription
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Subscription:
    round_id: RoundId
    tip_id: TipId
    channel: Channel
    peer: Locked
    key_epoch: int


def subscribe(tx: Tx, row: Subscription) -> None:
    """One chat per tip and channel: a second one replaces the first."""
    insert_or_replace(
        tx,
        subscription,
        round_id=row.round_id,
        tip_id=row.tip_id,
        channel=row.channel,
        peer_locked=row.peer,
        key_epoch=row.key_epoch,
    )


def list_subscriptions(tx: Tx, round_id: RoundId, tip_id: TipId) -> list[Subscription]:
    of_tip = (subscription.c.round_id == round_id) & (subscription.c.tip_id == tip_id)
    return [
        Subscription(
            RoundId(row.round_id), TipId(row.tip_id), Channel(row.channel), Locked(row.peer_locked), row.key_epoch
        )
        for row in tx.execute(select(subscription).where(of_tip).order_by(subscription.c.channel))
    ]


def unsubscribe(tx: Tx, round_id: RoundId, tip_id: TipId, channel: Channel) -> None:
    """Forgets the chat."""
    of_tip = (subscription.c.round_id == round_id) & (subscription.c.tip_id == tip_id)
    tx.execute(delete(subscription).where(of_tip, subscription.c.channel == channel))
