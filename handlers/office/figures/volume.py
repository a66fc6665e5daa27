"""Boards of the office: they move on the full hour only, and nothing moves because somebody tells or somebody looks."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from domain.ids import RoundId
from handlers.hourly import Hourly
from handlers.office.figures.board import Board, board
from handlers.office.figures.scope import Scope, checked
from handlers.office.figures.sheets import Sheets, read_sheets
from handlers.services import DeskServices

KEPT = 24
"""Parts of rounds whose boards are kept until the next count."""


@dataclass(slots=True)
class Boards:
    """Every round's figures as they were counted last, and what was made of them. In memory: one set per process."""

    _counted: Hourly[RoundId, Sheets] = field(default_factory=lambda: Hourly(read_sheets))
    _made: OrderedDict[tuple[RoundId, Scope], Board] = field(default_factory=OrderedDict)

    async def get(self, services: DeskServices, round_id: RoundId) -> Sheets:
        """The round's figures as of a full hour, or of the first look since the start of the process.

        Not counted on looking: who looks before and after somebody told a tip must not see the figure move.
        Raises `Refused(UNKNOWN)`.
        """
        return await self._counted.get(services, round_id)

    async def board(self, services: DeskServices, round_id: RoundId, scope: Scope) -> Board:
        """What these figures show of `scope`, made once. Raises `Refused(UNKNOWN)`, also for a scope of others."""
        sheets = await self.get(services, round_id)
        key = (round_id, checked(sheets, scope))
        made = self._made.get(key)
        if made is None or made.sheets is not sheets:
            made = await asyncio.to_thread(board, sheets, key[1])
            self._made[key] = made
            self._made.move_to_end(key)
            if len(self._made) > KEPT:
                self._made.popitem(last=False)
        return made

    async def count_all(self, services: DeskServices) -> None:
        """Counts every round anew that somebody has looked at; one that was removed is let go. For the full hour."""
        await self._counted.renew(services)
        self._made.clear()  # what was made of older figures would keep them in memory
