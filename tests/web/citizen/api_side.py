"""A front end of the JSON API for tests: it tells a tip, and holds every answer against the contract."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, FormData
from jsonschema import Draft202012Validator

from tests.web.site import Site


@asynccontextmanager
async def serving(site: Site) -> AsyncIterator["Front"]:
    async with ClientSession() as session:
        made = Front(session, site.url)
        async with session.get(f"{site.url}/api/openapi.json") as response:
            made.document = await response.json()
        yield made


class Front:
    """A front end that holds every answer against the API's own document."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self.session, self.url, self.token = session, url, ""
        self.document: dict[str, Any] = {}

    async def post(self, path: str, data: object, token: str | None = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        if not isinstance(data, (bytes, FormData)):
            data = json.dumps(data).encode()
        body = BytesIO(data) if isinstance(data, bytes) else data
        async with self.session.post(self.url + path, data=body, headers=headers) as response:
            answer = await response.json()
            self._check(path, str(response.status), answer)
            return response.status, answer

    def _check(self, path: str, status: str, answer: object) -> None:
        described = self.document["paths"][path]["post"]["responses"]
        schema = {
            **described[status]["content"]["application/json"]["schema"],
            "components": self.document["components"],
        }
        Draft202012Validator(schema).validate(answer)

    async def opens(self, card: str) -> Any:
        status, answer = await self.post("/api/conversations", {"card": card})
        assert status == 201
        self.token = answer["token"]
        return answer

    async def does(self, **event: str) -> Any:
        status, answer = await self.post("/api/events", event)
        assert status == 200, answer
        return answer["replies"]


def offered(replies: list[dict[str, Any]]) -> set[str]:
    return {choice["id"] for choice in replies[-1].get("choices", [])}


async def tells(front: Front, card: str) -> dict[str, Any]:
    """A whole tip; the receipt."""
    await front.opens(card)
    await front.does(type="choice", id="report")
    replies = await front.does(type="text", text="集体鱼塘租金三年没有公开")
    assert replies[-1]["kind"] == "tick"
    for choice in ("done", "skip", "anonymous", "recusal:no"):
        replies = await front.does(type="choice", id=choice)
    assert "submit" in offered(replies)
    receipt: dict[str, Any] = (await front.does(type="choice", id="submit"))[-1]
    return receipt
