"""Boards of the office: they move on the full hour only, and nothing moves because somebody tells or somebody looks."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.errors import CannotStore
from domain.ids import RoundId
from handlers.office.figures.sheets import Sheets, read_sheets
from handlers.services import DeskServices

_log = logging.getLogger(__name__)
_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Boards:
    """Every round's figures as they were counted last. In memory: one set per process."""

    _boards: dict[RoundId, Sheets] = field(default_factory=dict)

    async def get(self, services: DeskServices, round_id: RoundId) -> Sheets:
        """The round's figures as of the last full hour, or of the first look since the start of the process.

        Not counted on looking: who looks before and after somebody told a tip must not see the figure move.
        Raises `Refused(UNKNOWN)`.
        """
        if round_id not in self._boards:
            self._boards[round_id] = await read_sheets(services, round_id)
        return self._boards[round_id]

    async def count_all(self, services: DeskServices) -> None:
        """Counts every round anew that somebody has looked at. Called on the full hour."""
        for round_id in tuple(self._boards):
            self._boards[round_id] = await read_sheets(services, round_id)

    async def keep(self, services: DeskServices) -> None:
        """Counts on every full hour, for good. Boards that cannot be counted stay, and say of when they are."""
        while True:
            await asyncio.sleep(until_full_hour(services.clock()).total_seconds())
            try:
                await self.count_all(services)
            except CannotStore as error:
                _log.error("boards not counted: %s", type(error).__name__)


def until_full_hour(now: datetime) -> timedelta:
    """How long until the clock shows the next full hour."""
    return now.replace(minute=0, second=0, microsecond=0) + _HOUR - now
