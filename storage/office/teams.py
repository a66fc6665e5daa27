"""Teams of a round, the units assigned to them, and the group that each has linked to be told what came in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, exists, insert, select, update

from domain.errors import Reason, Refused
from domain.ids import Locked, OfficeId, RoundId, TeamId, UnitId
from domain.notices import NoticeMode, Quiet, read_quiet
from domain.rounds import Level, Team, TeamKind, Unit
from storage.intake.outbox import OutChannel
from storage.rows import update_one
from storage.schema.cards import card_batch
from storage.schema.office import assignment, canned_reply, reminder, team, team_link, unit
from storage.schema.people import invite, membership
from storage.schema.tips import tip
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Group:
    """The group of a team. `channel` None: none is linked. `peer`: a Telegram chat; `robot`: a WeCom robot's key."""

    channel: OutChannel | None
    peer: str
    robot: Locked | None
    mode: NoticeMode
    quiet: Quiet | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A team inspects a unit and what lies below it. `reason`: why a rule of the plan was set aside, or empty."""

    unit_id: UnitId
    team_id: TeamId
    reason: str = ""


def insert_team(tx: Tx, office_id: OfficeId, row: Team) -> None:
    """Raises `Conflict` when the round has a team of that kind and ordinal."""
    tx.execute(
        insert(team).values(
            id=row.id,
            office_id=office_id,
            round_id=row.round_id,
            ordinal=row.ordinal,
            name=row.name,
            kind=row.kind,
            home_unit_id=row.home_unit_id,
            contacts=row.phone,
            address=row.address,
            mailbox=row.mailbox,
            notice_channel=OutChannel.TELEGRAM if row.notice_peer else "",
            notice_peer=row.notice_peer,
            notice_mode=NoticeMode.HALF_HOUR,
            notice_quiet="",
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


def teams_of_office(tx: Tx, office_id: OfficeId) -> dict[TeamId, Team]:
    """The teams of all rounds of an office."""
    return {TeamId(row.id): _team(row) for row in tx.execute(select(team).where(team.c.office_id == office_id))}


def version_of(tx: Tx, team_id: TeamId) -> int:
    """How often the team's row has changed. Raises `Refused(UNKNOWN)`."""
    version = tx.execute(select(team.c.version).where(team.c.id == team_id)).scalar_one_or_none()
    if version is None:
        raise Refused(Reason.UNKNOWN)
    return int(version)


def change_team(tx: Tx, row: Team, version: int) -> None:
    """Writes what the office says of a team. Raises `Refused(STALE)` past `version`, `Conflict` as `insert_team`."""
    contacts = {"contacts": row.phone, "address": row.address, "mailbox": row.mailbox, "version": version + 1}
    named = {"ordinal": row.ordinal, "name": row.name, "home_unit_id": row.home_unit_id}
    same = (team.c.id == row.id) & (team.c.version == version)
    update_one(tx, update(team).where(same).values(**contacts, **named))


def set_phone(tx: Tx, team_id: TeamId, phone: str) -> None:
    """Gives the team another telephone."""
    update_one(tx, update(team).where(team.c.id == team_id).values(contacts=phone, version=team.c.version + 1))


def is_used(tx: Tx, team_id: TeamId) -> bool:
    """Whether somebody sits or sat in the team, or a card or a tip is of it."""
    named = (membership.c.team_id, invite.c.team_id, card_batch.c.team_id, tip.c.first_team_id)
    return any(tx.execute(select(exists().where(column == team_id))).scalar_one() for column in named)


def drop_team(tx: Tx, team_id: TeamId) -> None:
    """Takes away a team that is not used; its units are without a team then."""
    for table in (assignment, canned_reply, team_link, reminder):
        tx.execute(delete(table).where(table.c.team_id == team_id))
    tx.execute(delete(team).where(team.c.id == team_id))


def team_of_kind(tx: Tx, round_id: RoundId, kind: TeamKind) -> Team:
    """The round's recusal or unrouted pseudo-team. Raises `Refused(UNKNOWN)`."""
    of_kind = select(team).where(team.c.round_id == round_id, team.c.kind == kind).order_by(team.c.ordinal).limit(1)
    row = tx.execute(of_kind).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    return _team(row)


def get_group(tx: Tx, team_id: TeamId) -> Group:
    """Raises `Refused(UNKNOWN)`."""
    row = tx.execute(select(team).where(team.c.id == team_id)).one_or_none()
    if row is None:
        raise Refused(Reason.UNKNOWN)
    channel = OutChannel(row.notice_channel) if row.notice_channel else None
    robot = None if row.notice_locked is None else Locked(row.notice_locked)
    return Group(channel, row.notice_peer, robot, NoticeMode(row.notice_mode), read_quiet(row.notice_quiet))


def set_notice_peer(tx: Tx, team_id: TeamId, peer: str) -> None:
    """Names the Telegram group that is told, in place of any other; empty for none at all."""
    channel = OutChannel.TELEGRAM if peer else ""
    _set_group(tx, team_id, notice_peer=peer, notice_channel=channel, notice_locked=None)


def set_notice_robot(tx: Tx, team_id: TeamId, robot: Locked) -> None:
    """Names the WeCom robot that is told, in place of any other group."""
    _set_group(tx, team_id, notice_peer="", notice_channel=OutChannel.WECOM, notice_locked=robot)


def set_notice_times(tx: Tx, team_id: TeamId, mode: NoticeMode, quiet: Quiet | None) -> None:
    """Says how often the group is told, and when never."""
    _set_group(tx, team_id, notice_mode=mode, notice_quiet=str(quiet or ""))


def insert_assignment(tx: Tx, round_id: RoundId, unit_id: UnitId, team_id: TeamId, reason: str = "") -> None:
    """The team inspects the unit and what lies below it; `reason`: why a rule of the plan was set aside.

    Raises `Conflict` when the unit has a team already.
    """
    tx.execute(insert(assignment).values(round_id=round_id, unit_id=unit_id, team_id=team_id, reason=reason))


def list_assignments(tx: Tx, round_id: RoundId) -> list[Assignment]:
    """Who inspects what by name, in the order of places."""
    named = select(assignment, unit.c.path).join(unit, unit.c.id == assignment.c.unit_id)
    rows = tx.execute(named.where(assignment.c.round_id == round_id).order_by(unit.c.path))
    return [Assignment(UnitId(row.unit_id), TeamId(row.team_id), row.reason) for row in rows]


def drop_assignment(tx: Tx, round_id: RoundId, unit_id: UnitId) -> None:
    """Nobody inspects the unit by name any more; nothing happens when nobody did."""
    tx.execute(delete(assignment).where(assignment.c.round_id == round_id, assignment.c.unit_id == unit_id))


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


def _set_group(tx: Tx, team_id: TeamId, **values: object) -> None:
    update_one(tx, update(team).where(team.c.id == team_id).values(**values, version=team.c.version + 1))


def _team(row: Row[Any]) -> Team:
    return Team(
        TeamId(row.id),
        RoundId(row.round_id),
        row.ordinal,
        row.name,
        TeamKind(row.kind),
        row.contacts,
        row.notice_peer,
        row.address,
        row.mailbox,
        None if row.home_unit_id is None else UnitId(row.home_unit_id),
    )
