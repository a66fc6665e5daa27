"""Every printed code decodes to its landing address and lets in; a revoked one is refused."""

import pytest

from domain.errors import Refused
from domain.ids import BatchId, OfficeId, TeamId, UnitId
from domain.rounds import BatchState, Round, Target, TeamKind
from handlers.intake import admission
from handlers.office import cards
from handlers.office.rounds import checklist, opening
from handlers.office.rounds.checklist import Item
from storage.office import rounds, teams
from storage.people import audit
from storage.store import Tx
from tests.handlers.office.card_side import PRESS, codes_on
from tests.handlers.office.side import plan_round
from tests.world import World


async def views_of(world: World) -> list[cards.BatchView]:
    return await cards.list_batches(world.desk, world.made.round_id, "zh")


async def test_every_printed_code_leads_to_its_landing_page_and_is_admitted(world: World) -> None:
    views = await views_of(world)
    pages = codes_on(await cards.print_cards(world.desk, views, PRESS, 20))
    fronts = [page for page in pages if page]
    assert [len(page) for page in fronts] == [10] * 2 * len(views)
    assert pages == fronts + [[]] * len(views), "fronts first, then a back for each batch"
    printed = [code for page in fronts for code in page]
    for view in views:
        url = f"https://lx.chenghe.example/k/{view.batch.code}"
        assert printed.count(url) == 20
        admitted = await admission.admit(world.intake, url.rpartition("/")[2], "zh")
        assert (admitted.team, admitted.batch_id) == (view.team.name, view.batch.id)
        short = await admission.admit(world.intake, cards.short_code(view.batch), "zh")
        assert short.batch_id == view.batch.id


async def test_for_a_printer_that_turns_the_paper_each_back_lies_behind_its_front(world: World) -> None:
    views = await views_of(world)
    pages = codes_on(await cards.print_cards(world.desk, views, PRESS, 20, duplex=True))
    assert [len(page) for page in pages] == [10, 0] * 2 * len(views)
    assert {view.printed for view in await views_of(world)} == {20}, "noted as in the other order"


async def test_a_poster_carries_the_same_code(world: World) -> None:
    view = (await views_of(world))[0]
    assert codes_on(await cards.print_poster(world.desk, view, PRESS)) == [[cards.url_of(view.batch, PRESS)]]


async def test_a_revoked_code_is_refused_and_not_printed_again(world: World) -> None:
    view = (await views_of(world))[0]
    await cards.revoke(world.desk, view.round.office_id, view.batch.id)
    for typed in (view.batch.code, cards.short_code(view.batch)):
        with pytest.raises(Refused, match="unknown"):
            await admission.admit(world.intake, typed, "zh")
    gone = next(one for one in await views_of(world) if one.batch.id == view.batch.id)
    assert gone.batch.state is BatchState.REVOKED
    with pytest.raises(Refused, match="no-cards"):
        await cards.print_cards(world.desk, [gone], PRESS, 10)
    with pytest.raises(Refused, match="no-cards"):
        await cards.print_poster(world.desk, gone, PRESS)
    with pytest.raises(Refused, match="stale"):
        await cards.revoke(world.desk, view.round.office_id, view.batch.id)
    assert len(await cards.make_all_batches(world.desk, world.made.round_id, "补发")) == 1  # the place needs a new one


async def test_printing_is_counted_in_whole_sheets_and_remembered(world: World) -> None:
    view = (await views_of(world))[0]
    await cards.print_cards(world.desk, [view], PRESS, 1)
    await cards.print_cards(world.desk, [view], PRESS, 11)
    assert (await views_of(world))[0].printed == 30
    assert all(other.printed == 0 for other in (await views_of(world))[1:])
    last = await world.house.store.read(lambda tx: audit.last_line(tx, view.round.office_id))
    assert last is not None
    assert (last.entry.act, last.entry.object_id) == ("print-cards", view.batch.id)


