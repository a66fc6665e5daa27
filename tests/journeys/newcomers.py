"""People who were just invited: each takes up a link as the page asks, with a password and an authenticator."""

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app import ZONE
from tests.journeys.people import Browser
from tests.world import PASSWORD
from vault import totp

_AT_ONCE = 2
SECRET = re.compile(r'class="secret">([A-Z2-7]{16,})<')


def code_of(secret: str) -> str:
    """The digits of the half minute to come: they are taken by now, and longer than those that an app shows."""
    return totp.code_at(secret, datetime.now(ZONE) + timedelta(seconds=30))


async def take_up(url: str, link: str) -> Browser:
    """Sets a password, scans the code, gives the first six digits; the browser, signed in and open."""
    browser = await Browser(url).__aenter__()
    path = "/invite/" + link.rpartition("/invite/")[2]
    assert (await browser.opens(path)).status == 200, link
    page = await browser.posts(path, password=PASSWORD, again=PASSWORD)
    found = SECRET.search(page.text)
    assert found, page.text
    page = await browser.posts("/sign-in/code", code=code_of(found[1]))
    assert page.status == 200, page.text
    return browser


async def all_take_up(url: str, links: Sequence[str]) -> None:
    """Everybody, a few at once: what makes their keys takes its time on purpose."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(link: str) -> None:
        async with turns:
            browser = await take_up(url, link)
            await browser.session.close()

    await asyncio.gather(*map(one, links))
