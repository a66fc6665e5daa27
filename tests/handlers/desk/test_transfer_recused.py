"""A recusal stays in force when the tip goes to another team, whoever joins that team."""

from dataclasses import replace

import pytest

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import Role
from handlers.desk.locking.recusing import recuse
from handlers.desk.team.key_holders import grant_key
from handlers.people import roster
from handlers.people.sessions import Session
from tests.handlers.desk.handing import OURS, THEIRS, hand, refusal
from tests.handlers.desk.side import WORDS, Told, opened_with_everything, tell, words_of
from tests.world import World


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


async def test_a_recused_member_is_not_let_in_by_way_of_another_team(told: Told) -> None:
    world = told.world
    (_, zhou), (_, tang), (_, shen), (_, fang) = [await world.sign_in(x) for x in (OURS, "tang", THEIRS, "fang")]
    await recuse(world.desk, zhou, told.id, tang.member_id)
    await roster.give_role(world.desk, fang, tang.member_id, Role.INSPECTOR, shen.teams[0])
    with pytest.raises(Refused) as caught:
        await hand(told, zhou, shen.teams[0])
    assert (caught.value.reason, caught.value.detail) == (Reason.NOT_ALLOWED, "recused-there")
    assert WORDS in words_of(await told.opened(zhou))


async def test_whoever_was_recused_and_joins_the_new_team_later_opens_it_no_more_than_before(told: Told) -> None:
    world = told.world
    other = await tell(world, "青坪乡", name="another")
    (_, zhou), (_, tang), (_, shen), (_, fang) = [await world.sign_in(x) for x in (OURS, "tang", THEIRS, "fang")]
    await recuse(world.desk, zhou, told.id, tang.member_id)
    await hand(told, zhou, shen.teams[0])
    await roster.give_role(world.desk, fang, tang.member_id, Role.INSPECTOR, shen.teams[0])
    await grant_key(world.desk, shen, shen.teams[0], tang.member_id)
    _, tang = await world.sign_in("tang")
    assert await refusal(told, tang) == (Reason.NOT_ALLOWED, "recused")
    assert await everything_of(told, tang) == []
    assert WORDS in words_of(await told.opened(shen))
    assert WORDS in words_of(await other.opened(tang)), "the rest of that team's tips they read as everybody does"
    await told.adds("还有一件")
    assert await everything_of(told, tang) == []


async def everything_of(told: Told, session: Session) -> list[bytes]:
    """What opens with the keys of every team the member sits in."""
    return [
        one for team_id in session.teams for one in await opened_with_everything(told, replace_team(session, team_id))
    ]


def replace_team(session: Session, team_id: TeamId) -> Session:
    return replace(session, seats=tuple(seat for seat in session.seats if seat.team_id == team_id))
