"""What a reporter tells, and who they are, is nowhere on our disk: not in the database, a file, a log or a crash."""

import base64
import json
import signal
import sqlite3
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import ClientSession, CookieJar
from PIL import Image

from tests.doubles import updates
from tests.doubles.bot_api import TOKEN, BotApi, Fault
from tests.promises.faulty import POISON
from tests.promises.process import SECONDS, Program
from tests.promises.scanner import find
from tests.promises.telling import Kiosk, Stubborn, begin, card, numbers, tell
from tests.web.site import Page, Surfer

FAULTY = "tests.promises.faulty"
CANARIES = {
    "web": "金丝雀网页四七一一",
    "api": "金丝雀接口五八二二",
    "telegram": "金丝雀电报六九三三",
    "caption": "金丝雀图注七一四四",
    "file name": "canary-name-8255",
    "file content": "canary-content-9366",
    "exif": "canary-exif-1477",
    "name": "金丝雀姓名",
    "phone": "0000-7654321",
    "place": "金丝雀岔口",
    "edited": "金丝雀改过二五八八",
    "broken": f"canary-broken-{POISON}",
    "user agent": "canary-agent/3.6.9.9",
    "address": "203.0.113.77",
    "username": updates.USERNAME,
    "first name": "赵无名氏",
    "token": TOKEN.partition(":")[2],
}
CHATS = (77_142_093_511, 88_253_104_622)


def photo() -> bytes:
    """A picture with words in its EXIF data."""
    picture, exif, out = Image.new("RGB", (64, 48), "white"), Image.Exif(), BytesIO()
    exif[0x010E] = CANARIES["exif"]  # ImageDescription
    exif[0x013B] = CANARIES["exif"]  # Artist
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def paper() -> bytes:
    """A file with words in it."""
    return b"%PDF-1.7\n1 0 obj\n(" + CANARIES["file content"].encode() + b")\nendobj\n%%EOF\n"


def headers() -> dict[str, str]:
    """How a proxy would name the reporter's phone."""
    address = CANARIES["address"]
    named = {"X-Forwarded-For": address, "X-Real-IP": address, "Forwarded": f"for={address}"}
    return named | {"User-Agent": CANARIES["user agent"]}


async def on_the_web(program: Program) -> str:
    """A tip with a name and a file, told in the forms; the receipt code."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers()) as session:
        surfer = Surfer(session, program.url)
        await surfer.opens(f"/k/{card(program, '苇庄镇')}/chat")
        await surfer.sends((f"{CANARIES['file name']}.jpg", photo()), text=CANARIES["web"], choice="done")
        await surfer.sends(text=CANARIES["place"])
        for fields in (
            {"choice": "skip"},
            {"choice": "real_name"},
            {"text": CANARIES["name"]},
            {"text": CANARIES["phone"]},
        ):
            await surfer.sends(**fields)  # type: ignore[arg-type]  # no files
        page: Page = await surfer.sends(choice="recusal:no")
        assert CANARIES["web"] in page.text
        assert CANARIES["name"] in page.text
        return (await surfer.sends(choice="submit")).numbers()


async def at_the_kiosk(program: Program) -> str:
    """A tip with a file, told through the JSON API; the receipt code."""
    async with Kiosk(program.url) as kiosk:
        kiosk.session.headers.update(headers())
        await kiosk.opens(card(program))
        await kiosk.says(CANARIES["api"])
        await kiosk.sends(f"{CANARIES['file name']}.pdf", paper())
        replies = await kiosk.chooses("done", "anonymous", "recusal:no", "submit")
        assert replies[-1]["kind"] == "receipt"
        await kiosk.says(CANARIES["broken"])
        assert kiosk.status == 500
        return str(replies[-1]["code"])


async def on_telegram(program: Program, api: BotApi) -> str:
    """A tip with pictures and a file; the receipt code. Telegram has its troubles meanwhile."""
    villager = Stubborn(api, CHATS[0])
    api.fail("sendMessage", Fault(500), Fault(429, retry_after=1), Fault(reset=True), chat=CHATS[0])
    await begin(villager, card(program))
    said = await villager.says(CANARIES["telegram"])
    await villager.sees("anonymous")
    await villager.sends_photo(photo(), caption=CANARIES["caption"])
    await villager.sees("anonymous")
    await villager.sends_file(paper(), f"{CANARIES['file name']}.pdf", "application/pdf")
    await villager.sees("anonymous")
    await villager.edits(said, CANARIES["edited"])
    await villager.says(CANARIES["broken"])
    await villager.hears("存不了")
    await villager.taps("anonymous")
    await villager.sees("recusal:no")
    await villager.taps("recusal:no")
    await villager.sees("submit")
    await villager.taps("submit")
    await api.until(lambda: villager.receipts, SECONDS)
    return numbers(villager.receipts[0])


async def test_nothing_that_was_told_and_nobody_who_told_it_is_on_disk_in_any_encoding(
    program: Program, api: BotApi
) -> None:
    program.talks_to(api, "webhook")
    program.settings["MSX_LISTEN"] = f"127.0.0.1:{program.port}"
    await program.start(FAULTY, "talkative")
    codes = [await on_the_web(program), await at_the_kiosk(program), await on_telegram(program, api)]
    open_draft = Stubborn(api, CHATS[1])
    await tell(open_draft, card(program), CANARIES["telegram"])
    assert program.sql("SELECT count(*) FROM tip") == [(3,)]
    assert program.sql("SELECT count(*) FROM draft_part") == [(1,)]
    assert len(list((program.data / "attachments").iterdir())) == 4
    looked_for = [*CANARIES.values(), *CHATS, *codes]
    assert find(looked_for, program.folder) == [], "while it runs"
    assert await program.stop(signal.SIGABRT) == -signal.SIGABRT
    log = program.log.read_text()
    assert "Fatal Python error" in log, "the crash wrote what it had to write"
    assert "RuntimeError" in log, "faults are logged by their kind"
    assert "DEBUG" in log
    assert find(looked_for, program.folder) == [], "after a crash"


@pytest.mark.parametrize("phrase", ["金丝雀网页四七一一", "canary-name-8255", 77_142_093_511])
def test_the_search_finds_what_is_planted(tmp_path: Path, phrase: str | int) -> None:
    words = str(phrase)
    plants = {
        "plain": b"xx" + words.encode() + b"xx",
        "wide": b"x" + words.encode("utf-16-le") + b"x",
        "wide-be": words.encode("utf-16-be"),
        "hex": words.encode().hex().encode(),
        "json": json.dumps({"text": f"so {words}"}).encode(),
        "url": quote(f"so {words}").encode(),
        "logged": repr(f"so {words}".encode()).encode(),
        **{f"base64-{n}": base64.b64encode(b"y" * n + words.encode() + b"yyyy") for n in range(3)},
        f"name-{words}": b"",
    }
    for name, data in plants.items():
        (tmp_path / name).write_bytes(data)
    with sqlite3.connect(tmp_path / "rows.db") as rows:
        rows.execute("CREATE TABLE t (a, b)")
        rows.execute("INSERT INTO t VALUES (?, ?)", (phrase, words.encode()))
    rows.close()
    assert {name for _, name in find([phrase], tmp_path)} == {*plants, "rows.db"}
    assert find(["another-phrase-1"], tmp_path) == []
