"""Guessing one account's password or code is slow; everybody else's sign-in is not touched. Memory only."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, TypeVar

from domain.errors import Reason, Refused

FREE = 6
"""Tries without a wait: a password and a code, each mistyped twice."""

LONGEST = 60
"""Seconds between two tries at most, so that nobody can lock an owner out for good."""

_REMEMBERED = 10_000
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(slots=True)
class Throttle:
    """Tries per account since the last complete sign-in, the least recent account forgotten first."""

    _tries: OrderedDict[str, tuple[int, float]] = field(default_factory=OrderedDict)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    def begin(self, account: str, now: datetime) -> None:
        """Counts a try before its outcome is known. Raises `Refused(THROTTLED)` when the last one is too fresh."""
        tries, last = self._tries.get(account, (0, 0.0))
        wait = 0 if tries < FREE else min(LONGEST, 2 ** (tries - FREE))
        if now.timestamp() - last < wait:
            raise Refused(Reason.THROTTLED, "sign-in")
        self._tries[account] = (tries + 1, now.timestamp())
        self._tries.move_to_end(account)
        if len(self._tries) > _REMEMBERED:
            self._tries.popitem(last=False)

    def clear(self, account: str) -> None:
        """Both factors were right."""
        self._tries.pop(account, None)

    async def slowly(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Runs a key derivation in a thread, two at once at most: each takes 64 MiB."""
        async with self._turns:
            return await asyncio.to_thread(work, *args, **kwargs)
