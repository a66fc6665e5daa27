"""The deadlines that run for a tip, one per stage."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from domain.ids import RoundId, TipId
from storage.rows import insert_or_replace
from storage.schema.tips import clock
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Clock:
    """`paused_days` are the working days that earlier pauses took; a clock that stands has `stopped_on`."""

    stage: str
    started_on: date
    due_on: date
    paused_on: date | None = None
    paused_days: int = 0
    stopped_on: date | None = None


def save_clock(tx: Tx, round_id: RoundId, tip_id: TipId, row: Clock) -> None:
    """Starts the clock of a stage, or writes how it stands now."""
    insert_or_replace(
        tx,
        clock,
        round_id=round_id,
        tip_id=tip_id,
        stage=row.stage,
        started_on=row.started_on,
        due_on=row.due_on,
        paused_on=row.paused_on,
        paused_days=row.paused_days,
        stopped_on=row.stopped_on,
    )


def list_clocks(tx: Tx, round_id: RoundId, tip_id: TipId) -> list[Clock]:
    """The tip's clocks, the most urgent first."""
    of_tip = select(clock).where(clock.c.round_id == round_id, clock.c.tip_id == tip_id)
    rows = tx.execute(of_tip.order_by(clock.c.due_on, clock.c.stage))
    return [Clock(r.stage, r.started_on, r.due_on, r.paused_on, r.paused_days, r.stopped_on) for r in rows]
