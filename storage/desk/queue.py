"""A team's queue as it is drawn: a page of rows, the size of every view, what is unread; one query for each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, FromClause, Row, and_, bindparam, case, exists, func, select, true, tuple_

from domain.ids import MemberId, OfficeId, RoundId, TeamId, TipId, UnitId
from domain.rounds import Unit
from domain.tips import Channel, Kind, State, Tip, TipWork
from storage.desk.work import Position, View, as_work, in_view
from storage.intake.tips import as_tip
from storage.office.teams import as_unit
from storage.people.audit import NEWS, OPENED
from storage.schema.base import ID
from storage.schema.counting import audit
from storage.schema.office import unit
from storage.schema.people import member
from storage.schema.tips import tip, tip_work
from storage.store import Tx

_W = tip_work.c
_SEEN, _NEWS, _AGAIN, _TOP = audit.alias(), audit.alias(), audit.alias(), unit.alias()


class Blank(StrEnum):
    """A value that filters know: what is not there."""

    NONE = "none"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a view is narrowed to, all at once; None narrows nothing. `unit`: it and what lies below it."""

    unit: UnitId | Blank | None = None
    kind: Kind | None = None
    state: State | None = None
    assignee: MemberId | Blank | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a round's tips that one page of a queue is about."""

    round_id: RoundId
    team_id: TeamId
    view: View
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose own tips, and whose unread ones."""

    office_id: OfficeId
    member_id: MemberId


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `place`: the unit's path, empty when unknown. `inside`: it stands in the view and fits the filters."""

    work: TipWork
    tip: Tip
    place: str
    assignee: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tips of one state fit the filters: in all, mine, nobody's, over time, at risk."""

    state: State
    n: int
    mine: int
    nobody: int
    late: int
    soon: int


