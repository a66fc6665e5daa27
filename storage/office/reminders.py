"""催办 and notices: what a team is told of its late work or its keys, and who of it has seen it. No word of a tip."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from domain.errors import Reason, Refused
from domain.ids import MemberId, RoundId, TeamId
from storage.rows import update_one
from storage.schema.office import reminder
from storage.schema.people import member
from storage.store import Tx

_SEER = member.alias("seer")


@dataclass(frozen=True, slots=True)
class Reminder:
    """`urges`: it is 催办; any other is a notice about who can open the team's tips. `seen_by` and `seen_on` are set
    together, once. `writer` and `seer` are names, filled when it is read.
    """

    id: bytes
    round_id: RoundId
    team_id: TeamId
    written_by: MemberId
    written_on: date
    body: str
    urges: bool
    seen_by: MemberId | None = None
    seen_on: date | None = None
    writer: str = ""
    seer: str = ""


def insert_reminder(tx: Tx, row: Reminder) -> None:
    tx.execute(
        insert(reminder).values(
            id=row.id,
            round_id=row.round_id,
            team_id=row.team_id,
            written_by=row.written_by,
            written_on=row.written_on,
            body=row.body,
            urges=row.urges,
        )
    )


def get_reminder(tx: Tx, reminder_id: bytes) -> Reminder:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(_named().where(reminder.c.id == reminder_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return _reminder(row)


def list_of_team(tx: Tx, team_id: TeamId, *, unseen: bool = False, limit: int = 50) -> list[Reminder]:
    """The latest ones of a team, the newest first; with `unseen` those that nobody of it has seen."""
    mine = _named().where(reminder.c.team_id == team_id)
    if unseen:
        mine = mine.where(reminder.c.seen_on.is_(None))
    return [
        _reminder(row) for row in tx.execute(mine.order_by(reminder.c.written_on.desc(), reminder.c.id).limit(limit))
    ]


def list_of_round(tx: Tx, round_id: RoundId) -> list[Reminder]:
    """All of a round, the newest first."""
    of_round = _named().where(reminder.c.round_id == round_id)
    return [_reminder(row) for row in tx.execute(of_round.order_by(reminder.c.written_on.desc(), reminder.c.id))]


def set_seen(tx: Tx, reminder_id: bytes, by: MemberId, on: date) -> None:
    """Raises `Refused(STALE)` when somebody has seen it before."""
    unseen = (reminder.c.id == reminder_id) & reminder.c.seen_on.is_(None)
    update_one(tx, update(reminder).where(unseen).values(seen_by=by, seen_on=on))


def _named() -> Select[Any]:
    return select(reminder, member.c.name.label("writer"), _SEER.c.name.label("seer")).select_from(
        reminder.join(member, member.c.id == reminder.c.written_by).outerjoin(_SEER, _SEER.c.id == reminder.c.seen_by)
    )


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(
        row.id,
        RoundId(row.round_id),
        TeamId(row.team_id),
        MemberId(row.written_by),
        row.written_on,
        row.body,
        row.urges,
        None if row.seen_by is None else MemberId(row.seen_by),
        row.seen_on,
        row.writer,
        row.seer or "",
    )
