"""Somebody who was put out opens nothing that comes after, with everything they hold; the others notice nothing."""

import pytest

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import Role, TeamKind
from domain.tips import Action
from handlers.conversation.events import Chose, Said
from handlers.desk.locking.locks import lock_differs
from handlers.desk.locking.standing import stand
from handlers.desk.moves.acting import Wish, act
from handlers.desk.moves.notes import note
from handlers.desk.team.key_holders import key_differs, read_team
from handlers.office.keys import removing, rotating
from handlers.people import roster, sessions
from storage.office import teams
from storage.people import audit
from tests.handlers.desk.leaver import Leaver, outdated, put_out, served
from tests.handlers.desk.side import WORDS, Told, tell, words_of
from tests.world import World

AFTER = "后来才写的话"


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


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


async def test_a_liaison_of_two_teams_keeps_what_could_not_be_routed_until_the_last_of_them(world: World) -> None:
    (_, heyu), (_, shen), (_, fang) = [await world.sign_in(login) for login in ("heyu", "shen", "fang")]
    kinds = {team_id: await kind_of(world, team_id) for team_id in heyu.teams}
    own = next(team_id for team_id, kind in kinds.items() if kind is TeamKind.TEAM)
    unrouted = next(team_id for team_id, kind in kinds.items() if kind is TeamKind.UNROUTED)
    (second,) = [team_id for team_id in shen.teams if await kind_of(world, team_id) is TeamKind.TEAM]
    await roster.give_role(world.desk, fang, heyu.member_id, Role.LIAISON, second)
    await removing.take_out(world.desk, fang, heyu.member_id, own)
    assert set((await world.sign_in("heyu"))[1].teams) == {second, unrouted}
    await removing.take_out(world.desk, fang, heyu.member_id, second)
    assert (await world.sign_in("heyu"))[1].teams == ()


async def test_what_somebody_handled_who_was_put_out_is_nobodys_again(told: Told) -> None:
    world = told.world
    (_, tang), (_, fang) = await world.sign_in("tang"), await world.sign_in("fang")
    version = (await stand(world.desk, tang, told.id)).work.version
    await act(world.desk, tang, told.id, Wish(Action.CLAIM, version))
    _, zhou = await world.sign_in("zhou")
    assert (await stand(world.desk, zhou, told.id)).work.assignee_id == tang.member_id
    await removing.disable(world.desk, fang, tang.member_id)
    left = (await stand(world.desk, (await world.sign_in("zhou"))[1], told.id)).work
    assert (left.assignee_id, left.claim_until) == (None, None)


async def kind_of(world: World, team_id: TeamId) -> TeamKind:
    return (await world.house.store.read(lambda tx: teams.get_team(tx, team_id))).kind


async def test_a_seat_taken_today_ends_today(world: World) -> None:
    (_, tang), (_, shen), (_, fang) = [await world.sign_in(login) for login in ("tang", "shen", "fang")]
    await roster.give_role(world.desk, fang, tang.member_id, Role.INSPECTOR, shen.teams[0])
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


async def test_an_addition_that_is_being_written_is_sealed_to_the_new_key(told: Told) -> None:
    world = told.world
    villager = world.villager("adding")
    for event in (Chose("progress"), Said(told.code), Chose("add"), Said(AFTER)):
        await villager.does(event)
    leaver = await put_out(world, "tang")
    await villager.does(Chose("done"))
    await leaver.looks()
    assert not leaver.reads(AFTER)


async def test_nobody_puts_themselves_out_and_a_clerk_no_director(world: World) -> None:
    (_, fang), (_, clerk) = await world.sign_in("fang"), await world.sign_in("qiao")
    for by, whom, detail in ((fang, fang, "yourself"), (clerk, fang, "director-only")):
        with pytest.raises(Refused) as caught:
            await removing.disable(world.desk, by, whom.member_id)
        assert caught.value.detail == detail
    with pytest.raises(Refused) as caught:
        await rotating.rotate(world.desk, fang, TeamId(b"\x07" * 16))
    assert caught.value.reason is Reason.UNKNOWN
