"""Invites, passwords and second factors: each key works for its owner, once, and for a while."""

from datetime import timedelta

import pytest

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import Role
from handlers.desk.locking import keyring
from handlers.office.keys import removing
from handlers.people import accounts, roster, sessions
from handlers.people.throttle import FREE, Throttle
from storage.office import offices, teams
from storage.people import audit, members
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
    assert await sessions.load_session(world.desk, cookie) is None, "a session of before does not come back"


async def test_the_latest_link_is_the_only_one_that_works(world: World) -> None:
    (_, fang), (_, tang) = await world.sign_in("fang"), await world.sign_in("tang")
    links = [await roster.invite_again(world.desk, fang, tang.member_id) for _ in range(2)]
    assert (await refused(Newcomer(world, links[0], Throttle()).accept())).reason is Reason.UNKNOWN
    assert await Newcomer(world, links[1], Throttle()).accept()


async def test_the_link_of_somebody_who_was_put_out_lets_nobody_in(newcomer: Newcomer) -> None:
    world, (_, fang) = newcomer.world, await newcomer.world.sign_in("fang")
    known = await world.house.store.read(lambda tx: members.member_by_login(tx, fang.office_id, "lin"))
    assert known is not None
    await removing.disable(world.desk, fang, known.id)
    assert (await refused(accounts.invitation(world.desk, newcomer.token))).reason is Reason.UNKNOWN
    assert (await refused(newcomer.accept())).reason is Reason.UNKNOWN


async def test_one_ends_ones_own_sessions_and_nobody_elses(world: World) -> None:
    (here, zhou), (there, other) = await world.sign_in("zhou"), await world.sign_in("zhou")
    theirs, tang = await world.sign_in("tang")
    listed = await accounts.my_sessions(world.desk, zhou)
    assert {one.id for one in listed if one.current} == {zhou.token_hash}
    assert {one.id for one in listed if not one.current} >= {other.token_hash}
    for foreign in (tang.token_hash, b"no such session"):
        assert (await refused(accounts.end_session(world.desk, zhou, foreign))).reason is Reason.UNKNOWN
    await accounts.end_session(world.desk, zhou, other.token_hash)
    alive = [await sessions.load_session(world.desk, cookie) is not None for cookie in (here, there, theirs)]
    assert alive == [True, False, True]


async def test_only_who_knows_the_old_password_sets_a_new_one_and_it_is_noted(world: World) -> None:
    throttle, (_, zhou) = Throttle(), await world.sign_in("zhou")

    async def noted() -> int:
        lines = await world.house.store.read(lambda tx: audit.lines_about(tx, zhou.office_id, "member", zhou.member_id))
        return [(line.entry.act, line.entry.member_id) for line in lines].count(("password", zhou.member_id))

    wrong = await refused(accounts.change_password(world.desk, throttle, zhou, NEW_PASSWORD, NEW_PASSWORD))
    assert (wrong.reason, wrong.detail) == (Reason.BAD_SIGN_IN, "old-password")
    weak = await refused(accounts.change_password(world.desk, throttle, zhou, PASSWORD, "fourteen chars"))
    assert weak.detail == "password-short"
    assert await noted() == 0
    await accounts.change_password(world.desk, throttle, zhou, PASSWORD, NEW_PASSWORD)
    assert await noted() == 1
    for _ in range(FREE):
        tried = await refused(accounts.change_password(world.desk, throttle, zhou, PASSWORD, NEW_PASSWORD))
        assert tried.reason is Reason.BAD_SIGN_IN, "what was tried before the change is forgotten"
    assert (await refused(accounts.change_password(world.desk, throttle, zhou, PASSWORD, "x"))).reason is (
        Reason.THROTTLED
    )
