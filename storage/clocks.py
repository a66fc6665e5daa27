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
    return [_clock(row) for row in tx.execute(_LIST, {"of_round_id": round_id, "of_tip_id": tip_id})]


def clocks_that_run(
    tx: Tx, round_id: RoundId, after: TipId | None = None, limit: int = 200
) -> dict[TipId, list[Clock]]:
    """All clocks of the next tips behind `after` of which one does not stand yet, in the order of their ids."""
    some = select(clock.c.tip_id).where(clock.c.round_id == round_id, clock.c.stopped_on.is_(None))
    if after is not None:
        some = some.where(clock.c.tip_id > after)
    ids = some.distinct().order_by(clock.c.tip_id).limit(limit)
    found: dict[TipId, list[Clock]] = {}
    rows = select(clock).where(clock.c.round_id == round_id, clock.c.tip_id.in_(ids)).order_by(clock.c.tip_id)
    for row in tx.execute(rows):
        found.setdefault(TipId(row.tip_id), []).append(_clock(row))
    return found


def _clock(row: Row[Any]) -> Clock:
    pauses = tuple((date.fromisoformat(asked), date.fromisoformat(back)) for asked, back in row.pauses)
    return Clock(Stage(row.stage), row.started_on, row.due_on, row.paused_on, row.paused_days, row.stopped_on, pauses)
