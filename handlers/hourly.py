"""What is done on the full hour, and what is shown as of it: nothing moves because somebody tells or somebody looks."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from domain.errors import Reason, Refused
from handlers.services import Clock, DeskServices

_log = logging.getLogger(__name__)
_HOUR = timedelta(hours=1)

FAILED = "a chore failed"

OLD_ENOUGH = timedelta(minutes=59)
"""What is younger is not made anew: an hour, less the seconds that the work of the last hour took."""

Work = Callable[[], Awaitable[object]]
Key = TypeVar("Key")
Value = TypeVar("Value")


def full_hour(now: datetime) -> datetime:
    """The last one, by an aware clock: what the office may see of others' work moves then and not in between."""
    return now.replace(minute=0, second=0, microsecond=0)


def until_full_hour(now: datetime) -> timedelta:
    """How long until the clock shows the next full hour: never nothing."""
    return full_hour(now) + _HOUR - now


async def on_the_hour(clock: Clock, work: Work, failed: str = FAILED) -> None:
    """Does `work` at each full hour, for good: whatever goes wrong is tried again at the next."""
    while True:
        await asyncio.sleep(until_full_hour(clock()).total_seconds())
        await once(work, failed)


async def once(work: Work, failed: str = FAILED) -> None:
    """Does `work`; whatever goes wrong is logged by its kind and no more, behind the words of `failed`."""
    try:
        await work()
    except Exception as fault:
        _log.error("%s: %s", failed, type(fault).__name__)


class Hourly(Generic[Key, Value]):
    """Values as they were made last, by key. In memory: one set per process.

    A value is made on the first look, then on full hours alone. One of a first look shortly before the full hour stands
    until the hour after: two values of one key always lie an hour apart, whenever somebody looks.
    """

    def __init__(self, make: Callable[[DeskServices, Key], Awaitable[Value]]) -> None:
        self._make = make
        self._made: dict[Key, tuple[datetime, Value]] = {}

    async def get(self, services: DeskServices, key: Key) -> Value:
        """Raises what making it raises."""
        if key not in self._made:
            value = await self._make(services, key)
            self._made.setdefault(key, (services.clock(), value))
        return self._made[key][1]

    async def renew(self, services: DeskServices) -> None:
        """Makes anew what somebody has looked at. What cannot be made stays as it was, and holds up nothing else."""
        for key in tuple(self._made):
            await once(partial(self._renew, services, key), "not counted")

    async def _renew(self, services: DeskServices, key: Key) -> None:
        if services.clock() - self._made[key][0] < OLD_ENOUGH:
            return
        try:
            value = await self._make(services, key)
        except Refused as refused:
            if refused.reason is not Reason.UNKNOWN:
                raise
            del self._made[key]  # it was removed
        else:
            self._made[key] = services.clock(), value
