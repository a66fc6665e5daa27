"""Reply -> message: how Telegram is told something, and what its answers mean for what waits in the outbox."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.carrier import Gone, Outcome, Sent, Trouble, Wait

_PAIR = 6
"""Labels up to this many characters stand two in a row."""

_DELETE = 100
"""Messages that one call deletes at most (Bot API, deleteMessages)."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def keyboard(buttons: Sequence[tuple[str, str]]) -> InlineKeyboardMarkup | None:
    """Choice ids and labels as rows: short neighbours side by side, a long label alone."""
    rows: list[list[InlineKeyboardButton]] = []
    for choice, label in buttons:
        button = InlineKeyboardButton(label, callback_data=choice)
        last = rows[-1] if rows else []
        if len(last) == 1 and max(len(label), len(last[0].text)) <= _PAIR:
            last.append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(rows) if rows else None


def split(text: str, limit: int = MessageLimit.MAX_TEXT_LENGTH) -> list[str]:
    """Pieces of at most `limit` UTF-16 units, which is how Telegram counts; broken at line ends where there are any."""
    pieces: list[str] = []
    rest = text
    while _units(rest) > limit:
        end = _fits(rest, limit)
        line = rest.rfind("\n", 0, end)
        cut = line + 1 if line > 0 else end
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [piece for piece in [*pieces, rest] if piece.strip()]


def _units(text: str) -> int:
    return len(text) + sum(ch > "\uffff" for ch in text)


def _fits(text: str, limit: int) -> int:
    """How many characters of `text` fit."""
    used = 0
    for at, ch in enumerate(text):
        used += 2 if ch > "\uffff" else 1
        if used > limit:
            return at
    return len(text)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait: a timedelta under the switch in events.py, else a number of seconds."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


class Sender:
    """Delivers for the outbox. Each call says what became of it and never raises for what Telegram answers."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, address: str, text: str, buttons: Sequence[tuple[str, str]]) -> Outcome:
        """Sends the text, in pieces if it is long; the buttons stand under the last one."""
        pieces = split(text)
        numbers: list[int] = []
        try:
            for piece in pieces:
                markup = keyboard(buttons) if piece is pieces[-1] else None
                numbers.append(await self._send(int(address), piece, markup))
        except TelegramError as error:
            return _meaning(error)
        return Sent(tuple(numbers))

    async def delete(self, address: str, numbers: Sequence[int]) -> Outcome:
        """Deletes messages on both sides. Those that Telegram no longer deletes (after 48 hours) stay."""
        chat = int(address)
        try:
            for at in range(0, len(numbers), _DELETE):
                await self._delete(chat, list(numbers[at : at + _DELETE]))
        except TelegramError as error:
            return _meaning(error)
        return Sent(())

    async def _delete(self, chat: int, numbers: list[int]) -> None:
        try:
            await self._bot.delete_messages(chat, numbers)
        except BadRequest:  # one that cannot be deleted spoils its hundred: the others one by one
            for number in numbers:
                with suppress(BadRequest):
                    await self._bot.delete_message(chat, number)

    async def _send(self, chat: int, text: str, markup: InlineKeyboardMarkup | None) -> int:
        try:
            sent = await self._bot.send_message(chat, text, reply_markup=markup, link_preview_options=_NO_PREVIEW)
        except ChatMigrated as moved:  # the group became a supergroup and has another number now
            sent = await self._bot.send_message(moved.new_chat_id, text, link_preview_options=_NO_PREVIEW)
        return sent.message_id


def _meaning(error: TelegramError) -> Outcome:
    match error:
        case RetryAfter():
            return Wait(seconds_of(error))
        case BadRequest() | Forbidden():
            return Gone()
        case _:
            return Trouble()
