"""The next key of a team: given to those who held the last one, taken back by nobody, never the office's choice."""

import sqlite3

import pytest

from domain.errors import CannotStore, Reason, Refused
from domain.ids import KeyId, TeamId, new_id
from domain.rounds import Role
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.locking.keyring import team_key
from handlers.desk.locking.recusing import recuse
from handlers.desk.moves.notes import note
from handlers.desk.moves.transferring import transfer
from handlers.desk.team.key_holders import grant_key, read_team
from handlers.intake import submission
from handlers.office.keys import opening_keys, removing, rotating
from handlers.people import roster
from storage.intake import boxes
from storage.people import keys, members
from storage.people.members import Membership
from tests.handlers.desk.leaver import Leaver, joined, outdated, put_out, served
from tests.handlers.desk.side import WORDS, Told, tell, words_of
from tests.world import World

AFTER = "后来才写的话"


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


async def test_the_office_makes_nobody_a_reader_by_changing_a_key(told: Told) -> None:
    """Whoever was never given the team's key by a holder is not given the next one by the director."""
    world = told.world
    (_, fang), (_, zhou) = await world.sign_in("fang"), await world.sign_in("zhou")
    spy = await joined(world, zhou.teams[0])
    await put_out(world, "tang")
    await told.adds(AFTER)
    reader = Leaver(world, spy)
    await reader.looks()
    assert reader.opened == set()
    with pytest.raises(Refused) as caught:
        await told.opened(spy)
    assert caught.value.detail == "no-key"
    assert fang.member_id != spy.member_id
    await grant_key(world.desk, zhou, zhou.teams[0], spy.member_id)
    shown = words_of(await told.opened(spy))
    assert WORDS in shown, "a colleague gives all generations"
    assert AFTER in shown


async def test_a_member_without_the_new_key_is_told_to_ask_for_it(told: Told) -> None:
    world = told.world
    _, heyu = await world.sign_in("heyu")
    await put_out(world, "tang")
    key = await served(world, heyu.teams[0])
    with sqlite3.connect(world.data / "msx.db") as rows:
        rows.execute('DELETE FROM "grant" WHERE key_id = ? AND holder_key_id = ?', (key.id, heyu.key_id))
    rows.close()
    with pytest.raises(Refused) as caught:
        await told.opened(heyu)
    assert caught.value.detail == "no-key"
    page = await read_team(world.desk, heyu, heyu.teams[0])
    assert [one.has_key for one in page.colleagues if one.member_id == heyu.member_id] == [False]
    assert not page.can_grant


async def test_neither_half_goes_back_to_the_key_of_before(told: Told) -> None:
    """Whoever writes to the database makes the older key the tip's holder again."""
    world = told.world
    _, zhou = await world.sign_in("zhou")
    old = await served(world, zhou.teams[0])
    leaver = await put_out(world, "tang")
    with sqlite3.connect(world.data / "msx.db") as rows:
        rows.execute("UPDATE holder SET key_id = ?", (old.id,))
    rows.close()
    with pytest.raises(CannotStore):
        await told.adds(AFTER)
    with pytest.raises(Refused) as caught:
        await note(world.desk, zhou, told.id, AFTER)
    assert caught.value.detail == "lock-differs"
    with sqlite3.connect(world.data / "msx.db") as rows:
        rows.execute("DELETE FROM key WHERE generation = 2 AND kind = 'team'")
        rows.execute('DELETE FROM "grant" WHERE key_id NOT IN (SELECT id FROM key)')
    rows.close()
    villager = world.villager("another")
    with pytest.raises(CannotStore):
        await villager.tells("苇庄镇", AFTER)
    with pytest.raises(Refused) as caught:
        await note(world.desk, zhou, told.id, AFTER)
    assert caught.value.detail == "lock-differs"
    await leaver.looks()
    assert not leaver.reads(AFTER)


async def test_a_tip_sealed_to_the_key_of_before_is_sealed_again(world: World) -> None:
    """The key changes between the moment a tip is sealed and the moment it is stored."""
    villager = world.villager("slow")
    await villager.does(Start(world.card("苇庄镇")), Said(WORDS))
    for choice in ("done", "skip", "anonymous", "recusal:no"):
        answer = await villager.does(Chose(choice))
    late = await submission.submit(world.intake, answer.state, answer.parts, villager.peer)
    await put_out(world, "tang")
    with pytest.raises(Refused) as caught:
        await world.house.store.write(lambda tx: [write(tx) for write in late.writes])
    assert caught.value.reason is Reason.STALE
    assert (await villager.does(Chose("submit"))).state.step == "receipt"


async def test_the_key_a_tip_is_passed_on_to_is_the_present_one(told: Told) -> None:
    world = told.world
    (_, zhou), (_, shen) = await world.sign_in("zhou"), await world.sign_in("shen")
    await put_out(world, "lu")
    await transfer(world.desk, zhou, told.id, await told.version(zhou), shen.teams[0])
    held = await world.house.store.read(lambda tx: boxes.list_holders(tx, world.made.round_id, told.id))
    assert held == [(await served(world, shen.teams[0])).id]
    assert (await served(world, shen.teams[0])).generation == 2


