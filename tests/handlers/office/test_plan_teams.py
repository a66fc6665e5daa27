"""Teams and units by screens: what stands in their way is said, and a unit in use or a team with people stays."""

from dataclasses import replace

import pytest

from domain.errors import Reason, Refused
from domain.ids import RoundId, TeamId, UnitId
from domain.regions import Relation
from domain.rounds import CrossRegion, Level
from handlers.office.plan import framing, teams, ties, units
from handlers.office.plan.copying import Copy
from handlers.office.plan.teams import TeamForm, TeamLine
from storage.office import teams as stored
from storage.office import units as stored_units
from tests.handlers.office.plan_side import Planner, another_office, counties, planner, refusal, team_form
from tests.world import World


async def lines(clerk: Planner, round_id: RoundId) -> list[TeamLine]:
    return (await teams.list_lines(clerk.world.desk, clerk.session, round_id))[1]


async def change(clerk: Planner, round_id: RoundId, team_id: TeamId, form: TeamForm, version: int = 1) -> None:
    await teams.change_team(clerk.world.desk, clerk.session, team_id, version, form, round_id=round_id)


async def test_a_line_names_leader_and_liaison_home_and_places_of_a_team(world: World) -> None:
    clerk = await planner(world)
    first = (await lines(clerk, world.made.round_id))[0]
    assert (first.leaders, first.liaisons, first.seats) == (("周宁",), ("何雨",), 3)
    assert (first.home.name if first.home else "", [unit.name for unit in first.units]) == ("青坪乡", ["苇庄镇"])


async def test_a_team_is_added_changed_and_taken_away_while_the_round_is_planned(world: World) -> None:
    clerk = await planner(world)
    round_id, home = await clerk.round(), await clerk.unit("青石岭县")
    team_id = await clerk.team(round_id, 1, home)
    form = team_form(2, None, name="  城区\t组 ", phone="0000-1", address="县前街 1 号", mailbox="A 信箱")
    await change(clerk, round_id, team_id, form)
    (line,) = await lines(clerk, round_id)
    team = line.team
    assert (team.ordinal, team.name, team.phone) == (2, "城区 组", "0000-1")
    assert (team.address, team.mailbox, team.home_unit_id) == ("县前街 1 号", "A 信箱", None)
    await teams.remove_team(world.desk, clerk.session, round_id, team_id)
    assert await lines(clerk, round_id) == []


async def test_who_has_no_card_may_call_the_first_team(world: World) -> None:
    clerk = await planner(world)
    round_id = await clerk.round()

    async def phone() -> str:
        made = await world.house.store.read(lambda tx: stored.list_teams(tx, round_id))
        return made[-1].phone

    second = await clerk.team(round_id, 2)
    assert await phone() == "0000-0000002"
    await clerk.team(round_id, 1)
    assert await phone() == "0000-0000001"
    await change(clerk, round_id, second, team_form(2, phone="0000-9"))
    assert await phone() == "0000-0000001"
    first = (await lines(clerk, round_id))[0].team.id
    await change(clerk, round_id, first, team_form(1, phone="0000-8"))
    assert await phone() == "0000-8"
    await teams.remove_team(world.desk, clerk.session, round_id, first)
    assert await phone() == "0000-9"


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ({"ordinal": 0}, "plan-team-ordinal"), ({"ordinal": 100}, "plan-team-ordinal"),
        ({"name": " "}, "plan-team-name"), ({"name": "长" * 61}, "plan-team-name"),
        ({"phone": ""}, "plan-team-phone"), ({"address": "长" * 121}, "plan-team-address"),
        ({"mailbox": "长" * 61}, "plan-team-mailbox"), ({"name": "第 1 组"}, "plan-team-same-name"),
        ({"name": "回避组"}, "plan-team-same-name"), ({"ordinal": 1}, "plan-team-same-ordinal"),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_a_team_is_named_and_nothing_is_kept(
    world: World, wrong: dict[str, object], detail: str
) -> None:
    clerk = await planner(world)
    round_id = await clerk.round()
    await clerk.team(round_id, 1)
    second = await clerk.team(round_id, 2)
    before = await lines(clerk, round_id)
    add = teams.add_team(world.desk, clerk.session, round_id, replace(team_form(3), **wrong))
    assert await refusal(add) == f"bad-input:{detail}"
    assert await refusal(change(clerk, round_id, second, replace(team_form(2), **wrong))) == f"bad-input:{detail}"
    assert await lines(clerk, round_id) == before


