"""回避: a recused member opens nothing with everything they hold; the rest and the reporter go on as before."""

import pytest

from domain.errors import Reason, Refused
from domain.rounds import Role
from domain.tips import Action
from handlers.desk.listing.queue import read_queue
from handlers.desk.listing.views import ViewName
from handlers.desk.locking import recusing
from handlers.desk.locking.keyring import team_key
from handlers.desk.locking.standing import check_holders, stand
from handlers.desk.moves.acting import Wish, act
from handlers.desk.team import key_holders as team
from handlers.desk.tip.thread import open_tip
from handlers.people import accounts, roster, sessions
from handlers.people.sessions import Session
from handlers.people.throttle import Throttle
from storage.desk import recusals
from tests.handlers.desk.side import WORDS, Told, opened_with_everything, tell, words_of
from tests.handlers.people.newcomer import Newcomer
from tests.world import World


@pytest.fixture
async def told(world: World) -> Told:
    return await tell(world)


async def test_a_recused_member_opens_nothing_with_everything_they_hold(told: Told) -> None:
    _, zhou = await told.world.sign_in("zhou")
    _, tang = await told.world.sign_in("tang")
    assert await opened_with_everything(told, tang)
    await recusing.recuse(told.world.desk, zhou, told.id, tang.member_id)
    assert await opened_with_everything(told, tang) == []
    with pytest.raises(Refused) as caught:
        await told.opened(tang)
    assert (caught.value.reason, caught.value.detail) == (Reason.NOT_ALLOWED, "recused")
    row = (await read_queue(told.world.desk, tang, tang.teams[0], ViewName.ALL)).rows[0]
    assert row.header is None


async def test_the_others_and_the_reporter_go_on_as_before(told: Told) -> None:
    world = told.world
    _, zhou = await world.sign_in("zhou")
    _, heyu = await world.sign_in("heyu")
    _, tang = await world.sign_in("tang")
    await act(world.desk, zhou, told.id, Wish(Action.ACCEPT, await told.version(zhou)))
    await recusing.recuse(world.desk, zhou, told.id, tang.member_id)
    await told.adds("还有一件")
    await act(world.desk, heyu, told.id, Wish(Action.ASK, await told.version(heyu), words="在哪一年？"))
    shown = words_of(await told.opened(heyu))
    assert all(words in shown for words in (WORDS, "已经受理", "还有一件", "在哪一年"))
    assert len(await told.news()) == 2
    assert await opened_with_everything(told, tang) == []


async def test_a_second_recusal_leaves_the_first_in_force(told: Told) -> None:
    world = told.world
    _, zhou = await world.sign_in("zhou")
    _, heyu = await world.sign_in("heyu")
    _, tang = await world.sign_in("tang")
    await recusing.recuse(world.desk, zhou, told.id, tang.member_id)
    await act(world.desk, zhou, told.id, Wish(Action.ASK, await told.version(zhou), words="在哪一年？"))
    await recusing.recuse(world.desk, heyu, told.id, heyu.member_id)
    assert WORDS in words_of(await told.opened(zhou))
    assert await opened_with_everything(told, tang) == []
    assert await opened_with_everything(told, heyu) == []
    assert len(await told.news()) == 1
    with pytest.raises(Refused) as caught:
        await recusing.recuse(world.desk, zhou, told.id, zhou.member_id)
    assert caught.value.detail == "last-reader"


async def test_an_inspector_recuses_nobody_but_themselves(told: Told) -> None:
    _, zhou = await told.world.sign_in("zhou")
    _, tang = await told.world.sign_in("tang")
    with pytest.raises(Refused) as caught:
        await recusing.recuse(told.world.desk, tang, told.id, zhou.member_id)
    assert caught.value.reason is Reason.NOT_ALLOWED
    await recusing.recuse(told.world.desk, tang, told.id, tang.member_id)
    assert await opened_with_everything(told, tang) == []


async def test_a_seat_in_another_team_names_nobody_in_this_one(told: Told) -> None:
    world = told.world
    _, zhou = await world.sign_in("zhou")
    _, shen = await world.sign_in("shen")
    _, fang = await world.sign_in("fang")
    _, tang = await world.sign_in("tang")
    await roster.give_role(world.desk, fang, tang.member_id, Role.LEADER, shen.teams[0])
    _, tang = await world.sign_in("tang")
    with pytest.raises(Refused) as caught:
        await recusing.recuse(world.desk, tang, told.id, zhou.member_id)
    assert caught.value.reason is Reason.NOT_ALLOWED
    assert WORDS in words_of(await told.opened(zhou))


async def test_a_new_password_does_not_let_a_recused_member_in_again(told: Told) -> None:
    world = told.world
    other = await tell(world, name="another")
    _, fang = await world.sign_in("fang")
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    await recusing.recuse(world.desk, zhou, told.id, tang.member_id)
    _, heyu = await world.sign_in("heyu")
    await recusing.recuse(world.desk, zhou, other.id, heyu.member_id)
    token = await accounts.invite_again(
        world.desk, by=fang.member_id, office_id=fang.office_id, member_id=tang.member_id, new_phone=True
    )
    newcomer = Newcomer(world, token, Throttle())
    half = await newcomer.accept()
    cookie = await confirmed(newcomer, half)
    await team.grant_key(world.desk, zhou, zhou.teams[0], tang.member_id)
    assert await opened_with_everything(told, cookie) == []
    with pytest.raises(Refused):
        await open_tip(world.desk, cookie, told.id)
    assert WORDS in words_of(await open_tip(world.desk, cookie, other.id))


async def confirmed(newcomer: Newcomer, half: Session) -> Session:
    cookie = await sessions.confirm_code(newcomer.world.desk, newcomer.throttle, half, await newcomer.code(half))
    full = await sessions.load_session(newcomer.world.desk, cookie)
    assert full is not None
    return full


async def test_a_colleague_without_a_key_is_let_in_by_one_who_has_it_only(told: Told) -> None:
    world = told.world
    _, fang = await world.sign_in("fang")
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")
    token = await accounts.invite_again(
        world.desk, by=fang.member_id, office_id=fang.office_id, member_id=tang.member_id, new_phone=True
    )
    newcomer = Newcomer(world, token, Throttle())
    back = await confirmed(newcomer, await newcomer.accept())
    with pytest.raises(Refused) as caught:
        await open_tip(world.desk, back, told.id)
    assert caught.value.detail == "no-key"
    with pytest.raises(Refused):
        await team.grant_key(world.desk, back, back.teams[0], back.member_id)
    await team.grant_key(world.desk, zhou, zhou.teams[0], back.member_id)
    assert WORDS in words_of(await open_tip(world.desk, back, told.id))


async def test_a_note_that_was_sealed_for_the_old_lock_is_not_stored(told: Told) -> None:
    """The lock changes between the moment a colleague's note is sealed and the moment it is stored."""
    world = told.world
    _, zhou = await world.sign_in("zhou")
    standing = await stand(world.desk, zhou, told.id)
    _, shen = await world.sign_in("shen")
    other = (await team_key(world.desk, shen, world.made.round_id, shen.teams[0])).key.id
    await world.house.store.write(
        lambda tx: recusals.change_holder(tx, world.made.round_id, [standing.holders[0].id], other)
    )
    with pytest.raises(Refused) as caught:
        await world.house.store.write(lambda tx: check_holders(tx, standing))
    assert caught.value.reason is Reason.STALE
