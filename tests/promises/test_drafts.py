"""What was told and not handed in yet survives a crash, and is gone for good after 24 hours."""

import shutil
import signal
import sqlite3
from pathlib import Path

from bot import chores
from domain.errors import BadSeal
from domain.ids import Locked
from handlers.conversation.events import Said, Sent, Start
from handlers.conversation.talk import Step
from handlers.intake.converse import peek
from handlers.keeping import keep_file
from handlers.sealing import part_aad, state_aad
from tests.promises.process import Program
from tests.promises.telling import STATION, Kiosk, card, said
from tests.web.site import PNG
from tests.world import World
from vault.lock import unlock

FAULTY = "tests.promises.faulty"
WORDS = "去年医保费在村里收了两次，两次都没有票。"


async def test_a_draft_survives_a_killed_process(program: Program) -> None:
    await program.start(FAULTY, "plain")
    async with Kiosk(program.url) as kiosk:
        await kiosk.opens(card(program))
        await kiosk.says(WORDS)
        await program.stop(signal.SIGKILL)
        await program.start(FAULTY, "plain")
        assert WORDS in said(await kiosk.chooses("done", "anonymous", "recusal:no"))
        await program.stop(signal.SIGKILL)
        await program.start(FAULTY, "plain")
        assert (await kiosk.chooses("submit"))[-1]["kind"] == "receipt", "the code on the check page lived on too"


async def test_after_24_hours_a_draft_its_file_and_its_key_are_gone(world: World) -> None:
    villager = world.villager("sleeper")
    kind, file = await keep_file(world.intake, PNG, name="a.png")
    await villager.does(Start(world.card(STATION)), Said(WORDS), Sent(kind, file))
    world.clock.forward(hours=23)
    await chores.sweep(world.intake)
    assert [part.text for part in (await peek(world.intake, villager.peer, with_parts=True)).parts] == [WORDS, ""]
    world.clock.forward(hours=2)
    await chores.sweep(world.intake)
    assert (await peek(world.intake, villager.peer)).state.step is Step.START
    assert await world.house.store.read(lambda tx: tx.exec_driver_sql("SELECT count(*) FROM draft_part").scalar()) == 0
    assert list((world.data / "secrets" / "intake" / "drafts").iterdir()) == []


async def test_a_database_kept_from_before_opens_no_draft_with_all_keys_that_are_left(
    world: World, tmp_path: Path
) -> None:
    villager = world.villager("sleeper")
    await villager.does(Start(world.card(STATION)), Said(WORDS))
    kept = tmp_path / "kept"
    shutil.copytree(world.data, kept, ignore=shutil.ignore_patterns("secrets"))
    opened = _opened(kept, world.data / "secrets")
    assert any(WORDS.encode() in plain for plain in opened), "today the running intake can read it, of course"
    world.clock.forward(hours=25)
    await chores.sweep(world.intake)
    assert _opened(kept, world.data / "secrets") == []


def _opened(database: Path, secrets: Path) -> list[bytes]:
    """All rows of chats and drafts, with every key file there is."""
    keys = [path.read_bytes() for path in secrets.rglob("*") if path.is_file() and path.stat().st_size == 32]
    rows = sqlite3.connect(database / "msx.db")
    parts = rows.execute("SELECT channel, peer_tag, seq, locked FROM draft_part").fetchall()
    chats = rows.execute("SELECT channel, peer_tag, state_locked FROM thread").fetchall()
    rows.close()
    assert parts
    assert chats
    locked = [(blob, part_aad(channel, tag, seq)) for channel, tag, seq, blob in parts]
    locked += [(blob, state_aad(channel, tag)) for channel, tag, blob in chats]
    return [plain for blob, aad in locked for key in keys if (plain := _try(key, blob, aad))]


def _try(key: bytes, blob: bytes, aad: bytes) -> bytes:
    try:
        return unlock(key, Locked(blob), aad)
    except BadSeal:
        return b""
