"""Pictures of the main pages, taken from a fresh demo in a real Chromium: `python -m tests.screenshots FOLDER`."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

import pypdfium2
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser import open_browser, phone
from tests.handlers.office.big_plan import big_plan
from tests.promises.process import SECONDS, Program

PHONE, DESKTOP = (360, 640), (1440, 900)
WORDS = (
    "去年冬天村里清水渠，账上记了 60 个工，我们数着只去了 20 来个人。",
    "工钱是年底发的，单子贴在村部，没几天就撕了。",
)
PLACE = "苇庄镇上苇村"
QUESTION = "请问清的是哪一段水渠？还记得大概是哪几天吗？"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PRINTED = "https://lx.weiyuan.example"
"""The address on the pictured cards; nobody has it."""


async def take(folder: Path) -> None:
    """Starts a demo of its own and takes all pictures into `folder`."""
    with tempfile.TemporaryDirectory() as home:
        program = Program(None, Path(home))
        try:
            await program.start("bot", "demo")
            async with open_browser() as browser:
                for context, size in ((await screen(browser), DESKTOP), (await phone(browser), PHONE)):
                    await villager(context, program, folder, size)
                await members(browser, program, folder)
            await sheet(program, folder)
        finally:
            await program.close()


async def villager(context: BrowserContext, program: Program, folder: Path, size: tuple[int, int]) -> None:
    """A tip from the card's landing to its receipt."""
    page = await context.new_page()
    code = program.sql("SELECT code FROM card_batch ORDER BY (SELECT ordinal FROM team WHERE id = team_id)")[0][0]
    await page.goto(f"{program.url}/k/{code}")
    await shoot(page, folder, "landing", size)
    await page.goto(f"{program.url}/k/{code}/chat")
    for n, line in enumerate(WORDS, start=1):
        await page.fill("textarea[name=text]", line)
        await page.click("#send")
        await page.wait_for_function("n => document.querySelectorAll('main li').length > n", arg=n)
    await shoot(page, folder, "chat", size)
    await choose(page, "done")
    await page.get_by_role("button", name=PLACE).click()
    for choice in ("anonymous", "recusal:no"):
        await choose(page, choice)
    await page.wait_for_selector("button[value=submit]")
    await shoot(page, folder, "check", size, whole=True)
    await choose(page, "submit")
    await page.wait_for_selector("button[value=noted]")
    await shoot(page, folder, "receipt", size, whole=True)
    await context.close()


async def members(browser: Browser, program: Program, folder: Path) -> None:
    """The first team's queue and one tip in it; the office."""
    small, large = await phone(browser), await screen(browser)
    for context, size in ((large, DESKTOP), (small, PHONE)):
        page = await enter(context, program, "zhou")
        await wait_for_tip(page)
        await shoot(page, folder, "queue", size)
        await page.get_by_text(WORDS[0][:8]).first.click()
        await page.wait_for_url("**/desk/tips/*")
        if size == DESKTOP:
            await ask(page)
        await shoot(page, folder, "tip", size)
        await office(await enter(context, program, "fang"), folder, size)
        await context.close()


async def office(page: Page, folder: Path, size: tuple[int, int]) -> None:
    """The board, supervision, cards; another round being imported and prepared."""
    base = page.url.split("/office")[0]
    for name, path in (("board", ""), ("watch", "/watch"), ("cards", "/cards"), ("public", "/public")):
        await page.goto(f"{base}/office{path}")
        await shoot(page, folder, f"office-{name}", size, whole=name == "board")
    await page.goto(f"{base}/office/import")
    await page.set_input_files(
        "#file", files=[{"name": "plan.xlsx", "mimeType": XLSX, "buffer": big_plan(custodians=False)}]
    )
    await page.click("main form .btn.main")
    await page.wait_for_selector("form[action='/office/import/do'], main a.btn.main")
    await shoot(page, folder, "office-import", size)
    if await page.locator("form[action='/office/import/do'] button").count():  # the second time nothing is new
        await page.click("form[action='/office/import/do'] button")
        await page.wait_for_selector(".links")
    await page.goto(f"{base}/office/rounds")
    await page.locator("tbody a", has_text="第七轮").click()
    await shoot(page, folder, "office-round", size, whole=True)


async def screen(browser: Browser) -> BrowserContext:
    """A desk's screen."""
    width, height = DESKTOP
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(SECONDS * 1000)
    return context


async def enter(context: BrowserContext, program: Program, login: str) -> Page:
    """Signs in by the demo's button."""
    page = await context.new_page()
    await page.goto(f"{program.url}/demo/{login}")
    await page.click("main button, form button")
    await page.wait_for_url(re.compile("/(desk|office)"))
    return page


async def wait_for_tip(page: Page) -> None:
    """Loads the queue again until the villager's tip has a number."""
    while await page.get_by_text(WORDS[0][:8]).count() == 0:
        await page.reload()


async def ask(page: Page) -> None:
    """Claims the tip, accepts it and asks the reporter something."""
    await page.click("form[action$='/claim'] button")
    await page.wait_for_selector("form[action$='/claim']", state="detached")
    await page.click("summary[data-key=a]")
    await page.click("form[action$='/accept'] button")
    await page.wait_for_selector("form[action$='/accept']", state="detached")
    await page.fill("#w", QUESTION)
    await page.click("#composer .btn.main")
    await page.get_by_text(QUESTION).first.wait_for()


async def choose(page: Page, choice: str) -> None:
    await page.click(f"button[name=choice][value='{choice}']")


async def shoot(page: Page, folder: Path, name: str, size: tuple[int, int] = PHONE, *, whole: bool = False) -> None:
    """Takes one picture once the fonts stand; `whole`: the page to its end."""
    await page.evaluate("document.fonts.ready")
    path = folder / f"{name}-{size[0]}.png"
    await page.screenshot(path=path, full_page=whole, animations="disabled", caret="hide")


async def sheet(program: Program, folder: Path) -> None:
    """The first page of the cards as a picture."""
    await program.stop()
    program.settings["MSX_PUBLIC_URL"] = PRINTED
    await program.run("bot", "cards", "--round", "6", "--out", "sheet.pdf")
    assert await program.ended() == 0, program.log.read_text()
    with pypdfium2.PdfDocument(program.folder / "sheet.pdf") as document:
        document[0].render(scale=1.5).to_pil().convert("L").save(folder / "cards.png", optimize=True)


if __name__ == "__main__":
    chosen = Path(sys.argv[1])
    chosen.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(chosen))