@pytest.mark.parametrize("count", [0, -1, 5001])
async def test_a_count_that_makes_no_sense_is_refused(world: World, count: int) -> None:
    with pytest.raises(Refused, match="card-count"):
        await cards.print_cards(world.desk, await views_of(world), PRESS, count)


@pytest.mark.parametrize("way", ["", "   ", "\u200b", "长" * 21])
async def test_a_way_of_handing_out_is_short_and_there(world: World, way: str) -> None:
    view = (await views_of(world))[0]
    with pytest.raises(Refused, match="way"):
        await cards.make_batch(
            world.desk, round_id=view.round.id, team_id=view.team.id, unit_ids=(view.units[0].id,), way=way
        )


async def test_a_batch_is_made_for_units_of_the_team_only_and_never_after_the_end(world: World) -> None:
    first, second = (await views_of(world))[:2]

    async def make(team_id: TeamId, *unit_ids: UnitId) -> BatchId:
        return await cards.make_batch(
            world.desk, round_id=first.round.id, team_id=team_id, unit_ids=unit_ids, way="赶集", target=Target.TELEGRAM
        )

    for wrong in ((second.units[0].id,), (first.units[0].id, second.units[0].id), ()):
        with pytest.raises(Refused, match="units"):
            await make(first.team.id, *wrong)
    made = await cards.get_batch(world.desk, first.round.office_id, await make(first.team.id, first.units[1].id), "zh")
    assert cards.url_of(made.batch, PRESS) == f"https://t.me/chenghe_bot?start={made.batch.code}"
    await opening.close_round(world.desk, (await world.sign_in("fang"))[1], first.round.id)
    with pytest.raises(Refused, match="round-closed"):
        await make(first.team.id, first.units[0].id)


async def test_missing_batches_are_made_once(world: World) -> None:
    round_id = await plan_round(world)
    assert len(await cards.make_all_batches(world.desk, round_id, "入户")) == 4
    assert await cards.make_all_batches(world.desk, round_id, "入户") == []


async def test_all_missing_batches_are_made_with_their_counts_or_none_at_all(world: World) -> None:
    round_id = await plan_round(world)
    places = [place.unit.id for place in await cards.unserved(world.desk, round_id)]
    for counts in ({places[0]: -1}, {places[0]: 5001}):
        with pytest.raises(Refused, match="cards-wanted"):
            await cards.make_all_batches(world.desk, round_id, "入户", cards=40, counts=counts)
    assert await cards.list_batches(world.desk, round_id, "zh") == []
    await cards.make_all_batches(world.desk, round_id, "入户", cards=40, counts={places[0]: 600, places[1]: 0})
    found = await cards.list_batches(world.desk, round_id, "zh")
    assert sorted(view.batch.cards for view in found) == [40, 40, 600]
    assert [place.unit.id for place in await cards.unserved(world.desk, round_id)] == [places[1]]


async def test_test_cards_serve_no_place(world: World) -> None:
    round_id = await plan_round(world)
    place = (await cards.unserved(world.desk, round_id))[0]
    await cards.make_batch(
        world.desk, round_id=round_id, team_id=place.team.id, unit_ids=(place.unit.id,), way="试" * 20, is_test=True
    )
    assert len(await cards.unserved(world.desk, round_id)) == 4


async def test_without_a_count_every_batch_is_printed_as_far_as_it_is_wanted(world: World) -> None:
    round_id = await plan_round(world)
    await cards.make_all_batches(world.desk, round_id, "入户", cards=20)
    views = await cards.list_batches(world.desk, round_id, "zh")
    await cards.print_cards(world.desk, views[:1], PRESS, 10)
    views = await cards.list_batches(world.desk, round_id, "zh")
    pages = codes_on(await cards.print_cards(world.desk, views, PRESS, None))
    assert len([page for page in pages if page]) == 1 + 2 * 3
    views = await cards.list_batches(world.desk, round_id, "zh")
    assert {view.left for view in views} == {0}
    with pytest.raises(Refused, match="all-printed"):
        await cards.print_cards(world.desk, views, PRESS, None)


