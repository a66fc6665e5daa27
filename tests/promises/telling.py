"""Villagers who tell a tip over real HTTP: on Telegram, through the JSON API, and what they hold afterwards."""

import re
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientError, ClientSession, FormData

from domain.tips import Tip
from handlers.intake import reading
from tests.doubles import updates
from tests.doubles.villager import Villager
from tests.promises.process import Program
from tests.world import World

CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
STATION = "苇原县水利站"
"""A card of one unit: nobody asks where."""


def card(program: Program, place: str = STATION) -> str:
    """The code of a place's card, e.g. 苇庄镇."""
    found = program.sql(
        "SELECT card_batch.code FROM card_batch JOIN card_batch_unit ON batch_id = card_batch.id "
        "JOIN unit ON unit.id = unit_id WHERE unit.name = ?",
        place,
    )
    return str(found[0][0])


class Stubborn(Villager):
    """Somebody whose Telegram keeps what was not acknowledged, and delivers it again."""

    undelivered: dict[str, Any] | None = None

    async def pushes(self, **content: Any) -> dict[str, Any]:
        """Sends an update; a program that dies over it, or refuses it, leaves it undelivered."""
        update = {"update_id": self.api.number("update"), **content}
        self._since = self.api.newest
        self.undelivered = update
        with suppress(ClientError):
            if await self.api.push(update) in ([], [200]):
                self.undelivered = None
        return update

    async def redeliver(self) -> None:
        """Telegram's next try by webhook; with polling the update waits to be fetched anyway."""
        if self.undelivered is not None:
            assert await self.api.push(self.undelivered) in ([], [200])

    def update_of(self, choice: str) -> dict[str, Any]:
        """The update that a press on this button would be."""
        on, data = self._button(choice)
        shown = {name: value for name, value in on.items() if name != "from_bot"}
        pressed = updates.tap(self.chat, self.api.number("update"), data, shown)
        return {"update_id": self.api.number("update"), "callback_query": pressed}

    @property
    def receipts(self) -> list[str]:
        """Every message that says 已收到."""
        return [text for text in self.answers if "已收到" in text]


async def begin(villager: Villager, code: str) -> None:
    """Scans the card and says 我要反映."""
    await villager.says(f"/start {code}")
    await villager.sees("report")
    await villager.taps("report")
    await villager.sees("cancel")


async def tell(villager: Villager, code: str, *words: str) -> str:
    """An anonymous tip up to the check page, which shows the receipt code already."""
    await begin(villager, code)
    for line in words:
        await villager.says(line)
        await villager.sees("anonymous")
    await villager.taps("anonymous")
    await villager.sees("recusal:no")
    await villager.taps("recusal:no")
    return numbers((await villager.sees("submit"))["text"])


def numbers(text: str) -> str:
    """The receipt code in a text, digits only."""
    found = CODE.search(text)
    assert found is not None, text
    return found[0].replace(" ", "")


@dataclass
class Kiosk:
    """A front end on the JSON API. `async with Kiosk(url) as kiosk`."""

    url: str
    token: str = ""
    status: int = 0

    async def __aenter__(self) -> Self:
        self.session = ClientSession()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.session.close()

    async def opens(self, code: str, **headers: str) -> list[dict[str, Any]]:
        """A conversation on a card, begun with 我要反映."""
        answer = await self.post("/api/conversations", {"card": code}, **headers)
        self.token = answer["token"]
        return await self.chooses("report")

    async def says(self, text: str) -> list[dict[str, Any]]:
        return await self._does({"type": "text", "text": text})

    async def chooses(self, *ids: str) -> list[dict[str, Any]]:
        """One choice after the other; the answer to the last."""
        replies: list[dict[str, Any]] = []
        for one in ids:
            replies = await self._does({"type": "choice", "id": one})
        return replies

    async def sends(self, name: str, data: bytes) -> list[dict[str, Any]]:
        """A file."""
        form = FormData()
        form.add_field("file", data, filename=name, content_type="application/octet-stream")
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.post(f"{self.url}/api/files", data=form, headers=headers) as response:
            self.status = response.status
            replies: list[dict[str, Any]] = (await response.json()).get("replies", [])
            return replies

    async def tells(self, code: str, *words: str) -> list[dict[str, Any]]:
        """An anonymous tip up to the check page."""
        await self.opens(code)
        for line in words:
            await self.says(line)
        replies = await self.chooses("done")
        if "skip" in offered(replies):
            await self.chooses("skip")
        return await self.chooses("anonymous", "recusal:no")

    async def looks_up(self, code: str) -> list[dict[str, Any]]:
        """What the team wrote, by receipt code; the conversation goes on there."""
        answer = await self.post("/api/receipts", {"code": code})
        self.token = answer["token"]
        replies: list[dict[str, Any]] = answer["replies"]
        return replies

    async def post(self, path: str, body: dict[str, str], **headers: str) -> dict[str, Any]:
        """The answer as JSON; `status` keeps how it was answered."""
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.session.post(self.url + path, json=body, headers=headers) as response:
            self.status = response.status
            answer: dict[str, Any] = await response.json()
            return answer

    async def _does(self, event: dict[str, str]) -> list[dict[str, Any]]:
        replies: list[dict[str, Any]] = (await self.post("/api/events", event)).get("replies", [])
        return replies


def offered(replies: list[dict[str, Any]]) -> list[str]:
    """The choice ids of the last reply."""
    return [one["id"] for one in replies[-1].get("choices", [])] if replies else []


def said(replies: list[dict[str, Any]]) -> str:
    """All words of an answer."""
    return "\n".join(reply["text"] for reply in replies)


async def tip_of(world: World, code: str) -> Tip | None:
    """The tip that a receipt code belongs to."""
    found = await reading.find_tip(world.intake, await world.intake.receipts.stretch(code))
    return found[0] if found else None
