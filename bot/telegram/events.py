"""Update -> event: what a person did in Telegram, in the conversation's words. Only private chats with people speak."""

import logging
import os
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update
from telegram.constants import ChatType

from domain.errors import Reason
from handlers.conversation.events import Chose, Edited, Event, Pointed, Said, Start, TooBig

# From 22.2 on python-telegram-bot warns at every duration that is not a timedelta; this is its documented switch.
os.environ.setdefault("PTB_TIMEDELTA", "true")

KINDS = ("message", "edited_message", "callback_query")
"""The kinds of updates we ask Telegram for."""

_log = logging.getLogger(__name__)
_COMMANDS = {"/progress": "progress", "/cancel": "cancel", "/help": "help", "/large": "large"}
_NUMBER_LIMIT = 1 << 53
"""Telegram's ids stay below this; a larger one is none of its own."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that lies at Telegram. `size` in bytes as Telegram says, 0 if it does not; `album` groups pictures."""

    file_id: str
    name: str
    size: int
    seconds: int
    caption: str
    album: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """What one update holds. `message_id` is the reporter's own message, `callback` the pressed button's query."""

    key: str
    chat: int
    did: Event | Upload
    message_id: int | None = None
    callback: str = ""


@dataclass(frozen=True, slots=True)
class GroupLink:
    """The bot was put into a group with a one-time token that links the group to a team."""

    chat: int
    token: str


def read_update(raw: dict[str, Any], bot: Bot, start: Start) -> Incoming | GroupLink | None:
    """What `raw` means for us; None when nothing: another kind, a channel, another bot, or no such shape at all.

    `start` is what a plain /start is; a card's code is put into it.
    """
    try:
        return _meaning(Update.de_json(raw, bot), start)
    except Exception as error:  # whatever is wrong with its shape, it would be the same when delivered again
        _log.warning("an update of no known shape: %s", type(error).__name__)
        return None


def _meaning(update: Update, start: Start) -> Incoming | GroupLink | None:
    if not 0 <= update.update_id < _NUMBER_LIMIT:
        return None
    key = str(update.update_id)
    if update.callback_query is not None:
        return _tap(key, update.callback_query)
    if update.edited_message is not None:
        return _edit(key, update.edited_message)
    return _message(key, update.message, start) if update.message is not None else None


def _message(key: str, message: Message, start: Start) -> Incoming | GroupLink | None:
    if message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        return _group(message)
    if not _from_person(message):
        return None
    did = _content(message, start)
    return None if did is None else Incoming(key, message.chat.id, did, message.message_id)


def _group(message: Message) -> GroupLink | None:
    """Nothing of a group is read but the token of `/start <token>`, which `startgroup` links send."""
    command, _, token = (message.text or "").partition(" ")
    if command.partition("@")[0] != "/start" or not token.strip():
        return None
    return GroupLink(message.chat.id, token.strip()[:64])


def _edit(key: str, message: Message) -> Incoming | None:
    text = message.text or message.caption or ""
    if not text or not _from_person(message):
        return None
    return Incoming(key, message.chat.id, Edited(str(message.message_id), text), message.message_id)


def _tap(key: str, query: CallbackQuery) -> Incoming | None:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE or query.from_user.is_bot:
        return None
    chosen = (query.data or "").partition("|")[0]
    return Incoming(key, query.message.chat.id, Chose(chosen), callback=query.id)


def _from_person(message: Message) -> bool:
    known = max(abs(message.chat.id), message.message_id) < _NUMBER_LIMIT
    return known and message.chat.type == ChatType.PRIVATE and not (message.from_user and message.from_user.is_bot)


def _content(message: Message, start: Start) -> Event | Upload | None:
    if message.text is not None:
        return _text(message, message.text, start)
    if message.location or message.venue or message.contact:
        return Pointed()
    upload = _upload(message)
    if upload is not None:
        return upload
    # Stickers, polls, dice and the like say nothing that a team could read; service messages need no answer.
    return TooBig(Reason.BAD_FILE) if message.effective_attachment else None


def _text(message: Message, text: str, start: Start) -> Event:
    command, _, rest = text.partition(" ")
    command = command.partition("@")[0]
    if command == "/start":
        return replace(start, code=rest.strip())
    if command in _COMMANDS and not rest:
        return Chose(_COMMANDS[command])
    return Said(text, str(message.message_id))


def _upload(message: Message) -> Upload | None:
    if message.photo:
        largest = message.photo[-1]
        return _file(message, largest.file_id, largest.file_size)
    for spoken in (message.video_note, message.voice):
        if spoken:
            return _file(message, spoken.file_id, spoken.file_size, seconds=spoken.duration)
    for timed in (message.audio, message.video, message.animation):
        if timed:
            return _file(message, timed.file_id, timed.file_size, name=timed.file_name, seconds=timed.duration)
    file = message.document
    return _file(message, file.file_id, file.file_size, name=file.file_name) if file else None


def _file(
    message: Message, file_id: str, size: int | None, *, name: str | None = None, seconds: int | timedelta = 0
) -> Upload:
    lasts = int(seconds.total_seconds()) if isinstance(seconds, timedelta) else seconds
    return Upload(file_id, name or "", size or 0, lasts, message.caption or "", message.media_group_id or "")
