"""One move on many tips: what is tried out is what happens, each tip for itself, and five minutes to take it back."""

from datetime import timedelta

import pytest

from domain.errors import Reason, Refused
from domain.ids import TipId, new_id
from domain.rules import Decline
from domain.tips import Action, State
from handlers.desk.locking.standing import stand
from handlers.desk.moves import bulk
from handlers.desk.moves.acting import Wish, act
from handlers.desk.moves.bulk import Order, Outcome, Pick, carry_out, try_out
from handlers.desk.moves.undoing import undo, undo_token
from handlers.people.sessions import Session
from storage.desk import work
from storage.desk.work import View
from storage.people import audit, members
from storage.store import Tx
from tests.handlers.desk.side import Told, tell
from tests.world import World


async def told(world: World, n: int = 3) -> list[Told]:
    return [await tell(world, name=f"reporter {i}") for i in range(n)]


async def sign_in(world: World, login: str) -> Session:
    return (await world.sign_in(login))[1]


def picks(tips: list[Told], version: int = 1) -> list[Pick]:
    return [Pick(one.id, version) for one in tips]


def order(me: Session, action: Action, **more: object) -> Order:
    return Order(me.teams[0], action, **more)  # type: ignore[arg-type]  # one of its own fields


def problems(outcomes: list[Outcome]) -> list[str]:
    """The details of what stood in the way, or the reasons without one; empty where it went well."""
    return [_named(one.problem) for one in outcomes]


def _named(problem: object) -> str:
    return "" if problem is None else (problem.detail or problem.reason) if isinstance(problem, Refused) else "store"


async def rows(world: World, me: Session) -> dict[TipId, tuple[object, ...]]:
    def load(tx: Tx) -> dict[TipId, tuple[object, ...]]:
        listed = work.first_in_view(tx, world.made.round_id, me.teams[0], View(), 100)
        return {one.tip_id: (one.state, one.assignee_id, one.claim_until, one.version) for one in listed}

    return await world.house.store.read(load)


async def deeds(world: World, me: Session, tip_id: TipId) -> list[str]:
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, me.office_id, "tip", tip_id))
    return [line.entry.act for line in lines if line.entry.member_id == me.member_id]


async def test_trying_out_writes_nothing_and_says_what_doing_it_then_does(world: World) -> None:
    tips = await told(world, 4)
    zhou, tang = await sign_in(world, "zhou"), await sign_in(world, "tang")
    for me, tip, action in ((zhou, 0, Action.CLAIM), (tang, 1, Action.CLAIM), (tang, 2, Action.ACCEPT)):
        await act(world.desk, me, tips[tip].id, Wish(action, 1))
    before = await rows(world, zhou)
    seen = [Pick(one.id, 2) for one in tips[:3]] + [Pick(tips[3].id, 1), Pick(TipId(new_id()), 1)]
    for wanted, found in (
        (order(zhou, Action.CLAIM), ["bulk-mine", "", "", "", "unknown"]),
        (order(zhou, Action.RELEASE), ["", "bulk-not-mine", "bulk-not-mine", "bulk-nobody", "unknown"]),
        (order(zhou, Action.ASSIGN, member_id=tang.member_id), ["", "bulk-theirs", "bulk-theirs", "", "unknown"]),
        (order(zhou, Action.ACCEPT), ["", "", "accept from accepted", "", "unknown"]),
        (order(zhou, Action.DECLINE, reason=Decline.HOTLINE), ["", "", "decline from accepted", "", "unknown"]),
        (
            order(zhou, Action.DECLINE, reason="because"),
            ["reason", "reason", "decline from accepted", "reason", "unknown"],
        ),
        (order(tang, Action.ASSIGN, member_id=zhou.member_id), ["heads-only"] * 4 + ["unknown"]),
    ):
        assert problems(await try_out(world.desk, tang if "heads-only" in found else zhou, wanted, seen)) == found
    assert await rows(world, zhou) == before
    done = await carry_out(world.desk, zhou, order(zhou, Action.ACCEPT), seen)
    assert problems(done) == ["", "", "accept from accepted", "", "unknown"]
    assert [(await rows(world, zhou))[one.id][0] for one in tips] == [State.ACCEPTED] * 4
    assert len(await tips[3].news()) == 1


async def test_a_tip_that_a_colleague_touched_meanwhile_is_left_alone_and_holds_up_no_other(world: World) -> None:
    tips = await told(world)
    zhou, tang = await sign_in(world, "zhou"), await sign_in(world, "tang")
    assert problems(await try_out(world.desk, zhou, order(zhou, Action.CLAIM), picks(tips))) == ["", "", ""]
    await act(world.desk, tang, tips[1].id, Wish(Action.CLAIM, 1))
    done = await carry_out(world.desk, zhou, order(zhou, Action.CLAIM), picks(tips))
    assert problems(done) == ["", Reason.STALE, ""]
    after = await rows(world, zhou)
    assert [after[one.id][1] for one in tips] == [zhou.member_id, tang.member_id, zhou.member_id]
    assert await deeds(world, zhou, tips[0].id) == ["claim"]


