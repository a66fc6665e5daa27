"""What stays behind after a delivery, a lost draft, or a row that was slipped in: nothing that helps anybody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import chores
from domain.errors import BadSeal, CannotStore
from domain.tips import Channel
from handlers.conversation.events import Chose, Said, Start
from handlers.intake import reading
from handlers.intake.converse import Outbound, handle
from handlers.sealing import body_aad, peer_aad
from storage.intake import boxes, drafts, outbox
from storage.office import teams
from storage.people import keys
from tests.world import World
from vault.lock import unlock


async def test_a_delivered_message_cannot_be_read_from_old_bytes_once_its_day_is_over(world: World) -> None:
    peer = world.villager("4711", Channel.TELEGRAM).peer
    for event in (Start(world.card("苇庄镇")), Said("集体鱼塘租金三年没有公开"), Chose("done")):
        await handle(world.intake, peer, event, outbound=Outbound("4711"))
    now = world.clock()
    rows = await world.house.store.write(lambda tx: outbox.claim(tx, now, now + timedelta(minutes=1)))
    row = rows[0]
    hour = world.intake.secrets.draft_key(row.key_epoch, create=False)
    assert hour is not None
    assert unlock(hour, row.peer, peer_aad(Channel.TELEGRAM)) == b"4711", "within its day it can be delivered"
    with pytest.raises(BadSeal):
        unlock(world.intake.secrets.peer_lock_key, row.body, body_aad(row.id))
    world.clock.forward(hours=26)
    await chores.sweep(world.intake)
    assert world.intake.secrets.draft_key(row.key_epoch, create=False) is None
    assert await world.house.store.read(outbox.pending) == 0


async def test_a_draft_that_lost_a_message_is_not_handed_in_without_it(world: World) -> None:
    villager = world.villager("a")
    await villager.does(Start(world.card("苇原县水利站")), Said("第一句"), Said("第二句"))
    await villager.does(Chose("anonymous"))
    peer = villager.peer
    await world.house.store.write(lambda tx: drafts.delete_part(tx, peer.channel, peer.tag, 2))
    with pytest.raises(CannotStore):
        await villager.does(Chose("recusal:no"))


async def test_a_key_of_another_team_slipped_in_as_holder_gets_no_addition(world: World) -> None:
    villager = world.villager("a")
    await villager.tells("苇庄镇", "集体鱼塘租金三年没有公开")
    answer = villager.answer
    assert answer is not None
    found = await reading.find_tip(world.intake, bytes.fromhex(answer.state.stretched))
    assert found is not None
    tip = found[0]
    other = next(
        team
        for team in await world.house.store.read(lambda tx: teams.list_teams(tx, tip.round_id))
        if team.id != tip.first_team_id
    )
    theirs = await world.house.store.read(lambda tx: keys.team_keys(tx, tip.round_id, other.id)[0])
    await world.house.store.write(lambda tx: boxes.insert_holder(tx, tip.round_id, tip.id, theirs.id))
    with pytest.raises(CannotStore):
        await villager.does(Chose("add"), Said("还有一件"), Chose("done"))


async def test_a_key_signed_for_another_tip_gets_no_addition(world: World) -> None:
    villager = world.villager("a")
    await villager.tells("苇庄镇", "集体鱼塘租金三年没有公开")
    answer = villager.answer
    assert answer is not None
    found = await reading.find_tip(world.intake, bytes.fromhex(answer.state.stretched))
    assert found is not None
    tip = found[0]
    mine = await world.house.store.read(lambda tx: keys.team_keys(tx, tip.round_id, tip.first_team_id)[0])
    odd = replace(mine, id=keys.KeyId(b"\x07" * 16), generation=9, tip_id=tip.id, kind=keys.KeyKind.SUBSET)

    def slip_in(tx: keys.Tx) -> None:
        keys.insert_key(tx, odd)
        boxes.insert_holder(tx, tip.round_id, tip.id, odd.id)

    await world.house.store.write(slip_in)
    with pytest.raises(CannotStore):
        await villager.does(Chose("add"), Said("还有一件"), Chose("done"))
