"""Invites, passwords and second factors: each key works for its owner, once, and for a while."""

from datetime import timedelta

import pytest

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import Role
from handlers.desk.locking import keyring
from handlers.people import accounts, sessions
from handlers.people.throttle import FREE, Throttle
from storage.office import offices, teams
from tests.handlers.people.newcomer import NEW_PASSWORD, Newcomer
from tests.world import PASSWORD, World


async def first_team(world: World) -> TeamId:
    listed = await world.house.store.read(lambda tx: teams.list_teams(tx, world.made.round_id))
    return listed[0].id


@pytest.fixture
async def newcomer(world: World) -> Newcomer:
    office = await world.house.store.read(offices.only_office)
    _, director = await world.sign_in("fang")
    assert office is not None
    team_id = await first_team(world)
    token = await accounts.invite(
        world.desk, by=director.member_id, office_id=office.id, login="Lin", name="林舟", role=Role.INSPECTOR,
        team_id=team_id,
    )  # fmt: skip
    return Newcomer(world, token, Throttle())


async def refused(work) -> Refused:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        await work
    return caught.value


async def test_an_invite_works_once(newcomer: Newcomer) -> None:
    await newcomer.accept()
    again = await refused(newcomer.accept())
    assert again.reason is Reason.UNKNOWN


async def test_an_invite_ends_after_a_day(newcomer: Newcomer) -> None:
    newcomer.world.clock.forward(hours=24)
    assert (await refused(newcomer.accept())).reason is Reason.UNKNOWN


async def test_a_weak_password_is_refused_and_leaves_the_invite_good(newcomer: Newcomer) -> None:
    assert (await refused(newcomer.accept("fourteen chars"))).detail == "password-short"
    assert (await refused(newcomer.accept("passwordpassword"))).detail == "password-common"
    assert (await newcomer.accept()).name == "林舟"


async def test_a_login_is_taken_once(newcomer: Newcomer) -> None:
    session = await newcomer.accept()
    team_id = session.teams[0]
    twice = accounts.invite(
        newcomer.world.desk, by=None, office_id=session.office_id, login=" LIN ", name="x", role=Role.LEADER,
        team_id=team_id,
    )  # fmt: skip
    assert (await refused(twice)).detail == "login-taken"


async def test_a_code_is_good_once(newcomer: Newcomer) -> None:
    session = await newcomer.accept()
    code = await newcomer.code(session)
    desk, throttle = newcomer.world.desk, newcomer.throttle
    assert await sessions.confirm_code(desk, throttle, session, code)
    cookie = await sessions.sign_in(desk, throttle, "lin", NEW_PASSWORD)
    half = await sessions.load_session(desk, cookie)
    assert half is not None
    assert (await refused(sessions.confirm_code(desk, throttle, half, code))).reason is Reason.BAD_SIGN_IN


async def test_the_second_factor_is_shown_until_its_first_code_only(newcomer: Newcomer) -> None:
    session = await newcomer.accept()
    code = await newcomer.code(session)
    cookie = await sessions.confirm_code(newcomer.world.desk, newcomer.throttle, session, code)
    full = await sessions.load_session(newcomer.world.desk, cookie)
    assert full is not None
    assert full.is_full
    assert full.token_hash != session.token_hash
    assert await sessions.enrolment(newcomer.world.desk, full, "test") is None
    assert await sessions.load_session(newcomer.world.desk, "x" + cookie) is None


async def test_the_password_session_dies_with_the_second_factor(newcomer: Newcomer) -> None:
    desk, throttle = newcomer.world.desk, newcomer.throttle
    cookie = await accounts.accept_invite(desk, throttle, newcomer.token, NEW_PASSWORD)
    half = await sessions.load_session(desk, cookie)
    assert half is not None
    await sessions.confirm_code(desk, throttle, half, await newcomer.code(half))
    assert await sessions.load_session(desk, cookie) is None


async def test_guessing_is_slow_for_one_account_and_nobody_else_waits(world: World) -> None:
    throttle = Throttle()
    for _ in range(FREE):
        assert (await refused(sessions.sign_in(world.desk, throttle, "zhou", "wrong"))).reason is Reason.BAD_SIGN_IN
    assert (await refused(sessions.sign_in(world.desk, throttle, "Zhou ", PASSWORD))).reason is Reason.THROTTLED
    assert await sessions.sign_in(world.desk, throttle, "tang", PASSWORD)
    world.clock.forward(seconds=60)
    assert await sessions.sign_in(world.desk, throttle, "zhou", PASSWORD)


async def test_a_right_password_does_not_reset_the_count_of_wrong_codes(world: World) -> None:
    throttle, seen = Throttle(), set()
    for _ in range(FREE):
        try:
            cookie = await sessions.sign_in(world.desk, throttle, "zhou", PASSWORD)
        except Refused as stopped:
            seen.add(stopped.reason)
            break
        half = await sessions.load_session(world.desk, cookie)
        assert half is not None
        seen.add((await refused(sessions.confirm_code(world.desk, throttle, half, "000000"))).reason)
    assert seen == {Reason.BAD_SIGN_IN, Reason.THROTTLED}


async def test_fifteen_idle_minutes_end_a_session_and_looking_by_itself_does_not_save_it(world: World) -> None:
    cookie, _ = await world.sign_in("zhou")
    for _ in range(3):
        world.clock.forward(minutes=14)
        assert await sessions.load_session(world.desk, cookie)
    world.clock.forward(minutes=10)
    assert await sessions.load_session(world.desk, cookie, touch=False)
    world.clock.forward(minutes=6)
    assert await sessions.load_session(world.desk, cookie) is None


async def test_eight_hours_end_a_session_however_busy(world: World) -> None:
    cookie, _ = await world.sign_in("zhou")
    ends = world.clock() + timedelta(hours=8)
    while world.clock() < ends:
        world.clock.forward(minutes=10)
        alive = await sessions.load_session(world.desk, cookie)
        assert (alive is not None) == (world.clock() <= ends)
    world.clock.forward(minutes=1)
    assert await sessions.load_session(world.desk, cookie) is None


async def test_a_lost_password_costs_the_keys_until_a_colleague_grants_them(world: World) -> None:
    _, director = await world.sign_in("fang")
    cookie, before = await world.sign_in("tang")
    team_id = before.teams[0]
    assert await keyring.keys_for(world.desk, before, team_id)
    token = await accounts.invite_again(
        world.desk, by=director.member_id, office_id=director.office_id, member_id=before.member_id
    )
    assert await sessions.load_session(world.desk, cookie) is None
    after = await Newcomer(world, token, Throttle()).accept()
    assert after.member_id == before.member_id
    assert await keyring.keys_for(world.desk, after, team_id) == []
