"""Single keys on a tip's page: each does what a visible button does, and none while somebody types."""

from playwright.async_api import Browser, expect

from tests.browser import phone
from tests.web.desk_site import Site


async def test_keys_open_the_sheet_turn_the_page_and_choose_whom_to_write_to(site: Site, browser: Browser) -> None:
    first, second = await site.tip(), await site.tip()
    member, context = await site.member("zhou"), await phone(browser, width=1280, height=800)
    await context.add_cookies([{"name": "desk", "value": member.cookies["desk"], "url": site.url}])
    page = await context.new_page()
    await page.goto(f"{site.url}/desk/tips/{first}?from=view%3Dreceived")
    await page.keyboard.press("a")
    await expect(page.locator("form[action$='/accept'] button")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("summary[data-key=a]")).to_be_focused()
    await expect(page.locator("form[action$='/accept'] button")).to_be_hidden()
    await page.keyboard.press("n")
    await expect(page.locator("[name=to][value=note]")).to_be_checked()
    await expect(page.locator("#w")).to_be_focused()
    await page.keyboard.type("jkarne")
    await expect(page.locator("#w")).to_have_value("jkarne")
    await page.fill("#w", "")
    await page.locator("#w").blur()
    await page.keyboard.press("r")
    await expect(page.locator("[name=to][value=reply]")).to_be_checked()
    await page.locator("#w").blur()
    await page.keyboard.press("j")
    await page.wait_for_url(f"**/desk/tips/{second}?from=view%3Dreceived")
    await page.wait_for_load_state()
    await page.keyboard.press("k")
    await page.wait_for_url(f"**/desk/tips/{first}?from=view%3Dreceived")
    await page.wait_for_load_state()
    await page.keyboard.press("a")
    await expect(page.locator("form[action$='/accept'] button")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".thread")).to_contain_text("已经受理")
    await page.wait_for_load_state()
    await page.keyboard.press("e")
    await expect(page.locator("form[action$='/resolve'] [value=put-right]")).to_be_focused()
