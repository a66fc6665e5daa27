"""A member with the desk in a real browser: opens a tip, presses its buttons, writes; on a phone or on a screen."""

import re
from dataclasses import dataclass
from typing import Self

from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import phone
from tests.handlers.desk.side import Told
from tests.web.desk_site import Site

Size = tuple[int, int]
PHONE, SCREEN = (360, 640), (1440, 900)


@dataclass
class Colleague:
    """Somebody at work; `name` as the desk knows them."""

    site: Site
    login: str
    page: Page
    name: str = ""

    @classmethod
    async def comes(cls, site: Site, browser: Browser, login: str, size: Size) -> Self:
        context = await phone(browser, width=size[0], height=size[1])
        made = cls(site, login, await context.new_page())
        await made.signs_in()
        return made

    async def signs_in(self) -> None:
        """Again every day: a session ends when nobody does anything for a while."""
        member = await self.site.member(self.login)
        assert member.session is not None
        self.name = member.session.name
        cookie = {"name": "desk", "value": member.cookies["desk"], "url": self.site.url}
        await self.page.context.add_cookies([cookie])  # type: ignore[list-item]  # as Playwright reads it

    async def opens(self, told: Told) -> None:
        """From the list, as one does."""
        await self.page.goto(f"{self.site.url}/desk?view=all")
        link = self.page.locator(f"a[href*='{told.id.hex()}']").first
        if await link.count():
            await link.click()
        else:  # it is no more among those that are not cleared
            await self.page.goto(f"{self.site.url}/desk/tips/{told.id.hex()}")
        await expect(self.page.locator(".thread")).to_be_visible()
        await self.page.wait_for_load_state()

    async def does(self, told: Told, label: str, *, choose: str = "", words: str = "", photo: bytes = b"") -> None:
        """Opens the tip, presses the button that is called so, fills in what it asks for, and sends it."""
        await self.opens(told)
        form = await self._form(label)
        if choose:
            await form.get_by_label(choose, exact=True).check()
        if words:
            await form.locator("textarea").fill(words)
        if photo:
            await form.locator("input[type=file]").set_input_files(_file(photo))
        await self._sends(form.locator(".btn").last)

    async def writes(self, told: Told, to: str, words: str, photo: bytes = b"") -> None:
        """In the box at the bottom."""
        await self.opens(told)
        composer = self.page.locator("#composer")
        await composer.locator(".tabs label", has_text=to).click()
        await composer.locator("textarea").fill(words)
        if photo:
            await composer.locator("input[type=file]").set_input_files(_file(photo))
        await self._sends(composer.locator(".btn.main"))

    async def sees(self, *words: str) -> None:
        """The page that is open says so, somewhere."""
        for one in words:
            await expect(self.page.locator("body")).to_contain_text(one)

    async def history(self, told: Told) -> list[str]:
        """经过, line by line, without who looked."""
        await self.opens(told)
        lines = await self.page.locator(".side .history li").all_inner_texts()
        return [line.split(" ", 1)[1] for line in lines if not line.endswith(" 打开")]

    async def _form(self, label: str) -> Locator:
        """The button's own form, opened; one that asks for nothing is the button itself."""
        alone = re.compile(f"^\\s*{re.escape(label)}\\s*$")
        head = self.page.locator(".do")
        if not await head.locator(".btn:visible", has_text=alone).count():
            await head.locator("details.act>summary", has_text="更多").click()
        button = head.locator(".btn:visible", has_text=alone)
        if await button.evaluate("button => button.tagName") == "BUTTON":
            return head.locator("form", has=self.page.locator(".btn", has_text=alone)).first
        await button.click()
        form = head.locator("details[open] form.fields:visible")
        await expect(form).to_be_visible()
        return form

    async def _sends(self, button: Locator) -> None:
        async with self.page.expect_navigation():
            await button.click()
        await expect(self.page.locator(".thread")).to_be_visible()


def _file(data: bytes) -> dict[str, object]:
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": data}
