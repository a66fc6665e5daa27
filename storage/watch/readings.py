"""What the audit says for the office's eyes: who opened which number when, and what the office itself did.

Nothing that lets the recusal team be seen comes out: not its members' lines, not the tips that came to it first.
A tip that was passed on has no number here, to whichever team or organ it went: one that went to the recusal team
looks like any other.

Nor does a line's place in the chain: everybody's lines are counted there, those of reporters who write too.

Nor the minute of an opening: a first one follows a letter closely. An hour is told, and within it an order that no
clock made.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, not_, or_, select

from domain.ids import MemberId, OfficeId, TeamId
from domain.rounds import OFFICE_ROLES, TeamKind
from domain.tips import State
from storage.people.audit import OPENED
from storage.schema.counting import OF_OFFICE, audit
from storage.schema.office import round_, team
from storage.schema.people import membership
from storage.schema.tips import tip, tip_work, transfer
from storage.store import Tx

SIGNED_IN, BY_CUSTODIANS = "sign-in", "escrow"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of one member, from a moment up to another (aware); the latest first, `skip` of them left out.

    What a page costs grows with `skip` and with the lines of one hour, not with how many lines there are.
    """

    member_id: MemberId | None = None
    since: datetime | None = None
    until: datetime | None = None
    skip: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened a tip. `team_id` and `number` None: it was passed on since, or has been. `at` is in UTC."""

    at: datetime
    member_id: MemberId
    team_id: TeamId | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """Something that the office did, or the machine for None. `at` is in UTC."""

    at: datetime
    member_id: MemberId | None
    act: str
    object_kind: str
    object_id: bytes


def list_opened(tx: Tx, office_id: OfficeId, wanted: Wanted) -> list[Opened]:
    """Who opened which letter: the latest hour first, and in it by team, number and member, those passed on last."""
    shown, order = _openings(office_id)
    # First the moment of the last of them, along an index: what is sorted is a page's hours then, and not all.
    last = _only(shown.with_only_columns(audit.c.at), office_id, wanted).order_by(audit.c.at.desc())
    at = tx.execute(last.offset(wanted.skip + wanted.limit - 1).limit(1)).scalar_one_or_none()
    if at is not None:
        shown = shown.where(audit.c.at >= _hour_of(at))
    page = _only(shown, office_id, wanted).order_by(_hour().desc(), *order)
    return [_opened(row) for row in tx.execute(page.limit(wanted.limit).offset(wanted.skip))]


def _openings(office_id: OfficeId) -> tuple[Select[Any], tuple[ColumnElement[Any], ...]]:
    """Every opening that the office may see, and in which order they stand within an hour."""
    first, now = team.alias(), team.alias()
    stayed = not_(or_(_given_away(), now.c.kind == TeamKind.RECUSAL, tip_work.c.state == State.REFERRED))
    ordinal = case((stayed, now.c.ordinal)).label("ordinal")
    team_id = case((stayed, tip_work.c.team_id)).label("team_id")
    number = case((stayed, tip_work.c.number)).label("number")
    shown = (
        select(audit.c.at, audit.c.member_id, ordinal, team_id, number)
        .join(round_, round_.c.office_id == audit.c.office_id)
        .join(tip_work, and_(tip_work.c.round_id == round_.c.id, tip_work.c.tip_id == audit.c.object_id))
        .join(tip, and_(tip.c.round_id == tip_work.c.round_id, tip.c.id == tip_work.c.tip_id))
        .join(first, first.c.id == tip.c.first_team_id)
        .join(now, now.c.id == tip_work.c.team_id)
        .where(audit.c.act == OPENED, audit.c.object_kind == "tip", first.c.kind != TeamKind.RECUSAL)
        .where(audit.c.member_id.not_in(_recusal_holders(office_id)))
    )
    # By all that is shown, and by nothing else: lines that are alike may change places, and no page shows it.
    return shown, (ordinal.nulls_last(), team_id, number, audit.c.member_id)


def list_done(tx: Tx, office_id: OfficeId, wanted: Wanted) -> list[Done]:
    """What members of the office did, and the machine for them, the latest first; without their signing in."""
    of_office = (membership.c.office_id == office_id) & membership.c.team_id.is_(None)
    people = select(membership.c.member_id).where(of_office, membership.c.role.in_(OFFICE_ROLES))
    ours = or_(audit.c.member_id.in_(people), audit.c.member_id.is_(None), audit.c.act == BY_CUSTODIANS)
    page = _only(select(audit).where(ours, OF_OFFICE), office_id, wanted).order_by(audit.c.at.desc(), audit.c.n.desc())
    return [_done(row) for row in tx.execute(page.limit(wanted.limit).offset(wanted.skip))]


def last_sign_in(tx: Tx, office_id: OfficeId, member_id: MemberId) -> datetime | None:
    """When a member last came in with both factors, in UTC."""
    mine = (audit.c.office_id == office_id) & (audit.c.object_kind == "member") & (audit.c.object_id == member_id)
    signed = select(func.max(audit.c.n)).where(mine, audit.c.act == SIGNED_IN)
    at = select(audit.c.at).where(audit.c.office_id == office_id, audit.c.n == signed.scalar_subquery())
    return tx.execute(at).scalar_one_or_none()


def _given_away() -> ColumnElement[bool]:
    """Whether a team gave the tip away; a liaison who says where it belongs gives nothing away."""
    giver = team.alias()
    steps = select(transfer.c.n).join(giver, giver.c.id == transfer.c.from_team_id).correlate(tip)
    of_tip = (transfer.c.round_id == tip.c.round_id) & (transfer.c.tip_id == tip.c.id)
    return steps.where(of_tip, giver.c.kind != TeamKind.UNROUTED).exists()


def _recusal_holders(office_id: OfficeId) -> Select[Any]:
    """Everybody who ever sat in a recusal team."""
    joined = select(membership.c.member_id).join(team, team.c.id == membership.c.team_id)
    return joined.where(membership.c.office_id == office_id, team.c.kind == TeamKind.RECUSAL)


def _only(query: Select[Any], office_id: OfficeId, wanted: Wanted) -> Select[Any]:
    bounds: Collection[ColumnElement[bool] | None] = (
        audit.c.office_id == office_id,
        None if wanted.member_id is None else audit.c.member_id == wanted.member_id,
        None if wanted.since is None else audit.c.at >= wanted.since,
        None if wanted.until is None else audit.c.at < wanted.until,
    )
    for one in bounds:
        if one is not None:
            query = query.where(one)
    return query


def _hour() -> ColumnElement[int]:
    """The full hour of a line, in seconds of the epoch."""
    second = extract("epoch", audit.c.at)
    return second - second % 3600


def _hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _opened(row: Any) -> Opened:
    team_id = None if row.team_id is None else TeamId(row.team_id)
    return Opened(_hour_of(row.at), MemberId(row.member_id), team_id, row.number)


def _done(row: Any) -> Done:
    member_id = None if row.member_id is None else MemberId(row.member_id)
    return Done(row.at, member_id, row.act, row.object_kind, row.object_id)
