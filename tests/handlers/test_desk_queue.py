"""The queue: views and their sizes, filters, pages that miss nothing, and what is unread."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.tips import fill
from domain.errors import Reason, Refused
from domain.ids import MemberId, TipId, UnitId, new_id
from domain.tips import ENDED, Action, Channel, Kind, State, TipWork
from handlers.conversation.talk import Identity
from handlers.desk import headers
from handlers.desk.acting import Wish, act
from handlers.desk.changes import Watch, changes_since
from handlers.desk.fold import fold
from handlers.desk.queue import At, Queue, Row, read_queue
from handlers.desk.thread import open_tip
from handlers.desk.views import WHOLE, Narrow, ViewName
from handlers.people.sessions import Session
from storage import offices, units, work
from storage.queue import Blank, Filters
from storage.store import Tx
from storage.work import View, position
from tests.handlers.desk_side import tell
from tests.world import World


async def all_rows(world: World, me: Session, view: ViewName = ViewName.ALL, narrow: Narrow = WHOLE) -> list[Row]:
    """Every row of a view, page by page."""
    found: list[Row] = []
    at = At(limit=7)
    while True:
        page = await read_queue(world.desk, me, me.teams[0], view, narrow, at=at)
        found += page.rows
        if page.after is None:
            return found
        at = At(after=page.after, limit=7)


async def filled(world: World, n: int = 40) -> Session:
    await fill(world.house, 1, n)
    return (await world.sign_in("zhou"))[1]


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
        return work.list_queue(tx, world.made.round_id, me.teams[0], View(), limit=10_000)

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


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


async def place(world: World, name: str) -> UnitId:
    def load(tx: Tx) -> UnitId:
        (found,) = units.search_units(tx, offices.only_office(tx).id, name)  # type: ignore[union-attr]  # there is one
        return found.id

    return await world.house.store.read(load)


async def test_filters_keep_what_fits_and_go_together(world: World) -> None:
    me = await filled(world, 60)
    rows = await all_rows(world, me)
    township = await place(world, "苇庄镇")
    asked: list[tuple[Filters, Callable[[Row], bool]]] = [
        (Filters(unit=township), lambda row: row.unit.startswith("苇庄镇")),
        (Filters(unit=Blank.NONE), lambda row: not row.unit),
        (Filters(kind=Kind.PROJECTS), lambda row: row.tip.kind is Kind.PROJECTS),
        (Filters(state=State.VERIFYING), lambda row: row.work.state is State.VERIFYING),
        (Filters(channel=Channel.TELEGRAM), lambda row: row.tip.channel is Channel.TELEGRAM),
        (Filters(assignee=me.member_id), lambda row: row.work.assignee_id == me.member_id),
        (Filters(assignee=Blank.NONE), lambda row: row.work.assignee_id is None),
    ]
    for filters, fits in asked:
        wanted = [row.label for row in rows if fits(row)]
        assert [row.label for row in await all_rows(world, me, narrow=Narrow(filters))] == wanted, filters
        queue = await read_queue(world.desk, me, me.teams[0], ViewName.ALL, Narrow(filters))
        assert queue.counts[ViewName.ALL] == len(wanted)
    both = Narrow(Filters(unit=township, assignee=Blank.NONE))
    kept = [row.label for row in rows if row.unit.startswith("苇庄镇") and row.work.assignee_id is None]
    assert kept
    assert [row.label for row in await all_rows(world, me, narrow=both)] == kept


async def test_a_township_holds_its_villages_and_not_one_whose_name_begins_alike(world: World) -> None:
    me = await filled(world, 60)
    village = await place(world, "上苇村")
    rows = await all_rows(world, me, narrow=Narrow(Filters(unit=village)))
    assert rows
    assert {row.unit for row in rows} == {"苇庄镇上苇村"}


async def test_a_tip_of_an_unknown_place_is_found_under_none(world: World) -> None:
    villager = world.villager("without a place")
    await villager.tells("苇庄镇", "路灯不亮")
    await fold(world.desk)
    _, me = await world.sign_in("zhou")
    everything = await all_rows(world, me)
    blank = await all_rows(world, me, narrow=Narrow(Filters(unit=Blank.NONE)))
    assert [row.label for row in blank] == [row.label for row in everything if row.tip.unit_id is None]


async def test_identity_is_looked_for_in_the_sealed_headers_page_by_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = await filled(world, 60)
    monkeypatch.setattr(headers, "LOOKED_THROUGH", 10)
    everything = await all_rows(world, me)
    for identity in Identity:
        wanted = [row.label for row in everything if row.header and row.header.identity is identity]
        found = await all_rows(world, me, narrow=Narrow(Filters(), identity))
        assert [row.label for row in found] == wanted
        assert wanted
    page = await read_queue(world.desk, me, me.teams[0], ViewName.ALL, Narrow(Filters(), Identity.REAL_NAME))
    assert page.span.is_full == (page.after is None)


async def turned(world: World, me: Session, narrow: Narrow, limit: int) -> tuple[list[Queue], list[Queue]]:
    """The pages of a view from its first to its last, and back again from there."""
    there = [await read_queue(world.desk, me, me.teams[0], ViewName.ALL, narrow, at=At(limit=limit))]
    while there[-1].after is not None:
        at = At(after=there[-1].after, limit=limit)
        there.append(await read_queue(world.desk, me, me.teams[0], ViewName.ALL, narrow, at=at))
    back = [there[-1]]
    while back[-1].span.before is not None:
        at = At(before=back[-1].span.before, limit=limit)
        back.append(await read_queue(world.desk, me, me.teams[0], ViewName.ALL, narrow, at=at))
    return there, back


@pytest.mark.parametrize("narrow", [WHOLE, Narrow(Filters(), Identity.ANONYMOUS)], ids=["whole", "identity"])
async def test_turning_pages_forth_and_back_shows_every_tip_once(world: World, narrow: Narrow) -> None:
    me = await filled(world, 30)
    there, back = await turned(world, me, narrow, 4)
    forth = [row.label for page in there for row in page.rows]
    assert len(set(forth)) == len(forth)
    assert [row.label for page in reversed(back) for row in page.rows] == forth
    assert len(there) > 4
    assert there[0].span.before is None


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


async def test_places_and_people_of_others_are_unknown(world: World) -> None:
    me = await filled(world, 5)
    _, shen = await world.sign_in("shen")
    for filters in (
        Filters(unit=UnitId(new_id())),
        Filters(assignee=MemberId(new_id())),
        Filters(assignee=shen.member_id),
    ):
        with pytest.raises(Refused) as caught:
            await read_queue(world.desk, me, me.teams[0], ViewName.ALL, Narrow(filters))
        assert caught.value.reason is Reason.UNKNOWN


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
