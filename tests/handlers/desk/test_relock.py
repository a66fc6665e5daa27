"""Locks of single tips when somebody leaves: a leaver's is replaced, a leaver makes none, recusals stay in force."""

from dataclasses import replace

import pytest

from domain.errors import CannotStore, Reason, Refused
from domain.ids import KeyId, new_id
from handlers.desk.locking.keyring import make_grant, team_key
from handlers.desk.locking.recusing import change_lock, readers_now, recuse
from handlers.desk.locking.relocking import relock
from handlers.desk.locking.standing import stand
from handlers.desk.moves.notes import note
from handlers.desk.moves.transferring import transfer
from handlers.desk.team.key_holders import read_team
from handlers.intake.recipients import subset_statement_of
from handlers.people.sessions import Session
from storage.desk import recusals
from storage.intake import boxes
from storage.people import keys
from storage.people.keys import KeyKind
from storage.store import Tx
from tests.handlers.desk.leaver import Leaver, put_out
from tests.handlers.desk.side import WORDS, Told, tell, words_of
from tests.world import World
from vault.keys import Seed, new_seed, open_key, public_half, sign_statement

AFTER = "后来才写的话"


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


async def test_tips_under_a_lock_of_their_own_are_locked_anew_and_keep_their_recusals(told: Told) -> None:
    world = told.world
    (_, zhou), (_, heyu), (_, tang) = [await world.sign_in(login) for login in ("zhou", "heyu", "tang")]
    team_id = zhou.teams[0]
    plain = await tell(world, name="another")
    await recuse(world.desk, zhou, told.id, heyu.member_id)
    leaver = await put_out(world, "tang")
    page = await read_team(world.desk, zhou, team_id)
    assert (page.behind.tips, page.behind.names, page.former) == ((told.id,), (tang.name,), ())
    assert await relock(world.desk, zhou, team_id) == 1
    assert (await read_team(world.desk, zhou, team_id)).behind.tips == ()
    await told.adds(AFTER)
    recused = Leaver(world, heyu)
    await recused.looks()
    await leaver.looks()
    assert not leaver.reads(AFTER)
    assert leaver.reads(WORDS)
    assert not any(AFTER.encode() in one for one in recused.opened)
    with pytest.raises(Refused) as caught:
        await told.opened(heyu)
    assert caught.value.detail == "recused"
    shown = words_of(await told.opened(zhou))
    assert WORDS in shown
    assert AFTER in shown
    assert WORDS in words_of(await plain.opened(heyu))


async def test_a_recused_member_opens_nothing_with_the_keys_of_both_generations(told: Told) -> None:
    world = told.world
    (_, zhou), (_, tang), (_, shen) = [await world.sign_in(login) for login in ("zhou", "tang", "shen")]
    await recuse(world.desk, zhou, told.id, tang.member_id)
    await put_out(world, "heyu")
    await told.adds(AFTER)
    _, tang = await world.sign_in("tang")
    assert len([one for one in await held_of(world, tang) if one == "team"]) == 2, "old and new"
    recused = Leaver(world, tang)
    await recused.looks()
    assert recused.opened == set()
    await recuse(world.desk, zhou, (await tell(world, name="x")).id, tang.member_id)  # with the new key as signer
    await transfer(world.desk, zhou, told.id, await told.version(zhou), shen.teams[0])
    await told.adds(AFTER)
    await recused.looks()
    assert recused.opened == set()
    assert AFTER in words_of(await told.opened(shen))


async def held_of(world: World, session: Session) -> list[str]:
    found = await world.house.store.read(lambda tx: keys.granted(tx, session.key_id, session.teams[0]))
    return [key.kind.value for key, _ in found]


async def test_a_leaver_makes_no_lock_with_the_key_they_kept(told: Told) -> None:
    """Whoever was put out, and writes to the database, makes themselves a lock signed by the team's older key."""
    world = told.world
    (_, zhou), (_, tang) = await world.sign_in("zhou"), await world.sign_in("tang")
    old = await team_key(world.desk, tang, world.made.round_id, tang.teams[0])
    leaver = await put_out(world, "tang")
    seed = new_seed()
    half = public_half(seed)
    made = replace(old.key, id=KeyId(new_id()), kind=KeyKind.SUBSET, generation=1, tip_id=told.id,
                   public=half.public, verify=half.verify, signer_key_id=old.key.id)  # fmt: skip
    made = replace(made, signature=sign_statement(old.seed, subset_statement_of(made, old.key)))

    def slip_in(tx: Tx) -> None:
        keys.insert_key(tx, made)
        recusals.keep_holder(tx, world.made.round_id, told.id, made.id, besides=[old.key.id])
        boxes.insert_holder(tx, world.made.round_id, told.id, made.id)

    await world.house.store.write(slip_in)
    with pytest.raises(CannotStore):
        await told.adds(AFTER)
    await world.house.store.write(lambda tx: keys.insert_grant(tx, grant_of(world, seed, made, zhou)))
    with pytest.raises(Refused) as caught:
        await note(world.desk, zhou, told.id, AFTER)
    assert caught.value.detail == "lock-differs"
    leaver.held.append(open_key(seed))
    await leaver.looks()
    assert not leaver.reads(AFTER)


def grant_of(world: World, seed: Seed, key: keys.Key, to: Session) -> keys.Grant:
    own = replace(key, id=to.key_id, public=public_half(to.seed).public)
    return make_grant(world.desk, seed, key, own, by=None, on=world.clock().date())


async def test_a_lock_that_was_made_after_the_key_changed_is_signed_by_the_new_one(told: Told) -> None:
    """The key changes between the moment a lock is made and the moment it is stored."""
    world = told.world
    (_, zhou), (_, heyu) = await world.sign_in("zhou"), await world.sign_in("heyu")
    await recuse(world.desk, zhou, told.id, heyu.member_id)
    before = await stand(world.desk, zhou, told.id)
    await put_out(world, "tang")
    with pytest.raises(Refused) as caught:
        await change_lock(world.desk, zhou, before, await readers_now(world.desk, before), [])
    assert caught.value.reason is Reason.STALE
    await relock(world.desk, zhou, zhou.teams[0])
    await told.adds(AFTER)
    assert AFTER in words_of(await told.opened(zhou))
