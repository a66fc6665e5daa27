"""Keeps a session's index true to the database: what is new is read in the background, what is mine no more goes.

The last thing before every answer is a look at what I may open now. What it does not name is not found.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ids import TeamId
from handlers.desk.finding.fetching import Sight, extent, fetch, look
from handlers.desk.finding.index import Entry, Index
from handlers.desk.finding.marks import mark_all
from handlers.desk.finding.reading import entries_of
from handlers.desk.mine import check_mine
from handlers.people.sessions import IDLE, LONGEST, Session
from handlers.services import DeskServices
from storage.desk.openable import Openable
from storage.people import members, sessions
from storage.people.members import MemberState
from storage.store import Tx

CHUNK = 200
"""Tips that are fetched and read at a time."""

PATIENCE = 0.4
"""Seconds that a search waits for what is being read: nobody waits for a team of a thousand tips."""


@dataclass(frozen=True, slots=True)
class Known:
    """Those of a team's tips that are known as they are now, out of `total` that I may open."""

    entries: tuple[Entry, ...]
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
    if index.extent is not None and index.extent == await extent(services, session, team_id):
        return Known(tuple(index.entries.values()), len(index.entries))
    until = clock() + PATIENCE
    while True:
        known = _keep(index, await look(services, session, team_id))
        if len(known.entries) == known.total:
            return known
        reading = start(services, session, index)
        if (left := until - clock()) <= 0:
            return known
        await asyncio.wait({reading}, timeout=left)
        if reading.done() and not reading.cancelled():
            reading.result()


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


def _keep(index: Index, sight: Sight) -> Known:
    """Forgets what `sight` does not name; the rest, as far as it is as `sight` says."""
    kept = {one.tip_id: index.entries[one.tip_id] for one in sight.tips if _is_known(index, one)}
    index.entries, index.marks = kept, {tip_id: marks for tip_id, marks in index.marks.items() if tip_id in kept}
    index.extent = sight.extent if len(kept) == len(sight.tips) else None
    return Known(tuple(kept.values()), len(sight.tips))


def _is_known(index: Index, one: Openable) -> bool:
    """Whether the tip is still what was read: boxes are only ever added, and a number changes with the team."""
    entry = index.entries.get(one.tip_id)
    return entry is not None and (entry.number, entry.envelopes) == (one.number, one.envelopes)


async def _read(services: DeskServices, session: Session, index: Index) -> None:
    """Reads what is missing, the newest first, then marks it for likeness.py."""
    sight = await look(services, session, index.team_id)
    missing = {one.tip_id for one in sight.tips if not _is_known(index, one)}
    for some in _chunks([one for one in sight.tips if one.tip_id in missing]):
        made = await asyncio.to_thread(entries_of, await fetch(services, session, sight.team, some))
        index.entries, index.extent = {**index.entries, **made}, None  # what was mine when it was fetched
    for some in _chunks([one for one in sight.tips if one.tip_id in missing or one.tip_id not in index.marks]):
        entries = [index.entries[one.tip_id] for one in some if one.tip_id in index.entries]
        index.marks = {**index.marks, **await asyncio.to_thread(mark_all, entries)}


def _chunks(tips: Sequence[Openable]) -> list[Sequence[Openable]]:
    return [tips[begin : begin + CHUNK] for begin in range(0, len(tips), CHUNK)]


def _stay(tx: Tx, token_hash: bytes, now: datetime) -> frozenset[TeamId]:
    """The teams that a session may go on knowing; none once it ended, by whatever way."""
    row = sessions.get_session(tx, token_hash)
    if row is None or now - row.last_at > IDLE or now - row.created_at > LONGEST:
        return frozenset()
    if members.get_member(tx, row.member_id).state is MemberState.DISABLED:
        return frozenset()
    return frozenset(one.team_id for one in members.memberships_of(tx, row.member_id, now.date()) if one.team_id)
