"""Passing on by rows alone: without the giving team's signature on every step nobody seals, and nobody is shown."""

from dataclasses import replace
from datetime import date
from secrets import token_hex

import pytest
from sqlalchemy import delete, update

from domain.errors import CannotStore, Reason, Refused
from domain.ids import TeamId
from domain.tips import Action, State
from handlers.conversation.events import Chose, Said
from handlers.desk.arriving.fold import fold
from handlers.desk.locking.keyring import team_key
from handlers.desk.locking.locks import lock_differs
from handlers.desk.locking.standing import stand
from handlers.desk.moves.acting import Wish, act
from handlers.intake.recipients import handing_of
from handlers.people.sessions import Session
from storage.desk import transfers, work
from storage.desk.transfers import Transfer
from storage.intake import boxes
from storage.people import keys
from storage.schema.boxes import holder
from storage.schema.people import key as key_table
from storage.schema.tips import tip_work
from storage.schema.tips import transfer as transfer_table
from storage.store import Tx
from tests.handlers.desk.handing import OURS, THEIRS, hand
from tests.handlers.desk.side import WORDS, Told, tell, words_of
from tests.world import Villager, World
from vault.handing import sign_handing


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


async def adding(told: Told, words: str) -> Villager:
    """Somebody with the receipt code who has written an addition and not sent it."""
    villager = told.world.villager(token_hex(8))
    for event in (Chose("progress"), Said(told.code), Chose("add"), Said(words)):
        await villager.does(event)
    return villager


async def stopped(told: Told) -> None:
    """The intake seals no addition for this tip."""
    villager = await adding(told, "不该有人读到")
    with pytest.raises(CannotStore):
        await villager.does(Chose("done"))


async def rows_moved(told: Told, to: TeamId, *steps: Transfer) -> None:
    """What somebody does who can write to the database: team, holder and steps, all as if it had been passed on."""
    world, round_id = told.world, told.world.made.round_id
    key = (await world.house.store.read(lambda tx: keys.team_keys(tx, round_id, to)))[0]

    def write(tx: Tx) -> None:
        tx.execute(update(tip_work).where(tip_work.c.tip_id == told.id).values(team_id=to, number=77))
        tx.execute(delete(holder).where(holder.c.owner_id == told.id))
        tx.execute(delete(transfer_table).where(transfer_table.c.tip_id == told.id))
        boxes.insert_holder(tx, round_id, told.id, key.id)
        for step in steps:
            transfers.insert_transfer(tx, step)

    await world.house.store.write(write)


async def signed(told: Told, by: Session, to: TeamId, *, n: int = 1, like: Told | None = None) -> Transfer:
    """A step with the signature of a member of the giving team; `like`: signed for another tip."""
    step = Transfer(told.world.made.round_id, told.id, n, by.teams[0], to, date(2026, 11, 11), b"")
    key = await team_key(told.world.desk, by, step.round_id, by.teams[0])
    about = step if like is None else replace(step, tip_id=like.id)
    return replace(step, signature=sign_handing(key.seed, handing_of(about)))


async def test_rows_alone_give_a_tip_to_no_colluding_team(told: Told) -> None:
    world = told.world
    other = await tell(world, name="another")
    (_, zhou), (_, shen), (_, gu) = [await world.sign_in(login) for login in (OURS, THEIRS, "gu")]
    theirs = shen.teams[0]
    good = await signed(told, zhou, theirs)
    for steps in (
        (),
        (replace(good, signature=b""),),
        (replace(good, signature=(await signed(told, shen, theirs)).signature),),  # the taker's own word
        (await signed(told, zhou, theirs, like=other),),
        (replace(good, n=2),),
        (replace(good, on=date(2026, 11, 12)),),
        (replace(good, to_team_id=gu.teams[0]), await signed(told, gu, theirs, n=2)),
        (await signed(told, gu, theirs),),
        (replace(await signed(told, gu, theirs, n=2), n=1), replace(good, n=2, to_team_id=gu.teams[0])),
    ):
        await rows_moved(told, theirs, *steps)
        await stopped(told)
    await rows_moved(told, theirs, good)
    await (await adding(told, "还有一件")).does(Chose("done"))
    assert len(await fold(world.desk)) == 1, "the one that zhou's team signed holds"


async def test_letters_are_shown_only_while_every_step_is_signed(told: Told) -> None:
    world = told.world
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in (OURS, THEIRS)]
    await hand(told, zhou, shen.teams[0])
    await act(world.desk, shen, told.id, Wish(Action.REPLY, await told.version(shen), words="我们接着办"))
    assert len(await told.news()) == 2
    spoilt = update(transfer_table).where(transfer_table.c.tip_id == told.id).values(signature=b"\x01" * 65)
    await world.house.store.write(lambda tx: tx.execute(spoilt))
    with pytest.raises(CannotStore):
        await told.news()
    standing = await stand(world.desk, shen, told.id)
    assert await lock_differs(world.desk, shen, standing)


async def test_a_team_whose_key_the_office_did_not_sign_gets_no_tip(told: Told) -> None:
    world = told.world
    (_, zhou), (_, shen) = [await world.sign_in(login) for login in (OURS, THEIRS)]
    mine = (await world.house.store.read(lambda tx: keys.team_keys(tx, world.made.round_id, zhou.teams[0])))[0]
    theirs = (await world.house.store.read(lambda tx: keys.team_keys(tx, world.made.round_id, shen.teams[0])))[0]
    swapped = update(key_table).where(key_table.c.id == theirs.id).values(public=mine.public)
    await world.house.store.write(lambda tx: tx.execute(swapped))
    with pytest.raises(Refused) as caught:
        await hand(told, zhou, shen.teams[0])
    assert (caught.value.reason, caught.value.detail) == (Reason.NOT_ALLOWED, "target-key")
    assert WORDS in words_of(await told.opened(zhou))
    row = await world.house.store.read(lambda tx: work.get_work(tx, world.made.round_id, told.id))
    assert (row.team_id, row.state) == (zhou.teams[0], State.RECEIVED)
