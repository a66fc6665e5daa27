"""A round planned by mistake goes with all of its plan; one that anybody relies on stays, and why is said."""

from domain.ids import RoundId, new_id
from domain.rounds import RoundState
from handlers.office import cards
from handlers.office import rounds as office_rounds
from handlers.office.plan import removing
from handlers.office.rounds import opening
from handlers.people import reading_log
from handlers.people.reading_log import Choice
from handlers.people.sessions import Session
from storage.office import cards as stored_cards
from tests.handlers.office.import_side import bring, everything
from tests.handlers.office.plan_side import refusal
from tests.handlers.office.side import plan_of, plan_round, ready_round
from tests.world import World


async def director(world: World) -> Session:
    return (await world.sign_in("fang"))[1]


async def stays(world: World, session: Session, round_id: RoundId, why: str) -> None:
    """Neither asked about nor removed, and nothing is written."""
    before = await everything(world)
    assert await refusal(removing.weigh(world.desk, session, round_id)) == why
    assert await refusal(removing.remove_round(world.desk, session, round_id)) == why
    assert await everything(world) == before


async def test_a_planned_round_goes_whole_and_only_the_trail_remembers_it(world: World) -> None:
    fang = await director(world)
    before = await everything(world)
    round_id = await plan_round(world)
    await cards.make_all_batches(world.desk, round_id, "入户")
    going = await removing.weigh(world.desk, fang, round_id)
    assert (going.round.ordinal, going.teams, going.assignments, going.batches) == (7, 3, 4, 4)
    assert going.people == len({row.login for row in plan_of(world).members if row.team_ordinal is not None})
    world.desk.secrets.new_round(round_id)  # as an opening leaves it that fails at its last step
    await removing.remove_round(world.desk, fang, round_id)
    after = await everything(world)
    was, now = before.pop("audit"), after.pop("audit")
    assert after == before
    assert set(now) > set(was)
    assert world.desk.secrets.round_secret(round_id) is None
    assert world.desk.secrets.pepper(round_id) is None
    assert await refusal(removing.weigh(world.desk, fang, round_id)) == "unknown:"


async def test_the_trail_names_who_removed_it_and_its_older_lines_are_still_read(world: World) -> None:
    fang, round_id = await director(world), await plan_round(world)
    await removing.remove_round(world.desk, fang, round_id)
    lines = (await reading_log.read_deeds(world.desk, fang, Choice())).lines
    said = [(one.act, one.kind, one.name, one.round) for one in lines[:2]]
    assert said == [("remove-round", "round", "方田", None), ("import", "round", "方田", None)]


async def test_the_same_plan_comes_in_again_after_it(world: World) -> None:
    fang, round_id = await director(world), await plan_round(world)
    await removing.remove_round(world.desk, fang, round_id)
    again = await bring(world, plan_of(world))
    assert again.round_id != round_id
    assert again.invites == ()  # its people stayed
    await removing.weigh(world.desk, fang, again.round_id)


async def test_only_a_director_of_the_office_removes_a_round(world: World) -> None:
    round_id = await plan_round(world)
    (_, qiao), (_, zhou), fang = await world.sign_in("qiao"), await world.sign_in("zhou"), await director(world)
    await stays(world, qiao, round_id, "not-allowed:director-only")
    await stays(world, zhou, round_id, "not-allowed:director-only")
    await stays(world, fang, RoundId(new_id()), "unknown:")


async def test_a_round_that_is_open_or_was_stays(world: World) -> None:
    fang, round_id = await director(world), world.made.round_id
    await stays(world, fang, round_id, "wrong-state:round-remove-opened")
    await opening.close_round(world.desk, fang, round_id)
    await stays(world, fang, round_id, "wrong-state:round-remove-opened")


async def test_one_printed_poster_keeps_the_round_even_when_its_cards_are_called_in(world: World) -> None:
    fang, round_id = await director(world), await ready_round(world)
    batch = (await world.house.store.read(lambda tx: stored_cards.list_batches(tx, round_id)))[0]
    today = world.clock().date()
    await world.house.store.write(lambda tx: stored_cards.insert_print_run(tx, batch.id, 0, today, what="poster"))
    await stays(world, fang, round_id, "wrong-state:round-remove-printed")
    await cards.revoke(world.desk, fang.office_id, batch.id)
    await stays(world, fang, round_id, "wrong-state:round-remove-printed")


async def test_the_round_beside_it_goes_on_taking_letters(world: World) -> None:
    fang, round_id = await director(world), await ready_round(world)
    await removing.remove_round(world.desk, fang, round_id)
    assert await world.villager("afterwards").tells("苇庄镇", "删了计划以后说的")
    listed = await office_rounds.list_rounds(world.desk, fang)
    assert [(one.id, one.state) for one in listed] == [(world.made.round_id, RoundState.OPEN)]
