"""Who inspects what, to be looked at and changed: places with their team, and teams with all they have."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import RoundId, TeamId, UnitId
from domain.regions import in_line
from domain.rounds import Round, Team, Unit
from handlers.office.plan import mine
from handlers.office.plan.cover import Cover, cover_of, nodes
from handlers.office.plan.gaps import find_gaps
from handlers.office.plan.ties import Tie, ties_in
from handlers.office.plan.units import Node
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Row:
    """A place. `team`: by name; `via`: else of a place above it. `below`: units in it, `apart`: those with a team of
    their own. `ties`: members of its team who declared one to it."""

    unit: Unit
    team: Team | None
    via: Team | None
    reason: str
    below: int
    apart: int
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A place and those right below it."""

    head: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What a team has: the units by name, how many with all that lies in them, and in how many counties (一拖二)."""

    team: Team
    places: tuple[Unit, ...]
    many: int
    counties: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`within`: the place that the page is about, None for all counties. `lacking`: units that no team inspects
    though one inspects their neighbours; `untouched`: counties in which none inspects anything."""

    round: Round
    teams: tuple[Team, ...]
    within: Unit | None
    groups: tuple[Group, ...]
    loads: tuple[Load, ...]
    lacking: tuple[Unit, ...]
    untouched: tuple[Unit, ...]


async def read_sheet(
    services: DeskServices, session: Session, round_id: RoundId, within: UnitId | None = None
) -> Sheet:  # fmt: skip
    """Counties with what lies right below them, or one place of the office. Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> Sheet:
        round_ = mine.round_of(tx, session, round_id)
        cover, ordinary = cover_of(tx, round_), mine.teams_of(tx, round_id)
        heads = [node for node in nodes(cover.tree) if node.unit.id == within] if within else list(cover.tree)
        if not heads and within:
            raise Refused(Reason.UNKNOWN)
        known = {team.id: team for team in ordinary}
        ties = ties_in(tx, services, round_id)
        groups = tuple(_group(node, cover, known, ties) for node in heads)
        loads = tuple(_load(team, cover) for team in ordinary)
        here = heads[0].unit if within else None
        lacking = tuple(find_gaps([node.unit for node in nodes(cover.tree)], cover.named))
        untouched = tuple(node.unit for node in cover.untouched())
        return Sheet(round_, tuple(ordinary), here, groups, loads, lacking, untouched)

    return await services.store.read(load)


def _group(node: Node, cover: Cover, known: dict[TeamId, Team], ties: Sequence[Tie]) -> Group:
    rows = tuple(_row(child, cover, known, ties) for child in node.children)
    return Group(_row(node, cover, known, ties), rows)


def _row(node: Node, cover: Cover, known: dict[TeamId, Team], ties: Sequence[Tie]) -> Row:
    named, team_id = cover.named.get(node.unit.id), cover.team_of.get(node.unit.id)
    team = known.get(team_id) if team_id else None
    own = tuple(tie for tie in ties if named and tie.team.id == named.team_id and in_line(tie.unit, node.unit))
    return Row(
        node.unit,
        team if named else None,
        None if named else team,
        named.reason if named else "",
        node.below,
        sum(one.unit.id in cover.named for one in nodes(node.children)),
        own,
    )


def _load(team: Team, cover: Cover) -> Load:
    everything = list(nodes(cover.tree))
    has = [node.unit for node in everything if cover.team_of.get(node.unit.id) == team.id]
    by_name = [unit for unit in has if unit.id in cover.named]
    roots = {unit.path.split("/")[0] for unit in has}
    counties = tuple(node.unit for node in cover.tree if node.unit.name in roots)
    return Load(team, tuple(by_name), len(has), counties)
