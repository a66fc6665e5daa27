"""回避申报: a member's ties stand where the plan sends their team, for as long as the member says so."""

from domain.regions import Relation
from handlers.office.keys import removing
from handlers.office.plan import assignment, ties
from handlers.office.plan.ties import Tie
from storage.people import audit
from tests.handlers.office.plan_side import another_office, counties, planner, refusal
from tests.world import World


async def test_a_tie_is_shown_where_the_team_goes_one_above_or_one_below_and_taken_back(world: World) -> None:
    clerk = await planner(world)
    _, zhou = await world.sign_in("zhou")

    async def listed() -> list[Tie]:
        return await ties.list_ties(world.desk, world.made.round_id)

    assert await listed() == []
    for path, meets in (
        ("苇原县", True),
        ("苇原县/苇庄镇", True),
        ("苇原县/苇庄镇/柳沟村", True),
        ("苇原县/青坪乡", False),
    ):
        unit_id = await clerk.unit(path)
        await ties.declare(world.desk, zhou, unit_id, Relation.OTHER)
        await ties.declare(world.desk, zhou, unit_id, Relation.FAMILY)  # said better: still one tie
        found = [(tie.member.name, tie.team.name, tie.unit.path, tie.relation) for tie in await listed()]
        assert found == ([("周宁", "第一巡察组", path, Relation.FAMILY)] if meets else [])
        assert [one.unit.id for one in await ties.my_ties(world.desk, zhou)] == [unit_id]
        sheet = await assignment.read_sheet(world.desk, clerk.session, world.made.round_id)
        rows = {row.unit.name: row for group in sheet.groups for row in group.rows}
        assert bool(rows["苇庄镇"].ties) is meets
        await ties.take_back(world.desk, zhou, unit_id)
    assert await listed() == await ties.my_ties(world.desk, zhou) == []
    acts = await world.house.store.read(lambda tx: audit.lines_about(tx, zhou.office_id, "member", zhou.member_id))
    assert [line.entry.act for line in acts].count("take-back-tie") == 4


async def test_a_tie_of_somebody_who_was_put_out_stands_in_no_plan(world: World) -> None:
    clerk, (_, tang), (_, director) = await planner(world), await world.sign_in("tang"), await world.sign_in("fang")
    await ties.declare(world.desk, tang, await clerk.unit("苇原县"), Relation.NATIVE)
    assert [tie.member.login for tie in await ties.list_ties(world.desk, world.made.round_id)] == ["tang"]
    await removing.disable(world.desk, director, tang.member_id)
    assert await ties.list_ties(world.desk, world.made.round_id) == []


async def test_a_member_declares_at_most_fifty_ties_and_none_to_a_place_of_another_office(world: World) -> None:
    clerk = await planner(world)
    await counties(clerk, 5, towns=3, villages=3)
    _, heyu = await world.sign_in("heyu")
    paths = [f"{c} 县/{c}{t} 镇/{c}{t}{v} 村" for c in "ABCDE" for t in (1, 2, 3) for v in (1, 2, 3)]
    paths += [f"{c} 县/{c}{t} 镇" for c in "ABCDE" for t in (1, 2, 3)]
    for path in paths[:50]:
        await ties.declare(world.desk, heyu, await clerk.unit(path), Relation.NATIVE)
    one_more = ties.declare(world.desk, heyu, await clerk.unit(paths[50]), Relation.NATIVE)
    assert await refusal(one_more) == "bad-input:plan-ties-many"
    await ties.declare(world.desk, heyu, await clerk.unit(paths[0]), Relation.WORKED)
    _, theirs = await another_office(world)
    assert await refusal(ties.declare(world.desk, heyu, theirs, Relation.NATIVE)) == "unknown:"
