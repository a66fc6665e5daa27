"""The office's signing key: a director who holds it gives it to another one, and the office hears who lacks it."""

import pytest

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import Role
from handlers.office.keys import rotating
from handlers.office.keys.sharing import Signing, give_office_key, read_signing
from handlers.office.watch.alerts import Alerts, Trouble
from handlers.people import roster
from handlers.people.accounts import accept_invite, let_director_in_again
from handlers.people.inviting import Newcomer
from handlers.people.sessions import Session
from handlers.people.throttle import Throttle
from storage.people import audit
from tests.world import World


@pytest.fixture
async def fang(world: World) -> Session:
    return (await world.sign_in("fang"))[1]


@pytest.fixture
async def second(world: World, fang: Session) -> Session:
    """qiao, a director only after the key was made."""
    _, clerk = await world.sign_in("qiao")
    await roster.give_role(world.desk, fang, clerk.member_id, Role.DIRECTOR, None)
    return (await world.sign_in("qiao"))[1]


async def refusal(world: World, by: Session, to: Session) -> tuple[Reason, str]:
    with pytest.raises(Refused) as caught:
        await give_office_key(world.desk, by, to.member_id)
    return caught.value.reason, caught.value.detail


async def lacking(world: World, by: Session) -> list[object]:
    found = await Alerts().get(world.desk, by)
    return [one.args["name"] for one in found if one.trouble is Trouble.SIGNING]


async def test_a_director_who_was_given_the_key_signs_like_the_first(
    world: World, fang: Session, second: Session
) -> None:
    team_id: TeamId = (await world.sign_in("zhou"))[1].teams[0]
    assert await read_signing(world.desk, fang, second.member_id) == Signing(has_key=False, can_give=True)
    await give_office_key(world.desk, fang, second.member_id)
    await give_office_key(world.desk, fang, second.member_id)
    await rotating.rotate(world.desk, second, team_id)
    assert await read_signing(world.desk, fang, second.member_id) == Signing(has_key=True, can_give=False)
    lines = await world.house.store.read(lambda tx: audit.list_lines(tx, fang.office_id))
    given = [one.entry for one in lines if one.entry.act == "give-office-key"]
    assert [(one.member_id, one.object_id) for one in given] == [(fang.member_id, second.member_id)], "once"


async def test_nobody_else_gives_it_and_nobody_else_gets_it(world: World, fang: Session, second: Session) -> None:
    _, zhou = await world.sign_in("zhou")
    assert await refusal(world, second, second) == (Reason.NOT_ALLOWED, "no-office-key")
    assert await refusal(world, zhou, second) == (Reason.NOT_ALLOWED, "director-only")
    assert (await refusal(world, fang, zhou))[0] is Reason.UNKNOWN
    await roster.take_role(world.desk, fang, second.member_id, Role.DIRECTOR)
    assert (await refusal(world, fang, second))[0] is Reason.UNKNOWN, "a director no more"
    assert await read_signing(world.desk, fang, second.member_id) is None


async def test_the_office_hears_which_director_lacks_it_until_they_have_it(
    world: World, fang: Session, second: Session
) -> None:
    assert await lacking(world, fang) == ["乔木"]
    await give_office_key(world.desk, fang, second.member_id)
    assert await lacking(world, fang) == []


async def test_a_director_let_in_again_lacks_it_until_the_other_one_gives_it(
    world: World, fang: Session, second: Session
) -> None:
    await give_office_key(world.desk, fang, second.member_id)
    token = await let_director_in_again(world.desk, "fang", new_phone=True)
    assert await lacking(world, second) == [], "no director yet who could use it"
    await accept_invite(world.desk, Throttle(), token, "ten grey carp below the stone bridge")
    assert await read_signing(world.desk, second, fang.member_id) is None, "the second factor is not confirmed yet"


async def test_the_machine_lets_in_directors_alone(world: World, fang: Session) -> None:
    newcomer = Newcomer("linxiuying", "林秀英", Role.DIRECTOR)
    await roster.invite(world.desk, fang, newcomer)
    assert await let_director_in_again(world.desk, "linxiuying", new_phone=False)
    assert await let_director_in_again(world.desk, " LinXiuYing ", new_phone=False), "as typed at the sign-in"
    for login in ("qiao", "zhou", "nobody"):
        with pytest.raises(Refused) as caught:
            await let_director_in_again(world.desk, login, new_phone=False)
        assert caught.value.reason is Reason.UNKNOWN
