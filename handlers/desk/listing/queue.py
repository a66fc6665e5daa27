"""A team's queue: which tips stand in a view, in the order of their deadlines, with what their sealed headers say."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.deadlines import WorkingDays
from domain.ids import TeamId, TipId
from domain.rounds import Round, Team
from domain.tips import Tip, TipWork
from handlers.calendar import calendar_in
from handlers.desk.labels import Deadline, next_deadline, number_label, place_name
from handlers.desk.listing.choices import Choices, choices_in
from handlers.desk.listing.headers import next_entries, open_headers
from handlers.desk.listing.views import WHOLE, Narrow, ViewName, counts_of, view_of
from handlers.desk.locking.keyring import Held, keys_for
from handlers.desk.mine import check_mine
from handlers.letters import Header
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import news, queue, work
from storage.desk.queue import Entry, Reader, Scope
from storage.desk.work import Position
from storage.office import rounds, teams
from storage.store import Tx

PAGE = 40
MOST_UNREAD = 99


@dataclass(frozen=True, slots=True)
class Row:
    """One tip in the queue. `header` is None when this member holds no key that opens it.

    `gone`: it does not stand in the view (any more); only among rows that were asked for by name.
    """

    tip: Tip
    work: TipWork
    label: str
    unit: str
    header: Header | None
    assignee: str
    deadline: Deadline | None
    unread: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A page's place. `before`, `after`: where its neighbours end and begin, None at the ends of the view.

    Not `is_full`: so many headers were looked through that the rest was left for the next page.
    """

    before: Position | None
    after: Position | None
    is_full: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a view. `counts`: the size of every view under the same filters.

    `unread`: within this view, whatever the identity; above `MOST_UNREAD` nobody counts on.

    `newest` is the highest number and `cursor` the count of changes that the page has seen.
    """

    team: Team
    round: Round
    view: ViewName
    narrow: Narrow
    rows: tuple[Row, ...]
    span: Span
    counts: dict[ViewName, int]
    unread: int
    choices: Choices
    newest: int
    cursor: int
    has_key: bool


@dataclass(frozen=True, slots=True)
class At:
    """Which part of a view: behind a position, before one, or the tips of these ids alone, wherever they stand."""

    after: Position | None = None
    before: Position | None = None
    only: Collection[TipId] | None = None
    limit: int = PAGE


FIRST = At()


async def read_queue(
    services: DeskServices,
    session: Session,
    team_id: TeamId,
    view: ViewName,
    narrow: Narrow = WHOLE,
    *,
    at: At = FIRST,
) -> Queue:
    """A page of my team's queue. Raises `Refused(UNKNOWN)` for a team, a place or a person that is not mine."""
    check_mine(session, team_id)
    held, today = await keys_for(services, session, team_id), services.clock().date()

    def load(tx: Tx) -> Queue:
        team = teams.get_team(tx, team_id)
        round_ = rounds.get_round(tx, team.round_id)
        calendar = calendar_in(tx, services.calendar, round_.office_id)
        scope = Scope(round_.id, team_id, view_of(view, session.member_id, today), narrow.filters)
        return _load(_Desk(tx, calendar, today, session, round_, team, scope, held), view, narrow, at)

    return await services.store.read(load)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one reading of the queue is done with."""

    tx: Tx
    calendar: WorkingDays
    today: date
    session: Session
    round: Round
    team: Team
    scope: Scope
    held: list[Held]

    @property
    def reader(self) -> Reader:
        return Reader(self.session.office_id, self.session.member_id)


_NOWHERE = Span(None, None, is_full=True)
_Pairs = Collection[tuple[Entry, Header | None]]


def _load(desk: _Desk, view: ViewName, narrow: Narrow, at: At) -> Queue:
    choices = choices_in(desk.tx, desk.round, desk.team, narrow, desk.today)
    rows, span = _page(desk, narrow, at) if at.only is None else (_named(desk, narrow, at.only), _NOWHERE)
    return Queue(
        team=desk.team,
        round=desk.round,
        view=view,
        narrow=narrow,
        rows=rows,
        span=span,
        counts=counts_of(queue.tally(desk.tx, desk.scope, desk.session.member_id, desk.today)),
        unread=queue.count_unread(desk.tx, desk.scope, desk.reader, MOST_UNREAD + 1),
        choices=choices,
        newest=news.highest_number(desk.tx, desk.round.id, desk.team.id),
        cursor=queue.last_change(desk.tx, desk.round.id, desk.team.id),
        has_key=bool(desk.held),
    )


def _page(desk: _Desk, narrow: Narrow, at: At) -> tuple[tuple[Row, ...], Span]:
    """A page behind or before a position, in the order of the queue either way."""

    def page(start: Position | None, limit: int) -> list[Entry]:
        if at.before is not None:
            return queue.list_page(desk.tx, desk.scope, before=start, limit=limit)
        return queue.list_page(desk.tx, desk.scope, after=start, limit=limit)

    start = at.before or at.after
    found = next_entries(desk.tx, desk.held, page, start, identity=narrow.identity, limit=at.limit)
    if at.before is not None:
        rows = _rows(desk, found.entries[::-1])
        return rows, Span(found.more, work.position(rows[-1].work) if rows else None, found.is_full)
    rows = _rows(desk, found.entries)
    first = work.position(rows[0].work) if rows else start
    return rows, Span(first if at.after is not None else None, found.more, found.is_full)


def _named(desk: _Desk, narrow: Narrow, tip_ids: Collection[TipId]) -> tuple[Row, ...]:
    entries = queue.entries_of(desk.tx, desk.scope, tip_ids)
    opened = open_headers(desk.tx, desk.round.id, desk.held, [one.work.tip_id for one in entries])
    pairs = [(one, opened.get(one.work.tip_id)) for one in entries]
    return _rows(desk, pairs, narrow)


def _rows(desk: _Desk, pairs: _Pairs, narrow: Narrow = WHOLE) -> tuple[Row, ...]:
    unread = queue.unread_of(desk.tx, desk.reader, [one.work.tip_id for one, _ in pairs])
    # Tips that came on one day are due on one day: its working days are counted once.
    due = {(one.work.next_stage, one.work.next_due_on): one.work for one, _ in pairs}
    deadlines = {key: next_deadline(desk.calendar, desk.round, one, desk.today) for key, one in due.items()}
    return tuple(
        Row(
            tip=one.tip,
            work=one.work,
            label=number_label(desk.team, one.work.number),
            unit=place_name(one.place),
            header=header,
            assignee=one.assignee,
            deadline=deadlines[one.work.next_stage, one.work.next_due_on],
            unread=one.work.tip_id in unread,
            gone=not one.inside or _is_other(header, narrow),
        )
        for one, header in pairs
    )


def _is_other(header: Header | None, narrow: Narrow) -> bool:
    """Whether the sealed header says another identity than the one asked for, or cannot be opened."""
    return narrow.identity is not None and (header is None or header.identity is not narrow.identity)
