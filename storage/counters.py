"""Numbers the office may see, kept as rows move instead of counted on reading. A day is the finest time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from domain.ids import BatchId, RoundId, TeamId, UnitId
from domain.tips import Channel, Kind
from storage.rows import insert_or_add
from storage.schema.counting import counter, funnel
from storage.store import Tx

_NONE = b""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a count belongs to. No unit or no batch is a value of its own."""

    day: date
    team_id: TeamId
    unit_id: UnitId | None
    batch_id: BatchId | None
    channel: Channel
    kind: Kind


@dataclass(frozen=True, slots=True)
class Volume:
    """`n` of one measure on one day for one team."""

    day: date
    team_id: TeamId
    n: int


def add_funnel(tx: Tx, round_id: RoundId, batch_id: BatchId | None, day: date, *, step: str, n: int = 1) -> None:
    """`n` more at a step (scan, start, describe, submit, accepted) of one batch, or of those without a card."""
    insert_or_add(tx, funnel, "n", n, round_id=round_id, batch_id=batch_id or _NONE, day=day, step=step)


def read_funnel(tx: Tx, round_id: RoundId) -> dict[tuple[BatchId | None, str], int]:
    """The whole round's funnel by batch and step."""
    total = select(funnel.c.batch_id, funnel.c.step, func.sum(funnel.c.n).label("total"))
    rows = tx.execute(total.where(funnel.c.round_id == round_id).group_by(funnel.c.batch_id, funnel.c.step))
    return {(BatchId(row.batch_id) if row.batch_id else None, row.step): int(row.total) for row in rows}


def add_count(tx: Tx, round_id: RoundId, cell: Cell, measure: str, n: int = 1) -> None:
    """`n` more of a measure (received, accepted, declined …) in one cell."""
    insert_or_add(
        tx,
        counter,
        "n",
        n,
        round_id=round_id,
        day=cell.day,
        team_id=cell.team_id,
        unit_id=cell.unit_id or _NONE,
        batch_id=cell.batch_id or _NONE,
        channel=cell.channel,
        kind=cell.kind,
        measure=measure,
    )


def volume(tx: Tx, round_id: RoundId, measure: str) -> list[Volume]:
    """One measure of the whole round per day and team, by day."""
    total = select(counter.c.day, counter.c.team_id, func.sum(counter.c.n).label("total"))
    of_measure = total.where(counter.c.round_id == round_id, counter.c.measure == measure)
    rows = tx.execute(of_measure.group_by(counter.c.day, counter.c.team_id).order_by(counter.c.day, counter.c.team_id))
    return [Volume(row.day, TeamId(row.team_id), int(row.total)) for row in rows]


def total_by_channel(tx: Tx, measure: str) -> dict[str, int]:
    """One measure over all rounds, by channel."""
    total = select(counter.c.channel, func.sum(counter.c.n).label("total")).where(counter.c.measure == measure)
    return {row.channel: int(row.total) for row in tx.execute(total.group_by(counter.c.channel))}
