"""Opening what custodians keep takes a while. What changed meanwhile counts when the key is given."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from domain.errors import Refused
from domain.ids import KeyId, new_id
from handlers.office.keys import withdrawing
from handlers.office.keys.withdrawing import Chest
from storage.people import keys, members
from storage.people.members import MemberState
from storage.store import Tx
from tests.handlers.office.escrow_side import BOTH, chest, kept_round, lines, team_of
from tests.patience import PATIENCE
from tests.world import World


async def give_while(world: World, found: Chest, change: Callable[[Tx], None]) -> str:
    """What giving is refused with when `change` is written between its first look and its writing."""
    begun, looked = threading.Event(), threading.Event()
    asked: list[datetime] = []

    def meanwhile(tx: Tx) -> None:
        begun.set()
        assert looked.wait(PATIENCE)
        change(tx)

    def clock() -> datetime:
        asked.append(world.clock())
        if len(asked) > 1:  # the first time for its first look, the second when both seals are open
            looked.set()
        return asked[-1]

    writing = asyncio.create_task(world.house.store.write(meanwhile))
    assert await asyncio.to_thread(begun.wait, PATIENCE)
    with pytest.raises(Refused) as refused:
        await withdrawing.give(replace(world.desk, clock=clock), found, "zhou", BOTH)
    await writing
    return f"{refused.value.reason}:{refused.value.detail}"


async def test_a_custodian_who_is_put_out_meanwhile_has_opened_nothing(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    found, before = await chest(world, team), len(await lines(world))

    def put_out(tx: Tx) -> None:
        members.set_member_state(tx, found.second.id, MemberState.DISABLED)

    assert await give_while(world, found, put_out) == "not-allowed:escrow-custodian"
    assert len(await lines(world)) == before


async def test_a_member_whose_own_key_changes_meanwhile_is_given_nothing_for_the_old_one(world: World) -> None:
    team = await team_of(world, await kept_round(world))
    found, (_, zhou) = await chest(world, team), await world.sign_in("zhou")

    def begin_anew(tx: Tx) -> None:
        own = keys.get_key(tx, zhou.key_id)
        keys.retire_key(tx, own.id, world.clock().date())
        keys.insert_key(tx, replace(own, id=KeyId(new_id()), generation=own.generation + 1))

    assert await give_while(world, found, begin_anew) == "stale:"
