"""What a ledger says of a team's tips in the clear: all of them in two statements, whatever their number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from domain.ids import MemberId, RoundId, TeamId, TipId, UnitId
from domain.tips import Action, Channel, Kind, State
from storage.schema.tips import tip, tip_event, tip_work
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Entry:
    """A tip and how it stands. The dates are None while they have not come."""

    tip_id: TipId
    number: int
    received_on: date
    channel: Channel
    kind: Kind
    unit_id: UnitId | None
    state: State
    assignee_id: MemberId | None
    resolved_on: date | None
    cleared_on: date | None


def list_entries(tx: Tx, round_id: RoundId, team_id: TeamId) -> list[Entry]:
    """The tips that the team has now, by number."""
    same = (tip.c.round_id == tip_work.c.round_id) & (tip.c.id == tip_work.c.tip_id)
    mine = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id)
    work = (tip_work.c.number, tip_work.c.state, tip_work.c.assignee_id, tip_work.c.resolved_on, tip_work.c.cleared_on)
    told = (tip.c.id, tip.c.received_on, tip.c.channel, tip.c.kind, tip.c.unit_id)
    rows = tx.execute(select(*told, *work).join(tip, same).where(mine).order_by(tip_work.c.number))
    return [
        Entry(
            tip_id=TipId(row.id),
            number=row.number,
            received_on=row.received_on,
            channel=Channel(row.channel),
            kind=Kind(row.kind),
            unit_id=None if row.unit_id is None else UnitId(row.unit_id),
            state=State(row.state),
            assignee_id=None if row.assignee_id is None else MemberId(row.assignee_id),
            resolved_on=row.resolved_on,
            cleared_on=row.cleared_on,
        )
        for row in rows
    ]


def last_reasons(
    tx: Tx, round_id: RoundId, team_id: TeamId, acts: Collection[Action]
) -> dict[tuple[TipId, Action], str]:
    """The reason of the last move of each kind among `acts`, for the tips that the team has now."""
    same = (tip_event.c.round_id == tip_work.c.round_id) & (tip_event.c.tip_id == tip_work.c.tip_id)
    mine = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id) & tip_event.c.act.in_(sorted(acts))
    found = select(tip_event.c.tip_id, tip_event.c.act, tip_event.c.reason).join(tip_work, same).where(mine)
    rows = tx.execute(found.order_by(tip_event.c.tip_id, tip_event.c.n))
    return {(TipId(row.tip_id), Action(row.act)): row.reason for row in rows}
