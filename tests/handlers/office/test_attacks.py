"""What the office might try with its own screens: to learn of letters about itself, or to bury them."""

import pytest
from sqlalchemy import update

from bot.demo.county import activate
from domain.errors import Refused
from domain.ids import MemberId, UnitId
from domain.rounds import Role, TeamKind
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.team import key_holders as desk_team
from handlers.office.keys import removing
from handlers.office.plan import units as plan_units
from handlers.people import roster, sessions
from handlers.people.inviting import Newcomer
from handlers.people.sessions import Session
from handlers.people.throttle import Throttle
from storage.office import units
from storage.people import audit, members
from storage.schema.people import key as key_table
from storage.store import Tx
from tests.handlers.office.plan_side import planner, refusal
from tests.handlers.office.side import custodian
from tests.handlers.office.watch_side import WORDS, session_of, team_id
from tests.world import PASSWORD, World
from vault.keys import new_seed, public_half


async def id_of(world: World, login: str) -> MemberId:
    office_id = (await session_of(world, "fang")).office_id
    found = await world.house.store.read(lambda tx: members.member_by_login(tx, office_id, login))
    assert found is not None
    return found.id


async def able(world: World) -> set[str]:
    """Who of the recusal team is there with a key of their own that is not retired."""
    team = await team_id(world, 1, TeamKind.RECUSAL)
    today = world.clock().date()
    there = await world.house.store.read(lambda tx: members.members_of_team(tx, team, today))
    return {one.login for one, _ in there if one.state is members.MemberState.ACTIVE}


# Removing a unit.


async def chosen_by_a_villager(world: World) -> UnitId:
    """A unit that a tip about the team itself names, and that nothing but the tip makes unlike its neighbours."""
    villager = world.villager("of us")
    answer = await villager.does(Start(world.card("苇庄镇")), Said(WORDS), Chose("done"))
    offered = [choice.id for said in answer.spoken for choice in said.choices if choice.id.startswith("unit:")]
    await villager.does(Chose(offered[2]), Chose("anonymous"), Chose("recusal:yes"), Chose("submit"))
    return (await world.house.store.read(lambda tx: units.get_unit(tx, UnitId(bytes.fromhex(offered[2][5:]))))).id


async def test_whether_a_place_can_be_removed_does_not_tell_whether_a_tip_names_it(world: World) -> None:
    clerk = await planner(world)
    assert await fold(world.desk) == []
    named = await chosen_by_a_villager(world)
    await fold(world.desk)

    def villages(tx: Tx) -> list[UnitId]:
        listed = units.list_units(tx, clerk.session.office_id)
        return [one.id for one in listed if one.path.startswith("苇原县/苇庄镇/")]

    answers = {}
    for unit_id in await world.house.store.read(villages):
        answers[unit_id] = await refusal(plan_units.remove_unit(world.desk, clerk.session, unit_id))
    assert named in answers
    assert len(answers) > 1
    assert set(answers.values()) == {"bad-input:plan-unit-used"}


async def test_a_place_added_below_an_inspected_one_cannot_be_removed_and_one_elsewhere_can(world: World) -> None:
    clerk = await planner(world)
    town = await clerk.unit("苇原县/苇庄镇")
    below = await plan_units.add_unit(world.desk, clerk.session, town, name="新村", code="WY0199")
    assert await refusal(plan_units.remove_unit(world.desk, clerk.session, below)) == "bad-input:plan-unit-used"
    apart = await plan_units.add_unit(world.desk, clerk.session, None, name="云岭县", code="YL")
    await plan_units.remove_unit(world.desk, clerk.session, apart)
    left = await plan_units.find(world.desk, clerk.session, "云岭县")
    assert left == []


# Burying the recusal queue.


async def test_a_clerk_neither_resets_nor_puts_out_who_reads_letters_about_the_office(world: World) -> None:
    clerk, team = await session_of(world, "qiao"), await team_id(world, 1, TeamKind.RECUSAL)
    before = await able(world)
    for login in sorted(before):
        member = await id_of(world, login)
        assert await refusal(roster.invite_again(world.desk, clerk, member)) == "not-allowed:director-only"
        assert await refusal(removing.disable(world.desk, clerk, member)) == "not-allowed:director-only"
        assert await refusal(removing.take_out(world.desk, clerk, member, team)) == "not-allowed:director-only"
    assert await able(world) == before