async def test_the_last_holder_may_be_put_out_and_the_team_begins_anew(told: Told) -> None:
    world = told.world
    _, zhou = await world.sign_in("zhou")
    team_id = zhou.teams[0]
    spare = await joined(world, team_id)
    for login in ("tang", "heyu"):
        await put_out(world, login)
    assert (await served(world, team_id)).generation == 3
    leaver = await put_out(world, "zhou")
    fresh = await tell(world, words=AFTER, name="another")
    await leaver.looks()
    assert not leaver.reads(AFTER)
    assert AFTER in words_of(await fresh.opened(spare))
    assert await outdated(world) == []


async def test_the_office_does_not_choose_who_reads_the_recusal_queue(world: World) -> None:
    (_, fang), (_, jiang), (_, gu) = [await world.sign_in(login) for login in ("fang", "jiang", "gu")]
    team_id = jiang.teams[0]
    # No page gives such a seat; the one who holds the database could write it.
    seat = Membership(gu.member_id, gu.office_id, team_id, Role.INSPECTOR, world.clock().date())
    await world.house.store.write(lambda tx: members.insert_membership(tx, seat))
    await put_out(world, "jiang")
    with pytest.raises(Refused) as caught:
        await put_out(world, "tian")
    assert caught.value.detail == "recusal-alone"
    await rotating.rotate(world.desk, fang, team_id)
    made = await served(world, team_id)
    assert made.generation == 3, "once for jiang, and once by hand"
    _, tian = await world.sign_in("tian")
    given = await world.house.store.read(lambda tx: keys.grants_of(tx, made.id))
    assert [one.holder_key_id for one in given] == [tian.key_id]


async def test_a_team_that_begins_anew_lets_nobody_in_who_was_recused_from_what_it_has(told: Told) -> None:
    world = told.world
    (_, zhou), (_, tang), (_, shen) = [await world.sign_in(login) for login in ("zhou", "tang", "shen")]
    _, fang = await world.sign_in("fang")
    await recuse(world.desk, zhou, told.id, tang.member_id)
    await transfer(world.desk, zhou, told.id, await told.version(zhou), shen.teams[0])
    await roster.give_role(world.desk, fang, tang.member_id, Role.INSPECTOR, shen.teams[0])
    for login in ("lu", "shen"):
        await put_out(world, login)
    assert await outdated(world) != []
    await told.adds(AFTER)
    recused = Leaver(world, tang)
    await recused.looks()
    assert recused.opened == set()


async def test_a_director_whose_office_key_was_swapped_puts_out_without_a_new_key(told: Told) -> None:
    world = told.world
    (_, fang), (_, tang) = await world.sign_in("fang"), await world.sign_in("tang")
    office_key, _ = await opening_keys.office_signer(world.desk, fang)
    with sqlite3.connect(world.data / "msx.db") as rows:
        rows.execute("UPDATE key SET verify = ? WHERE id = ?", (b"\x01" * 32, office_key.id))
    rows.close()
    await put_out(world, "tang")
    with pytest.raises(Refused):
        await rotating.rotate(world.desk, fang, tang.teams[0])
    assert (await served(world, tang.teams[0])).generation == 1
    assert len(await outdated(world)) == 1


async def test_changing_a_key_twice_at_once_changes_it_once(told: Told) -> None:
    world = told.world
    (_, fang), (_, zhou) = await world.sign_in("fang"), await world.sign_in("zhou")
    found = await world.house.store.read(lambda tx: rotating.served_keys(tx, world.desk, fang))
    mine = [one for one in found if one.team.id == zhou.teams[0]]
    fresh = await rotating.make_fresh(world.desk, fang, mine)
    await rotating.rotate(world.desk, fang, zhou.teams[0])
    with pytest.raises(Refused) as caught:
        await world.house.store.write(lambda tx: rotating.enter_fresh(tx, world.desk, fang, fresh))
    assert caught.value.reason is Reason.STALE
    held = await team_key(world.desk, zhou, world.made.round_id, zhou.teams[0])
    assert held.key.generation == 2
    assert KeyId(held.key.id) != fresh[0].key.id


async def test_a_team_without_anybody_to_hold_it_gets_no_new_key(world: World) -> None:
    (_, fang), (_, zhou) = await world.sign_in("fang"), await world.sign_in("zhou")
    team_id = zhou.teams[0]
    for login in ("tang", "heyu", "zhou"):
        await put_out(world, login)
    before = (await served(world, team_id)).generation
    with pytest.raises(Refused) as caught:
        await rotating.rotate(world.desk, fang, team_id)
    assert (caught.value.reason, caught.value.detail) == (Reason.WRONG_STATE, "nobody-left")
    assert (await served(world, team_id)).generation == before
    with pytest.raises(Refused) as caught:
        await rotating.rotate(world.desk, fang, TeamId(new_id()))
    assert caught.value.reason is Reason.UNKNOWN


async def test_a_director_who_was_not_given_the_offices_key_puts_out_and_changes_no_key(told: Told) -> None:
    world = told.world
    (_, fang), (_, qiao), (_, tang) = [await world.sign_in(login) for login in ("fang", "qiao", "tang")]
    await roster.give_role(world.desk, fang, qiao.member_id, Role.DIRECTOR, None)
    _, new = await world.sign_in("qiao")
    with pytest.raises(Refused) as caught:
        await rotating.rotate(world.desk, new, tang.teams[0])
    assert (caught.value.reason, caught.value.detail) == (Reason.NOT_ALLOWED, "no-office-key")
    await removing.disable(world.desk, new, tang.member_id)
    assert (await served(world, tang.teams[0])).generation == 1
    assert len(await outdated(world)) == 1
