"""What the one writer promises."""

import asyncio
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.errors import CannotStore, Reason, Refused
from domain.tips import Channel
from storage.intake import seen, tips
from storage.store import BATCH, Conflict, Store, Tx
from tests.patience import PATIENCE
from tests.storage.frame import DAY, Frame, a_tip


def note(tx: Tx, key: str) -> bool:
    return seen.first_time(tx, Channel.WEB, key, DAY)


def seen_count(tx: Tx) -> int:
    return int(tx.execute(text("SELECT count(*) FROM seen_update")).scalar_one())


async def test_sixty_four_writers_share_few_commits(store: Store) -> None:
    before = store.commits
    answers = await asyncio.gather(*(store.write(lambda tx, n=n: note(tx, str(n))) for n in range(64)))
    assert answers == [True] * 64
    assert store.commits - before <= 3
    assert await store.read(seen_count) == 64


async def test_no_commit_carries_more_than_its_share(store: Store) -> None:
    before = store.commits
    await asyncio.gather(*(store.write(lambda tx, n=n: note(tx, str(n))) for n in range(BATCH + 1)))
    assert store.commits - before >= 2


async def test_a_refusal_does_not_undo_its_neighbours(store: Store) -> None:
    def refuse(tx: Tx) -> None:
        note(tx, "refused")
        raise Refused(Reason.THROTTLED)

    def break_(tx: Tx) -> None:
        note(tx, "broken")
        raise ZeroDivisionError

    def misspell(tx: Tx) -> None:
        note(tx, "misspelt")
        tx.execute(text("SELECT nothing FROM nowhere"))

    works = [refuse, lambda tx: note(tx, "a"), break_, misspell, lambda tx: note(tx, "b")]
    outcomes = await asyncio.gather(*(store.write(work) for work in works), return_exceptions=True)
    assert isinstance(outcomes[0], Refused)
    assert isinstance(outcomes[2], ZeroDivisionError)
    assert isinstance(outcomes[3], Exception)
    assert [outcomes[1], outcomes[4]] == [True, True]
    assert await store.read(seen_count) == 2


async def test_a_unit_of_work_that_fails_alone_leaves_nothing(store: Store) -> None:
    def refuse(tx: Tx) -> None:
        note(tx, "refused")
        raise Refused(Reason.THROTTLED)

    def misspell(tx: Tx) -> None:
        note(tx, "misspelt")
        tx.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(Refused, match="throttled"):
        await store.write(refuse)
    with pytest.raises(DBAPIError):
        await store.write(misspell)
    assert await store.read(seen_count) == 0
    assert await store.write(lambda tx: note(tx, "afterwards"))


async def test_a_commit_that_fails_alone_is_never_a_success(store: Store) -> None:
    await store.write(_deferred_table)
    with pytest.raises(CannotStore):
        await store.write(lambda tx: tx.execute(text("INSERT INTO child VALUES (7)")) and None)
    assert await store.read(lambda tx: tx.execute(text("SELECT count(*) FROM child")).scalar_one()) == 0
    assert await store.write(lambda tx: note(tx, "afterwards"))


async def test_the_event_loop_goes_on_while_work_is_done(tmp_path: Path, migrated_file: Path) -> None:
    shutil.copy(migrated_file, tmp_path / "msx.db")
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/msx.db")
    loop, moved = asyncio.get_running_loop(), threading.Event()

    def until_the_loop_moves(_: Tx) -> bool:
        loop.call_soon_threadsafe(moved.set)
        return moved.wait(PATIENCE)

    assert await store.write(until_the_loop_moves)
    moved.clear()
    assert await store.read(until_the_loop_moves)
    await store.aclose()


async def test_a_reader_that_goes_away_leaves_its_connection_to_the_next(store: Store) -> None:
    for _ in range(20):
        gone = asyncio.create_task(store.read(seen_count))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
    assert await asyncio.gather(*(store.read(seen_count) for _ in range(20))) == [0] * 20


async def test_what_resolved_is_seen_by_a_stranger_at_once(url: str, store: Store) -> None:
    stranger = await Store.open(url)

    async def write_and_look(n: int) -> bool:
        await store.write(lambda tx: note(tx, f"row {n}"))
        return await stranger.read(lambda tx: _has(tx, f"row {n}"))

    assert all(await asyncio.gather(*(write_and_look(n) for n in range(40))))
    await stranger.aclose()


async def test_nothing_resolves_when_the_commit_fails(store: Store, frame: Frame) -> None:
    # A deferred key is the one thing that fails at COMMIT and not before.
    await store.write(_deferred_table)
    doomed = store.write(lambda tx: tx.execute(text("INSERT INTO child VALUES (7)")) and None)
    neighbour = store.write(lambda tx: note(tx, "neighbour"))
    outcomes = await asyncio.gather(doomed, neighbour, return_exceptions=True)
    assert [type(one) for one in outcomes] == [CannotStore, CannotStore]
    assert await store.read(seen_count) == 0
    assert await store.write(lambda tx: note(tx, "neighbour"))
    await store.write(lambda tx: tips.insert_tip(tx, a_tip(frame)))


async def test_a_double_key_is_a_conflict_and_names_nothing(store: Store, frame: Frame) -> None:
    await store.write(lambda tx: tips.insert_tip(tx, a_tip(frame, tag=b"same")))
    with pytest.raises(Conflict) as caught:
        await store.write(lambda tx: tips.insert_tip(tx, a_tip(frame, tag=b"same")))
    assert caught.value.reason is Reason.STALE
    assert str(caught.value) == "stale"


async def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(CannotStore):
        await store.read(lambda tx: note(tx, "by the back door"))
    assert await store.read(seen_count) == 0


async def test_a_caller_who_goes_away_disturbs_nobody(store: Store) -> None:
    first = asyncio.create_task(store.write(lambda tx: note(tx, "first")))
    gone = asyncio.create_task(store.write(lambda tx: note(tx, "gone")))
    last = asyncio.create_task(store.write(lambda tx: note(tx, "last")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await asyncio.gather(first, last) == [True, True]
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await store.write(lambda tx: note(tx, "afterwards"))
    assert await store.read(seen_count) == 3, "what nobody waits for any more is not begun"


async def test_closing_writes_what_waits_and_refuses_what_comes_later(url: str) -> None:
    store = await Store.open(url)
    waiting = [asyncio.create_task(store.write(lambda tx, n=n: note(tx, str(n)))) for n in range(20)]
    await asyncio.sleep(0)
    await store.aclose()
    await store.aclose()
    assert await asyncio.gather(*waiting) == [True] * 20
    with pytest.raises(CannotStore):
        await store.write(lambda tx: note(tx, "late"))
    with pytest.raises(CannotStore):
        await store.read(seen_count)


async def test_an_update_counts_once_however_often_it_comes(store: Store) -> None:
    answers = await asyncio.gather(*(store.write(lambda tx: note(tx, "update 77")) for _ in range(10)))
    assert sorted(answers) == [False] * 9 + [True]
    assert await store.write(lambda tx: seen.first_time(tx, Channel.TELEGRAM, "update 77", DAY))


def _has(tx: Tx, key: str) -> bool:
    found = tx.execute(text("SELECT 1 FROM seen_update WHERE update_key = :key"), {"key": key})
    return found.scalar_one_or_none() == 1


def _deferred_table(tx: Tx) -> None:
    tx.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
    tx.execute(text("CREATE TABLE child (id INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)"))
