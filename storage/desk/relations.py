"""Which tips of a round hang together: repeats of one matter, and parts that were split off."""

from sqlalchemy import ColumnElement, select, update

from domain.ids import RoundId, TeamId, TipId
from storage.desk.work import next_number
from storage.schema.tips import tip_work
from storage.store import Tx


def tip_numbered(tx: Tx, round_id: RoundId, team_id: TeamId, number: int) -> TipId | None:
    """The tip of the team's ledger with that number."""
    of_team = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id)
    found = tx.execute(select(tip_work.c.tip_id).where(of_team, tip_work.c.number == number)).scalar_one_or_none()
    return None if found is None else TipId(found)


def list_repeats(tx: Tx, round_id: RoundId, tip_id: TipId) -> list[TipId]:
    """The tips that are noted as repeats of this one, by number."""
    return _ids(tx, round_id, tip_work.c.repeat_of == tip_id)


def list_parts(tx: Tx, round_id: RoundId, tip_id: TipId) -> list[TipId]:
    """The tips that were split off this one, by number."""
    return _ids(tx, round_id, tip_work.c.split_from == tip_id)


def move_repeats(tx: Tx, round_id: RoundId, team_id: TeamId, old: TipId, new: TipId) -> None:
    """The team's repeats of `old` become repeats of `new`, at the same version: a colleague's form stays good."""
    of_old = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id) & (tip_work.c.repeat_of == old)
    if tx.execute(select(tip_work.c.tip_id).where(of_old).limit(1)).one_or_none() is not None:
        changed = next_number(tx, round_id, f"changes:{team_id.hex()}")
        tx.execute(update(tip_work).where(of_old).values(repeat_of=new, changed=changed))


def _ids(tx: Tx, round_id: RoundId, where: ColumnElement[bool]) -> list[TipId]:
    rows = select(tip_work.c.tip_id).where(tip_work.c.round_id == round_id, where).order_by(tip_work.c.number)
    return [TipId(one) for one in tx.execute(rows).scalars()]
