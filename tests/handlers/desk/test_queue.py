"""The queue: views and their sizes, what is unread, and what changed while a page stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ids import MemberId, TipId
from domain.tips import ENDED, Action, Channel, State, TipWork
from handlers.desk.listing.changes import Watch, changes_since
from handlers.desk.listing.queue import At, read_queue
from handlers.desk.listing.views import WHOLE, Narrow, ViewName
from handlers.desk.moves.acting import Wish, act
from handlers.desk.tip.thread import open_tip
from handlers.people.sessions import Session
from storage.desk import work
from storage.desk.queue import Filters
from storage.desk.work import View, position
from storage.store import Tx
from tests.handlers.desk.queue_side import all_rows, filled
from tests.handlers.desk.side import tell
from tests.world import World


def belongs(name: ViewName, row: TipWork, me: Session, world: World) -> bool:
    """The views as product.md says them, one row at a time."""
    today, runs = world.clock().date(), row.state not in ENDED
    due = row.next_due_on
    late = runs and due is not None and due < today
    return {
        ViewName.ALL: runs,
        ViewName.RECEIVED: row.state is State.RECEIVED,
        ViewName.MINE: runs and row.assignee_id == me.member_id,
        ViewName.NOBODY: runs and row.assignee_id is None,
        ViewName.WAITING: row.state is State.AWAITING_REPORTER,
        ViewName.RECTIFYING: row.state in {State.NOTICED, State.REPORTED_BACK},
        ViewName.CLOSED: not runs,
        ViewName.LATE: late,
        ViewName.SOON: runs and not late and due is not None and row.risk_on is not None and row.risk_on <= today,
    }[name]


async def works(world: World, me: Session) -> list[TipWork]:
    def load(tx: Tx) -> list[TipWork]:
        return work.first_in_view(tx, world.made.round_id, me.teams[0], View(), 10_000)

    return await world.house.store.read(load)


async def test_every_view_shows_what_it_counts_and_nothing_else(world: World) -> None:
    me = await filled(world, 60)
    everything = await works(world, me)
    counts = (await read_queue(world.desk, me, me.teams[0], ViewName.ALL)).counts
    for name in ViewName:
        wanted = sorted((one for one in everything if belongs(name, one, me, world)), key=position)
        assert [row.work for row in await all_rows(world, me, name)] == wanted, name
        assert counts[name] == len(wanted), name
    assert sum(counts[one] > 0 for one in ViewName) > 6


states, days = st.sampled_from(list(State)), st.none() | st.integers(-9, 9)
shapes = st.lists(st.tuples(states, st.integers(0, 2), days, st.integers(0, 3)), min_size=1, max_size=12)


@pytest.fixture
async def twelve(world: World) -> tuple[Session, MemberId]:
    """A member with twelve tips, and a colleague."""
    return await filled(world, 12), (await world.sign_in("tang"))[1].member_id


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(shapes=shapes)
async def test_sizes_of_all_views_are_what_counting_one_by_one_finds(
    world: World, twelve: tuple[Session, MemberId], shapes: list[tuple[State, int, int | None, int]]
) -> None:
    me, today = twelve[0], world.clock().date()
    people = [None, me.member_id, twelve[1]]

    def shape(tx: Tx) -> None:
        for row, (state, who, day, risk) in zip(before, shapes, strict=False):
            due = None if day is None else today + timedelta(days=day)
            stage, from_ = ("close", due - timedelta(days=risk)) if due else ("", None)
            changed = replace(row, state=state, assignee_id=people[who], next_due_on=due)
            work.update_work(tx, replace(changed, next_stage=stage, risk_on=from_))

    before = await works(world, me)
    await world.house.store.write(shape)
    now = await works(world, me)
    queue = await read_queue(world.desk, me, me.teams[0], ViewName.ALL)
    assert queue.counts == {name: sum(belongs(name, one, me, world) for one in now) for name in ViewName}
    assert queue.unread == queue.counts[ViewName.ALL]


async def test_a_tip_is_unread_until_i_open_it_and_again_when_its_reporter_writes(world: World) -> None:
    told, other = await tell(world), await tell(world, name="another")
    _, zhou = await world.sign_in("zhou")
    _, tang = await world.sign_in("tang")

    async def unread(me: Session) -> set[TipId]:
        queue = await read_queue(world.desk, me, me.teams[0], ViewName.ALL)
        found = {row.tip.id for row in queue.rows if row.unread}
        assert queue.unread == len(found)
        return found

    assert await unread(zhou) == {told.id, other.id}
    await told.opened(zhou)
    assert await unread(zhou) == {other.id}
    assert await unread(tang) == {told.id, other.id}
    await told.adds("还有一件事")
    assert await unread(zhou) == {told.id, other.id}
    await told.opened(zhou)
    assert await unread(zhou) == {other.id}


async def test_the_unread_number_is_that_of_the_whole_view_and_not_of_the_page(world: World) -> None:
    me = await filled(world, 30)
    rows = await all_rows(world, me, ViewName.RECEIVED)
    for row in rows[:3]:
        await open_tip(world.desk, me, row.tip.id)
    page = await read_queue(world.desk, me, me.teams[0], ViewName.RECEIVED, at=At(limit=2))
    assert len(rows) > 5
    assert page.unread == len(rows) - 3


async def test_changes_name_what_moved_and_count_what_came_to_the_view(world: World) -> None:
    first = await tell(world)
    _, zhou = await world.sign_in("zhou")
    page = await read_queue(world.desk, zhou, zhou.teams[0], ViewName.RECEIVED)
    watch = Watch(zhou.teams[0], ViewName.RECEIVED, WHOLE, page.newest)
    assert (await changes_since(world.desk, zhou, watch, page.cursor)).tip_ids == ()
    await act(world.desk, zhou, first.id, Wish(Action.ACCEPT, 1))
    second = await tell(world, name="another")
    found = await changes_since(world.desk, zhou, watch, page.cursor)
    assert (found.new, found.tip_ids) == (1, (first.id, second.id))
    assert (await changes_since(world.desk, zhou, watch, found.cursor)).tip_ids == ()
    narrow = Narrow(Filters(channel=Channel.TELEGRAM))
    elsewhere = Watch(zhou.teams[0], ViewName.RECEIVED, narrow, page.newest)
    assert (await changes_since(world.desk, zhou, elsewhere, page.cursor)).new == 0


async def test_a_row_asked_for_by_name_says_that_it_left_the_view(world: World) -> None:
    told = await tell(world)
    _, zhou = await world.sign_in("zhou")
    await act(world.desk, zhou, told.id, Wish(Action.ACCEPT, 1))
    for view, gone in ((ViewName.RECEIVED, True), (ViewName.MINE, False)):
        (row,) = (await read_queue(world.desk, zhou, zhou.teams[0], view, at=At(only=[told.id]))).rows
        assert (row.gone, row.work.state) == (gone, State.ACCEPTED)
