"""A villager with Telegram: says, sends, taps, and sees what the bot answered."""

from itertools import count
from typing import Any

from tests.doubles import updates
from tests.doubles.bot_api import BotApi

_chats = count(700_001)


class Villager:
    """One private chat with the bot. What is done here returns once the bot has the update, not once it answered."""

    def __init__(self, api: BotApi, chat: int = 0) -> None:
        self.api = api
        self.chat = chat or next(_chats)
        self._since = 0  # number of the newest message before this villager's last act

    async def says(self, text: str, **more: Any) -> dict[str, Any]:
        """Types a message; the update that was pushed."""
        return await self._writes(text=text, **more)

    async def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        """Changes a message that was said before."""
        changed = updates.message(self.chat, update["message"]["message_id"], text=text, edit_date=1764000100)
        return await self.pushes(edited_message=changed)

    async def sends_photo(self, data: bytes, *, album: str = "", caption: str = "") -> dict[str, Any]:
        """Sends a picture, perhaps as one of an album."""
        file_id = self.upload(data)
        more = ({"media_group_id": album} if album else {}) | ({"caption": caption} if caption else {})
        return await self._writes(photo=updates.photo(file_id, len(data)), **more)

    async def sends_voice(self, data: bytes, seconds: int = 7) -> dict[str, Any]:
        """Sends a voice message."""
        return await self._writes(voice=updates.voice(self.upload(data), len(data), seconds))

    async def sends_file(self, data: bytes, name: str, mime: str, size: int = 0) -> dict[str, Any]:
        """Sends a file; `size` is what Telegram says of it, if not the truth."""
        return await self._writes(document=updates.document(self.upload(data), size or len(data), name, mime))

    async def sends_location(self) -> dict[str, Any]:
        """Shares where the phone is."""
        return await self._writes(location={"latitude": 33.58, "longitude": 114.02})

    async def sends_contact(self) -> dict[str, Any]:
        """Shares a telephone number."""
        return await self._writes(contact={"phone_number": "00000000000", "first_name": "甲"})

    async def taps(self, choice: str) -> dict[str, Any]:
        """Presses the newest button with this choice id; fails when there is none."""
        on, data = self._button(choice)
        shown = {k: v for k, v in on.items() if k != "from_bot"}
        return await self.pushes(callback_query=updates.tap(self.chat, self.api.number("update"), data, shown))

    async def pushes(self, **content: Any) -> dict[str, Any]:
        """Sends any update of this chat; statuses of a webhook delivery must be 200."""
        update = {"update_id": self.api.number("update"), **content}
        self._since = self.api.newest
        statuses = await self.api.push(update)
        assert statuses in ([], [200]), f"the webhook answered {statuses}"
        return update

    async def hears(self, words: str) -> dict[str, Any]:
        """Waits for an answer with these words after what was said or tapped last; gives that message."""
        await self.api.until(lambda: self._with(words))
        return self._with(words)[-1]

    async def sees(self, choice: str) -> dict[str, Any]:
        """Waits until the newest keyboard offers this choice; gives the message it stands under."""
        await self.api.until(lambda: choice in self.buttons and self._keyboards()[-1]["message_id"] > self._since)
        return self._keyboards()[-1]

    @property
    def answers(self) -> list[str]:
        """Everything the bot wrote in this chat and that is still there, oldest first."""
        return [m["text"] for m in self.api.chats[self.chat] if m.get("from_bot")]

    @property
    def last_message(self) -> str:
        """The bot's newest message."""
        return self.answers[-1]

    @property
    def buttons(self) -> dict[str, str]:
        """Choice ids and labels of the newest keyboard."""
        rows = self._keyboards()[-1]["reply_markup"]["inline_keyboard"] if self._keyboards() else []
        return {b["callback_data"].partition("|")[0]: b["text"] for row in rows for b in row}

    async def _writes(self, **content: Any) -> dict[str, Any]:
        message = updates.message(self.chat, self.api.number(), **content)
        self.api.chats[self.chat].append(message)
        return await self.pushes(message=message)

    def upload(self, data: bytes) -> str:
        """Puts a file on Telegram's servers; its id."""
        file_id = f"file-{self.api.number()}"
        self.api.files[file_id] = data
        return file_id

    def _with(self, words: str) -> list[dict[str, Any]]:
        said = [m for m in self.api.chats[self.chat] if m.get("from_bot") and words in m["text"]]
        return [m for m in said if m["message_id"] > self._since]

    def _keyboards(self) -> list[dict[str, Any]]:
        return [m for m in self.api.chats[self.chat] if m.get("reply_markup", {}).get("inline_keyboard")]

    def _button(self, choice: str) -> tuple[dict[str, Any], str]:
        for message in reversed(self._keyboards()):
            for row in message["reply_markup"]["inline_keyboard"]:
                for button in row:
                    if button["callback_data"].partition("|")[0] == choice:
                        return message, button["callback_data"]
        raise AssertionError(f"no button {choice}; there are {list(self.buttons)}")
