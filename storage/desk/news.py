"""What came to a team since a number, and what its group was told already; for the queue's pill and the notices."""

from datetime import date

from sqlalchemy import delete, func, select

from domain.ids import RoundId, TeamId, TipId
from storage.rows import insert_or_replace
from storage.schema.tips import sequence, tip_work
from storage.store import Tx

_SLOT = "slot"


def highest_number(tx: Tx, round_id: RoundId, team_id: TeamId) -> int:
    """The number of the team's latest tip, 0 without one."""
    of_team = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id)
    return int(tx.execute(select(func.coalesce(func.max(tip_work.c.number), 0)).where(of_team)).scalar_one())


def count_since(tx: Tx, round_id: RoundId, team_id: TeamId, number: int) -> int:
    """How many tips came after the one with `number`."""
    of_team = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id)
    newer = select(func.count()).select_from(tip_work).where(of_team, tip_work.c.number > number)
    return int(tx.execute(newer).scalar_one())


def list_since(tx: Tx, round_id: RoundId, team_id: TeamId, number: int, limit: int) -> list[TipId]:
    """The first tips after the one with `number`, in order."""
    of_team = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id)
    newer = select(tip_work.c.tip_id).where(of_team, tip_work.c.number > number).order_by(tip_work.c.number)
    return [TipId(one) for one in tx.execute(newer.limit(limit)).scalars()]


def told_up_to(tx: Tx, round_id: RoundId, team_id: TeamId) -> int:
    """The last number that the team's group was told of."""
    told = select(sequence.c.next).where(sequence.c.round_id == round_id, sequence.c.scope == _scope(team_id))
    return tx.execute(told).scalar_one_or_none() or 0


def tell_up_to(tx: Tx, round_id: RoundId, team_id: TeamId, number: int) -> None:
    """Remembers that the group was told of everything up to `number`."""
    insert_or_replace(tx, sequence, round_id=round_id, scope=_scope(team_id), next=number)


def told_slot(tx: Tx, round_id: RoundId) -> int:
    """The half hour, counted since 1970, in which the round's groups were last told."""
    last = select(sequence.c.next).where(sequence.c.round_id == round_id, sequence.c.scope == _SLOT)
    return tx.execute(last).scalar_one_or_none() or 0


def tell_slot(tx: Tx, round_id: RoundId, slot: int) -> None:
    """Remembers that half hour."""
    insert_or_replace(tx, sequence, round_id=round_id, scope=_SLOT, next=slot)


def told_day(tx: Tx, round_id: RoundId, team_id: TeamId) -> date:
    """The last day on which the team's group was told what is due; `date.min` when it never was."""
    return _day(tx, round_id, _scope(team_id, "day"))


def tell_day(tx: Tx, round_id: RoundId, team_id: TeamId, day: date) -> None:
    """Remembers that day."""
    insert_or_replace(tx, sequence, round_id=round_id, scope=_scope(team_id, "day"), next=day.toordinal())


def refused_day(tx: Tx, round_id: RoundId, team_id: TeamId) -> date | None:
    """The day on which the team's group took no message, if it took none since."""
    day = _day(tx, round_id, _scope(team_id, "refused"))
    return None if day == date.min else day


def set_refused_day(tx: Tx, round_id: RoundId, team_id: TeamId, day: date | None) -> None:
    """Remembers that day; None when a message got through, or another group is linked."""
    scope = _scope(team_id, "refused")
    if day is None:
        tx.execute(delete(sequence).where(sequence.c.round_id == round_id, sequence.c.scope == scope))
    else:
        insert_or_replace(tx, sequence, round_id=round_id, scope=scope, next=day.toordinal())


def _day(tx: Tx, round_id: RoundId, scope: str) -> date:
    last = select(sequence.c.next).where(sequence.c.round_id == round_id, sequence.c.scope == scope)
    return date.fromordinal(tx.execute(last).scalar_one_or_none() or 1)


def _scope(team_id: TeamId, what: str = "told") -> str:
    return f"{what}:{team_id.hex()}"
