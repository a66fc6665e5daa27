"""What needs the office's hand now, and since which day. Of the recusal queue nothing is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.deadlines import WorkingDays, working_days_between
from domain.ids import OfficeId
from domain.rounds import Round, RoundState, TeamKind
from handlers.calendar import calendar_in
from handlers.conversation.replies import Arg
from handlers.hourly import Hourly
from handlers.office.keys import sharing
from handlers.office.rounds.readiness import team_lines
from handlers.office.watch.settings import unread_days_in
from handlers.people.sessions import Session
from handlers.promising import KEEP
from handlers.services import DeskServices
from storage.intake import outbox
from storage.office import rounds, safekeeping, teams
from storage.office.safekeeping import Keeping
from storage.people import audit, members
from storage.store import Tx
from storage.watch import watching

BACKUP_DAYS = 7
"""A backup that is older is too old."""

WATCH, SAFEKEEPING = "/office/watch", "/office/safekeeping"

_STUCK = timedelta(hours=1, minutes=30)  # an hour; the moments of the outbox are cut to the half hour before
_DAY = timedelta(days=1)


class Trouble(StrEnum):
    """What is wrong; the value ends the keys of its words."""

    UNREAD = "unread"  # a team has tips waiting, and nobody of it looked at any
    FEW = "few"  # with one member alone who can open a team's tips, an illness stops everything
    SIGNING = "signing"  # a director could not open a round, nor put a member out of what comes in
    SECRETS = "secrets"  # they lie in one place only
    SECRETS_OLD = "secrets-old"  # new ones were made since the second copy
    BACKUP = "backup"  # there was none yet
    BACKUP_OLD = "backup-old"
    OUTBOX = "outbox"  # messages do not go out


@dataclass(frozen=True, slots=True)
class Alert:
    """`since` is None where no day says it. `link`: where something can be done. `args` fill the words."""

    trouble: Trouble
    since: date | None
    link: str
    args: Mapping[str, Arg] = field(default_factory=dict)


_OfOthers = tuple[list[Alert], list[Alert]]
"""Unread queues, and stuck messages."""


@dataclass(slots=True)
class Alerts:
    """What is wrong in each office. In memory: one set per process."""

    _of_others: Hourly[OfficeId, _OfOthers] = field(default_factory=lambda: Hourly(_read_of_others))

    async def get(self, services: DeskServices, session: Session) -> list[Alert]:
        """What is wrong in my office, the gravest first. Costs little whatever the number of teams and members.

        What a team's work or a reporter's wish ends, unread queues and stuck messages, moves with the boards on the
        full hour: nothing moves while somebody watches.
        """
        office_id, today = session.office_id, services.clock().date()
        unread, stuck = await self._of_others.get(services, office_id)
        few, kept = await services.store.read(lambda tx: _of_office(tx, office_id, today))
        return [*unread, *few, *kept, *stuck]

    async def count_all(self, services: DeskServices) -> None:
        """Looks anew in every office that has looked. For the full hour."""
        await self._of_others.renew(services)


async def _read_of_others(services: DeskServices, office_id: OfficeId) -> _OfOthers:
    now, plan = services.clock(), services.calendar
    return await services.store.read(lambda tx: (_unread(tx, office_id, now, plan), _stuck(tx, now)))


def _of_office(tx: Tx, office_id: OfficeId, today: date) -> tuple[list[Alert], list[Alert]]:
    """Teams with too few, and what is not kept in a safe place: what the office itself mends."""
    running = _running(tx, office_id)
    few = [alert for one in running if one.state is RoundState.OPEN for alert in _few(tx, one, today)]
    return few + _signing(tx, office_id, today), _kept(tx, running, today)


def _running(tx: Tx, office_id: OfficeId) -> list[Round]:
    return [one for one in rounds.list_rounds(tx, office_id) if one.state is not RoundState.PLANNED]


def silent_since(today: date, days: int, calendar: WorkingDays) -> date:
    """The last day behind which so many whole working days have gone by before `today`."""
    day = today - _DAY
    while working_days_between(day, today - _DAY, calendar) < days:
        day -= _DAY
    return day


def _unread(tx: Tx, office_id: OfficeId, now: datetime, plan: WorkingDays) -> list[Alert]:
    calendar = calendar_in(tx, plan, office_id)
    return [alert for one in _running(tx, office_id) for alert in _unread_in(tx, one, now, calendar)]


def _unread_in(tx: Tx, round_: Round, now: datetime, calendar: WorkingDays) -> list[Alert]:
    days = unread_days_in(tx, round_.office_id)
    last = silent_since(now.date(), days, calendar)
    waiting = watching.waiting(tx, round_.id, last)
    if not waiting:
        return []
    midnight = datetime.combine(last + _DAY, datetime.min.time(), now.tzinfo)
    line = watching.last_line_before(tx, round_.office_id, midnight)
    found = []
    for team in teams.list_teams(tx, round_.id):
        if team.kind is TeamKind.RECUSAL or team.id not in waiting:
            continue
        people = {one.id for one, _ in members.members_of_team(tx, team.id, now.date())}
        if not watching.opened_after(tx, round_.office_id, line, round_id=round_.id, team_id=team.id, by=people):
            first, _ = waiting[team.id]  # how many would move within the hour
            args: dict[str, Arg] = {"team": team.name, "days": days}
            found.append(Alert(Trouble.UNREAD, first, f"{WATCH}/teams/{team.id.hex()}", args))
    return found


def _few(tx: Tx, round_: Round, today: date) -> list[Alert]:
    link = f"/office/rounds/{round_.id.hex()}"
    return [
        Alert(Trouble.FEW, None, link, {"team": line.team.name, "n": line.able})
        for line in team_lines(tx, round_, today)
        if line.able < line.least
    ]


def _signing(tx: Tx, office_id: OfficeId, today: date) -> list[Alert]:
    return [
        Alert(Trouble.SIGNING, None, f"/office/members/{one.id.hex()}", {"name": one.name})
        for one in sharing.lacking(tx, office_id, today)
    ]


def _kept(tx: Tx, running: Sequence[Round], today: date) -> list[Alert]:
    """Before a round was opened there is nothing that could not be made again."""
    opened = [line for one in running for line in _openings(tx, one)]
    if not opened:
        return []
    office_id, last = running[0].office_id, safekeeping.last_days(tx, running[0].office_id)
    backup = _backup(last.get(Keeping.BACKUP), min(day for _, day in opened), today)
    return [*_secrets(tx, office_id, max(opened), last.get(Keeping.SECRETS)), *backup]


def _openings(tx: Tx, round_: Round) -> list[tuple[int, date]]:
    """When the round was opened: the line of the audit, and the day in the office's zone."""
    zone = round_.opens_at.tzinfo
    lines = audit.lines_about(tx, round_.office_id, "round", round_.id)
    return [(one.n, one.entry.at.astimezone(zone).date()) for one in lines if one.entry.act == "open"]


