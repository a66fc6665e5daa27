"""A round by screens: its window is meant as written, its parts come from the last one, and nobody's edit is lost."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest

from domain.clocks import Stage
from domain.ids import RoundId, TeamId
from domain.rounds import CrossRegion, Role, RoundState, Team, TeamKind
from handlers.office import rounds as office_rounds
from handlers.office.days import deadlines
from handlers.office.keys import removing
from handlers.office.plan import framing
from handlers.office.plan.copying import Copy
from handlers.office.plan.framing import Frame, Overlapping
from handlers.office.rounds import opening
from storage.desk import canned
from storage.office import rounds, teams
from storage.people import audit, members
from storage.store import Tx
from tests.handlers.office.plan_side import Planner, another_office, counties, planner, refusal
from tests.world import World


async def teams_in(world: World, round_id: RoundId) -> list[Team]:
    return await world.house.store.read(lambda tx: teams.list_teams(tx, round_id))


async def test_a_new_round_is_planned_and_has_its_two_pseudo_teams_and_nothing_else(world: World) -> None:
    clerk = await planner(world)
    round_id = await clerk.round()
    round_ = await office_rounds.get_round(world.desk, clerk.session, round_id)
    assert (round_.term, round_.ordinal, round_.phase, round_.state) == (14, 7, 1, RoundState.PLANNED)
    assert (round_.opens_at, round_.closes_at) == (clerk.frame().opens_at, clerk.frame().closes_at)
    made = await teams_in(world, round_id)
    assert [(team.kind, team.name, team.phone) for team in made] == [
        (TeamKind.RECUSAL, "回避组", ""), (TeamKind.UNROUTED, "待分件", ""),
    ]  # fmt: skip
    assert all([await world.house.store.read(lambda tx, t=team: canned.list_replies(tx, t.id)) for team in made])
    lines = await world.house.store.read(lambda tx: audit.lines_about(tx, round_.office_id, "round", round_id))
    assert [line.entry.act for line in lines] == ["plan-round"]


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ({"lasts": -1}, "plan-window-order"),
        ({"days": -60, "lasts": 30}, "plan-window-over"),
        ({"lasts": 400}, "plan-window-long"),
        ({"term": 0}, "plan-numbers"),
        ({"ordinal": 1000}, "plan-numbers"),
        ({"phase": 1000}, "plan-numbers"),
        ({"accept_days": 0}, "plan-accept-days"),
        ({"accept_days": 251}, "plan-accept-days"),
    ],
)
async def test_a_window_or_a_number_that_cannot_be_meant_is_refused(
    world: World, wrong: dict[str, int], detail: str
) -> None:
    clerk = await planner(world)
    before = await office_rounds.list_rounds(world.desk, clerk.session)
    frame = clerk.frame(**wrong)  # type: ignore[arg-type]
    assert await refusal(framing.make_round(world.desk, clerk.session, frame)) == f"bad-input:{detail}"
    assert await office_rounds.list_rounds(world.desk, clerk.session) == before


async def test_a_window_that_ends_at_midnight_is_a_forgotten_hour(world: World) -> None:
    clerk = await planner(world)
    midnight = replace(clerk.frame(), closes_at=clerk.frame().closes_at.replace(hour=0))
    assert await refusal(framing.make_round(world.desk, clerk.session, midnight)) == "bad-input:plan-window-midnight"


async def test_two_rounds_of_one_number_are_refused(world: World) -> None:
    clerk = await planner(world)
    first = await clerk.round()
    assert await refusal(clerk.round(days=120)) == "wrong-state:round-exists"
    other = await clerk.round(8, days=120)
    taken = framing.change_frame(world.desk, clerk.session, other, 1, clerk.frame(7, days=120))
    assert await refusal(taken) == "wrong-state:round-exists"
    assert {first, other} <= {row.id for row in await office_rounds.list_rounds(world.desk, clerk.session)}


async def test_a_frame_is_changed_until_the_round_opens_and_the_second_of_two_is_told(world: World) -> None:
    clerk, director = await planner(world), await planner(world, "fang")
    round_id = await clerk.round()
    opens = clerk.frame(days=50).opens_at
    whole = Frame(999, 9, 2, opens, opens + framing.LONGEST, 250, CrossRegion.WARN)  # the most there can be
    await framing.change_frame(world.desk, clerk.session, round_id, 1, whole)
    round_ = await office_rounds.get_round(world.desk, clerk.session, round_id)
    assert Frame(**{one.name: getattr(round_, one.name) for one in fields(Frame)}) == whole
    late = framing.change_frame(world.desk, director.session, round_id, 1, clerk.frame(10))
    assert await refusal(late) == "stale:"
    await framing.change_frame(world.desk, director.session, round_id, round_.version, clerk.frame(10))
    running = framing.change_frame(world.desk, clerk.session, world.made.round_id, 1, clerk.frame(11))
    assert await refusal(running) == "wrong-state:round-not-planned"


async def copied(clerk: Planner, **parts: bool) -> RoundId:
    copy = Copy(clerk.world.made.round_id, **parts)
    return await framing.make_round(clerk.world.desk, clerk.session, clerk.frame(), copy)


async def test_a_round_like_the_last_one_has_its_teams_people_deadlines_texts_and_places(world: World) -> None:
    clerk, old = await planner(world), world.made.round_id
    days = dict.fromkeys(Stage, 3)
    await deadlines.set_deadlines(world.desk, clerk.session, old, 2, days=days, claim_hours=5)
    new = await copied(clerk)

    def load(tx: Tx, round_id: RoundId) -> object:
        rows = teams.list_teams(tx, round_id)
        today = world.clock().date()
        return (
            [(t.ordinal, t.name, t.kind, t.phone, t.address, t.mailbox, t.home_unit_id) for t in rows],
            [[(m.login, role) for m, role in members.members_of_team(tx, t.id, today)] for t in rows],
            [[unit.path for unit in teams.units_of_team(tx, round_id, t.id)] for t in rows],
            [rounds.get_text(tx, round_id, "zh", key) for key in ("notice", "scope")],
            [len(canned.list_replies(tx, t.id)) for t in rows],
        )

    store = world.house.store
    assert await store.read(lambda tx: load(tx, new)) == await store.read(lambda tx: load(tx, old))
    round_ = await office_rounds.get_round(world.desk, clerk.session, new)
    assert (round_.days[Stage.CLOSE], round_.claim_hours) == (3, 5)
    assert (round_.accept_days, round_.opens_at) == (15, clerk.frame().opens_at)  # these two are given anew


async def test_each_part_is_left_out_by_its_own_box(world: World) -> None:
    clerk = await planner(world)
    nothing = await copied(clerk, teams=False, seats=False, deadlines=False, texts=False, assignments=False)
    assert len(await teams_in(world, nothing)) == 2
    assert await world.house.store.read(lambda tx: rounds.get_text(tx, nothing, "zh", "scope")) is None
    copy = Copy(world.made.round_id, seats=False, assignments=False)
    teams_alone = await framing.make_round(world.desk, clerk.session, clerk.frame(8), copy)
    made = await teams_in(world, teams_alone)
    assert len(made) == 5
    today = world.clock().date()
    for team in made:
        assert not await world.house.store.read(lambda tx, t=team: members.members_of_team(tx, t.id, today))
        assert not await world.house.store.read(lambda tx, t=team: teams.units_of_team(tx, teams_alone, t.id))


async def test_people_and_places_do_not_come_without_their_teams(world: World) -> None:
    clerk = await planner(world)
    assert await refusal(copied(clerk, teams=False)) == "bad-input:plan-copy-teams"
    assert len(await office_rounds.list_rounds(world.desk, clerk.session)) == 1


async def test_who_was_put_out_is_not_taken_over_and_no_group_is_told_of_new_tips(world: World) -> None:
    clerk = await planner(world)
    _, director = await world.sign_in("fang")
    _, tang = await world.sign_in("tang")
    await removing.disable(world.desk, director, tang.member_id)
    await world.house.store.write(lambda tx: teams.set_notice_peer(tx, tang.teams[0], "-100123"))
    new = await copied(clerk)
    first = (await teams_in(world, new))[0]
    today = world.clock().date()
    seated = await world.house.store.read(lambda tx: members.members_of_team(tx, first.id, today))
    assert {member.login for member, _ in seated} == {"zhou", "heyu"}
    assert (await world.house.store.read(lambda tx: teams.get_group(tx, first.id))).peer == ""


async def test_a_liaison_taken_over_holds_what_names_no_place_too(world: World) -> None:
    new = await copied(await planner(world))
    unrouted = next(team for team in await teams_in(world, new) if team.kind is TeamKind.UNROUTED)
    today = world.clock().date()
    seated = await world.house.store.read(lambda tx: members.members_of_team(tx, unrouted.id, today))
    assert {role for _, role in seated} == {Role.LIAISON}
    assert unrouted.phone == "0000-0000001"


async def test_a_copy_with_places_in_a_window_that_still_runs_is_refused_and_makes_nothing(world: World) -> None:
    clerk = await planner(world)
    soon = clerk.frame(days=10)
    with pytest.raises(Overlapping) as refused:
        await framing.make_round(world.desk, clerk.session, soon, Copy(world.made.round_id))
    assert {unit.name for unit, _ in refused.value.found} == {"苇庄镇", "青坪乡", "南岔镇", "苇原县水利站"}
    assert {other.id for _, other in refused.value.found} == {world.made.round_id}
    assert len(await office_rounds.list_rounds(world.desk, clerk.session)) == 1
    await framing.make_round(
        world.desk, clerk.session, clerk.frame(8, days=10), Copy(world.made.round_id, assignments=False)
    )
    await opening.close_round(world.desk, (await world.sign_in("fang"))[1], world.made.round_id)
    await framing.make_round(world.desk, clerk.session, soon, Copy(world.made.round_id))  # what is closed is in no way


async def test_a_window_is_not_moved_over_that_of_a_round_with_the_same_places(world: World) -> None:
    clerk = await planner(world)
    new = await copied(clerk)
    version = (await office_rounds.get_round(world.desk, clerk.session, new)).version
    back = clerk.frame(days=20)
    with pytest.raises(Overlapping):
        await framing.change_frame(world.desk, clerk.session, new, version, back)
    touching = replace(back, opens_at=await closes_of(clerk), closes_at=back.closes_at + timedelta(days=20))
    await framing.change_frame(world.desk, clerk.session, new, version, touching)


async def test_a_team_that_inspects_its_home_for_a_reason_comes_into_no_round_that_allows_none(world: World) -> None:
    clerk = await planner(world)
    await counties(clerk, 1)
    warned, home = await clerk.round(cross_region=CrossRegion.WARN), await clerk.unit("A 县/A1 镇")
    team = await clerk.team(warned, 1, home)
    assert await clerk.gives(warned, home, team, reason="人手不够") == []
    becomes = framing.change_frame(world.desk, clerk.session, warned, 1, clerk.frame())
    assert await refusal(becomes) == "bad-input:plan-home-stands"
    later, copy = clerk.frame(8, days=120), Copy(warned)
    strict = framing.make_round(world.desk, clerk.session, later, copy)
    assert await refusal(strict) == "bad-input:plan-copy-home"
    same = await framing.make_round(world.desk, clerk.session, replace(later, cross_region=CrossRegion.WARN), copy)
    rows = await world.house.store.read(lambda tx: teams.list_assignments(tx, same))
    assert [(row.unit_id, row.reason) for row in rows] == [(home, "人手不够")]


async def closes_of(clerk: Planner) -> datetime:
    return (await office_rounds.get_round(clerk.world.desk, clerk.session, clerk.world.made.round_id)).closes_at


async def test_a_round_of_another_office_is_neither_copied_nor_changed(world: World) -> None:
    clerk = await planner(world)
    office_id, _ = await another_office(world)
    theirs = await office_rounds.get_round(world.desk, clerk.session, world.made.round_id)
    foreign = replace(theirs, id=RoundId(b"f" * 16), office_id=office_id, state=RoundState.PLANNED)
    await world.house.store.write(lambda tx: rounds.insert_round(tx, foreign))
    make = framing.make_round(world.desk, clerk.session, clerk.frame(), Copy(foreign.id))
    assert await refusal(make) == "unknown:"
    change = framing.change_frame(world.desk, clerk.session, foreign.id, foreign.version, clerk.frame())
    assert await refusal(change) == "unknown:"
    assert await refusal(clerk.team(foreign.id, 1)) == "unknown:"
    assert await refusal(clerk.gives(foreign.id, await clerk.unit("苇原县"), TeamId(bytes(16)))) == "unknown:"
