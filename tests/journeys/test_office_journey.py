"""From an empty database, by the screens alone: an office plans five counties, invites, opens, prints and closes."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.async_api import Browser, Page, expect

from bot.app import ZONE
from tests.browser import phone
from tests.handlers.office.big_plan import TEAMS, TOWNSHIPS, big_plan
from tests.journeys.newcomers import SECRET, all_take_up, code_of
from tests.patience import PATIENCE
from tests.promises.process import Program
from tests.world import PASSWORD

LINK = re.compile(r"http://[\d.:]+/invite/[\w-]{43}")
CARDS, FEWER = 40, 10
"""Forty cards for a township, twenty for the last ten: 2,400 in all."""
TOGETHER = 8
"""Newcomers between two looks of the director: who looks at nothing for a quarter of an hour is signed out."""


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Program]:
    """Served as the README says, with nothing in it but an office and the link of its first director."""
    program = Program(None, tmp_path)
    await program.run("bot", "init", "--name", "某市委巡察办", "--login", "fang", "--director", "方田")
    assert await program.ended() == 0, program.log.read_text()
    invite = program.printed
    await program.start()
    program.printed = invite
    yield program
    await program.close()


class Office:
    """The director before a screen."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    async def takes_up(self, link: str) -> None:
        await self.page.goto(link)
        await self.page.fill("#password", PASSWORD)
        await self.page.fill("#again", PASSWORD)
        await self.page.click(".btn.main")
        await expect(self.page.locator("#code")).to_be_visible()
        await self.page.wait_for_load_state()
        found = SECRET.search(await self.page.content())
        assert found
        await self.page.fill("#code", code_of(found[1]))
        await self.page.click(".btn.main")
        await self.page.wait_for_url("**/office")

    async def imports(self, workbook: bytes) -> list[str]:
        """The links of everybody who is new."""
        await self.page.get_by_role("link", name="轮次", exact=True).click()
        await self.page.locator("a[href='/office/import']").first.click()
        file = {"name": "五县.xlsx", "mimeType": "application/octet-stream", "buffer": workbook}
        await self.page.set_input_files("#file", files=[file])  # type: ignore[list-item]  # as Playwright reads it
        await self.page.click("main form .btn.main")
        await expect(self.page.locator("h1")).to_contain_text("检查过了")
        await self.page.click("main form .btn.main")
        await expect(self.page.locator("h1")).to_contain_text("邀请链接")
        await self.page.wait_for_load_state()
        links = LINK.findall(await self.page.content())
        await self.page.locator(".head a.btn").click()
        return links

    async def makes_cards(self) -> None:
        await self.page.locator("a[href='/office/cards']").first.click()
        await self.page.locator("main a[href*='/cards/new']").first.click()
        await self.page.fill("#way-all", "入户")
        await self.page.fill("#each", str(CARDS))
        counts = self.page.locator("input[name^='cards.']")
        await expect(counts).to_have_count(TOWNSHIPS)
        for n in range(TOWNSHIPS - FEWER, TOWNSHIPS):
            await counts.nth(n).fill(str(CARDS // 2))
        await self.page.locator("form[action='/office/cards/missing'] .btn").click()

    async def opens(self) -> None:
        await self.page.goto(f"{self.url}/office/rounds")
        await self.page.locator("tbody a[href^='/office/rounds/']").first.click()
        await expect(self.page.locator(".opening-list .due.today")).to_have_count(0)
        await self.page.locator("a[href$='/open']").click()
        await self.page.locator(".dialog form .btn").click()
        await expect(self.page.locator(".opening-keys tbody tr")).to_have_count(TEAMS + 2)

    async def prints(self) -> bytes:
        """All cards of all batches as they are wanted."""
        await self.page.goto(f"{self.url}/office/cards")
        async with self.page.expect_download() as waiting:
            await self.page.locator("form[action='/office/cards/print'] .btn.main").first.click()
        path = await (await waiting.value).path()
        return await asyncio.to_thread(Path(path).read_bytes)

    async def closes(self) -> None:
        await self.page.goto(f"{self.url}/office/rounds")
        await self.page.locator("tbody a[href^='/office/rounds/']").first.click()
        await self.page.locator("a[href$='/close']").click()
        await self.page.locator(".dialog form .btn").click()
        await expect(self.page.locator("main")).to_contain_text("已经结束")


async def test_an_office_gets_from_nothing_to_a_closed_round_of_five_counties(empty: Program, browser: Browser) -> None:
    now = datetime.now(ZONE)
    opens, closes = (f"{now + timedelta(days=days):%Y-%m-%d} 18:00" for days in (-1, 60))
    context = await phone(browser, width=1440, height=900)
    context.set_default_timeout(5 * PATIENCE * 1000)  # 566 villages come in, and 2,400 cards go out
    office = Office(await context.new_page(), empty.url)
    found = LINK.search(empty.printed)
    assert found
    await office.takes_up(found[0])
    links = await office.imports(big_plan(opens=opens, closes=closes))
    assert len(links) == 3 * TEAMS + 2 + 2 + 1  # the teams, those of the recusal queue, custodians, the clerk
    for first in range(0, len(links), TOGETHER):
        await all_take_up(empty.url, links[first : first + TOGETHER])
        await office.page.reload()
    await office.makes_cards()
    await office.opens()
    with pypdfium2.PdfDocument(await office.prints()) as paper:
        fronts = 55 * (CARDS // 10) + FEWER * (CARDS // 20)
        assert len(paper) >= fronts
    assert empty.sql("SELECT sum(cards) FROM print_run WHERE what = 'cards'") == [(2400,)]
    await office.closes()
    assert empty.sql("SELECT state FROM round") == [("closed",)]
