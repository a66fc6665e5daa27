"""Somebody who was put out opens nothing that comes after, with everything they hold; the others notice nothing."""

import sqlite3
from dataclasses import replace

import pytest

from domain.errors import CannotStore, Reason, Refused
from domain.ids import KeyId, TeamId, new_id
from domain.rounds import Role, TeamKind
from domain.tips import Action
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.acting import Wish, act
from handlers.desk.keyring import make_grant, team_key
from handlers.desk.locks import lock_differs
from handlers.desk.notes import note
from handlers.desk.recuse import change_lock, readers_now, recuse
from handlers.desk.relocking import relock
from handlers.desk.standing import stand
from handlers.desk.team import grant_key, key_differs, read_team
from handlers.desk.transferring import transfer
from handlers.intake import submission
from handlers.intake.recipients import subset_statement_of
from handlers.office import opening, removing, rotating
from handlers.people import accounts, roster, sessions
from handlers.people.inviting import Newcomer as Invited
from handlers.people.sessions import Session
from handlers.people.throttle import Throttle
from storage import audit, boxes, keys, recusals, teams
from storage.keys import KeyKind
from tests.handlers.desk_side import WORDS, Told, tell, words_of
from tests.handlers.leaver import Leaver
from tests.handlers.test_people import Newcomer
from tests.world import World
from vault.keys import Seed, new_seed, open_key, public_half, sign_statement

AFTER = "后来才写的话"


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


async def put_out(world: World, login: str, *, by: str = "fang") -> Leaver:
    """Disables a member who had looked at everything before."""
    (_, boss), (_, gone) = await world.sign_in(by), await world.sign_in(login)
    leaver = Leaver(world, gone)
    await leaver.looks()
    await removing.disable(world.desk, boss, gone.member_id)
    return leaver


async def served(world: World, team_id: TeamId) -> keys.Key:
    return (await world.house.store.read(lambda tx: keys.team_keys(tx, world.made.round_id, team_id)))[0]


async def outdated(world: World) -> list[tuple[str, tuple[str, ...]]]:
    _, director = await world.sign_in("fang")
    return [(one.team.name, one.names) for one in await rotating.list_outdated(world.desk, director)]


async def test_a_disabled_member_opens_neither_an_addition_nor_a_new_tip_nor_a_reply(told: Told) -> None:
    world = told.world
    cookie, _ = await world.sign_in("tang")
    leaver = await put_out(world, "tang")
    assert await sessions.load_session(world.desk, cookie) is None
    assert leaver.reads(WORDS)
    await told.adds(AFTER + "一")
    fresh = await tell(world, words=AFTER + "二", name="another")
    _, zhou = await world.sign_in("zhou")
    await note(world.desk, zhou, told.id, AFTER + "三")
    await act(world.desk, zhou, told.id, Wish(Action.REPLY, await told.version(zhou), words=AFTER + "四"))
    await leaver.looks()
    assert not leaver.reads(AFTER)
    for login in ("zhou", "heyu"):
        _, there = await world.sign_in(login)
        shown = words_of(await told.opened(there)) + words_of(await fresh.opened(there))
        assert all(words in shown for words in (WORDS, *(AFTER + which for which in "一二三四")))
        assert not await key_differs(world.desk, there, there.teams[0])
        assert not await lock_differs(world.desk, there, await stand(world.desk, there, told.id))
    assert [one.text for one in await told.news()] == [AFTER + "四"]
    assert await outdated(world) == []


async def test_letters_of_the_older_key_stay_readable_on_both_sides(told: Told) -> None:
    world = told.world
    _, zhou = await world.sign_in("zhou")
    await act(world.desk, zhou, told.id, Wish(Action.REPLY, await told.version(zhou), words="先前的话"))
    await put_out(world, "tang")
    await act(world.desk, zhou, told.id, Wish(Action.REPLY, await told.version(zhou), words="后来的话"))
    assert [one.text for one in await told.news()] == ["先前的话", "后来的话"]
    shown = words_of(await told.opened(zhou))
    assert "先前的话" in shown
    assert "后来的话" in shown


async def test_every_team_of_theirs_gets_a_new_key_and_no_other(world: World) -> None:
    _, heyu = await world.sign_in("heyu")  # a liaison, who also holds what could not be routed
    await put_out(world, "heyu")
    listed = await world.house.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    changed = {team.id for team in listed if (await served(world, team.id)).generation == 2}
    assert changed == set(heyu.teams)
    assert len(changed) == 2
    lines = await world.house.store.read(lambda tx: audit.list_lines(tx, heyu.office_id))
    assert [line.entry.act for line in lines].count("rotate") == 2


async def test_one_who_was_taken_out_of_the_team_keeps_their_sign_in_and_loses_what_comes(told: Told) -> None:
    world = told.world
    (cookie, tang), (_, fang) = await world.sign_in("tang"), await world.sign_in("fang")
    leaver = Leaver(world, tang)
    await leaver.looks()
    await removing.take_out(world.desk, fang, tang.member_id, tang.teams[0])
    back = await sessions.load_session(world.desk, cookie)
    assert back is not None
    assert back.teams == ()
    with pytest.raises(Refused) as caught:
        await told.opened(back)
    assert caught.value.reason is Reason.UNKNOWN
    await told.adds(AFTER)
    await leaver.looks()
    assert not leaver.reads(AFTER)
    with pytest.raises(Refused) as caught:
        await removing.take_out(world.desk, fang, tang.member_id, tang.teams[0])
    assert caught.value.reason is Reason.UNKNOWN


