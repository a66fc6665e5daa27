"""Two browsers on one tip: one is first, the other sees why and loses no word. A page at hand is never reloaded."""

import asyncio
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import phone
from tests.handlers.desk.side import Told, tell
from tests.web.desk_site import Site

ZHOU, TANG = "您说的是哪一年？", "在哪一段路？"


@dataclass
class Seat:
    """A member before a browser, with the tip open."""

    name: str
    page: Page


async def seat(site: Site, browser: Browser, login: str, path: str, *, width: int = 1280, height: int = 900) -> Seat:
    member = await site.member(login)
    context = await phone(browser, width=width, height=height)
    await context.add_cookies([{"name": "desk", "value": member.cookies["desk"], "url": site.url}])
    page = await context.new_page()
    await page.goto(site.url + path)
    assert member.session is not None
    return Seat(member.session.name, page)


@pytest.fixture
async def told(site: Site) -> Told:
    return await tell(site.world)


@pytest.fixture
async def both(site: Site, browser: Browser, told: Told) -> tuple[Seat, Seat]:
    path = f"/desk/tips/{told.id.hex()}"
    return await seat(site, browser, "zhou", path), await seat(site, browser, "tang", path, width=360, height=640)


async def at_once(first: Seat, second: Seat, selector: str) -> tuple[Seat, Seat]:
    """Both press the same; who won and who lost."""

    async def press(one: Seat) -> bool:
        async with one.page.expect_navigation():
            await one.page.click(selector)
        return await one.page.locator("main.merge").count() == 0

    won = await asyncio.gather(press(first), press(second))
    assert sorted(won) == [False, True]
    return (first, second) if won[0] else (second, first)


async def test_two_claim_one_has_it_and_the_other_may_take_it_over(both: tuple[Seat, Seat]) -> None:
    winner, loser = await at_once(*both, "form[action$='/claim'] button")
    await expect(loser.page.locator("main.merge")).to_contain_text(f"{winner.name} 认领")
    await loser.page.click("form[action$='/claim'] button")  # 接过来
    await expect(loser.page.locator(".side")).to_contain_text(loser.name)


async def test_two_reply_one_is_heard_and_the_other_still_has_the_words(both: tuple[Seat, Seat], told: Told) -> None:
    for one, words in zip(both, (ZHOU, TANG), strict=True):
        await one.page.check("[name=to][value=reply]", force=True)
        await one.page.fill("#w", words)
    winner, loser = await at_once(*both, "#composer .btn.main")
    first, second = (ZHOU, TANG) if winner is both[0] else (TANG, ZHOU)
    await expect(loser.page.locator("main.merge")).to_contain_text(first)
    await expect(loser.page.locator("#w")).to_have_value(second)
    await loser.page.click("#composer .btn.main")
    await expect(loser.page.locator(".thread")).to_contain_text(second)
    assert [one.text for one in await told.news()] == [first, second]


async def test_two_close_one_does_and_the_other_keeps_the_words_as_a_note(both: tuple[Seat, Seat], told: Told) -> None:
    await both[0].page.click("summary[data-key=a]")
    await both[0].page.click("form[action$='/accept'] button")
    await expect(both[0].page.locator(".thread")).to_contain_text("已经受理")
    for one, words in zip(both, (ZHOU, TANG), strict=True):
        await one.page.reload()
        await one.page.click("summary[data-key=e]")
        await one.page.check("form[action$='/resolve'] [value=explained]")
        await one.page.fill("form[action$='/resolve'] textarea", words)
    winner, loser = await at_once(*both, "form[action$='/resolve'] .btn")
    second = TANG if winner is both[0] else ZHOU
    merge = loser.page.locator("main.merge")
    await expect(merge).to_contain_text(f"{winner.name} 办结：已经解释清楚")
    await expect(merge).to_contain_text("这一件现在是“已办结”")
    await expect(merge.locator("textarea")).to_have_value(second)
    await merge.locator(".btn").last.click()
    await expect(loser.page.locator(".thread")).to_contain_text(second)
    assert [one.text for one in await told.news()][-1].endswith(ZHOU if second is TANG else TANG)


async def test_news_wait_behind_a_bar_and_what_is_typed_stands_on_the_newer_page(both: tuple[Seat, Seat]) -> None:
    zhou, tang = both
    await expect(zhou.page.locator("#others")).to_contain_text("唐立也在看")
    await zhou.page.fill("#w", ZHOU)
    await tang.page.check("[name=to][value=note]", force=True)
    await tang.page.fill("#w", "量过了")
    await tang.page.click("#composer .btn.main")
    bar = zhou.page.locator("#newer p").first
    await expect(bar).to_be_visible()
    await expect(zhou.page.locator(".thread")).not_to_contain_text("量过了")
    await bar.locator("a").click()
    await expect(zhou.page.locator(".thread")).to_contain_text("量过了")
    await expect(zhou.page.locator("#w")).to_have_value(ZHOU)


async def test_whoever_is_signed_out_while_writing_signs_in_elsewhere_and_sends_it(
    both: tuple[Seat, Seat], site: Site
) -> None:
    zhou, _ = both
    await expect(zhou.page.locator("#others")).to_contain_text("唐立也在看")
    await zhou.page.fill("#w", ZHOU)
    site.world.clock.forward(minutes=16)  # idle for too long
    out = zhou.page.locator("#newer p").last
    await expect(out).to_be_visible()
    again = await site.member("zhou")
    await zhou.page.context.add_cookies([{"name": "desk", "value": again.cookies["desk"], "url": site.url}])
    await zhou.page.evaluate("window.dispatchEvent(new Event('focus'))")
    await expect(out).to_be_hidden()
    await zhou.page.check("[name=to][value=reply]", force=True)
    await zhou.page.click("#composer .btn.main")
    await expect(zhou.page.locator(".thread")).to_contain_text(ZHOU)


async def test_leaving_with_words_in_the_box_is_asked_about_first(both: tuple[Seat, Seat]) -> None:
    zhou, _ = both
    asked: list[str] = []

    async def stay(dialog) -> None:  # type: ignore[no-untyped-def]  # Playwright's own
        asked.append(dialog.type)
        await dialog.dismiss()

    zhou.page.on("dialog", stay)
    await zhou.page.fill("#w", ZHOU)
    await zhou.page.click(".up>a")
    await expect(zhou.page.locator("#w")).to_have_value(ZHOU)
    assert asked == ["beforeunload"]