async def test_of_two_who_change_a_team_the_second_is_told_and_nothing_of_the_first_is_lost(world: World) -> None:
    clerk, director = await planner(world), await planner(world, "fang")
    round_id = await clerk.round()
    team_id = await clerk.team(round_id, 1)
    version = (await lines(clerk, round_id))[0].version
    await change(clerk, round_id, team_id, team_form(1, phone="0000-1"), version)
    with pytest.raises(Refused) as refused:
        await change(director, round_id, team_id, team_form(1, address="县前街"), version)
    assert refused.value.reason is Reason.STALE
    assert (await lines(clerk, round_id))[0].team.phone == "0000-1"


async def test_once_open_only_how_a_team_is_reached_changes(world: World) -> None:
    clerk = await planner(world)
    line = (await lines(clerk, world.made.round_id))[0]
    form = team_form(9, None, name="别名", phone="0000-2", address="县前街", mailbox="B")
    await change(clerk, world.made.round_id, line.team.id, form, line.version)
    after = (await lines(clerk, world.made.round_id))[0].team
    assert after == replace(line.team, phone="0000-2", address="县前街", mailbox="B")
    assert await refusal(clerk.team(world.made.round_id, 9)) == "wrong-state:round-not-planned"
    remove = teams.remove_team(world.desk, clerk.session, world.made.round_id, line.team.id)
    assert await refusal(remove) == "wrong-state:round-not-planned"


async def test_a_team_with_people_is_not_removed(world: World) -> None:
    clerk = await planner(world)
    copy = Copy(world.made.round_id)
    round_id = await framing.make_round(world.desk, clerk.session, clerk.frame(), copy)
    first = (await lines(clerk, round_id))[0]
    assert first.is_used
    remove = teams.remove_team(world.desk, clerk.session, round_id, first.team.id)
    assert await refusal(remove) == "bad-input:plan-team-used"


async def test_a_team_does_not_move_its_home_to_where_it_inspects(world: World) -> None:
    clerk = await planner(world)
    round_id, (county, *_) = await clerk.round(cross_region=CrossRegion.WARN), await counties(clerk)
    team_id, town, village = await clerk.team(round_id, 1), await clerk.unit("A 县/A1 镇"), None
    village = await clerk.unit("A 县/A1 镇/A11 村")
    assert await clerk.gives(round_id, town, team_id) == []
    for home in (county, town, village):
        assert await refusal(change(clerk, round_id, team_id, team_form(1, home))) == "bad-input:plan-team-home-stands"
    other = await clerk.unit("A 县/A2 镇")
    await change(clerk, round_id, team_id, team_form(1, other))
    assert await clerk.gives(round_id, other, team_id, reason="人手不够") == []
    await change(clerk, round_id, team_id, team_form(1, other, phone="0000-2"), 2)  # for that there is a reason


async def test_a_team_of_another_round_or_a_home_of_another_office_is_unknown(world: World) -> None:
    clerk = await planner(world)
    round_id, other = await clerk.round(), await clerk.round(8, days=120)
    team_id = await clerk.team(other, 1)
    _, theirs = await another_office(world)
    assert await refusal(change(clerk, round_id, team_id, team_form(1))) == "unknown:"
    assert await refusal(clerk.team(round_id, 1, theirs)) == "unknown:"
    made = await world.house.store.read(lambda tx: stored.list_teams(tx, round_id))
    assert await refusal(change(clerk, round_id, made[0].id, team_form(1))) == "unknown:"  # the recusal team


async def add(clerk: Planner, parent: UnitId | None, name: str, code: str) -> UnitId:
    return await units.add_unit(clerk.world.desk, clerk.session, parent, name=name, code=code)


async def view(clerk: Planner, unit_id: UnitId) -> units.UnitView:
    return await units.view_unit(clerk.world.desk, clerk.session, unit_id)


async def test_units_hang_from_their_parent_and_one_without_a_parent_is_a_county(world: World) -> None:
    clerk = await planner(world)
    county = await add(clerk, None, "云岭县", "YL")
    town = await add(clerk, county, "云 头镇", "YL1")
    village = await add(clerk, town, "上云村", "YL11")
    shown = await view(clerk, village)
    assert (shown.unit.level, shown.unit.path) == (Level.VILLAGE, "云岭县/云 头镇/上云村")
    assert [unit.id for unit in shown.above] == [county, town]
    assert await refusal(add(clerk, village, "云脚", "YL111")) == "bad-input:plan-unit-deep"
    assert await refusal(add(clerk, UnitId(bytes(16)), "云脚村", "YL12")) == "unknown:"
    tree = await units.read_tree(world.desk, clerk.session)
    assert {node.unit.name: node.below for node in tree} == {"苇原县": 11, "云岭县": 2, "青石岭县": 0}


