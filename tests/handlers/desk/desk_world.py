"""Two teams' desk on real SQLite, driven from code that knows no event loop: what it holds, and what is done to it."""

import asyncio
import secrets
import shutil
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select, update

from bot import app
from bot.demo.county import Demo
from bot.settings import Settings
from domain.errors import Refused
from domain.ids import RoundId, TeamId, TipId
from domain.tips import Action, State, TipWork
from handlers.desk.arriving.entering import desk_of, enter
from handlers.desk.arriving.entry_form import Typed, read_entry
from handlers.desk.arriving.fold import fold
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import work
from storage.intake import tips
from storage.people import audit
from storage.schema.base import metadata
from storage.schema.people import membership
from storage.store import Tx
from tests.handlers.desk.model import Who
from tests.world import Clock, World, running
from vault.receipts import Receipt, bind

T = TypeVar("T")
Rows = dict[bytes, dict[str, list[tuple[object, ...]]]]
OF_TIP = {
    table: column
    for table in metadata.sorted_tables
    for column in table.c
    if table.name != "key" and (column.name in {"tip_id", "owner_id"} or (table.name, column.name) == ("tip", "id"))
}
"""Every table that holds something of a tip, and the column that names the tip."""


def rows_of(tx: Tx) -> Rows:
    """Every row of every tip, by tip and table."""
    found: Rows = {}
    for table, column in OF_TIP.items():
        for row in tx.execute(select(column.label("of_tip"), *table.c)):
            found.setdefault(row.of_tip, {}).setdefault(table.name, []).append(tuple(row[1:]))
    return {tip: {name: sorted(rows, key=repr) for name, rows in tables.items()} for tip, tables in found.items()}


def changed(before: Rows, after: Rows) -> set[bytes]:
    """The tips of which any row is new, gone or another."""
    return {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}


class DeskWorld:
    """A copy of the county. `sessions`: what members hold, made once for all copies."""

    def __init__(
        self, county: tuple[Path, Demo], data: Path, people: Sequence[Who], sessions: dict[str, Session]
    ) -> None:
        shutil.copytree(county[0], data)
        self.people, self.sessions, self.data = people, sessions, data
        self.loop, self.left, self.clock = asyncio.new_event_loop(), AsyncExitStack(), Clock()
        self.world = self._run(self._open(Settings(data_dir=data), county[1]))

    async def _open(self, settings: Settings, made: Demo) -> World:
        world = await self.left.enter_async_context(running(settings, made, self.clock))
        for who in self.people:
            if who.login not in self.sessions:
                self.sessions[who.login] = (await world.sign_in(who.login))[1]
        return world

    def close(self) -> None:
        self._run(self.left.aclose())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()
        shutil.rmtree(self.data)

    def _run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(doing)

    @property
    def desk(self) -> DeskServices:
        return self.world.desk

    @property
    def round_id(self) -> RoundId:
        return self.world.made.round_id

    @property
    def today(self) -> date:
        return self.clock.now.date()

    def begins_on(self, day: date) -> None:
        """Everybody belonged to their team before that."""
        self.clock.now = datetime(day.year, day.month, day.day, 12, tzinfo=app.ZONE)
        since = update(membership).values(from_on=date(2026, 1, 1))
        self._run(self.desk.store.write(lambda tx: tx.execute(since).rowcount))

    def team(self, place: int) -> TeamId:
        return next(self.sessions[one.login].teams[0] for one in self.people if one.team == place)

    def does(self, doing: Coroutine[Any, Any, object]) -> bool:
        """False when a rule refused it."""
        try:
            self._run(doing)
        except Refused:
            return False
        return True

    def read(self, load: Callable[[Tx], T]) -> T:
        return self._run(self.desk.store.read(load))

    def look(self, after: int = 0) -> tuple[Rows, list[audit.Entry], int]:
        """All rows of all tips; the lines of the audit behind line `after`, and the number of the last one."""
        office_id = next(iter(self.sessions.values())).office_id
        rows, lines = self.read(lambda tx: (rows_of(tx), audit.list_lines(tx, office_id, after, limit=10_000)))
        return rows, [line.entry for line in lines], lines[-1].n if lines else after

    def work(self, tip_id: bytes) -> TipWork:
        return self.read(lambda tx: work.get_work(tx, self.round_id, TipId(tip_id)))

    def comes_in(self, team: int) -> TipId:
        """A letter of two paragraphs, typed in by somebody of the team."""
        return self._run(self._entered(next(one for one in self.people if one.team == team)))

    async def _entered(self, who: Who) -> TipId:
        session = self.sessions[who.login]
        here = await desk_of(self.desk, session, session.teams[0])
        typed = Typed("letter", self.today.isoformat(), "unknown", "other", "anonymous", words="鱼塘租金\n\n修路")
        pepper = self.desk.secrets.pepper(self.round_id)
        assert pepper is not None
        receipt = Receipt("0" * 16, bind(secrets.token_bytes(32), pepper))
        entry = read_entry(typed, here.units, self.today, files=0)
        return (await enter(self.desk, session, here, entry, receipt=receipt, files=())).tip_id

    def reporter_does(self, tip_id: bytes, action: Action) -> None:
        """As the intake writes it, which knows no state; then folded."""

        def store(tx: Tx) -> None:
            n = tips.next_event_n(tx, self.round_id, TipId(tip_id))
            blank = (State.RECEIVED, State.RECEIVED, tips.REPORTER, None, self.today, "", None)
            tips.insert_event(tx, tips.TipEvent(self.round_id, TipId(tip_id), n, action, *blank))

        self._run(self.desk.store.write(store))
        self._run(fold(self.desk))
