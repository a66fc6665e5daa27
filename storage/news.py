"""What came to a team since a number: for the pill on the queue and for the notice to the team's group."""

from sqlalchemy import func, select

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


def _scope(team_id: TeamId) -> str:
    return f"told:{team_id.hex()}"
