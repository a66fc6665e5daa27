"""Carries messages to WeCom (企业微信) group robots. It calls the host of the setting; only a robot's key varies."""

from collections.abc import Sequence
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bot.carrier import Gone, Outcome, Sent, Trouble, Wait

PATH = "/cgi-bin/webhook/send"
_LIMITS = ClientTimeout(total=15, sock_connect=10)
_MINUTE = 60.0
"""Seconds after which a robot that has said too much may speak again: it may say twenty things a minute."""


class Robots:
    """A carrier of the outbox; a robot's address is its key. Make it in a loop, and close it there."""

    def __init__(self, api_url: str) -> None:
        self._url = f"{api_url}{PATH}"
        # trust_env: where the outside is reached through a proxy only, the usual variables name it.
        self._session = ClientSession(cookie_jar=DummyCookieJar(), trust_env=True)

    async def close(self) -> None:
        await self._session.close()

    async def send(self, address: str, text: str, buttons: Sequence[tuple[str, str]]) -> Outcome:  # noqa: ARG002 - a robot has no buttons
        """Sends plain text, which a robot never reads as markup. No error quotes the address: it holds the key."""
        body = {"msgtype": "text", "text": {"content": text}}
        try:
            return await self._post(address, body)
        except (ClientError, OSError, ValueError, RecursionError):
            return Trouble()

    async def delete(self, address: str, numbers: Sequence[int]) -> Outcome:  # noqa: ARG002 - the protocol names them
        """A robot takes nothing back."""
        return Gone()

    async def _post(self, key: str, body: dict[str, Any]) -> Outcome:
        call = self._session.post(
            self._url, params={"key": key}, json=body, timeout=_LIMITS, allow_redirects=False
        )  # fmt: skip
        async with call as response:
            if response.status != 200:
                return Trouble()
            return _meaning(await response.json(content_type=None))


def _meaning(answer: Any) -> Outcome:
    """What WeCom's error code says. A code that this does not know is a message that it does not take."""
    match answer:
        case {"errcode": 0}:
            return Sent(())
        case {"errcode": 45009 | 45033}:  # too many messages, or too many at once
            return Wait(_MINUTE)
        case {"errcode": int(code)} if code != -1:  # 93000: there is no such robot (any more)
            return Gone()
        case _:  # -1: WeCom is busy
            return Trouble()
