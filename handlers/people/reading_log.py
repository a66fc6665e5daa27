"""留痕 as the office reads it: who opened which number when, and its own deeds by name. Never a word of a tip."""

from collections.abc import Mapping, Sequence
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

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Older:
    """Where a page goes on: `before` an hour's end, or for deeds a minute's (aware), without its latest `skip` lines.

    Both follow from what was shown: a line's place in the chain would tell how much was written meanwhile.
    """

    before: datetime
    skip: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Which lines: of one member, from a day to another (both count); `older` as the page before it says."""

    member_id: MemberId | None = None
    first: date | None = None
    last: date | None = None
    older: Older | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody opened a tip, to the hour in the office's zone. No team: it was passed on."""

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
    """Lines, the latest first; openings of one hour by team and number. `older`: where the next page begins; None on
    the last one."""

    lines: tuple[Line, ...]
    older: Older | None


async def list_readers(services: DeskServices, session: Session) -> list[Member]:
    """Everybody of the office whose lines can be asked for, by sign-in name; those who were put out come last."""
    found = await services.store.read(lambda tx: members.list_members(tx, session.office_id))
    return sorted(found, key=lambda one: one.state is MemberState.DISABLED)


async def read_openings(services: DeskServices, session: Session, choice: Choice) -> Page[Reading]:
    """Up to the last full hour: when a new number was first opened tells when it came, and no figure moves sooner.

    Raises `Refused(UNKNOWN)` for a member of another office.
    """
    asked, hour = await _wanted(services, session, choice), full_hour(services.clock())
    # A bound within an hour, which no page asks for, would tell the minute.
    wanted = replace(asked, until=min(full_hour(asked.until), hour) if asked.until else hour)

    def load(tx: Tx) -> Page[Reading]:
        rows = readings.list_opened(tx, session.office_id, wanted)
        names = _Names(tx, services, session.office_id)
        older = _older(choice, [row.at for row in rows], _HOUR)
        return Page(tuple(names.reading(row) for row in rows[:PAGE]), older)

    return await services.store.read(load)


async def read_deeds(services: DeskServices, session: Session, choice: Choice) -> Page[Deed]:
    """Raises `Refused(UNKNOWN)` for a member of another office."""
    wanted = await _wanted(services, session, choice)

    def load(tx: Tx) -> Page[Deed]:
        rows = readings.list_done(tx, session.office_id, wanted)
        names = _Names(tx, services, session.office_id, rows)
        older = _older(choice, [row.at.replace(second=0, microsecond=0) for row in rows], _MINUTE)
        return Page(tuple(names.deed(row) for row in rows[:PAGE]), older)

    return await services.store.read(load)


async def _wanted(services: DeskServices, session: Session, choice: Choice) -> Wanted:
    if choice.member_id is not None:
        await get_person(services, session, choice.member_id)
    zone = services.clock().tzinfo
    since = datetime.combine(choice.first, time(), zone) if choice.first else None
    ends = [datetime.combine(choice.last + timedelta(days=1), time(), zone)] if choice.last else []
    if choice.older:
        ends.append(choice.older.before)
    skip = choice.older.skip if choice.older else 0
    return Wanted(choice.member_id, since, min(ends, default=None), skip, PAGE + 1)


def _older(choice: Choice, found: Sequence[datetime], span: timedelta) -> Older | None:
    """`found`: the hours or minutes, each `span` long, of a page's lines and of one more where there is one."""
    if len(found) <= PAGE:
        return None
    shown = found[:PAGE]
    older = Older(shown[-1] + span, shown.count(shown[-1]))
    if choice.older and choice.older.before == older.before:
        return replace(older, skip=older.skip + choice.older.skip)
    return older


class _Names:
    """Puts ids into names, each kind of thing in one query. `deeds`: those that are told with it."""

    def __init__(self, tx: Tx, services: DeskServices, office_id: OfficeId, deeds: Sequence[Done] = ()) -> None:
        self._zone = services.clock().tzinfo
        self._teams: Mapping[bytes, Team] = dict(teams.teams_of_office(tx, office_id).items())
        self._rounds: Mapping[bytes, Round] = {one.id: one for one in rounds.list_rounds(tx, office_id)}
        self._members: Mapping[bytes, str] = {one.id: one.name for one in members.list_members(tx, office_id)}
        places = [UnitId(one.object_id) for one in deeds if one.object_kind == "unit"]
        batches = [BatchId(one.object_id) for one in deeds if one.object_kind == "card_batch"]
        # One that was taken away since has no name: a team or a place of a plan.
        self._things: Mapping[str, Mapping[bytes, str]] = {
            "member": self._members,
            "team": {one: team.name for one, team in self._teams.items()},
            "unit": {one.id: one.name for one in units.units_among(tx, office_id, places)},
            "card_batch": {one: _batch(*named) for one, named in cards.names_of_batches(tx, batches).items()},
        }

    def reading(self, row: Opened) -> Reading:
        team = self._teams.get(row.team_id) if row.team_id else None
        round_ = self._rounds.get(team.round_id) if team else None
        return Reading(row.at.astimezone(self._zone), self._members.get(row.member_id, ""), team, round_, row.number)

    def deed(self, row: Done) -> Deed:
        by = self._members.get(row.member_id, "") if row.member_id else ""
        of = self._things.get(row.object_kind, {}).get(row.object_id, "")
        round_ = self._rounds.get(row.object_id) if row.object_kind == "round" else None
        minute = row.at.astimezone(self._zone).replace(second=0, microsecond=0)
        return Deed(minute, by, row.act, row.object_kind, of, round_)


def _batch(way: str, path: str) -> str:
    return f"{path.replace('/', ' ')} {way}".lstrip()
