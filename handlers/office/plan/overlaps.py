"""One place, one round at a time: which units another round, planned or open, inspects in the same days."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from domain.ids import OfficeId, UnitId
from domain.regions import upwards
from domain.rounds import Round, RoundState, Unit
from storage.office import rounds, teams, units
from storage.office.teams import Assignment
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Other:
    """Another round of the office that is planned or open, and who inspects what in it, by name."""

    round: Round
    assignments: Mapping[UnitId, Assignment]

    @property
    def is_open(self) -> bool:
        return self.round.state is RoundState.OPEN


def overlaps(tx: Tx, round_: Round, unit_ids: Collection[UnitId]) -> list[tuple[Unit, Round]]:
    """The units that `round_` cannot inspect in its window, each with a round that inspects them, one above or one
    below them in the same days."""
    tree = {one.id: one for one in units.list_units(tx, round_.office_id)}
    found = find_overlaps(round_, unit_ids, other_rounds(tx, round_.office_id, round_), tree)
    return [(tree[unit_id], other) for unit_id, other in found]


def other_rounds(tx: Tx, office_id: OfficeId, but: Round | None) -> list[Other]:
    """The planned and open rounds of the office but one."""
    found = [row for row in rounds.list_rounds(tx, office_id) if row.state is not RoundState.CLOSED]
    return [
        Other(row, {one.unit_id: one for one in teams.list_assignments(tx, row.id)})
        for row in found
        if but is None or row.id != but.id
    ]


def find_overlaps(
    round_: Round, unit_ids: Collection[UnitId], others: Collection[Other], tree: Mapping[UnitId, Unit]
) -> Iterator[tuple[UnitId, Round]]:
    """As `overlaps`, over a tree that need not be stored: `tree` holds the units with all that lie above them."""
    same_days = [one for one in others if _meet(round_, one.round)]
    covered = [(one, {up for unit_id in one.assignments for up in upwards(unit_id, tree)}) for one in same_days]
    for unit_id in unit_ids:
        for one, above in covered:
            if unit_id in above or not one.assignments.keys().isdisjoint(upwards(unit_id, tree)):
                yield unit_id, one.round
                break


def _meet(one: Round, other: Round) -> bool:
    return one.opens_at < other.closes_at and other.opens_at < one.closes_at
