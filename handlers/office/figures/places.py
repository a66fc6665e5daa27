"""Figures by place: villages are counted with their township, and what is told of no known place has a line too."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from domain.figures import Cell, Sheet
from domain.ids import TeamId, UnitId
from domain.regions import upwards
from domain.rounds import Level, Unit
from handlers.office.figures.measure import Tally, chosen, tally
from handlers.office.figures.scope import Scope
from handlers.office.figures.sheets import Sheets


@dataclass(frozen=True, slots=True)
class Place:
    """A township, or a county's own offices, with what is told of it and below it; `unit` None: place not known.

    `team_ids`: whose tips they are, the one with most first.
    """

    unit: Unit | None
    team_ids: tuple[TeamId, ...]
    tally: Tally


def township_of(units: Mapping[UnitId, Unit], unit_id: UnitId | None) -> Unit | None:
    """The township of a village, else the unit itself."""
    unit = None
    for up in upwards(unit_id, units):
        unit = units[up]
        if unit.level is not Level.VILLAGE:
            break
    return unit


def by_place(sheets: Sheets, scope: Scope) -> list[Place]:
    """Every place that something was told of, those with most first, then by name. Not by day: no sheet has both."""
    cells: dict[Unit | None, dict[Cell, int]] = {}
    for cell, n in chosen(sheets[Sheet.UNIT], teams=scope.teams).items():
        cells.setdefault(township_of(sheets.units, cell.unit_id), {})[cell] = n
    found = [Place(unit, _teams(group), tally(group)) for unit, group in cells.items()]
    return sorted(found, key=lambda one: (-one.tally.received, one.unit is None, one.unit.path if one.unit else ""))


def below(sheets: Sheets, scope: Scope, top: Unit | None) -> list[Place]:
    """The units counted with `top`, each for itself, in the order of places."""
    cells: dict[Unit | None, dict[Cell, int]] = {}
    for cell, n in chosen(sheets[Sheet.UNIT], teams=scope.teams).items():
        if township_of(sheets.units, cell.unit_id) == top:
            cells.setdefault(sheets.units.get(cell.unit_id) if cell.unit_id else None, {})[cell] = n
    found = [Place(unit, _teams(group), tally(group)) for unit, group in cells.items()]
    return sorted(found, key=lambda one: one.unit.path if one.unit else "")


def by_kind(sheets: Sheets) -> dict[Unit | None, Counter[str]]:
    """Kinds by place, of all teams and days: no sheet has more keys."""
    found: dict[Unit | None, Counter[str]] = {}
    for cell, n in sheets[Sheet.UNIT_KIND].items():
        found.setdefault(township_of(sheets.units, cell.unit_id), Counter())[cell.kind] += n
    return found


def _teams(cells: Mapping[Cell, int]) -> tuple[TeamId, ...]:
    by: Counter[TeamId] = Counter()
    for cell, n in cells.items():
        if cell.team_id:
            by[cell.team_id] += n
    return tuple(team_id for team_id, _ in by.most_common())