async def test_even_a_director_does_not_end_what_the_last_reader_of_the_recusal_queue_can_open(world: World) -> None:
    director, team = await session_of(world, "fang"), await team_id(world, 1, TeamKind.RECUSAL)
    first, *others = sorted(await able(world))
    assert others
    for login in others:
        await removing.disable(world.desk, director, await id_of(world, login))
    last, alone = await id_of(world, first), "wrong-state:recusal-alone"
    assert await refusal(roster.invite_again(world.desk, director, last)) == alone
    assert await refusal(roster.invite_again(world.desk, director, last, new_phone=True)) == alone
    assert await refusal(removing.disable(world.desk, director, last)) == alone
    assert await refusal(removing.take_out(world.desk, director, last, team)) == alone
    reader = await session_of(world, first)
    assert (await desk_team.read_team(world.desk, reader, team)) is not None


async def test_when_nobody_can_open_a_rounds_letters_any_more_the_last_reader_may_go(world: World) -> None:
    director = await session_of(world, "fang")
    first, *others = sorted(await able(world))
    for login in others:
        await removing.disable(world.desk, director, await id_of(world, login))
    last = await id_of(world, first)
    assert await refusal(removing.disable(world.desk, director, last)) == "wrong-state:recusal-alone"
    world.desk.secrets.destroy_round(world.made.round_id)
    await removing.disable(world.desk, director, last)
    assert await able(world) == set()


async def test_a_reader_who_began_anew_counts_again_once_a_colleague_granted_the_key(world: World) -> None:
    director, team = await session_of(world, "fang"), await team_id(world, 1, TeamKind.RECUSAL)
    first, second = sorted(await able(world))[:2]
    alone, other = "wrong-state:recusal-alone", await id_of(world, first)
    token = await roster.invite_again(world.desk, director, await id_of(world, second), new_phone=True)
    assert await refusal(removing.disable(world.desk, director, other)) == alone
    await accept(world, token)
    assert await refusal(removing.disable(world.desk, director, other)) == alone
    await desk_team.grant_key(world.desk, await session_of(world, first), team, await id_of(world, second))
    await removing.disable(world.desk, director, other)
    assert await able(world) == {second}


async def accept(world: World, token: str) -> Session:
    """They take the link up, with the password of everybody here."""
    return await activate(world.desk, Throttle(), token, PASSWORD)


# A key that is not the member's.


async def swap(world: World, login: str, *, column: str) -> None:
    """Somebody who writes in the database puts a public half of their own there."""
    member, half = await id_of(world, login), public_half(new_seed())
    changed = update(key_table).where(key_table.c.member_id == member).values({column: getattr(half, column)})
    await world.house.store.write(lambda tx: tx.execute(changed))


@pytest.mark.parametrize("column", ["public", "verify"])
async def test_whose_public_key_was_changed_is_not_let_in_and_it_stands_in_the_trail_once(
    world: World, column: str
) -> None:
    member = await id_of(world, "ning")
    assert await sessions.sign_in(world.desk, Throttle(), "ning", PASSWORD)
    await swap(world, "ning", column=column)
    for _ in range(2):
        assert await refusal(sessions.sign_in(world.desk, Throttle(), "ning", PASSWORD)) == "not-allowed:member-key"
    office_id = (await session_of(world, "fang")).office_id
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, office_id, "member", member))
    assert [line.entry.act for line in lines].count("member-key-differs") == 1
    wrong = sessions.sign_in(world.desk, Throttle(), "ning", "not the password at all")
    assert await refusal(wrong) == "bad-sign-in:"  # whoever does not know the password learns nothing of it


# Back in.


async def test_a_clerk_lets_nobody_back_in_who_was_put_out(world: World) -> None:
    director, member = await session_of(world, "fang"), await id_of(world, "tang")
    await removing.disable(world.desk, director, member)
    clerk = await session_of(world, "qiao")
    assert await refusal(roster.invite_again(world.desk, clerk, member)) == "not-allowed:director-only"
    assert await roster.invite_again(world.desk, director, member)


async def test_a_custodian_who_was_put_out_and_replaced_does_not_come_back_as_the_third(world: World) -> None:
    director, ning = await session_of(world, "fang"), await id_of(world, "ning")
    await removing.disable(world.desk, director, ning)
    await custodian(world, "third")
    assert await refusal(roster.invite_again(world.desk, director, ning)) == "bad-input:custodians-full"
    await removing.disable(world.desk, director, await id_of(world, "third"))
    assert await roster.invite_again(world.desk, director, ning)
    fourth = Newcomer("fourth", "第四位", Role.CUSTODIAN)
    with pytest.raises(Refused):
        await roster.invite(world.desk, director, fourth)
