"""A crowd at the sign-in: the queue is short, who gives up leaves it, and an honest member gets in soon."""

import asyncio
import threading

import pytest

from domain.errors import CannotStore, Reason, Refused
from handlers.people import sessions
from handlers.people.throttle import FREE, QUEUE, Throttle
from handlers.people.wrapping import Wrapped, open_wrapped
from tests.patience import PATIENCE
from tests.world import PASSWORD, World
from vault.keys import Seed


class Slow:
    """A key derivation that ends when it is told to, and counts how many began."""

    def __init__(self) -> None:
        self.begun = 0
        self.at_once = 0
        self.most = 0
        self.go = threading.Event()
        self._lock = threading.Lock()

    def __call__(self) -> str:
        with self._lock:
            self.begun += 1
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        self.go.wait(PATIENCE)
        with self._lock:
            self.at_once -= 1
        return "done"


async def settled() -> None:
    """Everybody who can take a place has taken it."""
    for _ in range(20):
        await asyncio.sleep(0)


async def began(slow: Slow, n: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while slow.begun < n:
            await asyncio.to_thread(lambda: None)


async def test_the_queue_is_bounded_and_the_rest_is_told_to_come_again() -> None:
    throttle, slow = Throttle(), Slow()
    tasks = [asyncio.ensure_future(throttle.slowly(slow)) for _ in range(200)]
    await settled()
    refused = [task for task in tasks if task.done()]
    assert len(refused) == 200 - QUEUE - 1
    for task in refused:
        stopped = task.exception()
        assert isinstance(stopped, Refused)
        assert (stopped.reason, stopped.detail) == (Reason.THROTTLED, "busy")
    slow.go.set()
    assert [await task for task in tasks if task not in refused] == ["done"] * (QUEUE + 1)
    assert slow.most == 1
    assert await throttle.slowly(slow) == "done"


async def test_who_was_given_up_while_waiting_never_starts_and_leaves_the_place_to_others() -> None:
    throttle, slow = Throttle(), Slow()
    tasks = [asyncio.ensure_future(throttle.slowly(slow)) for _ in range(QUEUE + 1)]
    await began(slow, 1)
    for task in tasks[1:]:
        task.cancel()
    await settled()
    honest = asyncio.ensure_future(throttle.slowly(slow))
    slow.go.set()
    assert await honest == "done"
    assert slow.begun == 2


async def test_a_turn_ends_with_its_thread_and_not_with_its_caller() -> None:
    throttle, slow = Throttle(), Slow()
    running = asyncio.ensure_future(throttle.slowly(slow))
    await began(slow, 1)
    running.cancel()
    await settled()
    after = asyncio.ensure_future(throttle.slowly(slow))
    await settled()
    assert slow.begun == 1
    slow.go.set()
    assert await after == "done"
    assert slow.most == 1


async def test_no_memory_for_a_derivation_is_said_as_such() -> None:
    def derive() -> None:
        raise MemoryError

    with pytest.raises(CannotStore):
        await Throttle().slowly(derive)


async def test_a_flood_of_made_up_names_does_not_shut_out_a_member(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    throttle, here = Throttle(), threading.Event()

    def once_all_are_here(password: str, wrapped: Wrapped | None) -> Seed:
        here.wait(PATIENCE)
        return open_wrapped(password, wrapped)

    monkeypatch.setattr(sessions, "open_wrapped", once_all_are_here)
    flood = [
        asyncio.ensure_future(sessions.sign_in(world.desk, throttle, f"nobody{n}", "some long wrong password"))
        for n in range(100)
    ]
    async with asyncio.timeout(PATIENCE):
        while len(waiting := [one for one in flood if not one.done()]) > QUEUE + 1:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    here.set()
    async with asyncio.timeout(2 * PATIENCE):
        cookie = await until_in(world, throttle)
    assert await sessions.load_session(world.desk, cookie)
    ended = await asyncio.gather(*flood, return_exceptions=True)
    assert all(isinstance(one, Refused) for one in ended)
    assert [one.reason for one in ended if isinstance(one, Refused)].count(Reason.BAD_SIGN_IN) == QUEUE + 1


async def until_in(world: World, throttle: Throttle) -> str:
    """Tries again whenever told to; being told so counts as no try."""
    while True:
        try:
            return await sessions.sign_in(world.desk, throttle, "zhou", PASSWORD)
        except Refused as refused:
            if refused.detail != "busy":
                raise
            await asyncio.to_thread(lambda: None)


@pytest.mark.parametrize(
    "login", ["x" * 65, "x" * 1_000_000, "zhou\x00", "zhou\udc80"], ids=["long", "huge", "nul", "half"]
)
async def test_a_name_that_nobody_can_have_is_refused_before_anything_is_kept(world: World, login: str) -> None:
    throttle = Throttle()
    for _ in range(FREE + 2):
        with pytest.raises(Refused) as caught:
            await sessions.sign_in(world.desk, throttle, login, PASSWORD)
        assert caught.value.reason is Reason.BAD_SIGN_IN
    assert not throttle._tries


async def test_names_are_counted_by_a_hash(world: World) -> None:
    throttle = Throttle()
    throttle.begin("zhou", world.clock())
    assert [len(name) for name in throttle._tries] == [32]
