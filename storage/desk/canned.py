"""What a team often says: short replies in the team's own words, kept in the clear because they tell of nobody."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from domain.ids import TeamId
from storage.rows import update_one
from storage.schema.office import canned_reply
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class CannedReply:
    """`id` is 16 random bytes. `title` is what the button says, `body` what it puts into the letter."""

    id: bytes
    team_id: TeamId
    title: str
    body: str
    version: int


def insert_reply(tx: Tx, row: CannedReply) -> None:
    tx.execute(
        insert(canned_reply).values(
            id=row.id, team_id=row.team_id, title=row.title, body=row.body, version=row.version
        )
    )  # fmt: skip


def list_replies(tx: Tx, team_id: TeamId) -> list[CannedReply]:
    """The team's replies by title."""
    of_team = select(canned_reply).where(canned_reply.c.team_id == team_id)
    return [_reply(row) for row in tx.execute(of_team.order_by(canned_reply.c.title, canned_reply.c.id))]


def update_reply(tx: Tx, row: CannedReply) -> None:
    """Writes title and body over the reply whose `version` is the one it was loaded with.

    Raises `Refused(STALE)` when somebody was faster, or took it away.
    """
    same = _is(row.team_id, row.id) & (canned_reply.c.version == row.version)
    update_one(tx, update(canned_reply).where(same).values(title=row.title, body=row.body, version=row.version + 1))


def delete_reply(tx: Tx, team_id: TeamId, reply_id: bytes) -> bool:
    """False when the team has no such reply."""
    return tx.execute(delete(canned_reply).where(_is(team_id, reply_id))).rowcount == 1


def _is(team_id: TeamId, reply_id: bytes) -> ColumnElement[bool]:
    return (canned_reply.c.team_id == team_id) & (canned_reply.c.id == reply_id)


def _reply(row: Row[Any]) -> CannedReply:
    return CannedReply(row.id, TeamId(row.team_id), row.title, row.body, row.version)
