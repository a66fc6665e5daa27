"""What has to be done by the clock: old draft keys destroyed, what expired forgotten."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from domain.ids import AttachmentId
from handlers.hourly import Work, once
from handlers.intake.threads import hour_of
from handlers.services import IntakeServices
from storage.intake import boxes, drafts, outbox, seen
from storage.store import Tx

SEEN_DAYS = 7
"""Telegram gives an undelivered update up after a day; a form is older than a week on no phone."""

DELETABLE_HOURS = 48

Chore = Callable[[], Coroutine[Any, Any, None]]
"""Something that runs until it is cancelled, not begun yet."""


async def sweep(services: IntakeServices) -> None:
    """Destroys what is due: draft keys after 24 h first, for the rest hangs on them. Raises `CannotStore`."""
    now = services.clock()
    hour = hour_of(now)
    await asyncio.to_thread(services.secrets.drop_old_draft_keys, hour)

    def forget(tx: Tx) -> set[AttachmentId]:
        drafts.drop_expired(tx, hour)
        drafts.drop_messages(tx, hour - DELETABLE_HOURS)
        seen.prune(tx, now.date() - timedelta(days=SEEN_DAYS))
        outbox.prune(tx, now)
        return {*drafts.draft_files(tx), *boxes.kept_files(tx)}

    named = await services.store.write(forget)
    await asyncio.to_thread(services.files.sweep, named)


async def every(seconds: float, work: Work, woken: asyncio.Event | None = None) -> None:
    """Does `work` now and every so many seconds, or at once when woken; whatever went wrong is tried again."""
    woken = woken or asyncio.Event()
    while True:
        woken.clear()
        await once(work)
        try:
            async with asyncio.timeout(seconds):
                await woken.wait()
        except TimeoutError:
            continue
