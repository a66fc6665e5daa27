"""Teams of a round, the units assigned to them, and the one-time tokens that link a team's group."""

from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from domain.errors import Reason, Refused
from domain.ids import OfficeId, RoundId, TeamId, UnitId
from domain.rounds import Level, Team, TeamKind, Unit
from storage.rows import update_one
from storage.schema.office import assignment, team, team_link, unit
from storage.store import Tx


def insert_team(tx: Tx, office_id: OfficeId, row: Team, *, home_unit_id: UnitId | None = None) -> None:
    """Raises `Conflict` when the round has a team of that kind and ordinal."""
    tx.execute(
        insert(team).values(
            id=row.id,
            office_id=office_id,
            round_id=row.round_id,
            ordinal=row.ordinal,
            name=row.name,
            kind=row.kind,
            home_unit_id=home_unit_id,
            contacts=row.phone,
            notice_channel="telegram" if row.notice_peer else "",
            notice_peer=row.notice_peer,
            notice_mode="half-hour",
            version=1,
        )
    )


def get_team(tx: Tx, team_id: TeamId) -> Team:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(team).where(team.c.id == team_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return _team(row)


def list_teams(tx: Tx, round_id: RoundId) -> list[Team]:
    """All teams of a round, ordinary ones first, then recusal and unrouted."""
    rows = [_team(row) for row in tx.execute(select(team).where(team.c.round_id == round_id).order_by(team.c.ordinal))]
    return sorted(rows, key=lambda one: list(TeamKind).index(one.kind))


def team_of_kind(tx: Tx, round_id: RoundId, kind: TeamKind) -> Team:
    """The round's recusal or unrouted pseudo-team. Raises `Refused(UNKNOWN)`."""
    of_kind = select(team).where(team.c.round_id == round_id, team.c.kind == kind).order_by(team.c.ordinal).limit(1)
    row = tx.execute(of_kind).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return _team(row)


def set_notice_peer(tx: Tx, team_id: TeamId, peer: str) -> None:
    """Names the Telegram group that is told of new tips; empty for none."""
    update_one(
        tx,
        update(team)
        .where(team.c.id == team_id)
        .values(notice_peer=peer, notice_channel="telegram" if peer else "", version=team.c.version + 1),
    )


def insert_assignment(tx: Tx, round_id: RoundId, unit_id: UnitId, team_id: TeamId) -> None:
    """The team inspects the unit and what lies below it. Raises `Conflict` when the unit has a team already."""
    tx.execute(insert(assignment).values(round_id=round_id, unit_id=unit_id, team_id=team_id))


def team_for_unit(tx: Tx, round_id: RoundId, unit_id: UnitId) -> TeamId | None:
    """The team of the unit or else of the nearest unit above it, or None."""
    here: bytes | None = unit_id
    while here is not None:
        assigned = (assignment.c.round_id == round_id) & (assignment.c.unit_id == unit.c.id)
        found = select(assignment.c.team_id, unit.c.parent_id).select_from(unit.outerjoin(assignment, assigned))
        row = tx.execute(found.where(unit.c.id == here)).one_or_none()
        if row is None:
            return None
        if row.team_id is not None:
            return TeamId(row.team_id)
        here = row.parent_id
    return None


def units_of_team(tx: Tx, round_id: RoundId, team_id: TeamId) -> list[Unit]:
    """The units assigned to the team by name (not what lies below them), by path."""
    mine = (assignment.c.round_id == round_id) & (assignment.c.team_id == team_id)
    rows = tx.execute(
        select(unit).join(assignment, assignment.c.unit_id == unit.c.id).where(mine).order_by(unit.c.path)
    )
    return [as_unit(row) for row in rows]


def insert_team_link(tx: Tx, team_id: TeamId, token_hash: bytes, expires_on: date) -> None:
    tx.execute(insert(team_link).values(team_id=team_id, token_hash=token_hash, expires_on=expires_on))


def use_team_link(tx: Tx, token_hash: bytes, today: date) -> TeamId | None:
    """The team that the token links, once; None when it is unknown, used or past its last day."""
    gone = delete(team_link).where(team_link.c.token_hash == token_hash)
    row = tx.execute(gone.returning(team_link.c.team_id, team_link.c.expires_on)).one_or_none()
    return None if row is None or row.expires_on < today else TeamId(row.team_id)


def as_unit(row: Row[Any]) -> Unit:
    """A row of the unit table as a plain value."""
    parent = None if row.parent_id is None else UnitId(row.parent_id)
    return Unit(UnitId(row.id), parent, Level(row.level), row.code, row.name, row.path)


def _team(row: Row[Any]) -> Team:
    return Team(
        TeamId(row.id), RoundId(row.round_id), row.ordinal, row.name, TeamKind(row.kind), row.contacts, row.notice_peer
    )
