"""A team's queue: which tips stand in a view, in the order of their deadlines, with what their sealed headers say."""

from dataclasses import dataclass
from datetime import date

from domain.clocks import Stage
from domain.deadlines import Badge, WorkingDays, badge, left
from domain.errors import BadSeal, Reason, Refused
from domain.ids import TeamId, TipId
from domain.rounds import Round, Team, TeamKind
from domain.tips import Tip, TipWork
from handlers import letters
from handlers.calendar import calendar_in
from handlers.desk.keyring import Held, keys_for
from handlers.desk.views import ViewName, view_of
from handlers.letters import Header
from handlers.people.sessions import Session
from handlers.sealing import box_context
from handlers.services import DeskServices
from storage import audit, boxes, members, news, rounds, teams, tips, units, work
from storage.boxes import BoxKind
from storage.store import Tx
from storage.work import Position
from vault.open import read

PAGE = 50
OPENED = "open"
"""What the audit calls a member's looking at a tip."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """How a tip's next deadline stands; `days` are working days left or over, never negative.

    Not `certain`: a year on the way has no published plan of working days.
    """

    stage: Stage
    badge: Badge
    days: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One tip in the queue. `header` is None when this member holds no key that opens it."""

    tip: Tip
    work: TipWork
    label: str
    unit: str
    header: Header | None
    assignee: str
    deadline: Deadline | None
    unread: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a view. `after` names the next page, None on the last; `counts` the size of every view."""

    team: Team
    round: Round
    view: ViewName
    rows: tuple[Row, ...]
    counts: dict[ViewName, int]
    after: Position | None
    newest: int
    has_key: bool


async def read_queue(
    services: DeskServices,
    session: Session,
    team_id: TeamId,
    view: ViewName,
    *,
    after: Position | None = None,
    limit: int = PAGE,
) -> Queue:
    """A page of my team's queue. Raises `Refused(UNKNOWN)` for a team that is not mine."""
    check_mine(session, team_id)
    held = await keys_for(services, session, team_id)
    today = services.clock().date()
    views = {name: view_of(name, session.member_id, today) for name in ViewName}

    def load(tx: Tx) -> Queue:
        team = teams.get_team(tx, team_id)
        round_ = rounds.get_round(tx, team.round_id)
        page = work.list_queue(tx, round_.id, team_id, views[view], after=after, limit=limit + 1)
        calendar = calendar_in(tx, services.calendar, round_.office_id)
        rows = _rows(_Desk(tx, calendar, today, session, round_, team), page[:limit], held)
        counts = {name: work.count_view(tx, round_.id, team_id, one) for name, one in views.items()}
        more = work.position(page[limit - 1]) if len(page) > limit else None
        return Queue(team, round_, view, rows, counts, more, news.highest_number(tx, round_.id, team_id), bool(held))

    return await services.store.read(load)


async def my_teams(services: DeskServices, session: Session) -> list[Team]:
    """The teams this member belongs to, of the latest round first."""

    def load(tx: Tx) -> list[Team]:
        mine = [teams.get_team(tx, team_id) for team_id in session.teams]
        opened = {team.round_id: rounds.get_round(tx, team.round_id).opens_at.timestamp() for team in mine}
        return sorted(mine, key=lambda one: (-opened[one.round_id], list(TeamKind).index(one.kind), one.ordinal))

    return await services.store.read(load)


async def newer_than(services: DeskServices, session: Session, team_id: TeamId, number: int) -> int:
    """How many tips came to my team after the one with `number`."""
    check_mine(session, team_id)

    def load(tx: Tx) -> int:
        return news.count_since(tx, teams.get_team(tx, team_id).round_id, team_id, number)

    return await services.store.read(load)


def check_mine(session: Session, team_id: TeamId) -> None:
    """Raises `Refused(UNKNOWN)` unless I belong to the team."""
    if team_id not in session.teams:
        raise Refused(Reason.UNKNOWN)


def number_label(team: Team, number: int) -> str:
    """A tip's number as people say it: 3-0012; R- and U- for the round's recusal and unrouted queues."""
    first = {TeamKind.TEAM: str(team.ordinal), TeamKind.RECUSAL: "R", TeamKind.UNROUTED: "U"}[team.kind]
    return f"{first}-{number:04d}"


def unit_name(tx: Tx, tip: Tip) -> str:
    """The unit without the county, 苇庄镇石桥村; empty when the place is not known."""
    if tip.unit_id is None:
        return ""
    unit = units.get_unit(tx, tip.unit_id)
    return "".join(unit.path.split("/")[1:]) or unit.name


def deadline(calendar: WorkingDays, round_: Round, stage: Stage, due: date, today: date) -> Deadline:
    """The badge of a stage that is due on the day `due`."""
    days = left(due, today, calendar)
    certain = all(calendar.knows(year) for year in range(min(today, due).year, max(today, due).year + 1))
    return Deadline(stage, badge(days, round_.days[stage]), abs(days), certain)


def next_deadline(calendar: WorkingDays, round_: Round, row: TipWork, today: date) -> Deadline | None:
    """The badge of the tip's next deadline; None when none runs."""
    if row.next_due_on is None or not row.next_stage:
        return None
    return deadline(calendar, round_, Stage(row.next_stage), row.next_due_on, today)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one reading of the queue is done with."""

    tx: Tx
    calendar: WorkingDays
    today: date
    session: Session
    round: Round
    team: Team


def _rows(desk: _Desk, page: list[TipWork], held: list[Held]) -> tuple[Row, ...]:
    headers = _headers(desk, [one.tip_id for one in page], held)
    return tuple(_row(desk, one, headers.get(one.tip_id)) for one in page)


def _headers(desk: _Desk, tip_ids: list[TipId], held: list[Held]) -> dict[TipId, Header]:
    """What those of the sealed headers say that one of `held` opens."""
    by_id: dict[bytes, Held] = {one.key.id: one for one in held}
    found = {}
    for box, envelope in boxes.boxes_for(desk.tx, desk.round.id, tip_ids, BoxKind.HEADER, list(by_id)):
        context = box_context(BoxKind.HEADER, desk.round.id, box.owner_id, box.seq)
        try:
            plain = read(by_id[envelope.holder_id].open, envelope.holder_id, box.body, envelope.sealed, context)
        except BadSeal:
            continue  # changed in the database: shown as one that cannot be opened
        found[box.owner_id] = letters.decode_header(plain)
    return found


def _row(desk: _Desk, one: TipWork, header: Header | None) -> Row:
    tip = tips.get_tip(desk.tx, one.round_id, one.tip_id)
    me = desk.session.member_id
    lines = audit.lines_about(desk.tx, desk.session.office_id, "tip", one.tip_id)
    return Row(
        tip=tip,
        work=one,
        label=number_label(desk.team, one.number),
        unit=unit_name(desk.tx, tip),
        header=header,
        assignee=members.get_member(desk.tx, one.assignee_id).name if one.assignee_id else "",
        deadline=next_deadline(desk.calendar, desk.round, one, desk.today),
        unread=not any(line.entry.act == OPENED and line.entry.member_id == me for line in lines),
    )