async def test_a_liaison_taken_out_of_the_team_gives_up_what_could_not_be_routed(world: World) -> None:
    (_, heyu), (_, fang) = await world.sign_in("heyu"), await world.sign_in("fang")
    kinds = {team_id: await kind_of(world, team_id) for team_id in heyu.teams}
    own = next(team_id for team_id, kind in kinds.items() if kind is TeamKind.TEAM)
    await removing.take_out(world.desk, fang, heyu.member_id, own)
    assert (await world.sign_in("heyu"))[1].teams == ()
    assert [(await served(world, team_id)).generation for team_id in kinds] == [2, 2]


async def kind_of(world: World, team_id: TeamId) -> TeamKind:
    return (await world.house.store.read(lambda tx: teams.get_team(tx, team_id))).kind


async def test_a_seat_taken_today_ends_today(world: World) -> None:
    (_, tang), (_, shen), (_, fang) = [await world.sign_in(login) for login in ("tang", "shen", "fang")]
    await accounts.add_role(world.desk, by=fang.member_id, office_id=fang.office_id, member_id=tang.member_id,
                            role=Role.INSPECTOR, team_id=shen.teams[0])  # fmt: skip
    await removing.take_out(world.desk, fang, tang.member_id, shen.teams[0])
    assert shen.teams[0] not in (await world.sign_in("tang"))[1].teams


async def test_a_clerk_ends_the_sign_in_and_the_director_changes_the_key(told: Told) -> None:
    world = told.world
    cookie, tang = await world.sign_in("tang")
    team_id = tang.teams[0]
    leaver = await put_out(world, "tang", by="qiao")
    assert await sessions.load_session(world.desk, cookie) is None
    assert (await served(world, team_id)).generation == 1
    assert [names for _, names in await outdated(world)] == [(tang.name,)]
    _, zhou = await world.sign_in("zhou")
    assert (await read_team(world.desk, zhou, team_id)).former == (tang.name,)
    (_, clerk), (_, fang) = await world.sign_in("qiao"), await world.sign_in("fang")
    with pytest.raises(Refused) as caught:
        await rotating.rotate(world.desk, clerk, team_id)
    assert caught.value.detail == "director-only"
    await rotating.rotate(world.desk, fang, team_id)
    assert await outdated(world) == []
    assert (await read_team(world.desk, zhou, team_id)).former == ()
    await told.adds(AFTER)
    await leaver.looks()
    assert not leaver.reads(AFTER)
    assert AFTER in words_of(await told.opened(zhou))


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


async def joined(world: World, team_id: TeamId) -> Session:
    """A newcomer of the team who signed in and was given no key."""
    _, fang = await world.sign_in("fang")
    token = await roster.invite(world.desk, fang, Invited("newhand", "新来", Role.INSPECTOR, team_id))
    newcomer = Newcomer(world, token, Throttle())
    half = await newcomer.accept()
    cookie = await sessions.confirm_code(world.desk, newcomer.throttle, half, await newcomer.code(half))
    full = await sessions.load_session(world.desk, cookie)
    assert full is not None
    return full


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

    def slip_in(tx: boxes.Tx) -> None:
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


async def test_an_addition_that_is_being_written_is_sealed_to_the_new_key(told: Told) -> None:
    world = told.world
    villager = world.villager("adding")
    for event in (Chose("progress"), Said(told.code), Chose("add"), Said(AFTER)):
        await villager.does(event)
    leaver = await put_out(world, "tang")
    await villager.does(Chose("done"))
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
    await accounts.add_role(world.desk, by=fang.member_id, office_id=fang.office_id, member_id=gu.member_id,
                            role=Role.INSPECTOR, team_id=team_id)  # fmt: skip
    for login in ("jiang", "tian"):
        await put_out(world, login)
    assert (await served(world, team_id)).generation == 2, "once for tian, and then there was nobody"
    assert len(await outdated(world)) == 1
    with pytest.raises(Refused) as caught:
        await rotating.rotate(world.desk, fang, team_id)
    assert caught.value.detail == "nobody-left"


async def test_a_team_that_begins_anew_lets_nobody_in_who_was_recused_from_what_it_has(told: Told) -> None:
    world = told.world
    (_, zhou), (_, tang), (_, shen) = [await world.sign_in(login) for login in ("zhou", "tang", "shen")]
    _, fang = await world.sign_in("fang")
    await recuse(world.desk, zhou, told.id, tang.member_id)
    await transfer(world.desk, zhou, told.id, await told.version(zhou), shen.teams[0])
    await accounts.add_role(world.desk, by=fang.member_id, office_id=fang.office_id, member_id=tang.member_id,
                            role=Role.INSPECTOR, team_id=shen.teams[0])  # fmt: skip
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
    office_key, _ = await opening.office_signer(world.desk, fang)
    with sqlite3.connect(world.data / "msx.db") as rows:
        rows.execute("UPDATE key SET verify = ? WHERE id = ?", (b"\x01" * 32, office_key.id))
    rows.close()
    await put_out(world, "tang")
    with pytest.raises(Refused):
        await rotating.rotate(world.desk, fang, tang.teams[0])
    assert (await served(world, tang.teams[0])).generation == 1
    assert len(await outdated(world)) == 1


async def test_nobody_puts_themselves_out_and_a_clerk_no_director(world: World) -> None:
    (_, fang), (_, clerk) = await world.sign_in("fang"), await world.sign_in("qiao")
    for by, whom, detail in ((fang, fang, "yourself"), (clerk, fang, "director-only")):
        with pytest.raises(Refused) as caught:
            await removing.disable(world.desk, by, whom.member_id)
        assert caught.value.detail == detail
    with pytest.raises(Refused) as caught:
        await rotating.rotate(world.desk, fang, TeamId(b"\x07" * 16))
    assert caught.value.reason is Reason.UNKNOWN


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
