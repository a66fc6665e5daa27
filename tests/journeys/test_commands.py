"""The README's commands, as a newcomer types them."""

import asyncio
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.doubles.bot_api import BotApi
from tests.handlers.office.card_side import codes_on
from tests.media.picture_side import photo
from tests.promises.process import LIFETIME, SECONDS, Program
from tests.promises.telling import CODE, STATION, Kiosk, card, said

VERBS = ("demo", "init", "director", "serve", "intake", "desk", "import", "cards", "export", "migrate", "simulate",
         "escrow", "audit")  # fmt: skip
LINK = re.compile(r"http://\S+")


@pytest.fixture
async def fresh(tmp_path: Path) -> AsyncIterator[Program]:
    """A folder in which nothing was made yet."""
    program = Program(None, tmp_path)
    yield program
    await program.close()


async def welcome(program: Program) -> str:
    """What the demo prints, up to its last line; then it is ready, and the cards lie there."""
    await program.start("bot", "demo")
    assert program.process is not None
    assert program.process.stdout is not None
    lines = [program.printed]
    while "Telegram" not in lines[-1]:
        lines.append((await program.process.stdout.readline()).decode())
        assert lines[-1], program.log.read_text()
    assert (program.data / "cards.pdf").exists()
    return "".join(lines)


async def links_that_answer(text: str) -> dict[str, int]:
    """Every printed address and how it answers."""
    found = {}
    async with ClientSession() as session:
        for link in LINK.findall(text):
            async with session.get(link) as response:
                found[link] = response.status
    return found


async def test_the_demo_starts_from_nothing_prints_links_that_answer_and_is_found_again(fresh: Program) -> None:
    first = await welcome(fresh)
    answers = await links_that_answer(first)
    assert len([link for link in answers if "/k/" in link]) == 4
    assert len([link for link in answers if "/demo/" in link]) == 13
    assert set(answers.values()) == {200}
    assert (fresh.data / "cards.pdf").read_bytes().startswith(b"%PDF-")
    assert str(fresh.data / "cards.pdf") in first
    tips = fresh.sql("SELECT count(*) FROM tip")
    assert tips[0][0], "a few example tips"
    assert await fresh.stop(signal.SIGTERM) == 0
    second = await welcome(fresh)
    assert second == first, "the same county, the same cards"
    assert fresh.sql("SELECT count(*) FROM tip") == tips
    assert await fresh.stop(signal.SIGINT) == 0
    assert "Traceback" not in fresh.log.read_text()


async def test_it_is_ready_only_when_the_webhook_is_set(program: Program, api: BotApi) -> None:
    program.talks_to(api, "webhook")
    reachable = asyncio.Event()
    api.hold("setWebhook", reachable)
    await program.run("bot", "serve")
    await api.until(lambda: api.held("setWebhook"), SECONDS)
    assert await links_that_answer(f"{program.url}/readyz {program.url}/healthz") == {
        f"{program.url}/readyz": 503, f"{program.url}/healthz": 200,
    }  # fmt: skip
    reachable.set()
    await program.ready()
    assert api.webhook["url"] == f"{program.url}/telegram/webhook"


async def test_a_setting_nobody_knows_is_named_and_ends_with_1(fresh: Program) -> None:
    fresh.settings["MSX_LISTN"] = "127.0.0.1:1"
    await fresh.run("bot", "serve")
    assert await fresh.ended() == 1
    assert "MSX_LISTN" in fresh.log.read_text()
    assert "Traceback" not in fresh.log.read_text()
    assert not fresh.data.exists(), "nothing was made"


@pytest.mark.parametrize("value", ["nonsense", "127.0.0.1:99999"])
async def test_a_setting_that_is_wrong_is_named_and_ends_with_1(fresh: Program, value: str) -> None:
    fresh.settings["MSX_LISTEN"] = value
    await fresh.run("bot", "serve")
    assert await fresh.ended() == 1
    assert "MSX_LISTEN" in fresh.log.read_text()
    assert "Traceback" not in fresh.log.read_text()


async def test_the_simulator_told_through_a_pipe_gives_a_receipt(program: Program) -> None:
    process = await program.run("bot", "simulate", "--card", card(program))
    lines = ["report", "承包费从来没有贴出来过。", "done", "anonymous", "recusal:no", "submit"]
    async with asyncio.timeout(LIFETIME):
        out, _ = await process.communicate("".join(f"{line}\n" for line in lines).encode())
    assert process.returncode == 0, program.log.read_text()
    assert "已收到" in out.decode()
    assert CODE.search(out.decode())
    assert program.sql("SELECT count(*) FROM tip") == [(1,)]


