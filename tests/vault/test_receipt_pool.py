"""The pool of codes made ahead: ready ones go out at once; every code costs one derivation, known or not."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest

from domain.errors import Reason, Refused
from domain.receipt_code import normalise
from tests.patience import PATIENCE
from vault import receipts
from vault.receipts import Pool, stretch

SALT = b"s" * 32


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    made = Pool(SALT, size=4, quiet_seconds=0.02)
    made.start()
    yield made
    await made.aclose()


class Counting:
    """The real derivation, counted."""

    def __init__(self, real: Callable[[str, bytes], bytes]) -> None:
        self.real, self.calls, self.running, self.most = real, 0, 0, 0
        self.guard = threading.Lock()

    def __call__(self, code: str, salt: bytes) -> bytes:
        with self.guard:
            self.calls += 1
            self.running += 1
            self.most = max(self.most, self.running)
        try:
            return self.real(code, salt)
        finally:
            with self.guard:
                self.running -= 1


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting(stretch)
    monkeypatch.setattr(receipts, "stretch", counting)
    return counting


async def filled(pool: Pool, wanted: int = 4) -> None:
    async with asyncio.timeout(PATIENCE):
        while pool.ready < wanted:  # noqa: ASYNC110 - the pool has no other reason to tell when it is full
            await asyncio.sleep(0.01)


def step(pool: Pool) -> tuple[str, bytes] | None:
    """What `take` gives without ever giving way to the loop, or None when it must wait."""
    taking = pool.take()
    try:
        taking.send(None)
    except StopIteration as done:
        taken: tuple[str, bytes] = done.value
        return taken
    taking.close()
    return None


async def test_a_filled_pool_hands_out_without_waiting(pool: Pool) -> None:
    await filled(pool)
    taken = [step(pool) for _ in range(4)]
    assert None not in taken
    assert len({code for code, _ in filter(None, taken)}) == 4


async def test_every_code_handed_out_is_valid_and_truly_stretched(pool: Pool) -> None:
    for _ in range(2):
        code, stretched = await pool.take()
        assert normalise(code) == code
        assert stretched == stretch(code, SALT)


async def test_an_empty_pool_still_gives_a_code_to_everybody_who_asks() -> None:
    empty = Pool(SALT, size=2)
    taken = await asyncio.gather(*(empty.take() for _ in range(6)))
    assert len({code for code, _ in taken}) == 6


async def test_what_was_taken_is_made_again(pool: Pool) -> None:
    await filled(pool)
    first = [(await pool.take())[0] for _ in range(4)]
    await filled(pool)
    assert {(await pool.take())[0] for _ in range(4)}.isdisjoint(first)


async def test_the_pool_leaves_the_cores_alone_while_codes_are_being_taken(counted: Counting) -> None:
    pool = Pool(SALT, size=4, quiet_seconds=60)
    pool.start()
    await filled(pool)  # the fifth derivation has begun by now
    for _ in range(2):
        await pool.take()
        await pool.stretch("0" * 16)
    await pool.aclose()
    assert counted.calls == 5 + 2


async def test_a_look_up_costs_one_derivation_whether_the_code_is_known_or_not(counted: Counting) -> None:
    pool = Pool(SALT)
    known, stretched = await pool.take()
    assert counted.calls == 1
    tags = {receipts.bind(stretched, bytes([n]) * 32).tag for n in range(5)}
    for code, hit in ((known, True), (receipts.new_code(), False)):
        before = counted.calls
        found = await pool.stretch(code)
        assert (receipts.bind(found, bytes([3]) * 32).tag in tags) is hit
        assert counted.calls - before == 1


async def test_never_more_than_two_derivations_run_at_once(counted: Counting) -> None:
    pool = Pool(SALT, size=4)
    pool.start()
    await asyncio.gather(*(pool.take() for _ in range(8)), *(pool.stretch("0" * 16) for _ in range(4)))
    await pool.aclose()
    assert counted.most == 2


async def test_look_ups_wait_in_a_line_that_has_an_end(counted: Counting) -> None:
    pool = Pool(SALT, line=3)
    found = await asyncio.gather(*(pool.stretch("0" * 16) for _ in range(9)), return_exceptions=True)
    refused = [one for one in found if isinstance(one, Refused)]
    assert [one.reason for one in refused] == [Reason.THROTTLED] * 6
    assert counted.calls == 3
    assert await pool.stretch("0" * 16), "and the line is free again"


async def test_a_look_up_that_is_given_up_leaves_the_line() -> None:
    pool = Pool(SALT, line=1)
    given_up = asyncio.create_task(pool.stretch("0" * 16))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.wait([given_up])
    assert await pool.stretch("0" * 16)


async def test_a_line_of_look_ups_never_holds_up_a_new_code(counted: Counting) -> None:
    pool = Pool(SALT)
    waiting = [asyncio.create_task(pool.stretch("0" * 16)) for _ in range(40)]
    await asyncio.sleep(0)
    await pool.take()
    assert counted.calls < 10
    assert not all(one.done() for one in waiting)
    await asyncio.gather(*waiting)


async def test_a_closed_pool_keeps_no_code() -> None:
    pool = Pool(SALT, size=2)
    pool.start()
    await filled(pool, 2)
    await pool.aclose()
    assert pool.ready == 0
