"""Telegram's side of the conversation: an update comes in, its transaction commits, only then is it acknowledged.

Not built on `telegram.ext.Application`: its `process_update` swallows failures, and an update must not be
acknowledged when one occurred.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.telegram.events import GroupLink, Incoming, Upload, read_update
from bot.telegram.send import keyboard
from bot.telegram.wire import DOWNLOAD_LIMIT, TooMuch
from domain.errors import CannotStore, Reason, Refused
from domain.tips import Channel
from handlers import texts
from handlers.conversation.events import Event, Sent, Start, TooBig
from handlers.conversation.replies import ReplyKind
from handlers.intake import converse
from handlers.intake.converse import Answer, Outbound, Peer
from handlers.keeping import keep_file
from handlers.services import IntakeServices

_TOLD = 1000

LinkGroup = Callable[[str, int], Awaitable[bool]]
"""Links a team's group by a one-time token and the group's chat id; False when the token is none."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How the bot does its work here. `page`: the web address to offer instead; `ride`: a lone tick travels in the
    webhook's answer.

    A tick that travels so has no message number for us, so 擦除本对话 cannot delete it: off unless speed matters more.
    """

    lang: str = "zh"
    page: str = ""
    ride: bool = False


class Telegram:
    """Takes what people do in Telegram into the conversation."""

    def __init__(
        self, services: IntakeServices, bot: Bot, *, wake: Callable[[], None], link_group: LinkGroup, ways: Ways
    ) -> None:
        """`wake` tells the outbox that a transaction has put something there."""
        self._services = services
        self._bot = bot
        self._wake = wake
        self._link_group = link_group
        self._ways = ways
        self._start = Start(lang=ways.lang, chat=True, page=ways.page)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._told: set[str] = set()
        self._errands: set[asyncio.Task[None]] = set()

    def read(self, raw: dict[str, Any]) -> Incoming | GroupLink | None:
        """What an update means for us, None when nothing."""
        return read_update(raw, self._bot, self._start)

    async def take(self, update: Incoming | GroupLink, *, by_webhook: bool = False) -> dict[str, Any] | None:
        """Lets the update happen; returns once it is durable. The result, if any, is for the webhook's answer.

        One after the other within a chat, in the order of the calls. Raises `CannotStore`: deliver it again.
        """
        if isinstance(update, GroupLink):
            await self._link(update)
            return None
        async with self._turns.setdefault(update.chat, asyncio.Lock()):
            try:
                answer = await self._converse(update, ride=by_webhook and self._ways.ride)
            except Exception as error:  # whatever it was, nothing is stored, and the reporter must not think it is
                if isinstance(error, Refused) and error.reason is Reason.THROTTLED:
                    self._errand(self._tell(update, f"error-{error.reason}"))  # a look-up: asking again is up to them
                    return None
                self._errand(self._tell(update, "telegram-cannot-store"))
                raise
        self._wake()
        if update.callback:
            self._errand(self._stop_spinner(update.callback))
        return self._riding(update.chat, answer) if by_webhook and self._ways.ride else None

    async def finish(self) -> None:
        """Waits for errands under way; call it when no more updates come."""
        await asyncio.gather(*self._errands)

    async def _converse(self, update: Incoming, *, ride: bool) -> Answer:
        peer = Peer(Channel.TELEGRAM, self._services.secrets.chat_tag(Channel.TELEGRAM, str(update.chat)))
        outbound = Outbound(address=str(update.chat), ride=ride, message_id=update.message_id)
        event = await self._event(update)
        return await converse.handle(self._services, peer, event, update_key=update.key, outbound=outbound)

    async def _event(self, update: Incoming) -> Event:
        """The event itself, or the file that it brings. Raises `CannotStore` when the file cannot be had just now."""
        if not isinstance(update.did, Upload):
            return update.did
        file = update.did
        if file.size > DOWNLOAD_LIMIT:
            return TooBig(Reason.TOO_LARGE)
        try:
            data = await self._download(file.file_id)
            kind, stored = await keep_file(self._services, data, name=file.name, seconds=file.seconds)
        except (TooMuch, BadRequest):
            return TooBig(Reason.TOO_LARGE)
        except Refused as refused:
            return TooBig(refused.reason)
        except TelegramError:
            raise CannotStore("the file did not come") from None
        return Sent(kind, stored, caption=file.caption, ref=str(update.message_id), album=file.album)

    async def _download(self, file_id: str) -> bytes:
        """The file's bytes. Never `File.download…`: that would read a path of this machine if the answer named one."""
        file = await self._bot.get_file(file_id)
        return await self._bot.request.retrieve(file.file_path or "")

    def _riding(self, chat: int, answer: Answer) -> dict[str, Any] | None:
        """The tick that `converse` left to us, as a call that Telegram carries out on reading our answer."""
        if not answer.fresh or len(answer.spoken) != 1 or answer.spoken[0].kind is not ReplyKind.TICK:
            return None
        spoken = answer.spoken[0]
        call: dict[str, Any] = {"method": "sendMessage", "chat_id": chat, "text": spoken.text}
        markup = keyboard([(b.id, b.label) for b in spoken.choices])
        return call | ({"reply_markup": markup.to_dict()} if markup else {})

    async def _link(self, update: GroupLink) -> None:
        if await self._link_group(update.token, update.chat):
            with suppress(TelegramError):
                await self._bot.send_message(update.chat, texts.say(self._ways.lang, "telegram-group-linked"))

    async def _stop_spinner(self, callback: str) -> None:
        with suppress(TelegramError):  # too old or already answered: nothing is lost
            await self._bot.answer_callback_query(callback)

    async def _tell(self, update: Incoming, key: str) -> None:
        """Says it once for each update: Telegram delivers what we cannot store again and again."""
        if update.key in self._told:
            return
        if len(self._told) >= _TOLD:
            self._told.clear()
        self._told.add(update.key)
        with suppress(TelegramError):
            await self._bot.send_message(update.chat, texts.say(self._ways.lang, key))

    def _errand(self, work: Coroutine[Any, Any, None]) -> None:
        """Something worth doing that nobody waits for."""
        task = asyncio.create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)
