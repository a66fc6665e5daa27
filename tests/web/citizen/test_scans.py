"""A scan is a tap or a beacon: one more for a batch and a day, put down on the hour. Nothing else of it is anywhere."""

import asyncio
import re

import pytest
from playwright.async_api import Browser

from domain.rounds import Target
from domain.tips import Channel
from handlers.conversation.events import Chose, Start
from handlers.intake import scanning
from handlers.office import cards
from qr import codes
from storage.desk import counters
from tests.browser import phone
from tests.patience import PATIENCE
from tests.promises.scanner import find
from tests.web.citizen.scan_side import TOWN, batch_of, beacon, counted, waiting
from tests.web.site import Site, Surfer
from tests.world import World

AGENT = "CanaryBrowser/7.1"


async def test_a_beacon_counts_one_for_its_batch_and_nothing_is_written_before_the_hour(
    world: World, surfer: Surfer
) -> None:
    code, batch = world.card(TOWN), world.batches[TOWN].batch.id
    before = await world.house.store.read(lambda tx: counters.read_funnel(tx, world.made.round_id))
    assert [await beacon(surfer, code) for _ in range(3)] == [204] * 3
    assert await world.house.store.read(lambda tx: counters.read_funnel(tx, world.made.round_id)) == before
    assert await counted(world) == {batch: 3}
    assert await counted(world) == {batch: 3}, "put down once"


async def test_a_look_a_preview_and_a_forged_code_count_nothing(world: World, surfer: Surfer) -> None:
    code = world.card(TOWN)
    for agent in ("WeChat", "TelegramBot (like TwitterBot)", "facebookexternalhit/1.1"):
        await surfer.opens(f"/k/{code}", **{"User-Agent": agent})
        await surfer.opens(f"/k/{code}/chat?tap", **{"User-Agent": agent})
        async with surfer.session.head(f"{surfer.url}/k/{code}") as answer:
            assert answer.status == 200
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        async with surfer.session.request(method, f"{surfer.url}/k/{code}/scan") as answer:
            assert answer.status == 405
    last = codes.ALPHABET[(codes.ALPHABET.index(code[-1]) + 1) % 32]
    for wrong in (code[:-1] + last, codes.new_code(b"\x01" * 32), codes.new_code(world.intake.secrets.card_mac_key),
                  code[:6], "x" * 500, "%00"):  # fmt: skip
        assert await beacon(surfer, wrong) == 204
    assert await counted(world) == {}


async def test_another_site_cannot_count(world: World, surfer: Surfer) -> None:
    code = world.card(TOWN)
    assert await beacon(surfer, code, Origin="https://evil.example") == 403
    assert await beacon(surfer, code, **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert await counted(world) == {}


async def test_test_cards_and_cards_called_in_count_nothing(world: World, surfer: Surfer) -> None:
    _, code = await batch_of(world, is_test=True)
    await beacon(surfer, code)
    view = world.batches[TOWN]
    await cards.revoke(world.desk, view.round.office_id, view.batch.id)
    await beacon(surfer, view.batch.code)
    assert await counted(world) == {}


async def test_without_script_the_first_act_of_the_conversation_counts_and_only_the_first(
    world: World, surfer: Surfer
) -> None:
    code, batch = world.card(TOWN), world.batches[TOWN].batch.id
    page = await surfer.opens(f"/k/{code}")
    way = re.search(r'href="(/k/\w+/chat\?tap)"', page.text)
    assert way
    await surfer.opens(way[1])
    action = re.search(r'action="([^"]+)"', surfer.page.text)
    assert action
    assert await counted(world) == {}
    await surfer.sends(to=action[1], text="路灯坏了")
    assert await counted(world) == {batch: 1}
    await surfer.opens(way[1])
    await surfer.sends(to=action[1], text="还有水")
    assert await counted(world) == {batch: 1}


@pytest.mark.parametrize("script", [True, False])
async def test_one_villager_in_a_real_browser_is_one_scan_with_script_and_without(
    world: World, site: Site, browser: Browser, script: bool
) -> None:
    code, batch = world.card(TOWN), world.batches[TOWN].batch.id
    page = await (await phone(browser, script=script)).new_page()
    await page.goto(f"{site.url}/k/{code}")
    if script:
        await page.wait_for_selector('a.main[href$="/chat"]')
        async with asyncio.timeout(PATIENCE):
            while not waiting(world):
                await page.wait_for_timeout(20)
        await page.reload()
        await page.click("header a >> nth=0")
        await page.wait_for_url("**#again")
    await page.click(".btn.main")
    await page.fill("#q", "路灯坏了")
    await page.click("#send")
    await page.wait_for_selector(".b.me")
    assert await counted(world) == {batch: 1}


async def test_a_start_on_telegram_counts_for_a_card_that_opens_telegram(world: World) -> None:
    batch, code = await batch_of(world, target=Target.TELEGRAM)
    villager = world.villager("tg", Channel.TELEGRAM)
    await villager.does(Start(code, chat=True), key="1")
    await villager.does(Start(code, chat=True), key="1")
    await villager.does(Chose("report"), key="2")
    await world.villager("tg2", Channel.TELEGRAM).does(Start(world.card(TOWN), chat=True), key="3")
    await world.villager("web").does(Start(code))
    assert await counted(world) == {batch: 1}


async def test_a_scan_leaves_a_number_and_no_trace_of_who_scanned(
    world: World, surfer: Surfer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    headers = {"User-Agent": AGENT, "X-Forwarded-For": "203.0.113.77", "Cookie": "chat=canary-cookie-value"}
    await beacon(surfer, world.card(TOWN), **headers)
    await scanning.put_down(world.intake)
    looked_for = [AGENT, "203.0.113.77", "canary-cookie-value"]
    assert find(looked_for, world.data) == []
    assert not any(word in caplog.text for word in [*looked_for, world.card(TOWN), "/scan"])
