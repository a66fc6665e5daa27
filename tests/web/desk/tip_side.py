"""Short ways to work on a tip through its own page: forms as the page carries them, with files or without."""

import re
from dataclasses import dataclass
from html import unescape

import aiohttp

from tests.web.desk_site import Member, Page, Site


@dataclass
class Work:
    """A tip's page for one member; every form brings what the page that was read last had in it."""

    member: Member
    tip: str
    page: Page

    @property
    def here(self) -> str:
        return f"/desk/tips/{self.tip}"

    async def reads(self, query: str = "") -> Page:
        self.page = await self.member.get(self.here + query)
        return self.page

    async def sends(self, name: str, *files: bytes, **fields: str) -> Page:
        """The form `name` of the page as it was read, fields first, as a browser sends it."""
        form = aiohttp.FormData({"csrf": self.member.csrf, **hidden(self.page), **fields}, default_to_multipart=True)
        for n, data in enumerate(files):
            form.add_field("file", data, filename=f"{n}.jpg")
        return await self.member.ask("POST", f"{self.here}/{name}", data=form)

    async def does(self, name: str, *files: bytes, **fields: str) -> Page:
        """Reads the page, sends the form and reads what came of it; the move must be let through."""
        await self.reads()
        answer = await self.sends(name, *files, **fields)
        assert answer.status == 303, unescape(answer.text)
        return await self.reads()


async def at_work(site: Site, login: str, tip: str) -> Work:
    """A member with the tip's page open."""
    member = await site.member(login)
    work = Work(member, tip, await member.get(f"/desk/tips/{tip}"))
    assert work.page.status == 200, unescape(work.page.text)
    return work


def hidden(page: Page) -> dict[str, str]:
    """What the page's forms bring along: how the tip stood, and how far it was read."""
    return {name: field_of(page, name) for name in ("version", "seen", "from")}


def field_of(page: Page, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    return unescape(found[1]) if found else ""


def box_of(page: Page, name: str = "text") -> str:
    """What stands in the page's last box of this name, as a browser would show it."""
    found = re.findall(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)
    return unescape(found[-1]) if found else ""


def words(page: Page) -> str:
    """The page without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))