async def test_another_teams_tip_and_no_tip_at_all_look_the_same(world: World) -> None:
    zhou, elsewhere = await sign_in(world, "zhou"), await tell(world, "青坪乡")
    tried = await try_out(
        world.desk, zhou, order(zhou, Action.CLAIM), [Pick(elsewhere.id, 1), Pick(TipId(new_id()), 1)]
    )
    assert problems(tried) == ["unknown", "unknown"]
    assert [one.before for one in tried] == [None, None]


async def test_a_tip_of_my_other_team_is_not_among_those_of_this_list(world: World) -> None:
    heyu, tips = await sign_in(world, "heyu"), await told(world, 1)
    held = (await stand(world.desk, heyu, tips[0].id)).team.id
    other = next(one for one in heyu.teams if one != held)
    assert problems(await try_out(world.desk, heyu, Order(held, Action.CLAIM), picks(tips))) == [""]
    assert problems(await try_out(world.desk, heyu, Order(other, Action.CLAIM), picks(tips))) == ["unknown"]


async def test_no_tip_and_more_than_a_hundred_are_refused(world: World) -> None:
    zhou = await sign_in(world, "zhou")
    with pytest.raises(Refused) as caught:
        await carry_out(world.desk, zhou, order(zhou, Action.CLAIM), [])
    assert caught.value.detail == "bulk-none"
    chosen = [Pick(TipId(new_id()), 1) for _ in range(bulk.AT_ONCE + 1)]
    with pytest.raises(Refused) as caught:
        await carry_out(world.desk, zhou, order(zhou, Action.CLAIM), chosen)
    assert caught.value.detail == "bulk-too-many"


async def test_undoing_brings_back_every_handler_but_where_somebody_came_between(world: World) -> None:
    tips = await told(world)
    zhou, tang = await sign_in(world, "zhou"), await sign_in(world, "tang")
    await act(world.desk, tang, tips[0].id, Wish(Action.CLAIM, 1))
    before = await rows(world, zhou)
    claim = order(zhou, Action.CLAIM)
    seen = [Pick(tips[0].id, 2), *picks(tips[1:])]
    done = await carry_out(world.desk, zhou, claim, seen)
    token = undo_token(world.desk, zhou, claim, done)
    await act(world.desk, tang, tips[2].id, Wish(Action.ACCEPT, 2))
    world.clock.forward(minutes=5)
    assert problems(await undo(world.desk, zhou, token)) == ["", "", Reason.STALE]
    after = await rows(world, zhou)
    for one in tips[:2]:
        assert after[one.id][:3] == before[one.id][:3]
    assert after[tips[2].id][1] == zhou.member_id
    assert await deeds(world, zhou, tips[0].id) == ["claim", "undo"]
    assert problems(await undo(world.desk, zhou, token)) == [Reason.STALE] * 3


async def test_the_way_back_is_open_for_five_minutes_to_the_session_that_went_it(world: World) -> None:
    tips = await told(world, 1)
    zhou, tang, later = await sign_in(world, "zhou"), await sign_in(world, "tang"), await sign_in(world, "zhou")
    claim = order(zhou, Action.CLAIM)
    token = undo_token(world.desk, zhou, claim, await carry_out(world.desk, zhou, claim, picks(tips)))
    changed = token[:-2] + ("00" if token[-2:] != "00" else "01")
    for me, sent in ((tang, token), (later, token), (zhou, changed), (zhou, ""), (zhou, "no hex")):
        with pytest.raises(Refused) as caught:
            await undo(world.desk, me, sent)
        assert caught.value.detail == "bulk-undo"
    world.clock.now += timedelta(minutes=5, seconds=1)
    with pytest.raises(Refused) as caught:
        await undo(world.desk, zhou, token)
    assert caught.value.detail == "bulk-undo-late"


async def test_what_a_reporter_was_told_cannot_be_taken_back(world: World) -> None:
    tips = await told(world, 1)
    zhou = await sign_in(world, "zhou")
    accept = order(zhou, Action.ACCEPT)
    assert undo_token(world.desk, zhou, accept, await carry_out(world.desk, zhou, accept, picks(tips))) == ""


async def test_a_tip_is_not_given_back_to_who_can_open_it_no_more(world: World) -> None:
    tips = await told(world, 1)
    zhou, tang = await sign_in(world, "zhou"), await sign_in(world, "tang")
    await act(world.desk, tang, tips[0].id, Wish(Action.CLAIM, 1))
    claim = order(zhou, Action.CLAIM)
    token = undo_token(world.desk, zhou, claim, await carry_out(world.desk, zhou, claim, [Pick(tips[0].id, 2)]))
    yesterday = world.clock().date() - timedelta(days=1)
    await world.house.store.write(lambda tx: members.end_memberships(tx, tang.member_id, tang.teams[0], yesterday))
    assert problems(await undo(world.desk, zhou, token)) == ["assignee"]
