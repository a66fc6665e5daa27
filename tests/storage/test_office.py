"""Offices, rounds, teams, units and cards as rows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Refused
from domain.ids import BatchId, OfficeId, RoundId, TeamId, UnitId, new_id
from domain.rounds import BatchState, Intake, Level, RoundState, TeamKind, Unit
from storage.office import cards, offices, rounds, teams, units
from storage.store import Conflict, Store, Tx
from tests.storage.frame import DAY, NOW, Frame, a_batch, a_round, a_team, lay_frame


async def test_an_office_comes_back_as_it_was_inserted(store: Store, frame: Frame) -> None:
    only = await store.read(offices.only_office)
    assert only == await store.read(lambda tx: offices.get_office(tx, frame.office))
    assert only is not None
    assert (only.name, only.settings, only.region_unit_id) == ("澄江县委巡察办", {"lang": "zh"}, None)
    with pytest.raises(Refused):
        await store.read(lambda tx: offices.get_office(tx, OfficeId(new_id())))


async def test_a_round_keeps_its_window_in_the_offices_zone(store: Store, frame: Frame) -> None:
    found = await store.read(lambda tx: rounds.get_round(tx, frame.round))
    assert found == a_round(frame.office, frame.round)
    assert str(found.opens_at) == "2026-03-01 08:00:00+08:00"
    assert found.intake_at(NOW) is Intake.OPEN


async def test_only_an_open_round_is_active_and_only_within_its_window(store: Store, frame: Frame) -> None:
    planned = a_round(frame.office, RoundId(new_id()), 7, RoundState.PLANNED)
    await store.write(lambda tx: rounds.insert_round(tx, planned))
    moments = {
        planned.opens_at - timedelta(microseconds=1): [],
        planned.opens_at: [frame.round],
        planned.closes_at - timedelta(microseconds=1): [frame.round],
        planned.closes_at: [],
    }
    for moment, expected in moments.items():
        active = await store.read(lambda tx, moment=moment: rounds.active_rounds(tx, frame.office, moment))
        assert [one.id for one in active] == expected, moment
    assert len(await store.read(lambda tx: rounds.list_rounds(tx, frame.office))) == 2


async def test_a_round_is_opened_once(store: Store, frame: Frame) -> None:
    await store.write(lambda tx: rounds.set_round_state(tx, frame.round, RoundState.CLOSED, 1))
    with pytest.raises(Refused):
        await store.write(lambda tx: rounds.set_round_state(tx, frame.round, RoundState.OPEN, 1))
    found = await store.read(lambda tx: rounds.get_round(tx, frame.round))
    assert (found.state, found.version) == (RoundState.CLOSED, 2)
    with pytest.raises(Conflict):
        await store.write(lambda tx: rounds.insert_round(tx, a_round(frame.office, RoundId(new_id()))))


async def test_a_rounds_text_is_replaced_and_belongs_to_one_language(store: Store, frame: Frame) -> None:
    for body in ("旧", "新"):
        await store.write(lambda tx, body=body: rounds.set_text(tx, frame.round, "zh", "public_notice", body))
    assert await store.read(lambda tx: rounds.get_text(tx, frame.round, "zh", "public_notice")) == "新"
    assert await store.read(lambda tx: rounds.get_text(tx, frame.round, "en", "public_notice")) is None


async def test_a_unit_belongs_to_the_team_of_the_nearest_unit_above(store: Store, frame: Frame) -> None:
    def find(tx: Tx, unit_id: UnitId) -> TeamId | None:
        return teams.team_for_unit(tx, frame.round, unit_id)

    assert await store.read(lambda tx: find(tx, frame.village)) == frame.team
    assert await store.read(lambda tx: find(tx, frame.township)) == frame.team
    assert await store.read(lambda tx: find(tx, frame.county)) is None
    assert await store.read(lambda tx: find(tx, UnitId(new_id()))) is None
    await store.write(lambda tx: teams.insert_assignment(tx, frame.round, frame.village, frame.other_team))
    assert await store.read(lambda tx: find(tx, frame.village)) == frame.other_team
    covered = await store.read(lambda tx: teams.units_of_team(tx, frame.round, frame.team))
    assert [one.id for one in covered] == [frame.township]
    with pytest.raises(Conflict):
        await store.write(lambda tx: teams.insert_assignment(tx, frame.round, frame.village, frame.team))


async def test_teams_are_listed_before_the_pseudo_teams(store: Store, frame: Frame) -> None:
    recusal = a_team(frame.round, TeamId(new_id()), 1, TeamKind.RECUSAL)
    await store.write(lambda tx: teams.insert_team(tx, frame.office, recusal))
    listed = await store.read(lambda tx: teams.list_teams(tx, frame.round))
    assert [one.id for one in listed] == [frame.team, frame.other_team, recusal.id]
    assert await store.read(lambda tx: teams.team_of_kind(tx, frame.round, TeamKind.RECUSAL)) == recusal
    with pytest.raises(Refused):
        await store.read(lambda tx: teams.team_of_kind(tx, frame.round, TeamKind.UNROUTED))
    await store.write(lambda tx: teams.set_notice_peer(tx, frame.team, "-100"))
    assert (await store.read(lambda tx: teams.get_team(tx, frame.team))).notice_peer == "-100"


async def test_a_group_link_works_once_and_not_after_its_day(store: Store, frame: Frame) -> None:
    for token in (b"one", b"two"):
        await store.write(lambda tx, token=token: teams.insert_team_link(tx, frame.team, token, DAY))
    uses = [await store.write(lambda tx: teams.use_team_link(tx, b"one", DAY)) for _ in range(2)]
    assert uses == [frame.team, None]
    assert await store.write(lambda tx: teams.use_team_link(tx, b"two", DAY + timedelta(days=1))) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("石桥村", ["石桥村"]),
        (" 石桥 ", ["石桥村"]),
        ("老石桥", ["石桥村"]),
        ("苇庄乡", ["苇庄镇"]),
        ("石桥镇", ["石桥村"]),
        ("桥", ["石桥村", "石桥村民小组", "小石桥村"]),
        ("石", ["石桥村", "石桥村民小组", "小石桥村"]),
        ("%", []),
        ("村", ["石桥村", "石桥村民小组", "小石桥村"]),
        ("  ", []),
        ("不存在", []),
    ],
)
async def test_a_typed_place_finds_what_people_mean(store: Store, frame: Frame, typed: str, found: list[str]) -> None:
    def extend(tx: Tx) -> None:
        group = Unit(
            UnitId(new_id()), frame.village, Level.VILLAGE, "2", "石桥村民小组", "澄江县/苇庄镇/石桥村/石桥村民小组"
        )
        small = Unit(UnitId(new_id()), frame.township, Level.VILLAGE, "3", "小石桥村", "澄江县/苇庄镇/小石桥村")
        units.insert_units(tx, frame.office, [group, small])

    await store.write(extend)
    hits = await store.read(lambda tx: units.search_units(tx, frame.office, typed))
    assert sorted(one.name for one in hits) == sorted(found)
    assert await store.read(lambda tx: units.search_units(tx, OfficeId(new_id()), typed)) == []


async def test_the_tree_can_be_walked_both_ways(store: Store, frame: Frame) -> None:
    roots = await store.read(lambda tx: units.children(tx, frame.office, None))
    assert [one.id for one in roots] == [frame.county]
    below = await store.read(lambda tx: units.children(tx, frame.office, frame.county))
    assert [one.id for one in below] == [frame.township]
    way = await store.read(lambda tx: units.path_to(tx, frame.village))
    assert [one.name for one in way] == ["澄江县", "苇庄镇", "石桥村"]
    assert len(await store.read(lambda tx: units.list_units(tx, frame.office))) == 3


async def test_a_card_is_found_by_its_code_and_by_what_a_person_types(store: Store, frame: Frame) -> None:
    batch = a_batch(frame.round, frame.team, BatchId(new_id()))
    await store.write(lambda tx: cards.insert_batch(tx, batch, [frame.village, frame.township]))
    assert await store.read(lambda tx: cards.batch_by_code(tx, batch.code)) == batch
    assert await store.read(lambda tx: cards.batch_by_short_code(tx, batch.code[:6])) == batch
    assert await store.read(lambda tx: cards.batch_by_code(tx, batch.code[:6])) is None
    named = await store.read(lambda tx: cards.units_of_batch(tx, batch.id))
    assert [one.id for one in named] == [frame.township, frame.village]
    twin = a_batch(frame.round, frame.team, BatchId(new_id()))
    with pytest.raises(Conflict):
        await store.write(lambda tx: cards.insert_batch(tx, replace(twin, code=batch.code[:6] + "other"), []))
    assert len(await store.read(lambda tx: cards.list_batches(tx, frame.round))) == 2


async def test_many_batches_and_units_are_named_at_once(store: Store, frame: Frame) -> None:
    bare = a_batch(frame.round, frame.team, BatchId(new_id()))
    await store.write(lambda tx: cards.insert_batch(tx, bare, []))
    named = await store.read(lambda tx: cards.names_of_batches(tx, [frame.batch, bare.id, BatchId(new_id())]))
    assert named == {frame.batch: ("入户", "澄江县/苇庄镇"), bare.id: ("入户", "")}
    assert await store.read(lambda tx: cards.names_of_batches(tx, [frame.batch])) == {frame.batch: named[frame.batch]}
    assert await store.read(lambda tx: cards.names_of_batches(tx, [])) == {}
    asked, theirs = [frame.village, frame.county, UnitId(new_id())], await store.write(lay_frame)
    found = await store.read(lambda tx: units.units_among(tx, frame.office, [*asked, theirs.village]))
    assert {one.id for one in found} == {frame.village, frame.county}


async def test_a_card_is_revoked_once_and_its_printing_is_remembered(store: Store, frame: Frame) -> None:
    await store.write(lambda tx: cards.revoke_batch(tx, frame.batch))
    with pytest.raises(Refused):
        await store.write(lambda tx: cards.revoke_batch(tx, frame.batch))
    found = await store.read(lambda tx: cards.get_batch(tx, frame.batch))
    assert found is not None
    assert found.state is BatchState.REVOKED
    for printed in (100, 20):
        await store.write(lambda tx, printed=printed: cards.insert_print_run(tx, frame.batch, printed, DAY))
    assert await store.read(lambda tx: cards.cards_printed(tx, frame.batch)) == 120
