"""留痕 as the office reads it: who opened which number when, and its own deeds by name. Never a word of a tip."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from domain.ids import BatchId, MemberId, OfficeId, UnitId
from domain.rounds import Round, Team
from handlers.hourly import full_hour
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

LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines: of one member, from a day to another (both count). `page` counts from 1, in lines one may see:
    where they stand in the chain would tell how much was written meanwhile, to the minute."""

    member_id: MemberId | None = None
    first: date | None = None
    last: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody opened a tip, to the minute in the office's zone. No team: it was passed on."""

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
    """Lines, the latest first; openings of one hour by team and number. `older`: the number of the next page; None on
    the last one."""

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
    asked, hour = await _wanted(services, session, choice), full_hour(services.clock())
    wanted = replace(asked, until=min(asked.until or hour, hour))

    def load(tx: Tx) -> Page[Reading]:
        rows = readings.list_opened(tx, session.office_id, wanted)
        names = _Names(tx, services, session.office_id)
        return _page(choice, len(rows), [names.reading(row) for row in rows[:PAGE]])

    return await services.store.read(load)


async def read_deeds(services: DeskServices, session: Session, choice: Choice) -> Page[Deed]:
    """Raises `Refused(UNKNOWN)` for a member of another office."""
    wanted = await _wanted(services, session, choice)

    def load(tx: Tx) -> Page[Deed]:
        rows = readings.list_done(tx, session.office_id, wanted)
        names = _Names(tx, services, session.office_id)
        return _page(choice, len(rows), [names.deed(row) for row in rows[:PAGE]])

    return await services.store.read(load)


async def _wanted(services: DeskServices, session: Session, choice: Choice) -> Wanted:
    if choice.member_id is not None:
        await get_person(services, session, choice.member_id)
    zone = services.clock().tzinfo
    since = datetime.combine(choice.first, time(), zone) if choice.first else None
    until = datetime.combine(choice.last + timedelta(days=1), time(), zone) if choice.last else None
    return Wanted(choice.member_id, since, until, (_number(choice) - 1) * PAGE, PAGE + 1)


def _page(choice: Choice, found: int, lines: list[Line]) -> Page[Line]:
    return Page(tuple(lines), _number(choice) + 1 if found > PAGE else None)


def _number(choice: Choice) -> int:
    return max(1, min(choice.page, LAST_PAGE))


class _Names:
    """Puts ids into names: everybody, all teams and rounds at once, a card batch or a place when a line is about it."""

    def __init__(self, tx: Tx, services: DeskServices, office_id: OfficeId) -> None:
        self._tx, self._office_id, self._zone = tx, office_id, services.clock().tzinfo
        self._members: Mapping[bytes, str] = {one.id: one.name for one in members.list_members(tx, office_id)}
        self._teams: Mapping[bytes, Team] = dict(teams.teams_of_office(tx, office_id).items())
        self._rounds: Mapping[bytes, Round] = {one.id: one for one in rounds.list_rounds(tx, office_id)}
        self._batches: dict[BatchId, str] = {}

    def reading(self, row: Opened) -> Reading:
        team = self._teams.get(row.team_id) if row.team_id else None
        round_ = self._rounds.get(team.round_id) if team else None
        return Reading(row.at.astimezone(self._zone), self._members.get(row.member_id, ""), team, round_, row.number)

    def deed(self, row: Done) -> Deed:
        by = self._members.get(row.member_id, "") if row.member_id else ""
        of, round_ = self._of(row.object_kind, row.object_id), None
        if row.object_kind == "round":
            round_ = self._rounds.get(row.object_id)
        minute = row.at.astimezone(self._zone).replace(second=0, microsecond=0)
        return Deed(minute, by, row.act, row.object_kind, of, round_)

    def _of(self, kind: str, object_id: bytes) -> str:
        """The thing's name; empty where it has none, and when it was taken away since: a team or a place of a plan."""
        match kind:
            case "member":
                return self._members.get(object_id, "")
            case "team":
                team = self._teams.get(object_id)
                return team.name if team else ""
            case "card_batch":
                return self._batch(BatchId(object_id))
            case "unit":
                unit = units.unit_in(self._tx, self._office_id, UnitId(object_id))
                return unit.name if unit else ""
            case _:
                return ""

    def _batch(self, batch_id: BatchId) -> str:
        if batch_id not in self._batches:
            batch, named = cards.get_batch(self._tx, batch_id), cards.units_of_batch(self._tx, batch_id)
            places = [unit.path.replace("/", " ") for unit in named[:1]]
            self._batches[batch_id] = " ".join([*places, batch.way]) if batch else ""
        return self._batches[batch_id]