async def test_no_two_units_of_an_office_have_one_code_and_no_two_siblings_one_name(world: World) -> None:
    clerk = await planner(world)
    county = await add(clerk, None, "云岭县", "YL")
    town = await add(clerk, county, "云头镇", "YL1")
    assert await refusal(add(clerk, county, "云脚镇", "YL1")) == "bad-input:plan-unit-same-code"
    assert await refusal(add(clerk, county, "云头镇", "YL2")) == "bad-input:plan-unit-same-name"
    other = await add(clerk, county, "云脚镇", "YL2")
    await add(clerk, town, "石桥村", "YL11")
    await add(clerk, other, "石桥村", "YL21")  # the same name elsewhere is another place
    stood = (await view(clerk, other)).unit
    for name, code, detail in (("云脚镇", "YL1", "same-code"), ("云头镇", "YL2", "same-name"), ("", "YL2", "name"),
                               ("a/b", "YL2", "name"), ("云脚镇", " ", "code")):  # fmt: skip
        late = units.change_unit(world.desk, clerk.session, stood, name=name, code=code)
        assert await refusal(late) == f"bad-input:plan-unit-{detail}"
    assert (await view(clerk, other)).unit == stood


async def test_a_new_name_moves_the_paths_below_and_of_nothing_else(world: World) -> None:
    clerk = await planner(world)
    await counties(clerk, 2)
    beside = await add(clerk, None, "A 县城", "TAX")  # begins with the same letters
    stood = (await view(clerk, await clerk.unit("A 县"))).unit
    await units.change_unit(world.desk, clerk.session, stood, name="甲%县", code="TA")
    known = await world.house.store.read(lambda tx: stored_units.list_units(tx, clerk.session.office_id))
    assert sum(unit.path.startswith("甲%县/") for unit in known) == 9
    assert not any(unit.path.startswith("A 县/") for unit in known)
    assert (await view(clerk, beside)).unit.path == "A 县城"
    assert await clerk.unit("甲%县/A1 镇/A11 村")
    late = units.change_unit(world.desk, clerk.session, stood, name="乙县", code="TA")
    assert await refusal(late) == "stale:"


async def test_a_unit_that_something_names_stays_and_another_goes_with_its_names(world: World) -> None:
    clerk = await planner(world)
    round_id, (county, *_) = await clerk.round(), await counties(clerk)
    town, village = await clerk.unit("A 县/A1 镇"), await clerk.unit("A 县/A1 镇/A11 村")
    free, tied = await clerk.unit("A 县/A2 镇/A21 村"), await clerk.unit("A 县/A2 镇/A22 村")
    team_id = await clerk.team(round_id, 1, await clerk.unit("B 县/B1 镇/B11 村"))
    assert await clerk.gives(round_id, village, team_id) == []
    await ties.declare(world.desk, clerk.session, tied, Relation.NATIVE)
    await units.add_alias(world.desk, clerk.session, free, "老二村")
    for used in (county, town, village, tied, await clerk.unit("B 县/B1 镇/B11 村"), await clerk.unit("苇原县/苇庄镇")):
        assert await refusal(units.remove_unit(world.desk, clerk.session, used)) == "bad-input:plan-unit-used"
    await units.remove_unit(world.desk, clerk.session, free)
    assert await refusal(view(clerk, free)) == "unknown:"
    assert await units.find(world.desk, clerk.session, "老二村") == []


async def test_a_unit_has_at_most_twenty_other_names_each_once_and_its_own_is_none_of_them(world: World) -> None:
    clerk = await planner(world)
    unit_id, names = await clerk.unit("青石岭县"), [f"别名 {n}" for n in range(10, 30)]
    for alias in ("青石岭县", *names[:19], names[0], names[19]):
        await units.add_alias(world.desk, clerk.session, unit_id, alias)
    assert sorted((await view(clerk, unit_id)).aliases) == names
    more = units.add_alias(world.desk, clerk.session, unit_id, "再一个")
    assert await refusal(more) == "bad-input:plan-unit-aliases"


async def test_a_unit_is_found_by_code_name_and_alias_and_another_offices_never(world: World) -> None:
    clerk = await planner(world)
    _, theirs = await another_office(world)

    async def found(typed: str) -> list[str]:
        return [unit.path for unit in await units.find(world.desk, clerk.session, typed)]

    assert await found("WY01") == ["苇原县/苇庄镇"]
    assert await found("石桥") == ["苇原县/苇庄镇/石桥村", "苇原县/青坪乡/石桥村"]
    assert await found("杏坪") == ["苇原县/苇庄镇/杏树坪村"]
    assert await found("别的县") == await found("ZZ") == await found("") == []
    for waiting in (
        view(clerk, theirs), add(clerk, theirs, "村", "X"), units.remove_unit(world.desk, clerk.session, theirs),
        units.add_alias(world.desk, clerk.session, theirs, "x"),
        units.drop_alias(world.desk, clerk.session, theirs, "x"),
    ):  # fmt: skip
        assert await refusal(waiting) == "unknown:"
