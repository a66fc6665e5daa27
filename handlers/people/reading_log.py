"""留痕 as the office reads it: who opened which number when, and its own deeds by name. Never a word of a tip."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from domain.errors import Refused
from domain.ids import BatchId, MemberId, RoundId, TeamId, UnitId
from domain.rounds import Round, Team
from handlers.people.roster import get_person
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import cards, rounds, teams, units
from storage.people import members
from storage.people.members import Member, MemberState
from storage.store import Tx
from storage.watch import readings
from storage.watch.readings import Done, Opened, Wanted

PAGE = 50
"""Lines of one page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines: of one member, from a day to another (both count), behind line `before`."""

    member_id: MemberId | None = None
    first: date | None = None
    last: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody opened a letter, to the minute in the office's zone. No team: it was passed on."""

    at: datetime
    name: str
    team: Team | None
    round: Round | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What the office did to which thing, `of`, by its name where it has one. `name` empty: the machine."""

    at: datetime
    name: str
    act: str
    kind: str
    of: str
    round: Round | None = None


Line = TypeVar("Line", Reading, Deed)


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """Lines, the latest first. `older`: the line behind which the next page begins; None on the last one."""

    lines: tuple[Line, ...]
    older: int | None


async def list_readers(services: DeskServices, session: Session) -> list[Member]:
    """Everybody of the office whose lines can be asked for, by sign-in name; those who were put out come last."""
    found = await services.store.read(lambda tx: members.list_members(tx, session.office_id))
    return sorted(found, key=lambda one: one.state is MemberState.DISABLED)


async def read_openings(services: DeskServices, session: Session, choice: Choice) -> Page[Reading]:
    """Up to the last full hour: when a new number was first opened tells when it came, and no figure moves sooner.

    Raises `Refused(UNKNOWN)` for a member of another office.
    """
    asked, hour = await _wanted(services, session, choice), services.clock().replace(minute=0, second=0, microsecond=0)
    wanted = replace(asked, until=min(asked.until or hour, hour))

    def load(tx: Tx) -> Page[Reading]:
        rows = readings.list_opened(tx, session.office_id, wanted)
        names = _Names(tx, services)
        return _page(rows, [names.reading(row) for row in rows[:PAGE]])

    return await services.store.read(load)


async def read_deeds(services: DeskServices, session: Session, choice: Choice) -> Page[Deed]:
    """Raises `Refused(UNKNOWN)` for a member of another office."""
    wanted = await _wanted(services, session, choice)

    def load(tx: Tx) -> Page[Deed]:
        rows = readings.list_done(tx, session.office_id, wanted)
        names = _Names(tx, services)
        return _page(rows, [names.deed(row) for row in rows[:PAGE]])

    return await services.store.read(load)


async def _wanted(services: DeskServices, session: Session, choice: Choice) -> Wanted:
    if choice.member_id is not None:
        await get_person(services, session, choice.member_id)
    zone = services.clock().tzinfo
    since = datetime.combine(choice.first, time(), zone) if choice.first else None
    until = datetime.combine(choice.last + timedelta(days=1), time(), zone) if choice.last else None
    return Wanted(choice.member_id, since, until, choice.before, PAGE + 1)


def _page(rows: list[Opened] | list[Done], lines: list[Line]) -> Page[Line]:
    return Page(tuple(lines), rows[PAGE - 1].n if len(rows) > PAGE else None)


class _Names:
    """Puts ids into names, each looked up once."""

    def __init__(self, tx: Tx, services: DeskServices) -> None:
        self._tx, self._zone = tx, services.clock().tzinfo
        self._members: dict[bytes, str] = {}
        self._teams: dict[TeamId, Team] = {}
        self._rounds: dict[RoundId, Round] = {}

    def reading(self, row: Opened) -> Reading:
        team = self._team(row.team_id) if row.team_id else None
        round_ = self._round(team.round_id) if team else None
        return Reading(self._minute(row.at), self._member(row.member_id), team, round_, row.number)

    def deed(self, row: Done) -> Deed:
        by = self._member(row.member_id) if row.member_id else ""
        deed = Deed(self._minute(row.at), by, row.act, row.object_kind, "")
        named: dict[str, Callable[[], Deed]] = {
            "member": lambda: replace(deed, of=self._member(row.object_id)),
            "team": lambda: replace(deed, of=self._team(TeamId(row.object_id)).name),
            "round": lambda: replace(deed, round=self._round(RoundId(row.object_id))),
            "card_batch": lambda: replace(deed, of=self._batch(BatchId(row.object_id))),
            "unit": lambda: replace(deed, of=units.get_unit(self._tx, UnitId(row.object_id)).name),
        }
        try:
            return named.get(row.object_kind, lambda: deed)()
        except Refused:
            return deed  # it was taken away since: a team or a place of a plan

    def _minute(self, at: datetime) -> datetime:
        return at.astimezone(self._zone).replace(second=0, microsecond=0)

    def _member(self, member_id: bytes) -> str:
        if member_id not in self._members:
            self._members[member_id] = members.get_member(self._tx, MemberId(member_id)).name
        return self._members[member_id]

    def _team(self, team_id: TeamId) -> Team:
        if team_id not in self._teams:
            self._teams[team_id] = teams.get_team(self._tx, team_id)
        return self._teams[team_id]

    def _round(self, round_id: RoundId) -> Round:
        if round_id not in self._rounds:
            self._rounds[round_id] = rounds.get_round(self._tx, round_id)
        return self._rounds[round_id]

    def _batch(self, batch_id: BatchId) -> str:
        batch = cards.get_batch(self._tx, batch_id)
        if batch is None:
            return ""
        places = [unit.path.replace("/", " ") for unit in cards.units_of_batch(self._tx, batch_id)]
        return " ".join([*places[:1], batch.way])