async def test_too_many_cards_at_once_are_refused_before_anything_is_drawn(world: World) -> None:
    round_id = await plan_round(world)
    await cards.make_all_batches(world.desk, round_id, "入户", cards=5000)
    views = await cards.list_batches(world.desk, round_id, "zh")
    views += views
    with pytest.raises(Refused, match="too-many-cards"):
        await cards.print_cards(world.desk, views, PRESS, None)
    assert {view.printed for view in await cards.list_batches(world.desk, round_id, "zh")} == {0}


async def test_a_batch_in_use_is_called_in_by_those_only_who_say_they_are_sure(world: World) -> None:
    view = (await views_of(world))[0]
    office_id, batch_id = view.round.office_id, view.batch.id
    await cards.print_cards(world.desk, [view], PRESS, 10)
    for deed in (cards.revoke, cards.replace):
        with pytest.raises(Refused, match="cards-in-use"):
            await deed(world.desk, office_id, batch_id)
    assert (await cards.get_batch(world.desk, office_id, batch_id, "zh")).is_active
    new = await cards.replace(world.desk, office_id, batch_id, sure=True)
    old = await cards.get_batch(world.desk, office_id, batch_id, "zh")
    assert (old.batch.state, old.batch.replaced_by) == (BatchState.REVOKED, new)


async def test_a_batch_that_was_called_in_is_called_in_once_though_its_cards_are_out(world: World) -> None:
    view = (await views_of(world))[0]
    await cards.print_cards(world.desk, [view], PRESS, 10)
    await cards.revoke(world.desk, view.round.office_id, view.batch.id, sure=True)
    for deed in (cards.revoke, cards.replace):
        with pytest.raises(Refused, match="stale"):
            await deed(world.desk, view.round.office_id, view.batch.id)
    assert len(await views_of(world)) == len(world.batches)


async def test_cards_of_another_office_are_not_there(world: World) -> None:
    view = (await views_of(world))[0]
    elsewhere = OfficeId(bytes(16))
    for deed in (cards.revoke, cards.replace, cards.use_of):
        with pytest.raises(Refused, match="unknown"):
            await deed(world.desk, elsewhere, view.batch.id)
    assert await cards.print_log(world.desk, elsewhere, view.round.id, "zh") == []


async def test_no_cards_are_replaced_after_the_end(world: World) -> None:
    view = (await views_of(world))[0]
    await opening.close_round(world.desk, (await world.sign_in("fang"))[1], view.round.id)
    with pytest.raises(Refused, match="round-closed"):
        await cards.replace(world.desk, view.round.office_id, view.batch.id)
    assert (await views_of(world))[0].is_active, "nothing changed"


async def test_a_card_serves_the_places_below_it_as_far_as_its_own_team_inspects_them(world: World) -> None:
    round_id, view = await plan_round(world), world.batches["苇庄镇"]
    await cards.make_all_batches(world.desk, round_id, "入户")
    village, other = [unit for unit in view.units if unit.parent_id == view.units[0].id][:2]

    def assign(tx: Tx) -> Round:
        of_town = teams.team_for_unit(tx, round_id, village.id)
        ordinary = [team.id for team in teams.list_teams(tx, round_id) if team.kind is TeamKind.TEAM]
        for unit, team_id in ((village, of_town), (other, next(one for one in ordinary if one != of_town))):
            assert team_id is not None
            teams.insert_assignment(tx, round_id, unit.id, team_id)
        return rounds.get_round(tx, round_id)

    round_ = await world.house.store.write(assign)
    assert [place.unit for place in await cards.unserved(world.desk, round_id)] == [other]
    line = next(one for one in await checklist.check(world.desk, round_) if one.item is Item.CARDS)
    assert line.names == (other.path.replace("/", " "),)
