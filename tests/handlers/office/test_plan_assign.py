"""Who inspects what: a village goes with its township, nobody inspects at home, no place is in two rounds at once."""

from domain.ids import TeamId, UnitId
from domain.rounds import CrossRegion
from handlers.office.plan import assigning, assignment
from handlers.office.plan import teams as planned_teams
from handlers.office.plan.assigning import Change, Fault
from handlers.office.rounds import opening
from storage.office import teams
from tests.handlers.office.plan_side import another_office, counties, named, planner, refusal, team_form
from tests.world import World


async def test_a_township_takes_its_villages_along_and_one_of_them_may_go_elsewhere(world: World) -> None:
    clerk = await planner(world)
    await counties(clerk, 2)
    round_id = await clerk.round()
    first, second = await clerk.team(round_id, 1), await clerk.team(round_id, 2)
    town, village = await clerk.unit("A 县/A1 镇"), await clerk.unit("A 县/A1 镇/A11 村")
    assert await clerk.gives(round_id, town, first) == []
    assert await clerk.gives(round_id, village, second) == []
    sheet = await assignment.read_sheet(world.desk, clerk.session, round_id)
    loads = {load.team.id: (load.many, [unit.name for unit in load.places]) for load in sheet.loads}
    assert loads == {first: (2, ["A1 镇"]), second: (1, ["A11 村"])}
    row = next(row for group in sheet.groups for row in group.rows if row.unit.id == town)
    assert (row.below, row.apart) == (2, 1)
    assert [unit.name for unit in sheet.lacking] == ["A2 镇", "A3 镇"]
    assert {unit.name for unit in sheet.untouched} == {"B 县", "苇原县", "青石岭县"}
    within = await assignment.read_sheet(world.desk, clerk.session, round_id, town)
    rows = {row.unit.name: row for row in within.groups[0].rows}
    assert (rows["A11 村"].team, rows["A11 村"].via) == (sheet.teams[1], None)
    assert (rows["A12 村"].team, rows["A12 村"].via) == (None, sheet.teams[0])
    assert await clerk.gives(round_id, village, None, before=second) == []
    assert await named(clerk, round_id) == {"A 县/A1 镇": "第 1 组"}


async def test_a_team_may_have_two_counties(world: World) -> None:
    clerk = await planner(world)
    round_id, (a, *_) = await clerk.round(), await counties(clerk)
    team = await clerk.team(round_id, 1)
    changes = [Change(a, None, team), Change(await clerk.unit("B 县/B1 镇"), None, team)]
    assert await assigning.assign(world.desk, clerk.session, round_id, changes) == []
    (load,) = (await assignment.read_sheet(world.desk, clerk.session, round_id)).loads
    assert ([unit.name for unit in load.counties], load.many) == (["A 县", "B 县"], 13)


async def test_what_is_left_in_a_county_goes_to_one_team_at_once(world: World) -> None:
    clerk = await planner(world)
    round_id, (county, *_) = await clerk.round(), await counties(clerk, 1)
    first, second = await clerk.team(round_id, 1), await clerk.team(round_id, 2)
    town = await clerk.unit("A 县/A2 镇")
    change = [Change(town, None, first)]
    assert await assigning.assign(world.desk, clerk.session, round_id, change, {county: second}) == []
    assert await named(clerk, round_id) == {"A 县/A1 镇": "第 2 组", "A 县/A2 镇": "第 1 组", "A 县/A3 镇": "第 2 组"}


async def test_a_team_is_refused_its_home_what_lies_in_it_and_what_lies_around_it(world: World) -> None:
    clerk = await planner(world)
    await counties(clerk, 2)
    round_id = await clerk.round()
    team = await clerk.team(round_id, 1, await clerk.unit("A 县/A1 镇"))
    for path in ("A 县", "A 县/A1 镇", "A 县/A1 镇/A11 村"):
        (problem,) = await clerk.gives(round_id, await clerk.unit(path), team, reason="人手不够")
        assert (problem.fault, problem.unit.path) == (Fault.HOME, path)
    assert await named(clerk, round_id) == {}
    assert await clerk.gives(round_id, await clerk.unit("A 县/A2 镇"), team) == []


async def test_where_the_rule_allows_it_a_reason_is_asked_and_kept_with_the_place(world: World) -> None:
    clerk = await planner(world)
    await counties(clerk, 2)
    round_id = await clerk.round(cross_region=CrossRegion.WARN)
    home, away = await clerk.unit("A 县/A1 镇"), await clerk.unit("A 县/A2 镇")
    team = await clerk.team(round_id, 1, home)
    both = [Change(away, None, team, "不用理由"), Change(home, None, team, "  ")]
    (problem,) = await assigning.assign(world.desk, clerk.session, round_id, both)
    assert (problem.fault, problem.unit.id) == (Fault.REASON, home)
    assert await named(clerk, round_id) == {}  # all or nothing
    assert await clerk.gives(round_id, home, team, reason="人手不够") == []
    assert await clerk.gives(round_id, away, team, reason="不用理由") == []
    rows = await world.house.store.read(lambda tx: teams.list_assignments(tx, round_id))
    assert {row.unit_id: row.reason for row in rows} == {home: "人手不够", away: ""}
    (problem,) = await clerk.gives(round_id, home, team, before=team, reason="")
    assert problem.fault is Fault.REASON
    assert await clerk.gives(round_id, home, team, before=team, reason="县里定的") == []
    long = clerk.gives(round_id, home, team, before=team, reason="长" * 201)
    assert await refusal(long) == "bad-input:plan-reason-long"


