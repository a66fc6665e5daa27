"""A door for slow work: so many may wait before it, the next is asked to come back. No tip passes here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from domain.errors import Reason, Refused


class Gate:
    """Counts who waits. A look-up costs 20 ms of a core on purpose; a queue without end helps nobody."""

    def __init__(self, places: int = 64) -> None:
        self._free = places

    @asynccontextmanager
    async def place(self, needed: bool = True) -> AsyncIterator[None]:
        """Raises `Refused(THROTTLED)` when all places are taken; `needed` False passes by."""
        if not needed:
            yield
            return
        if self._free == 0:
            raise Refused(Reason.THROTTLED, "look-ups")
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


LOOK_UPS = web.AppKey("LOOK_UPS", Gate)
