"""A scan is a tap or a beacon: one more for a batch and a day, put down on the hour. Nothing else of it is anywhere."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Browser
from sqlalchemy.exc import IntegrityError

from domain.errors import CannotStore
from domain.ids import BatchId, RoundId
from domain.rounds import Target
from domain.tips import Channel
from handlers.conversation.events import Chose, Start
from handlers.hourly import on_the_hour
from handlers.intake import scanning, scans
from handlers.office import cards
from handlers.office.plan.removing import remove_round
from qr import codes
from storage.desk import counters
from storage.office import cards as card_rows
from tests.browser import phone
from tests.handlers.office.side import ready_round
from tests.patience import PATIENCE
from tests.promises.scanner import find
from tests.web.site import Site, Surfer, open_site
from tests.world import World

TOWN = "苇庄镇"
AGENT = "CanaryBrowser/7.1"


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    async with open_site(world) as running:
        yield running


@pytest.fixture
async def surfer(site: Site) -> Surfer:
    return site.surfer()


def waiting(world: World) -> scans.Waiting:
    """What is not put down yet; it goes on waiting."""
    taken = world.intake.scans.take()
    world.intake.scans.give_back(taken)
    return taken


async def counted(world: World) -> dict[BatchId, int]:
    """Scans by batch in the database, after those in memory were put down."""
    await scanning.put_down(world.intake)
    steps = await world.house.store.read(lambda tx: counters.read_funnel(tx, world.made.round_id))
    return {batch: n for (batch, step), n in steps.items() if step == "scan" and batch is not None}


async def batch_of(world: World, *, is_test: bool = False, target: Target = Target.WEB) -> tuple[BatchId, str]:
    view = world.batches[TOWN]
    made = await cards.make_batch(
        world.desk, round_id=view.round.id, team_id=view.team.id, unit_ids=(view.units[0].id,), way="试",
        is_test=is_test, target=target,
    )  # fmt: skip
    return made, (await cards.get_batch(world.desk, view.round.office_id, made, "zh")).batch.code


async def beacon(surfer: Surfer, code: str, **headers: str) -> int:
    async with surfer.session.post(f"{surfer.url}/k/{code}/scan", data=b"", headers=headers) as answer:
        assert await answer.read() == b"" or answer.status >= 400
        return answer.status


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


async def test_a_scan_before_midnight_belongs_to_its_own_day(world: World, surfer: Surfer) -> None:
    await beacon(surfer, world.card(TOWN))
    world.clock.now += timedelta(days=1)
    await beacon(surfer, world.card(TOWN))
    assert sorted(day.day for _, _, day in waiting(world)) == [11, 12]
    assert sum((await counted(world)).values()) == 2


async def test_what_cannot_be_put_down_waits_and_is_not_lost(world: World, surfer: Surfer) -> None:
    batch = world.batches[TOWN].batch.id
    await beacon(surfer, world.card(TOWN))
    await world.house.store.aclose()
    with pytest.raises(CannotStore):
        await scanning.put_down(world.intake)
    assert list(world.intake.scans.take().values()) == [1], batch


async def test_scans_of_a_round_that_was_removed_cost_no_other_batch_its_own(world: World, surfer: Surfer) -> None:
    planned, batch = await ready_round(world), world.batches[TOWN].batch.id
    of_planned = await world.house.store.read(lambda tx: card_rows.list_batches(tx, planned))
    for code in (of_planned[0].code, world.card(TOWN)):
        await beacon(surfer, code)
    assert len(waiting(world)) == 2
    _, director = await world.sign_in("fang")
    await remove_round(world.desk, director, planned)
    assert await counted(world) == {batch: 1}
    assert not waiting(world)


async def test_whatever_goes_wrong_what_was_to_be_put_down_waits(world: World, surfer: Surfer) -> None:
    await beacon(surfer, world.card(TOWN))
    (known,) = waiting(world)
    world.intake.scans.add(RoundId(b"\x01" * 16), known[1], known[2])  # of no round there is: the row is refused
    with pytest.raises(IntegrityError):
        await scanning.put_down(world.intake)
    assert waiting(world)[known] == 1


async def test_the_chore_puts_down_at_the_full_hour(world: World, surfer: Surfer) -> None:
    await beacon(surfer, world.card(TOWN))
    world.clock.now = world.clock.now.replace(minute=59, second=59, microsecond=999_000)
    done = asyncio.Event()

    async def work() -> None:
        await scanning.put_down(world.intake)
        done.set()

    task = asyncio.create_task(on_the_hour(world.clock, work))
    async with asyncio.timeout(PATIENCE):
        await done.wait()
    task.cancel()
    assert not waiting(world)


async def test_memory_holds_one_number_per_batch_however_often_somebody_calls(world: World, surfer: Surfer) -> None:
    for number in range(50):
        await beacon(surfer, world.card(TOWN))
        await beacon(surfer, codes.new_code(world.intake.secrets.card_mac_key))
        await beacon(surfer, f"FORGED{number:08}")
    assert list(waiting(world).values()) == [50]


async def test_whoever_scans_and_scans_makes_up_no_more_than_the_bound_and_the_next_hour_has_its_own(
    world: World, surfer: Surfer
) -> None:
    view, code = world.batches[TOWN], world.card(TOWN)
    other, other_code = await batch_of(world)
    for _ in range(scans.MOST - 1):
        world.intake.scans.add(view.round.id, view.batch.id, world.clock.now.date())
    assert [await beacon(surfer, code) for _ in range(3)] == [204] * 3, "it is answered as ever"
    await beacon(surfer, other_code)
    assert await counted(world) == {view.batch.id: scans.MOST, other: 1}
    await beacon(surfer, code)
    assert await counted(world) == {view.batch.id: scans.MOST + 1, other: 1}


async def test_what_an_hour_could_not_put_down_takes_no_room_from_the_next(world: World) -> None:
    view, waiting = world.batches[TOWN], world.intake.scans
    key = (view.round.id, view.batch.id, world.clock.now.date())
    for _ in range(2):
        for _ in range(scans.MOST + 5):
            waiting.add(*key)
        waiting.give_back(waiting.take())
    waiting.add(*key)
    assert waiting.take() == {key: 2 * scans.MOST + 1}


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
