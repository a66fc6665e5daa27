"""S1's load: chats side by side, each writing on when its last message was answered. Plan in, times out."""

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector

_PATIENCE = 30.0
"""Seconds after which a tick that has not come counts as a failure."""


@dataclass
class Round:
    """What one round found. Times are monotonic seconds, which all processes of a machine share."""

    plan: dict[str, Any]
    posted: dict[int, list[float]] = field(default_factory=dict)
    answered: list[float] = field(default_factory=list)
    ticked: list[float] = field(default_factory=list)
    failures: int = 0
    last: float = 0.0


async def main(plan: dict[str, Any]) -> dict[str, Any]:
    done = Round(plan)
    chats = range(plan["first"], plan["first"] + plan["chats"])
    async with ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(60)) as client:
        await asyncio.gather(*(_post(client, done, chat, 0, f"/start {plan['code']}") for chat in chats))
        await _settle(client, plan)
        begun = time.monotonic()
        await asyncio.gather(*(_chat(client, done, chat) for chat in chats))
        if not plan["ride"]:
            await _await_ticks(client, done)
    seconds = done.last - begun
    return {"seconds": seconds, "answered": done.answered, "ticked": done.ticked, "failures": done.failures}


async def _chat(client: ClientSession, done: Round, chat: int) -> None:
    times = done.posted[chat] = []
    for number in range(1, done.plan["messages"] + 1):
        begun = time.monotonic()
        times.append(begun)
        body = await _post(client, done, chat, number, f"第{number}句：修路的牌子上写三米宽，有两段只有两米多。")
        done.last = time.monotonic()
        if body is None or (done.plan["ride"] and b"sendMessage" not in body):
            done.failures += 1
            continue
        done.answered.append(done.last - begun)


async def _post(client: ClientSession, done: Round, chat: int, number: int, text: str) -> bytes | None:
    """The body of a 200, else None."""
    person = {"id": chat, "is_bot": False, "first_name": "无名"}
    message = {
        "message_id": 100 + 2 * number, "date": 1764000000, "text": text, "from": person,
        "chat": {"id": chat, "type": "private", "first_name": "无名"},
    }  # fmt: skip
    update = {"update_id": chat * 1000 + number, "message": message}
    headers = {"X-Telegram-Bot-Api-Secret-Token": done.plan["secret"]}
    try:
        async with client.post(f"{done.plan['url']}/telegram/webhook", json=update, headers=headers) as response:
            body = await response.read()
            return body if response.status == 200 else None
    except (OSError, TimeoutError):
        return None


async def _settle(client: ClientSession, plan: dict[str, Any]) -> None:
    """Waits until nothing of what /start was answered with is still under way."""
    quiet = 0
    while quiet < 10:
        await asyncio.sleep(0.05)
        quiet = 0 if await _taken(client, plan) else quiet + 1


async def _taken(client: ClientSession, plan: dict[str, Any]) -> list[tuple[int, float]]:
    async with client.get(f"{plan['sink']}/taken") as response:
        return [(chat, at) for chat, at in await response.json()]


async def _await_ticks(client: ClientSession, done: Round) -> None:
    """Each chat's nth tick belongs to its nth message: chats keep their order."""
    ticks: dict[int, int] = dict.fromkeys(done.posted, 0)
    missing, until = sum(map(len, done.posted.values())), time.monotonic() + _PATIENCE
    while missing and time.monotonic() < until:
        for chat, at in await _taken(client, done.plan):
            if ticks[chat] < len(done.posted[chat]):
                done.ticked.append(at - done.posted[chat][ticks[chat]])
                done.last = max(done.last, at)
                missing -= 1
            else:
                done.failures += 1  # one tick too many
            ticks[chat] += 1
        await asyncio.sleep(0.05)
    done.failures += missing


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.load(sys.stdin)))))
