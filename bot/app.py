"""The one place where real things are put together. Everything else is handed what it needs."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.calendar import ChineseWorkingDays
from bot.settings import Settings
from domain.errors import Reason, Refused
from handlers.intake.lanes import Lanes
from handlers.services import Clock, DeskServices, IntakeServices
from storage import migrate
from storage.desk.counters import count_missing
from storage.intake.files import Files
from storage.store import Store
from vault.folders import DeskSecrets, IntakeSecrets
from vault.receipts import Pool

ZONE = ZoneInfo("Asia/Shanghai")
"""Dates and hours are the office's own."""


HOOK_FILE = "telegram-webhook.secret"
"""File beside the intake's keys, made once; the setting of the same meaning goes before it."""


_BOT_NAME = "telegram-bot.name"


def now() -> datetime:
    """The wall clock in the office's zone."""
    return datetime.now(ZONE)


@dataclass(slots=True)
class Bell:
    """Rung after a commit that somebody waits for. Rings may be lost: every listener also looks by itself."""

    _listeners: list[Callable[[], None]] = field(default_factory=list)

    def add(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def ring(self) -> None:
        for listener in self._listeners:
            listener()


@dataclass(frozen=True, slots=True)
class House:
    """Both halves, or one of them, over one database."""

    store: Store
    bell: Bell
    intake: IntakeServices | None
    desk: DeskServices | None


def desk_of(house: House) -> DeskServices:
    """Raises `Refused(NOT_ALLOWED)` for a house that was opened without its desk."""
    if house.desk is None:
        raise Refused(Reason.NOT_ALLOWED, "desk")
    return house.desk


@asynccontextmanager
async def open_house(
    settings: Settings, *, intake: bool = True, desk: bool = True, clock: Clock = now, pool_size: int = 256
) -> AsyncIterator[House]:
    """Opens database, files and secrets (`prepare` made them); closes them again. Raises `CannotStore`."""
    store = await Store.open(settings.database)
    if desk:
        await store.write(count_missing)
    files, bell, calendar = Files(settings.data_dir), Bell(), ChineseWorkingDays()
    intake_keys, folder = IntakeSecrets(settings.secrets / "intake"), settings.secrets / "desk"
    pool = Pool(intake_keys.salt, pool_size)
    if intake:
        pool.start()
    try:
        yield House(
            store,
            bell,
            IntakeServices(store, files, intake_keys, pool, Lanes(), calendar, clock, bell.ring) if intake else None,
            DeskServices(store, files, DeskSecrets(folder), intake_keys, calendar, clock, bell.ring) if desk else None,
        )
    finally:
        await pool.aclose()
        await store.aclose()


def keep_bot_name(settings: Settings, name: str) -> None:
    """Remembers what Telegram calls the bot. It is printed on cards and no secret."""
    (settings.data_dir / _BOT_NAME).write_text(name)


def kept_bot_name(settings: Settings) -> str:
    """The bot's name without @ as it was last known; empty when this office never had a bot."""
    path = settings.data_dir / _BOT_NAME
    return path.read_text().strip() if path.exists() else ""


async def prepare(settings: Settings, *, desk: bool = True) -> None:
    """Makes the folders, the secrets and the newest schema where they are missing. Raises `CannotStore`.

    Without `desk` it makes what the intake holds and nothing else: no secret of the desk, no change of the schema.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    IntakeSecrets.create(settings.secrets / "intake")
    secret = settings.secrets / "intake" / HOOK_FILE
    if not secret.exists():
        draft = secret.with_suffix(".new")
        draft.write_text(secrets.token_urlsafe(32))
        draft.rename(secret)
    if desk:
        DeskSecrets.create(settings.secrets / "desk")
        await migrate.upgrade(settings.database)
