"""Which seats the office may give and take, and what of them is a director's alone."""

import pytest

from domain.ids import TeamId, new_id
from domain.rounds import Role, RoundState, TeamKind
from handlers.office.keys import removing
from handlers.people import roster, trail
from handlers.people.inviting import Newcomer
from handlers.people.sessions import Session
from storage.office import rounds
from storage.people import audit, members
from storage.store import Tx
from tests.handlers.office.elsewhere import theirs
from tests.handlers.office.plan_side import refusal
from tests.handlers.office.side import plan_round
from tests.handlers.office.watch_side import session_of, team_id
from tests.world import World


@pytest.mark.parametrize("login", ["qiao", "fang"])
async def test_nobody_is_seated_in_a_queue_or_in_a_team_that_is_not_to_be_had(world: World, login: str) -> None:
    session, tang = await session_of(world, login), (await session_of(world, "tang")).member_id
    of = await theirs(world)
    queues = [await team_id(world, 1, kind) for kind in (TeamKind.RECUSAL, TeamKind.UNROUTED)]
    for n, team in enumerate([*queues, of.team.id, TeamId(new_id())]):
        given = roster.give_role(world.desk, session, tang, Role.LEADER, team)
        assert await refusal(given) == "unknown:"
        newcomer = Newcomer(f"new{n}", "新来的", Role.LEADER, team)
        assert await refusal(roster.invite(world.desk, session, newcomer)) == "unknown:"
    assert [one.role for one in await seats(world, tang)] == [Role.INSPECTOR]


async def test_nobody_is_seated_in_a_team_of_a_closed_round_once_it_is_archived(world: World) -> None:
    fang, tang = await session_of(world, "fang"), (await session_of(world, "tang")).member_id
    second = await team_id(world, 2)

    def close(tx: Tx) -> None:
        version = rounds.get_round(tx, world.made.round_id).version
        rounds.set_round_state(tx, world.made.round_id, RoundState.CLOSED, before=version)

    def archive(tx: Tx) -> None:
        trail.note(
            tx, world.desk, trail.Deed(fang.office_id, fang.member_id, audit.ARCHIVED, "round", world.made.round_id)
        )

    await world.house.store.write(close)
    await roster.give_role(world.desk, fang, tang, Role.INSPECTOR, second)
    await world.house.store.write(archive)
    third = await team_id(world, 3)
    assert await refusal(roster.give_role(world.desk, fang, tang, Role.INSPECTOR, third)) == "unknown:"


async def seats(world: World, member_id: bytes) -> list[members.Membership]:
    today = world.clock().date()
    return await world.house.store.read(lambda tx: members.memberships_of(tx, member_id, today))  # type: ignore[arg-type]


async def test_a_role_that_is_not_held_is_not_taken(world: World) -> None:
    fang, tang = await session_of(world, "fang"), (await session_of(world, "tang")).member_id
    for role in (Role.CLERK, Role.INSPECTOR):  # the second one has a team: it ends with the seat there
        assert await refusal(roster.take_role(world.desk, fang, tang, role)) == "unknown:"
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, fang.office_id, "member", tang))
    assert "take-role" not in {one.entry.act for one in lines}
    assert [one.role for one in await seats(world, tang)] == [Role.INSPECTOR]


async def test_a_clerk_gives_a_new_link_and_no_new_second_factor(world: World) -> None:
    qiao, tang = await session_of(world, "qiao"), (await session_of(world, "tang")).member_id
    asked = roster.invite_again(world.desk, qiao, tang, new_phone=True)
    assert await refusal(asked) == "not-allowed:director-only"
    assert (await world.house.store.read(lambda tx: members.get_member(tx, tang))).is_enrolled
    assert await roster.invite_again(world.desk, qiao, tang)


async def test_a_role_of_a_team_needs_a_team_and_one_of_the_office_none(world: World) -> None:
    fang, tang = await session_of(world, "fang"), (await session_of(world, "tang")).member_id
    second = await team_id(world, 2)
    for role, team in ((Role.INSPECTOR, None), (Role.CLERK, second), (Role.CUSTODIAN, second)):
        assert await refusal(roster.give_role(world.desk, fang, tang, role, team)) == "bad-input:role"
    assert [one.role for one in await seats(world, tang)] == [Role.INSPECTOR]