def _secrets(tx: Tx, office_id: OfficeId, opened: tuple[int, date], last: date | None) -> list[Alert]:
    """Opening a round makes new secrets: a copy of before does not hold them."""
    line, day = opened
    if last is None:
        return [Alert(Trouble.SECRETS, day, SAFEKEEPING)]
    for kept in safekeeping.kept_since(tx, office_id, Keeping.SECRETS, day):
        told, *_ = audit.lines_about(tx, office_id, "safekeeping", kept.id)
        if told.n > line:
            return []
    return [Alert(Trouble.SECRETS_OLD, day, SAFEKEEPING, {"last": last})]


def _backup(last: date | None, first: date, today: date) -> list[Alert]:
    since = (last or first) + timedelta(days=BACKUP_DAYS)
    if today <= since:
        return []
    if last is None:
        return [Alert(Trouble.BACKUP, first, SAFEKEEPING)]
    return [Alert(Trouble.BACKUP_OLD, last, SAFEKEEPING, {"days": (today - last).days})]


def _stuck(tx: Tx, now: datetime) -> list[Alert]:
    """A message that is tried again and again moves its own due time: when it was promised shows in when it ends."""
    promised = [ends - KEEP[kind] for kind, ends in outbox.first_expiring(tx, now).items()]
    if not promised or min(promised) > now - _STUCK:
        return []
    return [Alert(Trouble.OUTBOX, min(promised).astimezone(now.tzinfo).date(), WATCH)]
