"""The line to Telegram: opens it with patience, says how we hear from it, and knows whether it stands."""

import asyncio
import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.telegram.events import KINDS
from bot.telegram.hook import PATH
from bot.telegram.poll import Poller
from bot.telegram.wire import Wire
from domain.errors import Reason, Refused
from handlers import texts

_log = logging.getLogger(__name__)
_COMMANDS = ("start", "progress", "cancel", "help", "large")
_AT_ONCE = 40
"""Webhook deliveries side by side."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram shall deliver, and the secret it shall name."""

    public_url: str
    secret: str


def make_bot(token: str, api_url: str) -> Bot:
    """A bot on any Bot API server; nothing is called yet."""
    wire = Wire()
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=wire,
        get_updates_request=wire,
    )


def check_webhook(public_url: str, api_url: str) -> None:
    """Raises `Refused` for a plain-http address towards the real Telegram, which takes only https."""
    if urlsplit(api_url).hostname == "api.telegram.org" and urlsplit(public_url).scheme != "https":
        raise Refused(Reason.BAD_INPUT, "MSX_PUBLIC_URL: Telegram delivers to https addresses only")


class Line:
    """Run `run()` as a task and cancel it at the end. `ready` is set once the webhook is set or polling has begun."""

    def __init__(self, bot: Bot, ways: Poller | Webhook, *, first_pause: float = 1.0) -> None:
        self.ready = asyncio.Event()
        self._bot = bot
        self._ways = ways
        self._first_pause = first_pause

    @property
    def username(self) -> str:
        """The bot's name without @; empty until the line stands."""
        return self._bot.username if self.ready.is_set() else ""

    async def run(self) -> None:
        """Opens the line, tries again while that fails, and hears what comes until it is cancelled."""
        pause = self._first_pause
        while not self.ready.is_set():
            try:
                await self._open()
            except TelegramError as error:
                _log.warning("Telegram is not reached: %s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60.0)
        if isinstance(self._ways, Poller):
            await self._ways.run()

    async def _open(self) -> None:
        await self._bot.initialize()
        await self._offer_commands()
        match self._ways:
            case Webhook(public_url=url, secret=secret):
                await self._bot.set_webhook(
                    f"{url}{PATH}", secret_token=secret, allowed_updates=KINDS, max_connections=_AT_ONCE
                )
            case Poller():
                await self._bot.delete_webhook()  # while one is set, Telegram refuses polling; nothing is dropped
                await self._ways.begin()
        self.ready.set()

    async def _offer_commands(self) -> None:
        """The menu in Chinese for everybody, in English for those whose app is English."""
        for lang, code in (("zh", None), ("en", "en")):
            menu = [BotCommand(name, texts.say(lang, f"telegram-command-{name}")) for name in _COMMANDS]
            await self._bot.set_my_commands(menu, language_code=code)
