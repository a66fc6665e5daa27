"""Which places nobody inspects though their neighbours are: found in any tree, with any places assigned."""

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import UnitId
from domain.rounds import Level, Unit
from handlers.office.plan import gaps


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[Unit], set[UnitId]]:
    """A tree of three levels, the last place first, and some of its places assigned."""
    made: list[Unit] = []
    for c in range(draw(st.integers(1, 2))):
        county = Unit(UnitId(bytes([c] * 16)), None, Level.COUNTY, f"{c}", f"县{c}", f"县{c}")
        made.append(county)
        for n in range(draw(st.integers(0, 3))):
            town = Unit(
                UnitId(bytes([c, n, 9] * 5 + [0])), county.id, Level.TOWNSHIP, f"{c}{n}", f"镇{n}", f"县{c}/镇{n}"
            )
            made.append(town)
            for v in range(draw(st.integers(0, 3))):
                path = f"{town.path}/村{v}"
                made.append(Unit(UnitId(bytes([c, n, v, 7] * 4)), town.id, Level.VILLAGE, f"{c}{n}{v}", f"村{v}", path))
    return made[::-1], draw(st.sets(st.sampled_from([one.id for one in made])))


@given(trees())
def test_gaps_are_exactly_the_uncovered_children_of_places_that_are_partly_inspected(
    drawn: tuple[list[Unit], set[UnitId]],
) -> None:
    tree, assigned = drawn
    by_id = {unit.id: unit for unit in tree}

    def covered(unit: Unit) -> bool:
        return unit.id in assigned or (unit.parent_id is not None and covered(by_id[unit.parent_id]))

    def below(unit: Unit) -> list[Unit]:
        return [one for one in tree if one.path.startswith(f"{unit.path}/")]

    def partly(unit: Unit) -> bool:
        return any(one.id in assigned for one in below(unit)) and not covered(unit)

    wanted = [
        one.path
        for one in tree
        if one.parent_id and partly(by_id[one.parent_id]) and not covered(one) and not partly(one)
    ]
    assert [one.path for one in gaps.find_gaps(tree, assigned)] == sorted(wanted)
