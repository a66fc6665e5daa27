"""推磨式 on real rounds: what is taken is what was looked at, and the next round turns further."""

from domain.ids import RoundId
from handlers.office.plan import rotation
from tests.handlers.office.plan_side import Planner, counties, named, planner, refusal
from tests.world import World


async def propose(clerk: Planner, round_id: RoundId, **how: object) -> rotation.Proposal:
    return await rotation.propose(clerk.world.desk, clerk.session, round_id, **how)  # type: ignore[arg-type]


async def test_a_rotation_is_looked_at_and_then_taken_as_it_was_looked_at(world: World) -> None:
    clerk = await planner(world)
    round_id, homes = await clerk.round(), await counties(clerk, 5, towns=4)
    for n, home in enumerate([*homes, *homes], start=1):
        await clerk.team(round_id, n, home)
    idle = await clerk.team(round_id, 11)
    found = await propose(clerk, round_id)
    assert (found.step, found.steps, [team.id for team in found.idle]) == (1, (1, 2, 3, 4), [idle])
    assert all(way.home not in way.goes for way in found.ways)
    taken = [unit.path for way in found.ways for unit in way.units]
    assert len(taken) == len(set(taken)) == 20
    assert {way.many for way in found.ways} == {6}
    other = await propose(clerk, round_id, step=2)
    wrong = rotation.adopt(world.desk, clerk.session, round_id, other.digest, step=1, chosen=found.chosen)
    assert await refusal(wrong) == "stale:plan-rotation-changed"
    assert await named(clerk, round_id) == {}
    await rotation.adopt(world.desk, clerk.session, round_id, found.digest, step=1, chosen=found.chosen)
    assert await named(clerk, round_id) == {unit.path: way.team.name for way in found.ways for unit in way.units}
    again = await propose(clerk, round_id, step=3)
    assert again.replaced == 20
    await rotation.adopt(world.desk, clerk.session, round_id, again.digest, step=3, chosen=again.chosen)
    assert len(await named(clerk, round_id)) == 20


async def test_the_next_round_turns_further_so_that_nobody_is_where_they_were(world: World) -> None:
    clerk = await planner(world)
    homes = await counties(clerk, 3)
    before, after = await clerk.round(), await clerk.round(8, days=200)
    for n, home in enumerate(homes, start=1):
        await clerk.team(before, n, home)
        await clerk.team(after, n, home)
    first = await propose(clerk, before)
    await rotation.adopt(world.desk, clerk.session, before, first.digest, step=1, chosen=first.chosen)
    second = await propose(clerk, after)
    assert second.step == 2
    assert not any(way.returns for way in second.ways)
    assert all(way.returns for way in (await propose(clerk, after, step=1)).ways)


async def test_a_county_without_teams_is_taken_on_by_those_of_another(world: World) -> None:
    clerk = await planner(world)
    round_id, homes = await clerk.round(), await counties(clerk, 3)
    for n, home in enumerate(homes[:2], start=1):
        await clerk.team(round_id, n, home)
    found = await propose(clerk, round_id, chosen=homes)
    assert sorted(len(way.goes) for way in found.ways) == [1, 2]
    assert {unit.path.split("/")[0] for way in found.ways for unit in way.units} == {"A 县", "B 县", "C 县"}
    alone = await propose(clerk, round_id, chosen=homes[1:])
    assert (alone.step, alone.ways) == (0, ())
    nothing = rotation.adopt(world.desk, clerk.session, round_id, alone.digest, step=1, chosen=homes[1:])
    assert await refusal(nothing) == "bad-input:plan-rotation-none"
    running = rotation.adopt(world.desk, clerk.session, world.made.round_id, "", step=1, chosen=())
    assert await refusal(running) == "wrong-state:round-not-planned"


async def test_a_rotation_into_days_in_which_another_round_has_the_place_is_refused_whole(world: World) -> None:
    clerk = await planner(world)
    round_id = await clerk.round(days=10)  # the sixth round is open then, and has places of 苇原县
    for n, path in enumerate(("苇原县", "青石岭县"), start=1):
        await clerk.team(round_id, n, await clerk.unit(path))
    found = await propose(clerk, round_id)
    meets = rotation.adopt(world.desk, clerk.session, round_id, found.digest, step=1, chosen=found.chosen)
    assert await refusal(meets) == "bad-input:plan-overlap"
    assert await named(clerk, round_id) == {}


async def test_no_team_is_left_without_a_place_while_another_takes_two(world: World) -> None:
    clerk = await planner(world)
    round_id, homes = await clerk.round(), await counties(clerk, 3, towns=0)
    for n, home in enumerate((homes[0], homes[0], homes[1]), start=1):
        await clerk.team(round_id, n, home)
    found = await propose(clerk, round_id, chosen=homes)
    assert [(way.team.ordinal, [unit.name for unit in way.units]) for way in found.ways] == [
        (1, ["B 县"]), (2, ["C 县"]), (3, ["A 县"]),
    ]  # fmt: skip
