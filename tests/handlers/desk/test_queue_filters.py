"""The queue's filters and pages: what fits is shown once, wherever it stands, and nothing else."""

from collections.abc import Callable

import pytest

from domain.errors import Reason, Refused
from domain.ids import MemberId, UnitId, new_id
from domain.tips import Channel, Kind, State
from handlers.conversation.talk import Identity
from handlers.desk.arriving.fold import fold
from handlers.desk.listing import headers
from handlers.desk.listing.queue import At, Queue, Row, read_queue
from handlers.desk.listing.views import WHOLE, Narrow, ViewName
from handlers.people.sessions import Session
from storage.desk.queue import Blank, Filters
from storage.office import offices, units
from storage.store import Tx
from tests.handlers.desk.queue_side import all_rows, filled
from tests.world import World


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
    one = Narrow(Filters(), Identity.REAL_NAME)
    page = await read_queue(world.desk, me, me.teams[0], ViewName.ALL, one, at=At(limit=30))
    assert not page.span.is_full, "so many headers are opened for one page, and no more"
    assert page.span.after is not None


async def turned(world: World, me: Session, narrow: Narrow, limit: int) -> tuple[list[Queue], list[Queue]]:
    """The pages of a view from its first to its last, and back again from there."""
    there = [await read_queue(world.desk, me, me.teams[0], ViewName.ALL, narrow, at=At(limit=limit))]
    while there[-1].span.after is not None:
        at = At(after=there[-1].span.after, limit=limit)
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
