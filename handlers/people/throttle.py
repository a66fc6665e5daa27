"""Guessing one account's password or code is slow, and who guesses many finds a short queue. Memory only."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, TypeVar

from domain.errors import CannotStore, Reason, Refused

FREE = 6
"""Tries without a wait: a password and a code, each mistyped twice."""

LONGEST = 60
"""Seconds between two tries at most, so that nobody can lock an owner out for good."""

QUEUE = 16
"""Key derivations that may wait for their turn: a few seconds' work. Whoever comes then is told to come again."""

_REMEMBERED = 10_000
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(slots=True)
class Throttle:
    """Tries per account since the last complete sign-in, the least recent account forgotten first."""

    _tries: OrderedDict[bytes, tuple[int, float]] = field(default_factory=OrderedDict)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _waiting: int = 0

    def begin(self, account: str, now: datetime) -> None:
        """Counts a try before its outcome is known. Raises `Refused(THROTTLED)` when the last one is too fresh."""
        name = _hash(account)
        tries, last = self._tries.get(name, (0, 0.0))
        wait = 0 if tries < FREE else min(LONGEST, 2 ** (tries - FREE))
        if now.timestamp() - last < wait:
            raise Refused(Reason.THROTTLED, "sign-in")
        self._tries[name] = (tries + 1, now.timestamp())
        self._tries.move_to_end(name)
        if len(self._tries) > _REMEMBERED:
            self._tries.popitem(last=False)

    def clear(self, account: str) -> None:
        """Both factors were right."""
        self._tries.pop(_hash(account), None)

    async def slowly(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Runs a key derivation in a thread, one at once.

        It takes 64 MiB and four lanes, and OpenSSL's Argon2 hangs for good when two take lanes from its pool at once.

        Who is cancelled while waiting never starts one. Raises `Refused(THROTTLED, "busy")` when the queue is full,
        `CannotStore` when there is no memory for it.
        """
        self.check_room()
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        running = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
        running.add_done_callback(self._end_turn)
        try:
            return await asyncio.shield(running)
        except MemoryError:
            raise CannotStore("no memory for a key derivation") from None

    def check_room(self) -> None:
        """Raises `Refused(THROTTLED, "busy")` when too many wait already; ask before a try is counted."""
        if self._waiting >= QUEUE:
            raise Refused(Reason.THROTTLED, "busy")

    def _end_turn(self, running: "asyncio.Future[_T]") -> None:
        """The turn ends with the thread, which goes on when its caller was cancelled; its outcome is then nobody's."""
        self._turns.release()
        if not running.cancelled():
            running.exception()


def _hash(account: str) -> bytes:
    """Takes the same room for every name."""
    return hashlib.sha256(account.encode("utf-8", "replace")).digest()
