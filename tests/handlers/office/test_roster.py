"""Which seats the office may give and take, and what of them is a director's alone."""

import pytest

from domain.ids import TeamId, new_id
from domain.rounds import Role, RoundState, TeamKind
from handlers.people import roster, trail
from handlers.people.inviting import Newcomer
from storage.office import rounds
from storage.people import audit, members
from storage.store import Tx
from tests.handlers.office.elsewhere import theirs
from tests.handlers.office.plan_side import refusal
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
