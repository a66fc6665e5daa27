"""推磨式: nobody inspects at home, every county gets somebody, every team goes somewhere; nothing is left to luck."""

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import TeamId, UnitId
from domain.rotation import Crew, best_step, returning, rotate, shares, steps


def county(n: int) -> UnitId:
    return UnitId(bytes([n]) * 16)


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[UnitId], list[Crew]]:
    """2 to 12 counties, at least two of them with teams."""
    counties = [county(n) for n in range(draw(st.integers(2, 12)))]
    last = st.frozensets(st.sampled_from(counties), max_size=2)
    homes = [*counties[:2], *draw(st.lists(st.sampled_from(counties), max_size=20))]
    crews = [Crew(TeamId(bytes([200, n]) * 8), home, draw(last)) for n, home in enumerate(homes)]
    return draw(st.permutations(counties)), crews


@given(plans(), st.data())
def test_nobody_goes_home_everybody_goes_somewhere_and_every_county_gets_somebody(
    plan: tuple[list[UnitId], list[Crew]], data: st.DataObject
) -> None:
    counties, crews = plan
    step = data.draw(st.sampled_from(steps(counties, crews)))
    rota = rotate(counties, crews, step)
    assert all(crew.home not in rota[crew.home] for crew in crews)
    assert all(rota[crew.home] for crew in crews)
    assert sorted(one for found in rota.values() for one in found) == sorted(counties)
    assert rotate(counties, crews, step) == rota


@given(plans())
def test_counties_without_a_team_are_spread_evenly(plan: tuple[list[UnitId], list[Crew]]) -> None:
    counties, crews = plan
    many = [len(found) for found in rotate(counties, crews, 1).values()]
    assert max(many) - min(many) <= 1


@given(plans())
def test_every_step_sends_the_teams_of_a_county_to_another_county(plan: tuple[list[UnitId], list[Crew]]) -> None:
    counties, crews = plan
    first = [rotate(counties, crews, step)[crews[0].home][0] for step in steps(counties, crews)]
    assert len(set(first)) == len(first) == len({crew.home for crew in crews}) - 1


@given(plans())
def test_no_step_brings_fewer_teams_back_than_the_one_proposed(plan: tuple[list[UnitId], list[Crew]]) -> None:
    counties, crews = plan
    back = {step: len(returning(rotate(counties, crews, step), crews)) for step in steps(counties, crews)}
    best = best_step(counties, crews)
    assert back[best] == min(back.values())
    assert best == min(step for step, many in back.items() if many == back[best])


def test_five_counties_go_round_and_the_second_time_one_further() -> None:
    counties = [county(n) for n in range(5)]
    crews = [Crew(TeamId(bytes([200, n]) * 8), counties[n]) for n in range(5)]
    assert best_step(counties, crews) == 1
    first = rotate(counties, crews, 1)
    assert [first[one] for one in counties] == [(counties[n],) for n in (1, 2, 3, 4, 0)]
    again = [Crew(crew.team_id, crew.home, frozenset(first[crew.home])) for crew in crews]
    assert returning(first, again) == [crew.team_id for crew in crews]
    assert best_step(counties, again) == 2


def test_with_teams_of_one_county_alone_there_is_nothing_to_turn() -> None:
    crews = [Crew(TeamId(bytes(16)), county(1)), Crew(TeamId(bytes(16)), county(1))]
    assert list(steps([county(1), county(2)], crews)) == []
    assert best_step([county(1), county(2)], crews) == 0


@given(st.lists(st.integers(1, 40), max_size=30), st.integers(1, 6))
def test_places_are_shared_whole_in_their_order_and_nobody_is_left_without(weights: list[int], parts: int) -> None:
    found = shares(weights, parts)
    assert len(found) == parts
    assert [at for share in found for at in share] == list(range(len(weights)))
    assert sum(bool(share) for share in found) == min(parts, len(weights))


@given(st.lists(st.integers(1, 40), min_size=2, max_size=30), st.integers(2, 6))
def test_no_share_is_heavier_than_an_even_one_by_more_than_its_heaviest_place(weights: list[int], parts: int) -> None:
    heaviest = max(sum(weights[at] for at in share) for share in shares(weights, parts))
    assert heaviest <= sum(weights) / parts + 2 * max(weights)
