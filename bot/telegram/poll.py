"""Polling: the offset, which confirms updates to Telegram for good, moves only over updates that are durable."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.telegram.events import KINDS, GroupLink, Incoming
from bot.telegram.send import seconds_of
from bot.telegram.taking import Telegram
from domain.errors import CannotStore

_log = logging.getLogger(__name__)
_LIMIT = 100
_TRIES = 5
"""An update that breaks our code so often is given up, so that the ones behind it arrive."""


class Poller:
    """Fetches updates and lets them happen. Times in seconds; `wait` is how long Telegram holds a call without news."""

    def __init__(
        self, telegram: Telegram, bot: Bot, *, wait: int = 25, first_pause: float = 0.5, longest_pause: float = 60
    ) -> None:
        self._telegram = telegram
        self._bot = bot
        self._wait = wait
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._offset = 0
        self._broken: dict[int, int] = {}

    async def begin(self) -> None:
        """One call that does not wait: after it polling has begun. Raises `TelegramError`."""
        await self._take(await self._fetch(wait=0))

    async def run(self) -> None:
        """Polls until it is cancelled."""
        pause = self._first_pause
        while True:
            waited = await self._once()
            if waited is None:
                pause = self._first_pause
            else:
                await asyncio.sleep(max(pause, waited))
                pause = min(pause * 2, self._longest_pause)

    async def _once(self) -> float | None:
        """One batch; None when all of it is durable, else how many seconds to wait at least before the next call."""
        try:
            return None if await self._take(await self._fetch(self._wait)) else 0.0
        except RetryAfter as error:
            return seconds_of(error)
        except TelegramError as error:
            _log.warning("polling: %s", type(error).__name__)
            return 0.0

    async def _fetch(self, wait: int) -> list[dict[str, Any]]:
        """Raw updates: one that has a wrong shape must not spoil the others."""
        asked = {"offset": self._offset, "timeout": wait, "limit": _LIMIT, "allowed_updates": list(KINDS)}
        read = (self._bot.request.read_timeout or 0) + wait
        # Spelled so because PTB warns where Bot has a method of that name, and Bot.get_updates gives no raw updates.
        raws = await self._bot.do_api_request("get_Updates", api_kwargs=asked, read_timeout=read)
        return [raw for raw in raws if isinstance(raw, dict) and type(raw.get("update_id")) is int]

    async def _take(self, raws: Sequence[dict[str, Any]]) -> bool:
        """Lets a batch happen, chats side by side, and moves the offset up to the first update that failed."""
        if not raws:
            return True
        chats: dict[int, list[tuple[int, Incoming | GroupLink]]] = {}
        for raw in raws:
            update = self._telegram.read(raw)
            if update is not None:
                chats.setdefault(update.chat, []).append((raw["update_id"], update))
        failed = await asyncio.gather(*(self._take_chat(updates) for updates in chats.values()))
        first = min((update_id for update_id in failed if update_id is not None), default=None)
        self._offset = max(raw["update_id"] for raw in raws) + 1 if first is None else first
        return first is None

    async def _take_chat(self, updates: Iterable[tuple[int, Incoming | GroupLink]]) -> int | None:
        """One chat's updates in order; the id of the one that must come again, behind which nothing was taken."""
        for update_id, update in updates:
            try:
                await self._telegram.take(update)
            except CannotStore:
                return update_id
            except Exception as error:  # a fault of ours: the kind is logged, never the content
                _log.error("an update broke: %s", type(error).__name__)
                if not self._give_up(update_id):
                    return update_id
            self._broken.pop(update_id, None)
        return None

    def _give_up(self, update_id: int) -> bool:
        self._broken[update_id] = self._broken.get(update_id, 0) + 1
        return self._broken[update_id] >= _TRIES
