"""The check list before a round opens: each line says what is missing by name, and a round with a gap does not open."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Refused
from domain.ids import RoundId
from domain.regions import Relation
from domain.rounds import Role, RoundState
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.intake import recipients
from handlers.office import cards
from handlers.office import rounds as office_rounds
from handlers.office.keys import removing
from handlers.office.keys.escrow import Kept
from handlers.office.plan import gaps
from handlers.office.plan.framing import Overlapping
from handlers.office.rounds import checklist, opening, shown_keys, wording
from handlers.office.rounds.checklist import Item, Line, Mark
from handlers.people import roster
from handlers.people.inviting import Newcomer
from handlers.people.sessions import Session
from reports.plan import PlanAssignment
from storage.office import rounds, teams, units
from storage.people import conflicts
from storage.people.conflicts import Declared
from tests.handlers.office.side import plan_of, plan_round, ready_round
from tests.world import World


async def director(world: World) -> Session:
    return (await world.sign_in("fang"))[1]


async def listed(world: World, round_id: RoundId) -> dict[Item, Line]:
    round_ = await office_rounds.get_round(world.desk, await director(world), round_id)
    return {line.item: line for line in await checklist.check(world.desk, round_)}


async def refused(work) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        await work
    return str(caught.value.detail)


async def stays_shut(world: World, round_id: RoundId, why: str) -> None:
    fang = await director(world)
    assert await refused(opening.open_round(world.desk, fang, round_id)) == why
    assert (await office_rounds.get_round(world.desk, fang, round_id)).state is RoundState.PLANNED


async def test_a_round_that_lacks_nothing_has_nine_good_lines_and_opens(world: World) -> None:
    round_id = await ready_round(world)
    lines = await listed(world, round_id)
    assert list(lines) == list(Item)
    assert {line.mark for line in lines.values()} == {Mark.DONE}
    await opening.open_round(world.desk, await director(world), round_id)


async def test_a_round_without_cards_names_the_places_that_lack_them(world: World) -> None:
    round_id = await plan_round(world)
    lines = await listed(world, round_id)
    assert lines[Item.CARDS].names == ("苇原县 南岔镇", "苇原县 苇原县水利站", "苇原县 苇庄镇", "苇原县 青坪乡")
    await stays_shut(world, round_id, "opening-cards")
    made = await cards.make_all_batches(world.desk, round_id, "入户")
    fang = await director(world)
    assert (await listed(world, round_id))[Item.CARDS].mark is Mark.DONE
    await cards.revoke(world.desk, fang.office_id, made[0])
    assert len((await listed(world, round_id))[Item.CARDS].names) == 1


async def test_notice_and_scope_must_be_written(world: World) -> None:
    round_id = await ready_round(world)
    fang = await director(world)
    version = (await office_rounds.get_round(world.desk, fang, round_id)).version
    await wording.set_texts(world.desk, fang, round_id, version, notice="有公告", scope=" ")
    assert (await listed(world, round_id))[Item.TEXTS].names == ("scope",)
    await stays_shut(world, round_id, "opening-texts")


async def test_a_place_nobody_inspects_beside_one_that_is_blocks_until_a_director_says_why(world: World) -> None:
    plan = plan_of(world)
    round_id = await ready_round(world, replace(plan, assignments=(*plan.assignments[1:], PlanAssignment("WY0101", 1))))
    line = (await listed(world, round_id))[Item.UNITS]
    assert line.names == ("苇原县 苇庄镇 上苇村", "苇原县 苇庄镇 杏树坪村", "苇原县 苇庄镇 柳沟村")
    await stays_shut(world, round_id, "opening-units")
    (_, qiao), fang = await world.sign_in("qiao"), await director(world)
    assert await refused(gaps.leave_gaps(world.desk, qiao, round_id, "这次不巡")) == "director-only"
    for reason in ("  ", "长" * 201):
        assert await refused(gaps.leave_gaps(world.desk, fang, round_id, reason)) == "why"
    running = gaps.leave_gaps(world.desk, fang, world.made.round_id, "这次不巡")
    assert await refused(running) == "round-not-planned"
    await gaps.leave_gaps(world.desk, fang, round_id, "这三个村去年巡过")
    line = (await listed(world, round_id))[Item.UNITS]
    assert (line.mark, line.why) == (Mark.WAIVED, "这三个村去年巡过")
    station = next(row for row in plan.units if row.code == "WY91")
    dropped = await world.house.store.read(lambda tx: units.search_units(tx, fang.office_id, station.name))
    await world.house.store.write(lambda tx: teams.drop_assignment(tx, round_id, dropped[0].id))
    assert (await listed(world, round_id))[Item.UNITS].mark is Mark.MISSING, "another gap needs a reason of its own"


async def test_a_team_without_a_place_is_a_line_of_its_own(world: World) -> None:
    plan = plan_of(world)
    round_id = await ready_round(world, plan)
    fang = await director(world)
    town = next(row for row in plan.units if row.code == "WY02")
    mine = [
        one
        for one in await world.house.store.read(lambda tx: units.list_units(tx, fang.office_id))
        if one.code == town.code
    ]
    first = next(iter(await world.house.store.read(lambda tx: teams.list_teams(tx, round_id))))
    await world.house.store.write(lambda tx: teams.drop_assignment(tx, round_id, mine[0].id))
    await world.house.store.write(lambda tx: teams.insert_assignment(tx, round_id, mine[0].id, first.id))
    lines = await listed(world, round_id)
    assert (lines[Item.UNITS].mark, lines[Item.IDLE].names) == (Mark.DONE, ("第二巡察组",))
    await stays_shut(world, round_id, "opening-idle")


async def test_a_team_with_one_able_member_is_not_enough(world: World) -> None:
    round_id = await ready_round(world)
    fang, (_, lu) = await director(world), await world.sign_in("lu")
    await removing.disable(world.desk, fang, lu.member_id)
    assert (await listed(world, round_id))[Item.TEAMS].names == ("第二巡察组",)
    await stays_shut(world, round_id, "team-not-ready")


async def test_what_is_not_routed_needs_two_of_two_liaisons_and_one_of_one(world: World) -> None:
    plan = plan_of(world)
    once = replace(
        plan,
        members=tuple(replace(row, role=Role.INSPECTOR) if row.login in {"lu", "bai"} else row for row in plan.members),
    )
    round_id = await ready_round(world, once)
    assert (await listed(world, round_id))[Item.TEAMS].mark is Mark.DONE
    fang = await director(world)
    mine = await roster.list_teams(world.desk, fang)
    of_round = next(team for team in mine if team.round_id == round_id and team.ordinal == 2)
    await roster.invite(world.desk, fang, Newcomer("later", "后来", Role.LIAISON, of_round.id))
    assert (await listed(world, round_id))[Item.TEAMS].names == ("待分件",)


async def test_a_round_that_overlaps_another_stays_shut(world: World) -> None:
    round_id = await ready_round(world)
    fang = await director(world)
    first = await office_rounds.get_round(world.desk, fang, world.made.round_id)
    second = await office_rounds.get_round(world.desk, fang, round_id)
    moved = replace(second, opens_at=first.closes_at - timedelta(hours=1))
    await world.house.store.write(lambda tx: rounds.set_frame(tx, moved))
    line = (await listed(world, round_id))[Item.OVERLAP]
    assert "苇原县 苇庄镇，第 6 轮也有" in line.names
    await stays_shut(world, round_id, "opening-overlap")


async def test_without_two_activated_custodians_a_reason_is_needed(world: World) -> None:
    round_id = await ready_round(world)
    fang, (_, qin) = await director(world), await world.sign_in("qin")
    await removing.disable(world.desk, fang, qin.member_id)
    await roster.invite(world.desk, fang, Newcomer("third", "第三人", Role.CUSTODIAN))
    assert (await listed(world, round_id))[Item.ESCROW].names == ("第三人",)
    await stays_shut(world, round_id, "opening-escrow")
    _, qiao = await world.sign_in("qiao")
    assert await refused(opening.waive_escrow(world.desk, qiao, round_id, "不要")) == "director-only"
    await opening.waive_escrow(world.desk, fang, round_id, "县里没有合适的人")
    line = (await listed(world, round_id))[Item.ESCROW]
    assert (line.mark, line.why) == (Mark.WAIVED, "县里没有合适的人")
    await opening.open_round(world.desk, fang, round_id)
    round_ = await office_rounds.get_round(world.desk, fang, round_id)
    found = await shown_keys.opened(world.desk, round_)
    assert {one.kept for one in found.keys} == {Kept.WAIVED, Kept.NEVER}


async def test_a_declared_tie_and_a_rule_set_aside_are_shown_and_block_nothing(world: World) -> None:
    plan = plan_of(world)
    crossing = tuple(
        replace(row, reason="只有这个组懂水利") if row.unit_code == "WY91" else row for row in plan.assignments
    )
    round_id = await ready_round(world, replace(plan, assignments=crossing))
    (_, zhou), fang = await world.sign_in("zhou"), await director(world)
    village = (await world.house.store.read(lambda tx: units.search_units(tx, fang.office_id, "上苇村")))[0]
    tie = Declared(zhou.member_id, village.id, Relation.NATIVE, world.clock().date())
    await world.house.store.write(lambda tx: conflicts.put_conflict(tx, tie))
    lines = await listed(world, round_id)
    assert (lines[Item.TIES].mark, lines[Item.TIES].names) == (Mark.ADVICE, ("第一巡察组周宁，苇原县 苇庄镇 上苇村",))
    assert lines[Item.CROSS].mark is Mark.ADVICE
    assert "只有这个组懂水利" in lines[Item.CROSS].names[0]
    await opening.open_round(world.desk, fang, round_id)


async def test_an_open_round_is_extended_and_its_keys_still_take_letters(world: World) -> None:
    fang, (_, qiao), round_id = await director(world), await world.sign_in("qiao"), world.made.round_id
    before = await office_rounds.get_round(world.desk, fang, round_id)
    later = before.closes_at + timedelta(days=20)
    assert await refused(opening.extend_round(world.desk, qiao, round_id, later)) == "director-only"
    for wrong in (before.closes_at, before.closes_at - timedelta(days=1), world.clock()):
        assert await refused(opening.extend_round(world.desk, fang, round_id, wrong)) == "extend-earlier"
    far = before.closes_at + timedelta(days=before.retention_days)
    assert await refused(opening.extend_round(world.desk, fang, round_id, far)) == "extend-too-far"
    await opening.extend_round(world.desk, fang, round_id, later)
    assert (await office_rounds.get_round(world.desk, fang, round_id)).closes_at == later
    world.clock.now = before.closes_at + timedelta(hours=1)
    await world.villager("after the old end").tells("苇庄镇", "延长以后说的")
    for line in (await shown_keys.opened(world.desk, before)).keys:
        await recipients.team_key(world.intake, round_id, line.line.team.id)
    await opening.close_round(world.desk, fang, round_id)
    assert (
        await refused(opening.extend_round(world.desk, fang, round_id, later + timedelta(days=1))) == "round-not-open"
    )


async def test_an_extension_into_the_next_round_of_a_place_is_refused(world: World) -> None:
    await ready_round(world)
    fang, round_id = await director(world), world.made.round_id
    before = await office_rounds.get_round(world.desk, fang, round_id)
    far = before.closes_at + timedelta(days=60)
    with pytest.raises(Overlapping) as found:
        await opening.extend_round(world.desk, fang, round_id, far)
    assert {other.ordinal for _, other in found.value.found} == {7}
    assert (await office_rounds.get_round(world.desk, fang, round_id)).closes_at == before.closes_at


async def test_the_keys_are_shown_as_signed_and_a_swapped_one_as_not(world: World) -> None:
    fang = await director(world)
    round_ = await office_rounds.get_round(world.desk, fang, world.made.round_id)
    found = await shown_keys.opened(world.desk, round_)
    assert {(one.generation, one.signed) for one in found.keys} == {(1, True)}
    assert found.late == 0


async def test_late_tips_are_counted_up_to_yesterday_so_that_no_count_tells_when_one_came(world: World) -> None:
    villager, fang = world.villager("late"), await director(world)
    await villager.does(Start(world.card("苇庄镇")), Said("路灯不亮"), Chose("done"))
    await opening.close_round(world.desk, fang, world.made.round_id)
    for choice in ("skip", "anonymous", "recusal:no", "submit"):
        await villager.does(Chose(choice))
    await fold(world.desk)
    round_ = await office_rounds.get_round(world.desk, fang, world.made.round_id)
    assert (await shown_keys.opened(world.desk, round_)).late == 0
    world.clock.forward(days=1)
    assert (await shown_keys.opened(world.desk, round_)).late == 1
