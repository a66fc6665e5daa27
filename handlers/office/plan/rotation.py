"""推磨式 for a round: which teams go to which county so that nobody inspects at home, looked at first, then taken."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from domain import rotation
from domain.errors import Reason, Refused
from domain.ids import RoundId, TeamId, UnitId
from domain.rotation import Crew
from domain.rounds import Round, Team, Unit
from handlers.office.plan import mine
from handlers.office.plan.cover import cover_of, nodes
from handlers.office.plan.framing import check_free
from handlers.office.plan.units import Node
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import rounds, teams
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Way:
    """A team, the county it comes from, those it goes to, the units it gets there, how many with all in them, and
    whether it was in one of these counties in the last round."""

    team: Team
    home: Unit
    goes: tuple[Unit, ...]
    units: tuple[Unit, ...]
    many: int
    returns: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """`step` 0: nothing can be turned. `chosen`: counties that take part, of `counties`. `idle`: teams that stay out.
    `replaced`: assignments by name that would go. `digest`: what was looked at, to be brought back when it is taken."""

    round: Round
    step: int
    steps: tuple[int, ...]
    counties: tuple[Unit, ...]
    chosen: frozenset[UnitId]
    ways: tuple[Way, ...]
    idle: tuple[Team, ...]
    replaced: int
    digest: str


async def propose(
    services: DeskServices, session: Session, round_id: RoundId, *, step: int = 0, chosen: Collection[UnitId] = ()
) -> Proposal:  # fmt: skip
    """Who would go where. No `step`: the one that sends the fewest back to where they were. No `chosen`: the counties
    that teams come from. Raises `Refused(UNKNOWN)`."""
    return await services.store.read(lambda tx: _propose(tx, mine.round_of(tx, session, round_id), step, chosen))


async def adopt(
    services: DeskServices, session: Session, round_id: RoundId, digest: str, *, step: int,
    chosen: Collection[UnitId],
) -> None:  # fmt: skip
    """Writes the proposal that was looked at, in place of all assignments in its counties.

    Raises `Refused`: UNKNOWN, WRONG_STATE (`round-not-planned`), STALE (`plan-rotation-changed`) when it is no longer
    the same, BAD_INPUT (`plan-rotation-none`), `Overlapping`.
    """

    def write(tx: Tx) -> None:
        round_ = mine.planned(mine.round_of(tx, session, round_id))
        proposal = _propose(tx, round_, step, chosen)
        if not proposal.step:
            raise Refused(Reason.BAD_INPUT, "plan-rotation-none")
        if proposal.digest != digest:
            raise Refused(Reason.STALE, "plan-rotation-changed")
        _assign(tx, proposal)
        check_free(tx, round_)
        deed = trail.Deed(session.office_id, session.member_id, "adopt-rotation", "round", round_id)
        trail.note(tx, services, deed)

    await services.store.write(write)


def _assign(tx: Tx, proposal: Proposal) -> None:
    round_ = proposal.round
    for unit_id in _replaced(tx, round_, proposal.chosen):
        teams.drop_assignment(tx, round_.id, unit_id)
    for way in proposal.ways:
        for unit in way.units:
            teams.insert_assignment(tx, round_.id, unit.id, way.team.id)


def _propose(tx: Tx, round_: Round, step: int, chosen: Collection[UnitId]) -> Proposal:
    cover = cover_of(tx, round_)
    roots = {node.unit.path: node for node in cover.tree}
    county_of = {node.unit.id: roots[node.unit.path.split("/")[0]].unit.id for node in nodes(cover.tree)}
    ordinary = mine.teams_of(tx, round_.id)
    homes = {team.id: county_of[team.home_unit_id] for team in ordinary if team.home_unit_id}
    taking = frozenset(chosen) & {node.unit.id for node in cover.tree} or frozenset(homes.values())
    counties = [node.unit.id for node in cover.tree if node.unit.id in taking]
    last = _last(tx, round_, county_of)
    crews = [
        Crew(team.id, homes[team.id], last.get(team.ordinal, frozenset()))
        for team in ordinary
        if homes.get(team.id) in taking
    ]
    steps = rotation.steps(counties, crews)
    turn = step if step in steps else rotation.best_step(counties, crews)
    ways = _ways(cover.tree, ordinary, counties, crews, turn) if turn else ()
    idle = tuple(team for team in ordinary if team.id not in {crew.team_id for crew in crews})
    replaced = len(_replaced(tx, round_, taking))
    known = tuple(node.unit for node in cover.tree)
    return Proposal(round_, turn, tuple(steps), known, taking, ways, idle, replaced, _digest(turn, ways))


def _ways(
    tree: Sequence[Node], ordinary: Sequence[Team], counties: Sequence[UnitId], crews: Sequence[Crew], step: int
) -> tuple[Way, ...]:  # fmt: skip
    rota = rotation.rotate(counties, crews, step)
    back = set(rotation.returning(rota, crews))
    by_id = {node.unit.id: node for node in tree}
    found: dict[TeamId, Way] = {}
    for team, crew in ((team, crew) for team in ordinary for crew in crews if crew.team_id == team.id):
        goes = tuple(by_id[one].unit for one in rota[crew.home])
        found[team.id] = Way(team, by_id[crew.home].unit, goes, (), 0, team.id in back)
    for home, goes_to in rota.items():
        together = [crew.team_id for crew in crews if crew.home == home]
        for county in goes_to:
            _share(by_id[county], together, found)
    return tuple(found[team.id] for team in ordinary if team.id in found)


def _share(county: Node, together: Sequence[TeamId], found: dict[TeamId, Way]) -> None:
    """Divides what lies right below a county among those who go there; a county that holds nothing is one place."""
    places = county.children or (county,)
    weights = [1 + place.below for place in places]
    # Who has little so far takes the first share, for there may be fewer places than teams.
    order = sorted(together, key=lambda team_id: found[team_id].many)
    for team_id, share in zip(order, rotation.shares(weights, len(order)), strict=True):
        way = found[team_id]
        more = tuple(places[at].unit for at in share)
        found[team_id] = replace(way, units=way.units + more, many=way.many + sum(weights[at] for at in share))


def _last(tx: Tx, round_: Round, county_of: dict[UnitId, UnitId]) -> dict[int, frozenset[UnitId]]:
    """The counties of each team, by ordinal, in the round before this one."""
    before = [one for one in rounds.list_rounds(tx, round_.office_id) if one.opens_at < round_.opens_at]
    if not before:
        return {}
    has = cover_of(tx, before[0]).team_of
    return {
        team.ordinal: frozenset(county_of[unit_id] for unit_id, team_id in has.items() if team_id == team.id)
        for team in mine.teams_of(tx, before[0].id)
    }


def _replaced(tx: Tx, round_: Round, counties: Collection[UnitId]) -> list[UnitId]:
    """What is assigned by name in these counties now."""
    cover = cover_of(tx, round_)
    inside = nodes(node for node in cover.tree if node.unit.id in counties)
    return [node.unit.id for node in inside if node.unit.id in cover.named]


def _digest(step: int, ways: Sequence[Way]) -> str:
    lines = [f"{way.team.id.hex()}:{','.join(unit.id.hex() for unit in way.units)}" for way in ways]
    return hashlib.sha256("\n".join([str(step), *lines]).encode()).hexdigest()
