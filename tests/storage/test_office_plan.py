"""What a plan changes in place: names with the paths below, teams past a version, ties, and what must not go."""

from dataclasses import replace

import pytest

from domain.errors import Reason, Refused
from domain.ids import OfficeId, TeamId, UnitId, new_id
from domain.regions import Relation
from domain.rounds import Level, Role, Unit
from storage.desk.canned import CannedReply, insert_reply, list_replies
from storage.office import teams, units
from storage.people import conflicts, members
from storage.people.conflicts import Declared
from storage.people.members import Membership
from storage.store import Conflict, Store
from tests.storage.frame import DAY, Frame, a_team


async def path_of(store: Store, unit_id: UnitId) -> str:
    return (await store.read(lambda tx: units.get_unit(tx, unit_id))).path


async def test_a_new_name_moves_all_paths_below_even_with_signs_that_a_search_means_otherwise(
    store: Store, frame: Frame
) -> None:
    beside = Unit(UnitId(new_id()), None, Level.COUNTY, "2", "澄江县城", "澄江县城")
    odd = Unit(UnitId(new_id()), beside.id, Level.TOWNSHIP, "21", "澄_镇", "澄江县城/澄_镇")
    like = Unit(UnitId(new_id()), None, Level.COUNTY, "3", "澄江外县", "澄江外县")
    far = Unit(UnitId(new_id()), like.id, Level.TOWNSHIP, "31", "外镇", "澄江外县/外镇")
    await store.write(lambda tx: units.insert_units(tx, frame.office, [beside, odd, like, far]))
    county = await store.read(lambda tx: units.get_unit(tx, frame.county))
    await store.write(lambda tx: units.change_unit(tx, county, name="澄%_县", code="9"))
    assert await path_of(store, frame.village) == "澄%_县/苇庄镇/石桥村"
    assert await path_of(store, odd.id) == "澄江县城/澄_镇"
    renamed = await store.read(lambda tx: units.get_unit(tx, frame.county))
    assert (renamed.name, renamed.code) == ("澄%_县", "9")
    with pytest.raises(Refused) as refused:
        await store.write(lambda tx: units.change_unit(tx, county, name="又一个", code="9"))
    assert refused.value.reason is Reason.STALE
    with pytest.raises(Conflict):
        await store.write(lambda tx: units.change_unit(tx, renamed, name="澄江县城", code="9"))
    assert await path_of(store, frame.village) == "澄%_县/苇庄镇/石桥村"
    await store.write(lambda tx: units.change_unit(tx, renamed, name="新县", code="9"))
    assert await path_of(store, frame.village) == "新县/苇庄镇/石桥村"
    assert await path_of(store, far.id) == "澄江外县/外镇"


async def test_a_unit_is_looked_up_within_its_office_by_id_and_code(store: Store, frame: Frame) -> None:
    stranger = OfficeId(new_id())
    coded = await store.read(lambda tx: units.unit_by_code(tx, frame.office, "1101"))
    assert coded == await store.read(lambda tx: units.unit_in(tx, frame.office, frame.village))
    assert coded is not None
    assert await store.read(lambda tx: units.unit_by_code(tx, frame.office, "x")) is None
    assert await store.read(lambda tx: units.unit_by_code(tx, stranger, "1101")) is None
    assert await store.read(lambda tx: units.unit_in(tx, stranger, frame.village)) is None


async def test_a_unit_is_used_by_what_names_it_and_another_goes_with_its_aliases(store: Store, frame: Frame) -> None:
    free = Unit(UnitId(new_id()), frame.township, Level.VILLAGE, "1102", "柳沟村", "澄江县/苇庄镇/柳沟村")
    await store.write(lambda tx: units.insert_units(tx, frame.office, [free]))
    await store.write(lambda tx: units.insert_alias(tx, free.id, "老柳沟"))
    for used in (frame.county, frame.township, frame.village):  # a parent and home, assigned, on a card
        assert await store.read(lambda tx, used=used: units.is_used(tx, used))
    assert not await store.read(lambda tx: units.is_used(tx, free.id))
    tie = Declared(frame.member, free.id, Relation.NATIVE, DAY)
    await store.write(lambda tx: conflicts.put_conflict(tx, tie))
    assert await store.read(lambda tx: units.is_used(tx, free.id))
    assert await store.write(lambda tx: conflicts.drop_conflict(tx, frame.member, free.id))
    await store.write(lambda tx: units.drop_unit(tx, free.id))
    assert await store.read(lambda tx: units.search_units(tx, frame.office, "老柳沟")) == []


