"""Who inspects what, places below included: a unit goes with the nearest unit above it that has a team by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.ids import TeamId, UnitId
from domain.rounds import Round
from handlers.office.plan.units import Node, grow
from storage.office import teams, units
from storage.office.teams import Assignment
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Cover:
    """The tree of an office, what is assigned by name in a round, and the team of every unit that has one."""

    tree: tuple[Node, ...]
    named: Mapping[UnitId, Assignment]
    team_of: Mapping[UnitId, TeamId]

    def untouched(self) -> list[Node]:
        """Counties in which no team inspects anything."""
        return [root for root in self.tree if not any(one.unit.id in self.team_of for one in nodes([root]))]


def cover_of(tx: Tx, round_: Round) -> Cover:
    """As the round stands now."""
    named = {row.unit_id: row for row in teams.list_assignments(tx, round_.id)}
    tree = tuple(grow(units.list_units(tx, round_.office_id)))
    return Cover(tree, named, spread(tree, {unit_id: row.team_id for unit_id, row in named.items()}))


def spread(tree: Iterable[Node], named: Mapping[UnitId, TeamId]) -> dict[UnitId, TeamId]:
    """The team of every unit that has one, by name or from above."""
    found: dict[UnitId, TeamId] = {}

    def walk(node: Node, above: TeamId | None) -> None:
        team_id = named.get(node.unit.id, above)
        if team_id is not None:
            found[node.unit.id] = team_id
        for child in node.children:
            walk(child, team_id)

    for root in tree:
        walk(root, None)
    return found


def nodes(tree: Iterable[Node]) -> Iterable[Node]:
    """Every node of the tree, parents first."""
    for node in tree:
        yield node
        yield from nodes(node.children)
