"""What an archive says of a round in the clear, page by page. A tip that the recusal queue holds looks like any other
that the giving team passed on, and what was passed on has no number: no gap tells where it went."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, ScalarSelect, Select, and_, func, or_, select, tuple_

from domain.clocks import Clock
from domain.ids import BatchId, MemberId, OfficeId, RoundId, TeamId, TipId, UnitId
from domain.rounds import TeamKind
from domain.tips import Action, Channel, Kind, State
from storage.desk.clocks import as_clock
from storage.schema.cards import card_batch, print_run
from storage.schema.office import team
from storage.schema.people import member, membership
from storage.schema.tips import clock, tip, tip_event, tip_work, transfer
from storage.store import Tx

_W, _T = tip_work.c, tip.c
_FIRST, _TO = team.alias("first_team"), team.alias("to_team")


@dataclass(frozen=True, slots=True)
class ClearTip:
    """A tip as far as it stands in the clear. `number` None: it was passed on, and then no date but the first is
    given; `accepted` says whether that came before."""

    tip_id: TipId
    number: int | None
    unit_id: UnitId | None
    batch_id: BatchId | None
    channel: Channel
    kind: Kind
    received_on: date
    late: bool
    is_test: bool
    state: State
    accepted: bool
    accepted_on: date | None
    first_reply_on: date | None
    resolved_on: date | None
    cleared_on: date | None
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class NamedRun:
    """A printing. `by`: a member's name, empty for the machine."""

    batch_id: BatchId
    what: str
    cards: int
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A member's role from one day to another, in a team or, where `team` is empty, in the office."""

    name: str
    login: str
    state: str
    role: str
    team: str
    from_on: date
    to_on: date | None


def numbered(tx: Tx, round_id: RoundId, team_id: TeamId, after: int, limit: int) -> list[ClearTip]:
    """The next tips behind number `after` that the team has and did not pass on; none that came to recusal first."""
    mine = (_W.round_id == round_id) & (_W.team_id == team_id) & (_W.state != State.REFERRED) & (_W.number > after)
    mine &= _FIRST.c.kind != TeamKind.RECUSAL
    return [_tip(row) for row in tx.execute(_tips().where(mine).order_by(_W.number).limit(limit))]


def passed_on(
    tx: Tx, round_id: RoundId, team_id: TeamId, after: tuple[date, TipId] | None, limit: int
) -> list[ClearTip]:
    """The next tips behind `after`, by day received and id, that the team passed on."""
    referred = (_W.team_id == team_id) & (_W.state == State.REFERRED) & (_FIRST.c.kind != TeamKind.RECUSAL)
    mine = (_W.round_id == round_id) & or_(referred, (_giver() == team_id) & _hidden())
    if after is not None:
        mine &= tuple_(_T.received_on, _T.id) > tuple_(*after)
    return [_tip(row) for row in tx.execute(_tips().where(mine).order_by(_T.received_on, _T.id).limit(limit))]


def clocks_of(tx: Tx, round_id: RoundId, tip_ids: Collection[TipId]) -> dict[TipId, list[Clock]]:
    found: dict[TipId, list[Clock]] = {}
    for row in tx.execute(select(clock).where(clock.c.round_id == round_id, clock.c.tip_id.in_(tip_ids))):
        found.setdefault(TipId(row.tip_id), []).append(as_clock(row))
    return found


def numbers_of(tx: Tx, round_id: RoundId, tip_ids: Collection[TipId]) -> dict[TipId, tuple[TeamId, int]]:
    """Team and number of those that are neither another round's nor passed on: one that the recusal queue was given
    leaves no more lines than one that was referred."""
    kept = (team.c.kind != TeamKind.RECUSAL) & (_W.state != State.REFERRED)
    some = (_W.round_id == round_id) & _W.tip_id.in_(tip_ids) & kept
    rows = tx.execute(select(_W.tip_id, _W.team_id, _W.number).join(team, team.c.id == _W.team_id).where(some))
    return {TipId(row.tip_id): (TeamId(row.team_id), row.number) for row in rows}


def transfers_between(tx: Tx, round_id: RoundId) -> list[tuple[TeamId, TeamId, int]]:
    """How many steps led from team to team; none of a tip that the recusal queue has, or of one that came from it."""
    steps = select(transfer.c.from_team_id, transfer.c.to_team_id, func.count().label("n")).select_from(
        transfer.join(tip_work, and_(_W.round_id == transfer.c.round_id, _W.tip_id == transfer.c.tip_id))
        .join(team, team.c.id == _W.team_id)
        .join(_FIRST, _FIRST.c.id == transfer.c.from_team_id)
        .join(_TO, _TO.c.id == transfer.c.to_team_id)
    )
    open_to_all = and_(*(one.c.kind != TeamKind.RECUSAL for one in (team, _FIRST, _TO)))
    of_round = steps.where(transfer.c.round_id == round_id, open_to_all)
    rows = tx.execute(of_round.group_by(transfer.c.from_team_id, transfer.c.to_team_id))
    return [(TeamId(row.from_team_id), TeamId(row.to_team_id), row.n) for row in rows]


