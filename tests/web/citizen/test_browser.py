"""The villager's journey in a real Chromium on a small phone, with and without script."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, FilePayload, Page, Route

from tests.browser import browser, phone
from tests.web.site import PNG, Site
from tests.world import World

__all__ = ["browser"]

TOWN = "苇庄镇"
WORDS = "牌子上写 3 米宽，有两段只有 2 米多"
HEARD = """() => navigator.mediaDevices.getUserMedia({audio: true}).then(stream => new Promise(done => {
  const other = new MediaRecorder(stream);
  other.ondataavailable = event => { if (event.data.size) { done(); } };
  other.start(200);
}))"""
"""Ends once a recorder of its own has heard something."""


class Visit:
    """One person with a phone. `foreign` and `complaints` must stay empty."""

    def __init__(self, page: Page, site: Site, card: str, script: bool) -> None:
        self.page, self.site, self.card, self.script = page, site, card, script
        self.foreign: list[str] = []
        self.complaints: list[str] = []

    async def begins(self) -> None:
        await self.page.route("**/*", self._count)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        await self.page.goto(f"{self.site.url}/k/{self.card}")

    async def _count(self, route: Route) -> None:
        if not route.request.url.startswith((self.site.url, "data:", "blob:")):
            self.foreign.append(route.request.url)
        await route.continue_()

    async def taps(self, choice: str, then: str) -> None:
        await self.page.click(f'main [name=choice][value="{choice}"], form [name=choice][value="{choice}"]')
        await self.page.wait_for_selector(then)

    async def says(self, words: str) -> None:
        await self.page.fill("#q", words)
        await self.page.click("#send")
        await self.page.wait_for_selector(f".b.me:has-text('{words[:8]}'), .told:has-text('{words[:8]}')")

    async def shows_photo(self) -> None:
        photo = FilePayload(name="路.png", mimeType="image/png", buffer=PNG)
        if self.script:
            await self.page.set_input_files(".rich input[accept^=image]", [photo])
        else:
            await self.page.set_input_files("#files", [photo])
            await self.page.click("#send")
        await self.page.wait_for_selector(".b.file")

    async def comes_to_check(self) -> None:
        await self.page.click(".btn.main")
        await self.says(WORDS)
        await self.taps("done", '[value="skip"], [value="anonymous"]')
        if await self.page.locator('[value="anonymous"]').count() == 0:
            await self.taps("skip", '[value="anonymous"]')
        await self.taps("anonymous", '[value="recusal:no"]')
        await self.taps("recusal:no", '[value="submit"]')


@pytest.fixture(params=[True, False], ids=["script", "no script"])
async def visit(request: pytest.FixtureRequest, world: World, site: Site, browser: Browser) -> AsyncIterator[Visit]:
    context = await phone(browser, script=request.param)
    made = Visit(await context.new_page(), site, world.card(TOWN), request.param)
    await made.begins()
    yield made
    assert made.foreign == []
    assert [text for text in made.complaints if "404" not in text] == []


async def digits(page: Page, where: str) -> str:
    return re.sub(r"\D", "", await page.inner_text(where))


async def test_a_villager_tells_checks_corrects_and_submits(visit: Visit) -> None:
    page = visit.page
    await page.click(".btn.main")
    await visit.says(WORDS)
    await visit.shows_photo()
    await visit.says("说错了的话")
    await page.click('[name=choice][value="undo"]')
    await page.wait_for_selector(".b.me:has-text('说错了的话')", state="detached")
    await visit.taps("done", '[value="skip"]')
    await visit.taps("skip", '[value="anonymous"]')
    await visit.taps("anonymous", '[value="recusal:no"]')
    await visit.taps("recusal:no", '[value="submit"]')
    assert "看一遍" in await page.inner_text("h1")
    await visit.taps("edit:1", "textarea")
    assert await page.input_value("#q") == WORDS
    await page.fill("#q", "改过的话")
    await page.click("#send")
    await page.wait_for_selector(".told:has-text('改过的话')")
    await page.locator('[name=choice][value^="delete:"]').last.click()
    await page.wait_for_selector(".att", state="detached")
    code = await digits(page, ".code .n")
    await visit.taps("submit", '[value="noted"]')
    assert "已收到" in await page.inner_text("h1")
    assert await digits(page, ".slip .n") == code
    assert "改过的话" not in await page.content()
    await visit.taps("noted", ".facts")


async def test_back_and_reopening_show_nothing_after_all_is_noted(visit: Visit) -> None:
    page = visit.page
    await visit.comes_to_check()
    await visit.taps("submit", '[value="noted"]')
    code = await digits(page, ".slip .n")
    for _ in range(3):
        await page.go_back()
        assert WORDS[:6] not in await page.content()
    await page.goto(f"{visit.site.url}/k/{visit.card}/chat")
    await visit.taps("noted", ".facts")
    for _ in range(4):
        await page.go_back()
        seen = re.sub(r"<[^>]*>", "", await page.content())
        assert WORDS[:6] not in seen
        assert code[:4] + " " + code[4:8] not in seen
    await page.goto(f"{visit.site.url}/k/{visit.card}/chat")
    assert await page.locator(".b.me").count() == 0
    assert [cookie for cookie in await page.context.cookies() if cookie["expires"] > 0] == []


async def test_nothing_is_kept_in_the_browser_s_storage(world: World, site: Site, browser: Browser) -> None:
    context = await phone(browser)
    visit = Visit(await context.new_page(), site, world.card(TOWN), script=True)
    await visit.begins()
    await visit.comes_to_check()
    kept = "[localStorage.length, sessionStorage.length, history.state, document.cookie]"
    assert await visit.page.evaluate(kept) == [0, 0, None, ""]
    assert await visit.page.evaluate("caches ? caches.keys() : []") == []
    assert visit.page.url.endswith(f"/k/{visit.card}/chat")


async def test_quick_exit_leaves_an_empty_page_and_no_way_back_to_the_words(visit: Visit) -> None:
    page = visit.page
    await page.click(".btn.main")
    await visit.says(WORDS)
    await page.click("[data-leave]")
    await page.wait_for_url("**/away")
    assert (await page.inner_text("body")).strip() == ""
    if visit.script:
        await page.go_back()
        assert WORDS[:6] not in await page.content()


async def test_progress_is_asked_by_number_and_added_to(visit: Visit) -> None:
    page = visit.page
    await visit.comes_to_check()
    await visit.taps("submit", '[value="noted"]')
    code = await digits(page, ".slip .n")
    await visit.taps("noted", ".facts")
    await page.click('a[href="/progress"]')
    await page.fill("#q", code)
    await page.press("#q", "Enter")
    await page.wait_for_selector('[value="add"]')
    await visit.taps("add", "textarea")
    await visit.says("后来想起的话")
    await visit.taps("submit", '[value="add"]')
    assert "后来想起的话" not in await page.content()


async def test_the_enter_key_never_chooses_for_the_villager(visit: Visit) -> None:
    page = visit.page
    await visit.comes_to_check()
    await visit.taps("edit:name", '[value="real_name"]')
    await visit.taps("real_name", "input#q")
    await page.fill("#q", "何水生")
    await page.press("#q", "Enter")
    await page.wait_for_selector("[inputmode=tel]")
    await page.fill("#q", "12")
    await page.press("#q", "Enter")
    await page.wait_for_selector("[role=alert]")
    assert await page.input_value("#q") == "12"


async def test_two_presses_at_once_are_one_act(world: World, site: Site, browser: Browser) -> None:
    context = await phone(browser)
    visit = Visit(await context.new_page(), site, world.card(TOWN), script=True)
    await visit.begins()
    await visit.page.click(".btn.main")
    await visit.page.fill("#q", "只说一次")
    await visit.page.dblclick("#send")
    await visit.page.wait_for_selector(".b.me")
    await visit.page.reload()
    assert await visit.page.locator(".b.me").count() == 1


async def test_a_voice_message_is_recorded_and_sent(world: World, site: Site, browser: Browser) -> None:
    context = await phone(browser)
    await context.grant_permissions(["microphone"], origin=site.url)
    visit = Visit(await context.new_page(), site, world.card(TOWN), script=True)
    await visit.begins()
    await visit.page.click(".btn.main")
    await visit.page.click("[data-record]")
    await visit.page.wait_for_selector("[data-record].on")
    await visit.page.evaluate(HEARD)  # one that began later has something, so the first has too
    await visit.page.click("[data-record]")
    await visit.page.wait_for_selector(".b.file")
    assert "语音" in await visit.page.inner_text(".b.file")


async def test_the_receipt_becomes_a_picture(world: World, site: Site, browser: Browser) -> None:
    context = await phone(browser)
    visit = Visit(await context.new_page(), site, world.card(TOWN), script=True)
    await visit.begins()
    await visit.comes_to_check()
    await visit.taps("submit", '[value="noted"]')
    code = await digits(visit.page, ".slip .n")
    async with visit.page.expect_download() as download:
        await visit.page.click("[data-picture]")
    assert (await download.value).suggested_filename == "联系页.png"
    assert code[:4] in (await visit.page.get_attribute(".slip img", "alt") or "")


async def test_after_a_tap_the_focus_is_on_the_new_question(visit: Visit) -> None:
    await visit.page.click(".btn.main")
    await visit.says(WORDS)
    await visit.taps("done", '[value="skip"]')
    await visit.taps("skip", '[value="anonymous"]')
    await visit.page.wait_for_function("document.activeElement.id === 'q' || document.querySelector('#q:target')")