async def test_a_place_is_not_in_two_rounds_whose_windows_meet(world: World) -> None:
    clerk = await planner(world)
    await counties(clerk, 1)
    town, village, county = [await clerk.unit(path) for path in ("A 县/A1 镇", "A 县/A1 镇/A11 村", "A 县")]
    first, meets, after = await clerk.round(7), await clerk.round(8, days=60), await clerk.round(9, days=200)
    assert await clerk.gives(first, town, await clerk.team(first, 1)) == []
    team = await clerk.team(meets, 1)
    for unit_id in (town, village, county):
        (problem,) = await clerk.gives(meets, unit_id, team)
        assert problem.fault is Fault.OVERLAP
        assert problem.round is not None
        assert problem.round.id == first
    assert await clerk.gives(meets, await clerk.unit("A 县/A2 镇"), team) == []
    assert await clerk.gives(after, town, await clerk.team(after, 1)) == []


async def test_of_two_who_give_a_place_away_the_second_is_told_to_whom_it_went(world: World) -> None:
    clerk, director = await planner(world), await planner(world, "fang")
    await counties(clerk, 1)
    round_id = await clerk.round()
    first, second = await clerk.team(round_id, 1), await clerk.team(round_id, 2)
    town, other = await clerk.unit("A 县/A1 镇"), await clerk.unit("A 县/A2 镇")
    assert await clerk.gives(round_id, town, first) == []
    late = [Change(town, None, second), Change(other, None, second)]
    (problem,) = await assigning.assign(world.desk, director.session, round_id, late)
    assert (problem.fault, problem.team.name if problem.team else "") == (Fault.TAKEN, "第 1 组")
    assert await named(clerk, round_id) == {"A 县/A1 镇": "第 1 组"}
    # A place that the second did not touch stays as the first left it.
    untouched = [Change(town, None, None), Change(other, None, second)]
    assert await assigning.assign(world.desk, director.session, round_id, untouched) == []
    assert await named(clerk, round_id) == {"A 县/A1 镇": "第 1 组", "A 县/A2 镇": "第 2 组"}
    assert await clerk.gives(round_id, town, first) == []  # both meant the same


async def test_on_an_open_round_only_what_has_no_team_is_given_one(world: World) -> None:
    clerk, round_id = await planner(world), world.made.round_id
    made = await world.house.store.read(lambda tx: teams.list_teams(tx, round_id))
    first, second = made[0].id, made[1].id
    town, village = await clerk.unit("苇原县/苇庄镇"), await clerk.unit("苇原县/苇庄镇/石桥村")
    for unit_id, team, before in ((town, second, first), (town, None, first), (village, second, None)):
        (problem,) = await clerk.gives(round_id, unit_id, team, before=before)
        assert problem.fault is Fault.RUNNING
    assert await clerk.gives(round_id, await clerk.unit("青石岭县"), first) == []


async def test_units_and_teams_of_others_are_unknown(world: World) -> None:
    clerk = await planner(world)
    round_id, other = await clerk.round(), await clerk.round(8, days=120)
    team, stranger = await clerk.team(round_id, 1), await clerk.team(other, 1)
    _, theirs = await another_office(world)
    town = await clerk.unit("苇原县/苇庄镇")
    for unit_id, team_id in ((theirs, team), (town, stranger), (UnitId(bytes(16)), team), (town, TeamId(bytes(16)))):
        assert await refusal(clerk.gives(round_id, unit_id, team_id)) == "unknown:"
    assert await refusal(assignment.read_sheet(world.desk, clerk.session, round_id, theirs)) == "unknown:"


async def test_of_a_closed_round_nothing_is_given_away_and_no_team_changes(world: World) -> None:
    clerk, round_id, (_, director) = await planner(world), world.made.round_id, await world.sign_in("fang")
    (_, (line, *_)) = await planned_teams.list_lines(world.desk, clerk.session, round_id)
    await opening.close_round(world.desk, director, round_id)
    closed = "wrong-state:round-closed"
    assert await refusal(clerk.gives(round_id, await clerk.unit("青石岭县"), line.team.id)) == closed
    form = team_form(1, phone="0000-2")
    change = planned_teams.change_team(world.desk, clerk.session, line.team.id, line.version, form, round_id=round_id)
    assert await refusal(change) == closed