def print_runs(tx: Tx, round_id: RoundId) -> list[NamedRun]:
    """Everything printed for the round's batches, the oldest first."""
    runs = select(print_run, member.c.name).select_from(
        print_run.join(card_batch, card_batch.c.id == print_run.c.batch_id).outerjoin(
            member, member.c.id == print_run.c.printed_by
        )
    )
    rows = tx.execute(runs.where(card_batch.c.round_id == round_id).order_by(print_run.c.printed_on, print_run.c.id))
    return [NamedRun(BatchId(row.batch_id), row.what, row.cards, row.printed_on, row.name or "") for row in rows]


def seats(tx: Tx, office_id: OfficeId, round_id: RoundId) -> list[Seat]:
    """Everybody's seats in the office and in the round's teams, past ones too, by login."""
    joined = membership.join(member, member.c.id == membership.c.member_id).outerjoin(
        team, team.c.id == membership.c.team_id
    )
    ours = (member.c.office_id == office_id) & or_(membership.c.team_id.is_(None), team.c.round_id == round_id)
    asked = select(member.c.name, member.c.login, member.c.state, membership, team.c.name.label("team")).select_from(
        joined
    )
    rows = tx.execute(asked.where(ours).order_by(member.c.login, membership.c.from_on, membership.c.id))
    return [Seat(row.name, row.login, row.state, row.role, row.team or "", row.from_on, row.to_on) for row in rows]


def ever_in(tx: Tx, team_id: TeamId) -> set[MemberId]:
    """Whoever had a seat in the team on any day."""
    rows = tx.execute(select(membership.c.member_id).where(membership.c.team_id == team_id))
    return {MemberId(one) for one in rows.scalars()}


def _tips() -> Select[Any]:
    return select(
        tip_work,
        _T.id,
        _T.card_batch_id,
        _T.received_on,
        _T.late,
        card_batch.c.is_test,
        team.c.kind.label("team_kind"),
        _accepted().label("was_accepted"),
    ).select_from(
        tip_work.join(tip, (_T.round_id == _W.round_id) & (_T.id == _W.tip_id))
        .join(team, team.c.id == _W.team_id)
        .join(_FIRST, _FIRST.c.id == _T.first_team_id)
        .outerjoin(card_batch, card_batch.c.id == _T.card_batch_id)
    )


def _hidden() -> ColumnElement[bool]:
    """It came to an ordinary team first and to the recusal queue later."""
    return (team.c.kind == TeamKind.RECUSAL) & (_FIRST.c.kind != TeamKind.RECUSAL)


def _of_tip(table: FromClause) -> ColumnElement[bool]:
    return (table.c.round_id == _W.round_id) & (table.c.tip_id == _W.tip_id)


def _giver() -> ScalarSelect[Any]:
    """The team that passed the tip on last."""
    last = select(transfer.c.from_team_id).where(_of_tip(transfer)).correlate(tip_work)
    return last.order_by(transfer.c.n.desc()).limit(1).scalar_subquery()


def _accepted() -> ColumnElement[bool]:
    """Whether it was accepted; of one that the recusal queue has, before it was passed on."""
    given = select(func.max(tip_event.c.n)).where(_of_tip(tip_event), tip_event.c.act == Action.TRANSFER)
    before = tip_event.alias()
    took = before.c.act.in_((Action.ACCEPT, Action.REOPEN)) & (before.c.n < given.correlate(tip_work).scalar_subquery())
    was = select(before.c.n).where(_of_tip(before), took).correlate(tip_work).exists()
    return _W.accepted_on.is_not(None) & or_(team.c.kind != TeamKind.RECUSAL, was)


def _tip(row: Row[Any]) -> ClearTip:
    passed = row.team_kind == TeamKind.RECUSAL or row.state == State.REFERRED
    accepted, replied, resolved, cleared = (
        (None,) * 4 if passed else (row.accepted_on, row.first_reply_on, row.resolved_on, row.cleared_on)
    )
    return ClearTip(
        TipId(row.id),
        None if passed else row.number,
        None if row.unit_id is None else UnitId(row.unit_id),
        None if row.card_batch_id is None else BatchId(row.card_batch_id),
        Channel(row.channel),
        Kind(row.kind),
        row.received_on,
        row.late,
        bool(row.is_test),
        State.REFERRED if passed else State(row.state),
        row.was_accepted,
        accepted,
        replied,
        resolved,
        cleared,
        is_repeat=row.repeat_of is not None and not passed,
    )
