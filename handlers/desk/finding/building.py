"""Keeps a session's index true to the database: what is new is read in the background, what is mine no more goes.

The last thing before every answer is a look at what I may open now. What it does not name is not found.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ids import OfficeId, TeamId, TipId, UnitId
from domain.rounds import Team
from handlers.desk.finding.index import Entry, Index
from handlers.desk.finding.reading import Batch, Reader, entries_of
from handlers.desk.keyring import Held, keys_for
from handlers.desk.queue import check_mine
from handlers.people.sessions import IDLE, LONGEST, Session
from handlers.services import DeskServices
from storage import members, openable, sessions, teams, units
from storage.keys import KeyKind
from storage.members import MemberState
from storage.openable import Openable
from storage.store import Tx
from vault.keys import public_half

CHUNK = 200
"""Tips that are fetched and read at a time."""

PATIENCE = 0.4
"""Seconds that a search waits for what is being read: nobody waits for a team of a thousand tips."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What I may open of a team at this moment, newest first, and with what."""

    team: Team
    held: tuple[Held, ...]
    tips: tuple[Openable, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Those of a team's tips that stand in the index as they are now, out of `total` that I may open."""

    entries: tuple[tuple[Openable, Entry], ...]
    total: int


def warm(services: DeskServices, session: Session) -> None:
    """Begins to read what this session may search, unless that was begun before. Returns at once."""
    for team_id in session.teams:
        index = services.finder.index(session.token_hash, team_id)
        if index.reading is None:
            start(services, session, index)


async def catch_up(services: DeskServices, session: Session, team_id: TeamId) -> Known:
    """What is known of my team's tips, after a moment's patience with what is still to be read.

    Raises `Refused(UNKNOWN)` for a team that is not mine, `CannotStore`.
    """
    check_mine(session, team_id)
    index, clock = services.finder.index(session.token_hash, team_id), asyncio.get_running_loop().time
    until = clock() + PATIENCE
    while True:
        sight = await look(services, session, team_id)
        known = _known(index, sight)
        if len(known.entries) == known.total or (left := until - clock()) <= 0:
            index.entries = {entry.tip_id: entry for _, entry in known.entries}
            return known
        reading = start(services, session, index)
        await asyncio.wait({reading}, timeout=left)
        if reading.done() and not reading.cancelled():
            reading.result()


async def look(services: DeskServices, session: Session, team_id: TeamId, *, among: list[TipId] | None = None) -> Sight:
    """What the database says that I may open of a team, by the rules of a tip's own page. `among`: only of these."""
    held = await keys_for(services, session, team_id)

    def load(tx: Tx) -> Sight:
        team = teams.get_team(tx, team_id)
        signs = any(one.key.kind is KeyKind.TEAM and one.key.round_id == team.round_id for one in held)
        key_ids = [one.key.id for one in held]
        tips = openable.list_openable(tx, team.round_id, team_id, key_ids, among=among) if signs else []
        return Sight(team, tuple(held), tuple(tips))

    return await services.store.read(load)


def start(services: DeskServices, session: Session, index: Index) -> asyncio.Task[None]:
    """The task that reads what the index lacks: the one that runs, or a new one."""
    if index.reading is None or index.reading.done():
        index.reading = asyncio.create_task(_read(services, session, index))
        # Whoever waits is told what went wrong. With nobody waiting, the next search tries again and is told.
        index.reading.add_done_callback(lambda task: task.cancelled() or task.exception())
    return index.reading


async def sweep(services: DeskServices) -> None:
    """Forgets what was known to sessions that ended and to members who left a team. Raises `CannotStore`."""
    now, finder = services.clock(), services.finder
    known = finder.sessions()
    for token_hash, stay in (await services.store.read(lambda tx: {one: _stay(tx, one, now) for one in known})).items():
        finder.drop(token_hash, but=stay)


def _known(index: Index, sight: Sight) -> Known:
    found = [(one, index.entries.get(one.tip_id)) for one in sight.tips]
    return Known(tuple((one, entry) for one, entry in found if entry and is_fresh(entry, one)), len(found))


def is_fresh(entry: Entry, one: Openable) -> bool:
    """Whether the tip is still what was read: boxes are only ever added, and a number changes with the team."""
    return (entry.number, entry.envelopes) == (one.number, one.envelopes)


async def _read(services: DeskServices, session: Session, index: Index) -> None:
    sight = await look(services, session, index.team_id)
    reader = await _reader(services, session, sight)
    entries = index.entries
    missing = [one for one in sight.tips if not (one.tip_id in entries and is_fresh(entries[one.tip_id], one))]
    for begin in range(0, len(missing), CHUNK):
        some = missing[begin : begin + CHUNK]
        batch = await services.store.read(lambda tx, some=some: _batch(tx, sight, some))  # type: ignore[misc]  # bound early
        made = await asyncio.to_thread(entries_of, reader, batch)
        index.entries = {**index.entries, **made}


async def _reader(services: DeskServices, session: Session, sight: Sight) -> Reader:
    of_round = [one for one in sight.held if one.key.kind is KeyKind.TEAM and one.key.round_id == sight.team.round_id]
    signs = max(of_round, key=lambda one: one.key.generation, default=None)
    places = await services.store.read(lambda tx: _places(tx, session.office_id))
    verify = public_half(signs.seed).verify if signs else b""
    return Reader(sight.team, places, {one.key.id: one for one in sight.held}, verify)


def _places(tx: Tx, office_id: OfficeId) -> Mapping[UnitId, str]:
    return {unit.id: "".join(unit.path.split("/")[1:]) or unit.name for unit in units.list_units(tx, office_id)}


def _batch(tx: Tx, sight: Sight, some: Sequence[Openable]) -> Batch:
    tip_ids, round_id = [one.tip_id for one in some], sight.team.round_id
    origins = openable.origins_of(tx, round_id, tip_ids)
    return Batch(some, origins, openable.messages_of(tx, round_id, tip_ids, [one.key.id for one in sight.held]))


def _stay(tx: Tx, token_hash: bytes, now: datetime) -> frozenset[TeamId]:
    """The teams that a session may go on knowing; none once it ended, by whatever way."""
    row = sessions.get_session(tx, token_hash)
    if row is None or now - row.last_at > IDLE or now - row.created_at > LONGEST:
        return frozenset()
    if members.get_member(tx, row.member_id).state is MemberState.DISABLED:
        return frozenset()
    return frozenset(one.team_id for one in members.memberships_of(tx, row.member_id, now.date()) if one.team_id)
