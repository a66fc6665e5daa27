"""Whoever can write to the database, and only that, adds no reader to what the desk writes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from domain.errors import Reason, Refused
from domain.ids import KeyId, new_id
from domain.tips import Action
from handlers.desk.locking import recusing
from handlers.desk.locking.locks import lock_differs, sealed_to
from handlers.desk.locking.standing import stand
from handlers.desk.moves.acting import Wish, act
from handlers.desk.moves.notes import note
from handlers.people.sessions import Session
from storage.intake import boxes
from storage.intake.boxes import BoxKind
from storage.people import audit, keys
from storage.people.keys import Key, KeyKind
from storage.schema.people import key as key_table
from tests.handlers.desk.side import Told, tell, words_of
from tests.world import World
from vault.keys import new_seed, public_half


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


async def forge(told: Told, like: Key, kind: KeyKind, **changed: object) -> KeyId:
    """A key that the attacker made, named as a holder of the tip; `like` is the row it imitates."""
    half, tip_id = public_half(new_seed()), told.id if kind is KeyKind.SUBSET else None
    made = replace(like, id=KeyId(new_id()), kind=kind, public=half.public, verify=half.verify, generation=9)
    made = replace(made, tip_id=tip_id, signer_key_id=like.id, **changed)

    def store(tx) -> None:  # type: ignore[no-untyped-def]
        keys.insert_key(tx, made)
        boxes.insert_holder(tx, told.world.made.round_id, told.id, made.id)

    await told.world.house.store.write(store)
    return made.id


async def envelopes_for(told: Told, key_id: KeyId) -> int:
    round_id = told.world.made.round_id
    found = await told.world.house.store.read(lambda tx: boxes.list_envelopes(tx, round_id, told.id))
    return sum(one.holder_id == key_id for one in found)


async def acts(told: Told, session: Session) -> list[str]:
    lines = await told.world.house.store.read(lambda tx: audit.list_lines(tx, session.office_id))
    return [line.entry.act for line in lines]


async def writes_nothing(told: Told, session: Session, doing: Callable[[], Awaitable[None]]) -> None:
    round_id = told.world.made.round_id
    before = await told.world.house.store.read(lambda tx: boxes.list_boxes(tx, round_id, told.id))
    with pytest.raises(Refused) as caught:
        await doing()
    assert (caught.value.reason, caught.value.detail) == (Reason.NOT_ALLOWED, "lock-differs")
    assert await told.world.house.store.read(lambda tx: boxes.list_boxes(tx, round_id, told.id)) == before
    assert (await acts(told, session)).count("lock-differs") == 1


@pytest.mark.parametrize("kind", [KeyKind.SUBSET, KeyKind.TEAM])
async def test_nothing_is_sealed_to_a_forged_holder(told: Told, kind: KeyKind) -> None:
    desk = told.world.desk
    _, zhou = await told.world.sign_in("zhou")
    version, mine = await told.version(zhou), (await stand(desk, zhou, told.id)).holders[0]
    forged = await forge(told, mine, kind)
    for doing in (
        lambda: note(desk, zhou, told.id, "先看账"),
        lambda: act(desk, zhou, told.id, Wish(Action.ASK, version, words="在哪一年？")),
        lambda: act(desk, zhou, told.id, Wish(Action.ACCEPT, version)),
        lambda: act(desk, zhou, told.id, Wish(Action.DECLINE, version, "hotline")),
    ):
        await writes_nothing(told, zhou, doing)
    assert await envelopes_for(told, forged) == 0


async def test_a_public_half_that_was_swapped_in_a_key_i_hold_is_sealed_to_by_nobody(told: Told) -> None:
    desk = told.world.desk
    _, zhou = await told.world.sign_in("zhou")
    mine = (await stand(desk, zhou, told.id)).holders[0]
    swapped = update(key_table).where(key_table.c.id == mine.id).values(public=public_half(new_seed()).public)
    await told.world.house.store.write(lambda tx: tx.execute(swapped))
    await writes_nothing(told, zhou, lambda: note(desk, zhou, told.id, "先看账"))


async def test_the_lock_of_another_tip_is_no_lock_of_this_one(told: Told) -> None:
    """A subset key that I hold and that the team signed, moved from the tip it was made for."""
    world, other = told.world, await tell(told.world, name="another")
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    await recusing.recuse(world.desk, zhou, other.id, tang.member_id)
    theirs = (await stand(world.desk, zhou, other.id)).holders[0]
    round_id = world.made.round_id
    await world.house.store.write(lambda tx: boxes.insert_holder(tx, round_id, told.id, theirs.id))
    await writes_nothing(told, zhou, lambda: note(world.desk, zhou, told.id, "先看账"))


async def test_a_lock_that_the_team_made_is_trusted(told: Told) -> None:
    world = told.world
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    await recusing.recuse(world.desk, zhou, told.id, tang.member_id)
    standing = await stand(world.desk, zhou, told.id)
    assert not await lock_differs(world.desk, zhou, standing)
    assert [one.id for one in await sealed_to(world.desk, zhou, standing)] == [standing.holders[0].id]
    world.clock.forward(days=4000)  # the intake seals to it no more; colleagues still write
    _, zhou = await world.sign_in("zhou")
    assert not await lock_differs(world.desk, zhou, standing)


async def test_a_new_lock_throws_the_forged_holder_out(told: Told) -> None:
    desk = told.world.desk
    _, zhou = await told.world.sign_in("zhou")
    _, tang = await told.world.sign_in("tang")
    forged = await forge(told, (await stand(desk, zhou, told.id)).holders[0], KeyKind.SUBSET)
    await recusing.recuse(desk, zhou, told.id, tang.member_id)
    await note(desk, zhou, told.id, "先看账")
    assert "先看账" in words_of(await told.opened(zhou))
    assert await envelopes_for(told, forged) == 0
    notes = await told.world.house.store.read(
        lambda tx: [one for one in boxes.list_boxes(tx, told.world.made.round_id, told.id) if one.kind is BoxKind.NOTE]
    )
    assert len(notes) == 1
