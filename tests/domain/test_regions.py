"""Places in one line of the tree: one lies in the other by whole names, and the way up ends where the tree does."""

import pytest

from domain.ids import UnitId
from domain.regions import in_line, upwards
from domain.rounds import Level, Unit


def place(path: str, n: int = 1, parent: int | None = None) -> Unit:
    above = None if parent is None else UnitId(bytes([parent] * 16))
    return Unit(UnitId(bytes([n] * 16)), above, Level.VILLAGE, "", path.rsplit("/", maxsplit=1)[-1], path)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("苇原县/苇庄镇", "苇原县/苇庄镇", True),
        ("苇原县", "苇原县/苇庄镇/石桥村", True),
        ("苇原县/苇庄镇", "苇原县/苇庄镇东", False),  # begins with the same letters
        ("苇原县/苇庄镇/石桥村", "苇原县/青坪乡/石桥村", False),
        ("苇原县/苇庄镇", "青石岭县", False),
    ],
)
def test_places_in_one_line_are_one_place_or_lie_in_each_other(one: str, other: str, meet: bool) -> None:
    assert in_line(place(one), place(other)) is in_line(place(other), place(one)) is meet


def test_the_way_up_begins_with_the_place_itself_and_ends_where_nothing_is_known() -> None:
    county, town, village = place("县", 1), place("县/镇", 2, 1), place("县/镇/村", 3, 2)
    tree = {one.id: one for one in (county, town, village)}
    assert list(upwards(village.id, tree)) == [village.id, town.id, county.id]
    assert list(upwards(village.id, {village.id: village})) == [village.id]
    assert list(upwards(None, tree)) == []
