"""Deadlines computed anew: tips page by page with what runs for them, and back what changed. No version moves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from domain.clocks import Clock
from domain.ids import RoundId, TeamId, TipId
from domain.tips import TipWork
from storage.desk.clocks import as_clock
from storage.desk.counters import counting
from storage.desk.work import as_work, due_values
from storage.rows import insert_or_add, matching
from storage.schema.tips import clock, sequence, tip_work
from storage.store import Tx

_SET_CLOCK = (
    update(clock)
    .where(matching(clock, "round_id", "tip_id", "stage"))
    .values(due_on=bindparam("to_due_on"), paused_days=bindparam("to_paused_days"))
)
_SET_WORK = (
    update(tip_work)
    .where(matching(tip_work, "round_id", "tip_id"))
    .values({name: bindparam(f"to_{name}") for name in ("next_due_on", "next_stage", "risk_on", "changed")})
)


@dataclass(frozen=True, slots=True)
class Running:
    """A tip with all its clocks, of which one does not stand yet."""

    work: TipWork
    clocks: tuple[Clock, ...]


def list_running(tx: Tx, round_id: RoundId, after: TipId | None = None, limit: int = 200) -> list[Running]:
    """The next tips behind `after` for which something runs or is paused, in the order of their ids."""
    some = select(clock.c.tip_id).where(clock.c.round_id == round_id, clock.c.stopped_on.is_(None))
    if after is not None:
        some = some.where(clock.c.tip_id > after)
    page = some.distinct().order_by(clock.c.tip_id).limit(limit).subquery()
    of_page = (clock.c.round_id == round_id) & clock.c.tip_id.in_(select(page.c.tip_id))
    found: dict[TipId, list[Clock]] = {}
    for row in tx.execute(select(clock).where(of_page).order_by(clock.c.tip_id, clock.c.stage)):
        found.setdefault(TipId(row.tip_id), []).append(as_clock(row))
    of_page = (tip_work.c.round_id == round_id) & tip_work.c.tip_id.in_(select(page.c.tip_id))
    rows = tx.execute(select(tip_work).where(of_page).order_by(tip_work.c.tip_id))
    return [Running(as_work(row), tuple(found[TipId(row.tip_id)])) for row in rows]


def set_due(tx: Tx, before: Sequence[Running], after: Sequence[Running]) -> None:
    """Writes where due days differ, tip by tip in the same order, and nothing else: a colleague's form stays good."""
    _set_clocks(
        tx, [(new, c) for old, new in zip(before, after, strict=True) for c in new.clocks if c not in old.clocks]
    )
    _set_work(tx, [new.work for old, new in zip(before, after, strict=True) if new.work != old.work])


def _set_clocks(tx: Tx, changed: list[tuple[Running, Clock]]) -> None:
    values = [
        {
            "of_round_id": tip.work.round_id,
            "of_tip_id": tip.work.tip_id,
            "of_stage": one.stage,
            "to_due_on": one.due_on,
            "to_paused_days": one.paused_days,
        }
        for tip, one in changed
    ]
    if values:
        tx.execute(_SET_CLOCK, values)


def _set_work(tx: Tx, changed: list[TipWork]) -> None:
    """Each row gets a count of changes of its own: who follows a team's changes pages by it."""
    last = {
        (round_id, team_id): insert_or_add(tx, sequence, "next", n, round_id=round_id, scope=f"changes:{team_id.hex()}")
        for (round_id, team_id), n in Counter((row.round_id, row.team_id) for row in changed).items()
    }
    values = []
    for row in changed:
        team: tuple[RoundId, TeamId] = (row.round_id, row.team_id)
        due = {f"to_{name}": value for name, value in due_values(row).items()}
        values.append({"of_round_id": row.round_id, "of_tip_id": row.tip_id, "to_changed": last[team], **due})
        last[team] -= 1
    for round_id in {row.round_id for row in changed}:
        with counting(tx, round_id, [row.tip_id for row in changed if row.round_id == round_id]):
            tx.execute(_SET_WORK, [one for one in values if one["of_round_id"] == round_id])