def _n(where: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(where)


_ME, _TODAY = bindparam("of_me", type_=ID), bindparam("of_today", type_=Date)
_TALLY = select(
    _W.state,
    func.count(),
    _n(_W.assignee_id == _ME),
    _n(_W.assignee_id.is_(None)),
    _n(_W.next_due_on < _TODAY),
    _n((_W.next_due_on >= _TODAY) & (_W.risk_on <= _TODAY)),
).group_by(_W.state)
_ROWS = select(tip_work, tip, unit.c.path.label("place"), member.c.name.label("assignee")).select_from(
    tip_work.join(tip, (tip.c.round_id == _W.round_id) & (tip.c.id == _W.tip_id))
    .outerjoin(unit, unit.c.id == _W.unit_id)
    .outerjoin(member, member.c.id == _W.assignee_id)
)


def _about_tips(lines: FromClause) -> ColumnElement[bool]:
    return (lines.c.office_id == bindparam("of_office", type_=ID)) & (lines.c.object_kind == "tip")


def _is_opening(lines: FromClause) -> ColumnElement[bool]:
    return (lines.c.member_id == _ME) & (lines.c.act == OPENED)


def _is_news(lines: FromClause) -> ColumnElement[bool]:
    return lines.c.member_id.is_(None) & (lines.c.act == NEWS)


_LATER = exists().where(_about_tips(_AGAIN), _is_opening(_AGAIN), _AGAIN.c.object_id == _NEWS.c.object_id)
# Two lists that are made once each: to look every tip up in the audit would take longer.
_UNREAD = _W.tip_id.not_in(select(_SEEN.c.object_id).where(_about_tips(_SEEN), _is_opening(_SEEN))) | _W.tip_id.in_(
    select(_NEWS.c.object_id).where(_about_tips(_NEWS), _is_news(_NEWS), ~_LATER.where(_AGAIN.c.n > _NEWS.c.n))
)
_LAST_LINES = (
    select(audit.c.object_id, *(func.max(case((act(audit), audit.c.n), else_=0)) for act in (_is_opening, _is_news)))
    .where(_about_tips(audit), audit.c.object_id.in_(bindparam("of_tips", expanding=True)))
    .group_by(audit.c.object_id)
)


def list_page(
    tx: Tx, scope: Scope, *, after: Position | None = None, before: Position | None = None, limit: int
) -> list[Entry]:
    """The entries next behind `after`, or next before `before` and then in descending order; by deadline and number."""
    order = (_W.next_due_on, _W.number)
    page = _ROWS.where(inside(scope)).limit(limit)
    if before is not None:
        descending = page.where(tuple_(*order) < tuple_(*before)).order_by(*(one.desc() for one in order))
        return [_entry(row, inside=True) for row in tx.execute(descending)]
    if after is not None:
        page = page.where(tuple_(*order) > tuple_(*after))
    return [_entry(row, inside=True) for row in tx.execute(page.order_by(*order))]


def entries_of(tx: Tx, scope: Scope, tip_ids: Collection[TipId]) -> list[Entry]:
    """Those of the tips that are the team's, in the view or not, in the order of the queue."""
    mine = (_W.round_id == scope.round_id) & (_W.team_id == scope.team_id) & _W.tip_id.in_(tip_ids)
    marked = _ROWS.add_columns(inside(scope).label("inside")).where(mine).order_by(_W.next_due_on, _W.number)
    return [_entry(row, inside=bool(row.inside)) for row in tx.execute(marked)]


def tally(tx: Tx, scope: Scope, me: MemberId, today: date) -> list[Tally]:
    """The team's tips that fit the filters, in the view or not, by state: the sizes of all views are made of this."""
    where = (_W.round_id == scope.round_id) & (_W.team_id == scope.team_id) & _fits(scope.filters)
    rows = tx.execute(_TALLY.where(where), {"of_me": me, "of_today": today})
    return [Tally(State(state), *counts) for state, *counts in rows]


def count_unread(tx: Tx, scope: Scope, reader: Reader, most: int) -> int:
    """How many tips of the scope the reader has not read; no more than `most` are looked for."""
    found = select(_W.tip_id).where(inside(scope), _UNREAD).limit(most).subquery()
    return int(tx.execute(select(func.count()).select_from(found), _of(reader)).scalar_one())


def unread_of(tx: Tx, reader: Reader, tip_ids: Collection[TipId]) -> set[TipId]:
    """Those of the tips that the reader never opened, or whose reporter wrote after that."""
    rows = tx.execute(_LAST_LINES, {**_of(reader), "of_tips": list(tip_ids)})
    return set(tip_ids) - {TipId(one) for one, opened, wrote in rows if opened > wrote}


def filed_under(tx: Tx, round_id: RoundId, team_id: TeamId) -> tuple[set[UnitId], set[MemberId]]:
    """The units and the assignees that the team's tips name."""
    of_team = (_W.round_id == round_id) & (_W.team_id == team_id)
    pairs = tx.execute(select(_W.unit_id, _W.assignee_id).where(of_team).distinct()).all()
    return {UnitId(one) for one, _ in pairs if one}, {MemberId(one) for _, one in pairs if one}


def places_of(tx: Tx, office_id: OfficeId, unit_ids: Collection[UnitId]) -> list[Unit]:
    """These units and all that they lie below, by path."""
    own = tx.execute(select(unit.c.path).where(unit.c.office_id == office_id, unit.c.id.in_(unit_ids))).scalars()
    paths = {"/".join(steps[:n]) for steps in (path.split("/") for path in own) for n in range(1, len(steps) + 1)}
    rows = tx.execute(select(unit).where(unit.c.office_id == office_id, unit.c.path.in_(paths)).order_by(unit.c.path))
    return [as_unit(row) for row in rows]


def last_change(tx: Tx, round_id: RoundId, team_id: TeamId) -> int:
    """The team's count of changes that its tips have reached."""
    of_team = (_W.round_id == round_id) & (_W.team_id == team_id)
    return int(tx.execute(select(func.coalesce(func.max(_W.changed), 0)).where(of_team)).scalar_one())


def changed_since(tx: Tx, round_id: RoundId, team_id: TeamId, since: int, limit: int) -> tuple[list[TipId], int]:
    """The first tips that changed after the count `since`, and the count that they bring it to."""
    of_team = (_W.round_id == round_id) & (_W.team_id == team_id) & (_W.changed > since)
    rows = tx.execute(select(_W.tip_id, _W.changed).where(of_team).order_by(_W.changed).limit(limit)).all()
    return [TipId(one) for one, _ in rows], rows[-1][1] if rows else since


def count_newer(tx: Tx, scope: Scope, number: int) -> int:
    """How many tips of the scope came after the one with `number`."""
    newer = select(func.count()).select_from(tip_work).where(inside(scope), _W.number > number)
    return int(tx.execute(newer).scalar_one())


def _entry(row: Row[Any], *, inside: bool) -> Entry:
    return Entry(as_work(row), as_tip(row), row.place or "", row.assignee or "", inside)


def inside(scope: Scope) -> ColumnElement[bool]:
    """What rows of `tip_work` the scope holds."""
    return in_view(scope.round_id, scope.team_id, scope.view) & _fits(scope.filters)


def _fits(filters: Filters) -> ColumnElement[bool]:
    exact: Sequence[tuple[ColumnElement[Any], object]] = (
        (_W.kind, filters.kind),
        (_W.state, filters.state),
        (_W.channel, filters.channel),
    )
    asked = [column == value for column, value in exact if value is not None]
    return and_(true(), *asked, _fits_assignee(filters.assignee), _fits_unit(filters.unit))


def _fits_assignee(asked: MemberId | Blank | None) -> ColumnElement[bool]:
    if asked is None:
        return true()
    return _W.assignee_id.is_(None) if isinstance(asked, Blank) else _W.assignee_id == asked


def _fits_unit(asked: UnitId | Blank | None) -> ColumnElement[bool]:
    if asked is None:
        return true()
    if isinstance(asked, Blank):
        return _W.unit_id.is_(None)
    start = _TOP.c.path.concat("/")
    below = func.substr(unit.c.path, 1, func.length(start)) == start
    family = (unit.c.office_id == _TOP.c.office_id) & ((unit.c.id == _TOP.c.id) | below)
    return _W.unit_id.in_(select(unit.c.id).join(_TOP, family).where(_TOP.c.id == asked))


def _of(reader: Reader) -> dict[str, object]:
    return {"of_office": reader.office_id, "of_me": reader.member_id}
