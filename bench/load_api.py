"""S2's load: reporters that tell whole tips through the JSON API, so many side by side. Plan in, times out."""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

_TEXT = "今年春天修机耕路，牌子上写 3 米宽，有两段只有 2 米多，车过不去。石桥村东头。"
BEFORE: tuple[dict[str, str], ...] = (
    {"type": "text", "text": _TEXT},
    *({"type": "choice", "id": choice} for choice in ("done", "skip", "anonymous", "recusal:no")),
)
SUBMIT = {"type": "choice", "id": "submit"}
CALLS = 1 + len(BEFORE) + 1


class Failed(Exception):  # noqa: N818 - a count, not an error
    """A call was not answered as it must be."""


async def main(plan: dict[str, Any]) -> dict[str, Any]:
    """`part` whole: times of whole tips. `part` submit: drafts first, then only the times of the last call."""
    connector = TCPConnector(limit=0)
    async with ClientSession(plan["url"], connector=connector, timeout=ClientTimeout(120)) as client:
        if plan["part"] == "whole":
            return await _timed(plan, plan["tips"], lambda _: _whole(client, plan))
        drafts = await asyncio.gather(*(_side_by_side(client, plan)))
        tokens = [token for some in drafts for token in some]
        await _pool(client, plan)
        found = await _timed(plan, len(tokens), lambda n: _submit(client, tokens[n], plan))
        return found | {"failures": found["failures"] + plan["tips"] - len(tokens)}


async def _timed(plan: dict[str, Any], tips: int, work: Callable[[int], Awaitable[None]]) -> dict[str, Any]:
    times: list[float] = []
    numbers, failures, begun = iter(range(tips)), 0, time.monotonic()

    async def one_after_another() -> None:
        nonlocal failures
        for number in numbers:
            at = time.monotonic()
            try:
                await work(number)
                times.append(time.monotonic() - at)
            except (Failed, ClientError, OSError, TimeoutError):
                failures += 1

    await asyncio.gather(*(one_after_another() for _ in range(plan["at_once"])))
    return {"seconds": time.monotonic() - begun, "times": times, "failures": failures}


def _side_by_side(client: ClientSession, plan: dict[str, Any]) -> Iterator[Awaitable[list[str]]]:
    numbers = iter(range(plan["tips"]))

    async def drafts() -> list[str]:
        tokens = []
        for _ in numbers:
            try:
                tokens.append(await _draft(client, plan))
            except (Failed, ClientError, OSError, TimeoutError):
                continue
        return tokens

    return (drafts() for _ in range(plan["at_once"]))


async def _whole(client: ClientSession, plan: dict[str, Any]) -> None:
    await _submit(client, await _draft(client, plan), plan)


async def _draft(client: ClientSession, plan: dict[str, Any]) -> str:
    opened = await _call(client, "/api/conversations", {"card": plan["code"]}, "")
    for event in BEFORE:
        await _call(client, "/api/events", event, opened["token"])
    return str(opened["token"])


async def _submit(client: ClientSession, token: str, plan: dict[str, Any]) -> None:
    answer = await _call(client, "/api/events", SUBMIT, token)
    if plan["receipt"] and not any(reply.get("code") for reply in answer["replies"]):
        raise Failed


async def _call(client: ClientSession, path: str, body: dict[str, str], token: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with client.post(path, json=body, headers=headers) as response:
        if response.status >= 300:
            raise Failed
        answer: dict[str, Any] = await response.json()
        return answer


async def _pool(client: ClientSession, plan: dict[str, Any]) -> None:
    """Waits until the codes that the drafts took are made again: minting must not run beside what is timed."""
    while plan["receipt"]:
        async with client.get("/bench/receipts") as response:
            if int(await response.text()) >= plan["pool"]:
                return
        await asyncio.sleep(0.1)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.load(sys.stdin)))))
