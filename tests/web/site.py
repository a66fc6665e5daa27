"""The villager's pages over real HTTP, and a villager's browser without script: it keeps cookies and fills in forms."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO

from aiohttp import ClientResponse, ClientSession, CookieJar, FormData, web

from tests.world import World
from vault.receipts import Pool
from web import guard, pages
from web.citizen import addresses as citizen
from web.citizen import api
from web.server import Runner

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture of one pixel."""


@dataclass
class Page:
    """What came back: `path` is where the redirects ended."""

    status: int
    path: str
    text: str
    headers: dict[str, str]

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""

    def offers(self, choice: str) -> bool:
        return f'name="choice" value="{choice}"' in self.text

    def numbers(self) -> str:
        """The receipt code as it is shown, digits only."""
        return "".join(re.findall(r"<span>(\d{4})</span>", self.text))


@dataclass
class Surfer:
    """One browser without script. `page` is what it shows."""

    session: ClientSession
    url: str
    page: Page = field(default_factory=lambda: Page(0, "", "", {}))

    async def opens(self, path: str, **headers: str) -> Page:
        async with self.session.get(self.url + path, headers=headers) as response:
            self.page = await _page(response)
        return self.page

    async def sends(
        self, *files: tuple[str, bytes], headers: dict[str, str] | None = None, to: str = "", **fields: str
    ) -> Page:
        """Posts the form that is on the page. A field given here replaces the page's own."""
        form = FormData(default_to_multipart=True)
        for name in ("seal", "nonce"):
            form.add_field(name, fields.pop(name, self.page.hidden(name)))
        for name, value in fields.items():
            form.add_field(name, value)
        for name, data in files:
            form.add_field("file", BytesIO(data), filename=name, content_type="application/octet-stream")
        where = self.url + (to or self.page.path)
        async with self.session.post(where, data=form, headers=headers or {}) as response:
            self.page = await _page(response)
        return self.page

    async def tells(self, code: str, words: str) -> Page:
        """A whole tip up to the receipt, by the buttons the pages offer."""
        await self.opens(f"/k/{code}/chat")
        await self.sends(text=words, choice="done")
        if self.page.offers("skip"):
            await self.sends(choice="skip")
        for choice in ("anonymous", "recusal:no", "submit"):
            await self.sends(choice=choice)
        return self.page


async def _page(response: ClientResponse) -> Page:
    return Page(response.status, response.url.path, await response.text(), dict(response.headers))


@dataclass
class Site:
    """The pages as they run, and fresh browsers for them."""

    url: str
    port: int
    app: web.Application
    sessions: list[ClientSession] = field(default_factory=list)

    def surfer(self) -> Surfer:
        session = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.sessions.append(session)
        return Surfer(session, self.url)


@asynccontextmanager
async def open_site(world: World, public_url: str = "http://contact.example") -> AsyncIterator[Site]:
    """The intake's pages on a free port of this machine."""
    app = web.Application()
    guard.register(app, public_url)
    pages.register(app)
    citizen.register(app, world.intake, telegram_bot=lambda: "contact_bot")
    api.register(app)
    app.router.add_get("/broken", _broken)
    runner = Runner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port: int = runner.addresses[0][1]
    site = Site(f"http://127.0.0.1:{port}", port, app)
    try:
        yield site
    finally:
        for session in site.sessions:
            await session.close()
        await runner.cleanup()


def without_look_ups(world: World) -> World:
    """The same county, where the line of look-ups is full."""
    full = replace(world.intake, receipts=Pool(world.intake.secrets.salt, line=0))
    return replace(world, house=replace(world.house, intake=full))


async def _broken(_: web.Request) -> web.Response:
    raise RuntimeError("a sentence of a tip")
