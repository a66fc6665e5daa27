"""推磨式: who goes where so that nobody inspects at home. Pure: the same counties, teams and step give the same plan.

Counties that have teams stand in a ring in the order given. With step k the teams of each go to the k-th county after
their own. A county without a team is taken on by the teams that have the fewest counties so far (一拖二).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from domain.ids import TeamId, UnitId


@dataclass(frozen=True, slots=True)
class Crew:
    """A team, the county it comes from, and those it inspected the last time."""

    team_id: TeamId
    home: UnitId
    last: frozenset[UnitId] = frozenset()


Rota = Mapping[UnitId, tuple[UnitId, ...]]
"""The counties that the teams of a county go to, by that county."""


def steps(counties: Sequence[UnitId], crews: Sequence[Crew]) -> range:
    """The steps there are: 1 to one less than the counties with teams; none when fewer than two have any."""
    return range(1, len(_ring(counties, crews)))


def rotate(counties: Sequence[UnitId], crews: Sequence[Crew], step: int) -> Rota:
    """Where the teams of each county go. `step` is one of `steps`; every home is one of `counties`."""
    ring = _ring(counties, crews)
    goes = {home: [ring[(at + step) % len(ring)]] for at, home in enumerate(ring)}
    for lonely in (one for one in counties if one not in goes):
        least = min(ring, key=lambda home: len(goes[home]))  # the first of them in the ring
        goes[least].append(lonely)
    return {home: tuple(found) for home, found in goes.items()}


def returning(rota: Rota, crews: Sequence[Crew]) -> list[TeamId]:
    """Teams that would inspect a county they inspected the last time."""
    return [crew.team_id for crew in crews if not crew.last.isdisjoint(rota[crew.home])]


def best_step(counties: Sequence[UnitId], crews: Sequence[Crew]) -> int:
    """The step with which the fewest teams return to where they were, the smallest of these; 0 when there is none."""
    found = steps(counties, crews)
    return min(found, key=lambda step: len(returning(rotate(counties, crews, step), crews)), default=0)


def shares(weights: Sequence[int], parts: int) -> list[range]:
    """Cuts a row of places into `parts` stretches of about the same weight; no stretch is empty while places last."""
    ends = list(accumulate(weights))
    cuts = [0]
    for part in range(1, parts):
        wanted = ends[-1] * part / parts if ends else 0
        at = next((n + 1 for n, end in enumerate(ends) if end >= wanted), len(weights))
        most = len(weights) - (parts - part)  # leaves a place for each team still to come
        cuts.append(max(min(cuts[-1] + 1, len(weights)), min(at, most)))
    return [range(start, end) for start, end in zip(cuts, [*cuts[1:], len(weights)], strict=True)]


def _ring(counties: Sequence[UnitId], crews: Sequence[Crew]) -> list[UnitId]:
    homes = {crew.home for crew in crews}
    return [one for one in counties if one in homes]
