"""A plan is written in few statements, on every database: units turned around, names, assignments, seats."""

from dataclasses import replace
from datetime import date

import pytest

from domain.ids import MemberId, UnitId, new_id
from domain.rounds import Level, Role, Unit
from storage.office import planned, teams, units
from storage.office.teams import Assignment
from storage.people import members
from storage.people.members import Member, Membership, MemberState
from storage.store import Conflict, Store, Tx
from tests.storage.frame import Frame

DAY = date(2026, 11, 11)


def village(name: str, parent: Unit | None = None) -> Unit:
    return Unit(UnitId(new_id()), parent.id if parent else None, Level.VILLAGE, name, name, f"x/{name}")


async def test_units_change_places_with_each_other_and_with_new_ones(store: Store, frame: Frame) -> None:
    one, two, new = village("甲"), village("乙"), village("丙")
    await store.write(lambda tx: units.insert_units(tx, frame.office, [one, two]))
    moved = [
        replace(one, path=two.path, name=two.name, code="1", parent_id=new.id, level=Level.TOWNSHIP),
        replace(two, path="x/丁", name="丁"),
    ]
    fresh = replace(new, path=one.path, name=one.name)

    def turn(tx: Tx) -> None:
        planned.free_paths(tx, moved)
        units.insert_units(tx, frame.office, [fresh])
        planned.update_units(tx, moved)

    await store.write(turn)
    stored = {unit.id: unit for unit in await store.read(lambda tx: units.list_units(tx, frame.office))}
    assert [stored[unit.id] for unit in (*moved, fresh)] == [*moved, fresh]


async def test_a_path_that_another_unit_has_is_a_conflict_and_nothing_is_written(store: Store, frame: Frame) -> None:
    one, two = village("甲"), village("乙")
    await store.write(lambda tx: units.insert_units(tx, frame.office, [one, two]))
    with pytest.raises(Conflict):
        await store.write(lambda tx: planned.update_units(tx, [replace(one, path=two.path)]))
    assert await store.read(lambda tx: units.get_unit(tx, one.id)) == one


async def test_other_names_are_replaced_and_those_of_other_units_stay(store: Store, frame: Frame) -> None:
    one, two = village("甲"), village("乙")

    def name(tx: Tx) -> None:
        units.insert_units(tx, frame.office, [one, two])
        planned.set_aliases(tx, {one.id: ("a", "b"), two.id: ("c",)})
        planned.set_aliases(tx, {one.id: ("b", "d")})
        planned.set_aliases(tx, {})

    await store.write(name)
    found = await store.read(lambda tx: planned.all_aliases(tx, frame.office))
    assert (found[one.id], found[two.id]) == (("b", "d"), ("c",))


async def test_assignments_are_put_replaced_and_taken_out_at_once(store: Store, frame: Frame) -> None:
    places = [village(name) for name in "甲乙丙"]
    first, second = frame.team, frame.other_team

    def assign(tx: Tx) -> None:
        units.insert_units(tx, frame.office, places)
        planned.replace_assignments(tx, frame.round, [], [Assignment(one.id, first) for one in places])
        put = [Assignment(places[1].id, second, "理由")]
        planned.replace_assignments(tx, frame.round, [places[0].id], put)
        planned.replace_assignments(tx, frame.round, [], [])

    await store.write(assign)
    found = await store.read(lambda tx: teams.list_assignments(tx, frame.round))
    mine = {one.unit_id: (one.team_id, one.reason) for one in found if one.unit_id in {place.id for place in places}}
    assert mine == {places[1].id: (second, "理由"), places[2].id: (first, "")}


async def test_seats_of_the_day_are_named_for_everybody_of_the_office(store: Store, frame: Frame) -> None:
    who = Member(MemberId(new_id()), frame.office, "new", "新", MemberState.INVITED)
    seats = [Membership(who.id, frame.office, team, Role.LIAISON, DAY) for team in (frame.team, frame.other_team)]
    over = Membership(who.id, frame.office, None, Role.CLERK, date(2026, 1, 1), date(2026, 11, 10))

    def sit(tx: Tx) -> None:
        members.insert_member(tx, who)
        for seat in (*seats, over):
            members.insert_membership(tx, seat)

    await store.write(sit)
    found = await store.read(lambda tx: planned.seats_of_office(tx, frame.office, DAY))
    assert set(found[who.id]) == set(seats)
