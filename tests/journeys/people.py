"""A member of a team or of the office with a browser without script: signs in by the demo's button, reads, fills in."""

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, CookieJar

from tests.promises.process import SECONDS


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: where the redirects ended, and what stands there with its entities read."""

    status: int
    path: str
    text: str

    def field(self, name: str) -> str:
        """The value of the first form field of this name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""


@dataclass
class Browser:
    """`async with Browser(url) as browser`."""

    url: str
    page: Page = field(default_factory=lambda: Page(0, "", ""))

    async def __aenter__(self) -> Self:
        self.session = ClientSession(cookie_jar=CookieJar(unsafe=True))
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.session.close()

    async def opens(self, path: str) -> Page:
        async with self.session.get(self.url + path) as response:
            self.page = Page(response.status, response.url.path, unescape(await response.text()))
        return self.page

    async def posts(self, path: str, **fields: str) -> Page:
        """Sends a form of the present page, with the token and the version that stand in it."""
        known = {name: self.page.field(name) for name in ("csrf", "version")}
        async with self.session.post(self.url + path, data=known | fields) as response:
            self.page = Page(response.status, response.url.path, unescape(await response.text()))
        return self.page

    async def enters(self, login: str) -> Page:
        """The demo's one button."""
        await self.opens(f"/demo/{login}")
        return await self.posts(f"/demo/{login}")

    async def finds(self, words: str) -> str:
        """Waits until a tip with these words stands in the queue; its address."""
        async with asyncio.timeout(SECONDS):
            while True:
                page = await self.opens("/desk")
                for path, gist in re.findall(r'<a href="(/desk/tips/[0-9a-f]{32})[^"]*"[^>]*>(.*?)</a>', page.text):
                    if words[:10] in gist:
                        return str(path)
