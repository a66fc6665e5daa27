"""The desk over real HTTP on the county of tests/world.py, and a member's browser without a screen."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from secrets import token_hex

import aiohttp
import pytest
from aiohttp import web

from handlers.desk.arriving.fold import fold
from handlers.office.cards import Press
from handlers.people.sessions import Session
from tests.patience import PATIENCE
from tests.world import World
from web import access, faults, guard, pages
from web import people as desk_people
from web.cookies import token_of
from web.desk import routing as desk
from web.office import routing as office
from web.server import Runner


@dataclass
class Page:
    """An answer, read whole."""

    status: int
    text: str
    body: bytes
    headers: Mapping[str, str]
    location: str

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.text)
        return found[1] if found else ""

    @property
    def version(self) -> str:
        found = re.search(r'name="version" value="(\d+)"', self.text)
        return found[1] if found else ""


@dataclass
class Member:
    """A browser that keeps cookies and follows nothing by itself."""

    url: str
    http: aiohttp.ClientSession
    cookies: dict[str, str] = field(default_factory=dict)
    session: Session | None = None

    async def get(self, path: str, **headers: str) -> Page:
        return await self.ask("GET", path, headers=headers)

    async def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> Page:
        """A form with this visitor's own token, as its pages carry it."""
        return await self.post_bare(path, {"csrf": self.csrf, **(fields or {})}, **headers)

    async def post_bare(self, path: str, fields: dict[str, str], **headers: str) -> Page:
        return await self.ask("POST", path, headers=headers, data=fields)

    @property
    def csrf(self) -> str:
        cookie = self.cookies.get("desk") or self.cookies.get("visit", "")
        return token_of(cookie)

    async def ask(self, method: str, path: str, **kw: object) -> Page:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**({"Cookie": jar} if jar else {}), **kw.pop("headers", {})}  # type: ignore[dict-item]
        async with self.http.request(method, self.url + path, headers=headers, allow_redirects=False, **kw) as answer:  # type: ignore[arg-type]
            body = await answer.read()
            for line in answer.headers.getall("Set-Cookie", []):
                for name, morsel in SimpleCookie(line).items():
                    if morsel.value:
                        self.cookies[name] = morsel.value
                    else:
                        self.cookies.pop(name, None)
            text = body.decode("utf-8", "replace")
            return Page(answer.status, text, body, answer.headers, answer.headers.get("Location", ""))


@dataclass
class Site:
    """The desk, listening."""

    world: World
    url: str
    http: aiohttp.ClientSession
    app: web.Application

    def visitor(self) -> Member:
        return Member(self.url, self.http)

    async def member(self, login: str) -> Member:
        """Somebody who is signed in with both factors."""
        cookie, session = await self.world.sign_in(login)
        return Member(self.url, self.http, {"desk": cookie}, session)

    async def tip(self, place: str = "苇庄镇", words: str = "机耕路有两段只有 2 米多") -> str:
        """The id of a tip that a villager just told on the card of `place`, as it stands in addresses."""
        await self.world.villager(token_hex(8)).tells(place, words)
        return (await fold(self.world.desk))[0].tip_id.hex()


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    app = web.Application()
    guard.register(app, "http://127.0.0.1")
    pages.register(app)
    access.register(app, world.desk)
    faults.register(app)
    desk_people.register(app)
    desk.register(app, telegram_bot=lambda: "chenghe_bot")
    office.register(app, lambda: Press("http://127.0.0.1", "chenghe_bot", "zh"))
    runner = Runner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    limit = aiohttp.ClientTimeout(total=5 * PATIENCE)  # a line that never ends is a failure, not a wait
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=limit) as http:
        yield Site(world, url, http, app)
    await runner.cleanup()


def alert(page: Page) -> str:
    """Why a page refuses, as it says itself."""
    found = re.search(r'role="alert">(.*?)</div>', page.text, re.S)
    assert page.status == 409
    return found[1] if found else ""
