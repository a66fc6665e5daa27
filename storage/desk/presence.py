"""Who looks at a tip right now: one row for each member and tip, written over and over, taken away when it is old."""

from datetime import datetime

from sqlalchemy import delete, select

from domain.ids import MemberId, RoundId, TipId
from storage.rows import insert_or_replace
from storage.schema.tips import presence
from storage.store import Tx


def note_presence(tx: Tx, round_id: RoundId, tip_id: TipId, member_id: MemberId, now: datetime) -> None:
    """The member looks at the tip at `now` (aware)."""
    insert_or_replace(tx, presence, round_id=round_id, tip_id=tip_id, member_id=member_id, seen_at=now)


def present_since(tx: Tx, round_id: RoundId, tip_id: TipId, since: datetime) -> list[MemberId]:
    """Who was there at `since` (aware) or later."""
    of_tip = (presence.c.round_id == round_id) & (presence.c.tip_id == tip_id) & (presence.c.seen_at >= since)
    found = select(presence.c.member_id).where(of_tip).order_by(presence.c.member_id)
    return [MemberId(row.member_id) for row in tx.execute(found)]


def drop_before(tx: Tx, since: datetime) -> None:
    """Forgets who was last there before `since` (aware), whatever the tip."""
    tx.execute(delete(presence).where(presence.c.seen_at < since))
