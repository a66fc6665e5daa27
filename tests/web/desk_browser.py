"""A member, signed in, in a real browser: on a phone and on a desk's screen."""

from playwright.async_api import Browser, BrowserContext

from tests.browser import phone
from tests.web.desk_site import Site

SIZES = ((360, 640), (1440, 900))


async def signed_in(
    site: Site, browser: Browser, login: str, size: tuple[int, int], *, script: bool = True
) -> BrowserContext:
    member, (width, height) = await site.member(login), size
    context = await phone(browser, width=width, height=height, script=script)
    await context.add_cookies([{"name": "desk", "value": member.cookies["desk"], "url": site.url}])
    return context
