"""The deadlines that run for a tip, one row per stage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from domain.clocks import Clock, Stage
from domain.ids import RoundId, TipId
from storage.rows import insert_or_replace
from storage.schema.tips import clock
from storage.store import Tx

_OF_TIP = (clock.c.round_id == bindparam("of_round_id")) & (clock.c.tip_id == bindparam("of_tip_id"))
_LIST = select(clock).where(_OF_TIP).order_by(clock.c.due_on, clock.c.stage)
_DROP = delete(clock).where(_OF_TIP & (clock.c.stage == bindparam("of_stage")))


def save_clocks(tx: Tx, round_id: RoundId, tip_id: TipId, rows: Sequence[Clock]) -> None:
    """Writes how the tip's clocks stand now: those that are there, and no others."""
    for gone in {one.stage for one in list_clocks(tx, round_id, tip_id)} - {one.stage for one in rows}:
        tx.execute(_DROP, {"of_round_id": round_id, "of_tip_id": tip_id, "of_stage": gone})
    for row in rows:
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
            pauses=[[day.isoformat() for day in pause] for pause in row.pauses],
        )


def list_clocks(tx: Tx, round_id: RoundId, tip_id: TipId) -> list[Clock]:
    """The tip's clocks, the most urgent first."""
    return [as_clock(row) for row in tx.execute(_LIST, {"of_round_id": round_id, "of_tip_id": tip_id})]


def as_clock(row: Row[Any]) -> Clock:
    """A row of the table `clock`."""
    pauses = tuple((date.fromisoformat(asked), date.fromisoformat(back)) for asked, back in row.pauses)
    return Clock(Stage(row.stage), row.started_on, row.due_on, row.paused_on, row.paused_days, row.stopped_on, pauses)