@pytest.mark.parametrize("verb", VERBS)
async def test_every_verb_says_what_it_is_for(fresh: Program, verb: str) -> None:
    await fresh.run("bot", verb, "--help")
    assert await fresh.ended() == 0
    assert f"bot {verb}" in fresh.printed
    assert len(fresh.printed.splitlines()) > 3
    assert not fresh.data.exists()


async def test_the_verbs_are_these(fresh: Program) -> None:
    await fresh.run("bot", "--help")
    assert await fresh.ended() == 0
    listed = fresh.printed.partition("Commands:")[2]
    assert sorted(re.findall(r"^  (\w+)", listed, re.MULTILINE)) == sorted(VERBS)


async def test_a_verb_nobody_knows_is_wrong_usage(fresh: Program) -> None:
    await fresh.run("bot", "dance")
    assert await fresh.ended() == 2


async def test_a_new_office_begins_with_init_and_one_invite_that_answers(fresh: Program) -> None:
    await fresh.run("bot", "init", "--name", "某县委巡察办", "--login", "director", "--director", "方田")
    assert await fresh.ended() == 0, fresh.log.read_text()
    (invite,) = LINK.findall(fresh.printed)
    await fresh.start()
    assert await links_that_answer(invite) == {invite: 200}
    assert await fresh.stop() == 0
    await fresh.run("bot", "init", "--name", "某县委巡察办", "--login", "director", "--director", "方田")
    assert await fresh.ended() == 1, "there is an office already"
    assert "Traceback" not in fresh.log.read_text()


async def test_a_director_whom_nobody_else_can_help_is_let_in_again_by_who_keeps_the_machine(program: Program) -> None:
    await program.run("bot", "director", "fang")
    assert await program.ended() == 0, program.log.read_text()
    (invite,) = LINK.findall(program.printed)
    for nobody in ("qiao", "nobody"):  # a clerk, and a name that is not there
        await program.run("bot", "director", nobody)
        assert await program.ended() == 1
    assert "Traceback" not in program.log.read_text()
    await program.start()
    assert await links_that_answer(invite) == {invite: 200}


async def test_the_two_halves_as_two_processes_are_one_county(program: Program) -> None:
    await program.start("bot", "intake")
    async with Kiosk(program.url) as kiosk:
        replies = await kiosk.tells(card(program), "救灾款没有发下来。")
        assert "救灾款没有发下来。" in said(replies)
        assert (await kiosk.chooses("submit"))[-1]["kind"] == "receipt"
        async with kiosk.session.get(f"{program.url}/desk") as response:
            assert response.status == 404, "this half has no desk"
    assert await program.stop() == 0
    await program.start("bot", "desk")
    async with ClientSession() as session:
        async with session.get(f"{program.url}/k/{card(program)}") as response:
            assert response.status == 404, "this half takes no tip"
        async with session.get(f"{program.url}/desk") as response:
            assert response.url.path == "/sign-in"
    assert await program.stop() == 0


@pytest.mark.parametrize(("option", "pages"), [([], [10, 10, 0]), (["--duplex"], [10, 0, 10, 0])])
async def test_cards_come_fronts_first_or_each_with_its_back_behind_it(
    program: Program, option: list[str], pages: list[int]
) -> None:
    await program.run("bot", "cards", "--round", "6", "--unit", STATION, "--count", "20", "--out", "c.pdf", *option)
    assert await program.ended() == 0, program.log.read_text()
    assert [len(page) for page in codes_on((program.folder / "c.pdf").read_bytes())] == pages


async def test_a_photo_of_a_card_is_checked_and_the_exit_says_how_it_went(program: Program, tmp_path: Path) -> None:
    pictures = {
        "ours": (photo(f"{program.url}/k/{card(program)}"), 0, "在用"),
        "foreign": (photo(f"https://evil.example/k/{card(program)}"), 1, "evil.example"),
        "none": (photo(), 1, "没有找到二维码"),
        "bad": (b"no photo", 1, ""),
    }
    for name, (data, code, words) in pictures.items():
        (tmp_path / f"{name}.jpg").write_bytes(data)
        await program.run("bot", "cards", "check", str(tmp_path / f"{name}.jpg"))
        assert await program.ended() == code, name
        assert words in program.printed, name
    assert "Traceback" not in program.log.read_text()


async def test_what_was_scanned_since_the_last_hour_is_put_down_at_the_end(program: Program) -> None:
    await program.start("bot", "serve")
    async with ClientSession() as session:
        for _ in range(3):
            async with session.post(f"{program.url}/k/{card(program)}/scan") as response:
                assert response.status == 204
    assert await program.stop(signal.SIGTERM) == 0
    assert program.sql("SELECT sum(n) FROM funnel WHERE step = 'scan'") == [(3,)], "whatever the hour"