async def test_an_alias_is_taken_back_alone(store: Store, frame: Frame) -> None:
    await store.write(lambda tx: units.insert_alias(tx, frame.village, "桥头"))
    await store.write(lambda tx: units.drop_alias(tx, frame.village, "老石桥"))
    assert await store.read(lambda tx: units.list_aliases(tx, frame.village)) == ["桥头"]


async def test_a_team_changes_past_its_version_alone(store: Store, frame: Frame) -> None:
    team = replace(
        await store.read(lambda tx: teams.get_team(tx, frame.other_team)), phone="1", address="街", ordinal=5
    )
    team = replace(team, name="城区组", mailbox="箱", home_unit_id=frame.village)
    await store.write(lambda tx: teams.change_team(tx, team, 1))
    assert await store.read(lambda tx: teams.get_team(tx, frame.other_team)) == team
    assert await store.read(lambda tx: teams.version_of(tx, frame.other_team)) == 2
    with pytest.raises(Refused) as refused:
        await store.write(lambda tx: teams.change_team(tx, replace(team, phone="2"), 1))
    assert refused.value.reason is Reason.STALE
    with pytest.raises(Conflict):
        await store.write(lambda tx: teams.change_team(tx, replace(team, ordinal=1), 2))
    await store.write(lambda tx: teams.set_phone(tx, frame.other_team, "3"))
    assert await store.read(lambda tx: teams.get_team(tx, frame.other_team)) == replace(team, phone="3")
    with pytest.raises(Refused):
        await store.read(lambda tx: teams.version_of(tx, TeamId(new_id())))


async def test_a_team_without_people_and_cards_goes_with_its_units_and_replies(store: Store, frame: Frame) -> None:
    team = a_team(frame.round, TeamId(new_id()), 9)
    await store.write(lambda tx: teams.insert_team(tx, frame.office, team))
    await store.write(lambda tx: insert_reply(tx, CannedReply(new_id(), team.id, "谢谢", "收到了", 1)))
    await store.write(lambda tx: teams.insert_assignment(tx, frame.round, frame.village, team.id))
    assert await store.read(lambda tx: teams.is_used(tx, frame.team))  # it has cards
    assert not await store.read(lambda tx: teams.is_used(tx, team.id))
    await store.write(lambda tx: teams.drop_team(tx, team.id))
    assert await store.read(lambda tx: list_replies(tx, team.id)) == []
    assert await store.read(lambda tx: teams.team_for_unit(tx, frame.round, frame.village)) == frame.team
    seat = Membership(frame.member, frame.office, frame.other_team, Role.INSPECTOR, DAY, DAY)
    await store.write(lambda tx: members.insert_membership(tx, seat))
    assert await store.read(lambda tx: teams.is_used(tx, frame.other_team))  # somebody sat in it once


async def test_a_tie_said_again_is_one_tie_with_the_newer_word(store: Store, frame: Frame) -> None:
    for relation in (Relation.NATIVE, Relation.WORKED):
        tie = Declared(frame.member, frame.village, relation, DAY)
        await store.write(lambda tx, tie=tie: conflicts.put_conflict(tx, tie))
    assert await store.read(lambda tx: conflicts.conflicts_of(tx, frame.member)) == [tie]
    assert await store.write(lambda tx: conflicts.drop_conflict(tx, frame.member, frame.village))
    assert not await store.write(lambda tx: conflicts.drop_conflict(tx, frame.member, frame.village))
