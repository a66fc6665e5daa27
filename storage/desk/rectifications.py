"""立行立改: what was proposed, the numbered notice that the leader approved, and the day the unit reported back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from domain.ids import MemberId, RoundId, TipId
from storage.rows import insert_or_replace, matching
from storage.schema.tips import rectification
from storage.store import Tx

_GET = select(rectification).where(matching(rectification, "round_id", "tip_id"))


@dataclass(frozen=True, slots=True)
class Rectification:
    """`box_seq` names the sealed words of the notice. `number` counts notices of the round and comes with approval."""

    proposed_by: MemberId
    proposed_on: date
    box_seq: int
    number: int | None = None
    approved_by: MemberId | None = None
    approved_on: date | None = None
    reported_on: date | None = None


def save_rectification(tx: Tx, round_id: RoundId, tip_id: TipId, row: Rectification) -> None:
    """Writes how the tip's notice stands now."""
    insert_or_replace(
        tx,
        rectification,
        round_id=round_id,
        tip_id=tip_id,
        number=row.number,
        proposed_by=row.proposed_by,
        proposed_on=row.proposed_on,
        box_seq=row.box_seq,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        reported_on=row.reported_on,
    )


def get_rectification(tx: Tx, round_id: RoundId, tip_id: TipId) -> Rectification | None:
    row = tx.execute(_GET, {"of_round_id": round_id, "of_tip_id": tip_id}).one_or_none()
    if row is None:
        return None
    approved_by = None if row.approved_by is None else MemberId(row.approved_by)
    return Rectification(
        proposed_by=MemberId(row.proposed_by),
        proposed_on=row.proposed_on,
        box_seq=row.box_seq,
        number=row.number,
        approved_by=approved_by,
        approved_on=row.approved_on,
        reported_on=row.reported_on,
    )