async def test_a_clerk_gives_and_takes_no_role_of_their_own_nor_of_whom_a_director_alone_puts_out(world: World) -> None:
    qiao, fang = await session_of(world, "qiao"), await session_of(world, "fang")
    jiang, tang = [(await session_of(world, login)).member_id for login in ("jiang", "tang")]  # jiang: recusal team
    await removing.disable(world.desk, fang, tang)
    second = await team_id(world, 2)
    for whom, detail in ((qiao.member_id, "yourself"), (jiang, "director-only"), (tang, "director-only")):
        before = await seats(world, whom)
        given = roster.give_role(world.desk, qiao, whom, Role.INSPECTOR, second)
        assert await refusal(given) == f"not-allowed:{detail}"
        assert await seats(world, whom) == before
    for whom, role, detail in (
        (qiao.member_id, Role.CLERK, "yourself"), (fang.member_id, Role.DIRECTOR, "director-only"),
    ):  # fmt: skip
        assert await refusal(roster.take_role(world.desk, qiao, whom, role)) == f"not-allowed:{detail}"


async def test_whoever_becomes_a_liaison_also_sits_where_what_could_not_be_routed_lies(world: World) -> None:
    fang, tang = await session_of(world, "fang"), (await session_of(world, "tang")).member_id
    first, second = await team_id(world, 1), await team_id(world, 2)
    unrouted = await team_id(world, 1, TeamKind.UNROUTED)
    await roster.give_role(world.desk, fang, tang, Role.LIAISON, second)
    places = {(one.team_id, one.role) for one in await seats(world, tang)}
    assert places == {(first, Role.INSPECTOR), (second, Role.LIAISON), (unrouted, Role.LIAISON)}
    for login, role, expected in (("a1", Role.LIAISON, {second, unrouted}), ("a2", Role.LEADER, {second})):
        await roster.invite(world.desk, fang, Newcomer(login, "新来的", role, second))
        new = await world.house.store.read(lambda tx, login=login: members.member_by_login(tx, fang.office_id, login))
        assert new is not None
        assert {one.team_id for one in await seats(world, new.id)} == expected


async def test_while_a_round_is_planned_a_clerk_may_put_out_who_is_to_hold_its_recusal_queue(world: World) -> None:
    round_id, qiao = await plan_round(world), await session_of(world, "qiao")
    queue = await team_id(world, 1, TeamKind.RECUSAL, round_id=round_id)
    unrouted = await team_id(world, 1, TeamKind.UNROUTED, round_id=round_id)
    refused = roster.invite(world.desk, qiao, Newcomer("nobody", "没有人", Role.LIAISON, unrouted))
    assert await refusal(refused) == "unknown:", "there liaisons of teams sit, and nobody else"
    await roster.invite(world.desk, qiao, Newcomer("later", "以后的", Role.LEADER, queue))
    new = await world.house.store.read(lambda tx: members.member_by_login(tx, qiao.office_id, "later"))
    assert new is not None
    await removing.disable(world.desk, qiao, new.id)
    after = await world.house.store.read(lambda tx: members.get_member(tx, new.id))
    assert after.state is members.MemberState.DISABLED


async def test_of_two_directors_who_put_each_other_out_at_once_one_stays(world: World) -> None:
    fang, qiao = await session_of(world, "fang"), await session_of(world, "qiao")

    async def second() -> Session:
        await roster.give_role(world.desk, fang, qiao.member_id, Role.DIRECTOR, None)
        return await session_of(world, "qiao")

    asking = await second()  # a request that was let in a moment before
    await roster.take_role(world.desk, fang, qiao.member_id, Role.DIRECTOR)
    for late in (
        roster.take_role(world.desk, asking, fang.member_id, Role.DIRECTOR),
        removing.disable(world.desk, asking, fang.member_id),
        roster.invite_again(world.desk, asking, fang.member_id, new_phone=True),
    ):
        assert await refusal(late) == "not-allowed:director-only"
    asking = await second()
    await removing.disable(world.desk, fang, qiao.member_id)
    assert await refusal(removing.disable(world.desk, asking, fang.member_id)) == "not-allowed:director-only"
    assert await session_of(world, "fang")
