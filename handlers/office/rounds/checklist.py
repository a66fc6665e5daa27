"""Whether a round can open: one line for each thing that has to be there, and what is missing by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.ids import UnitId
from domain.rounds import Round, Unit
from handlers import texts
from handlers.office.cards.making import unserved_in
from handlers.office.keys import escrow
from handlers.office.plan import mine
from handlers.office.plan.gaps import gaps_of
from handlers.office.plan.overlaps import overlaps
from handlers.office.plan.ties import ties_in
from handlers.office.rounds.readiness import team_lines
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG
from storage.office import rounds, teams, units
from storage.store import Tx


class Item(StrEnum):
    """A line of the list, in its order."""

    UNITS = "units"
    IDLE = "idle"
    TEAMS = "teams"
    CARDS = "cards"
    TEXTS = "texts"
    WINDOW = "window"
    OVERLAP = "overlap"
    ESCROW = "escrow"
    TIES = "ties"
    CROSS = "cross"


class Mark(StrEnum):
    DONE = "done"
    MISSING = "missing"
    WAIVED = "waived"  # with a reason
    ADVICE = "advice"  # to be looked at; the round opens all the same


@dataclass(frozen=True, slots=True)
class Line:
    """`names`: what is missing or to be looked at; `why`: the reason of a waiver."""

    item: Item
    mark: Mark
    names: tuple[str, ...] = ()
    why: str = ""

    @property
    def blocks(self) -> bool:
        return self.mark is Mark.MISSING


async def check(services: DeskServices, round_: Round) -> list[Line]:
    """The list of a round that is planned."""
    return await services.store.read(lambda tx: check_lines(tx, services, round_))


def check_lines(tx: Tx, services: DeskServices, round_: Round) -> list[Line]:
    """What `check` gives."""
    named = [row.unit_id for row in teams.list_assignments(tx, round_.id)]
    clash = [_said("overlap", place=_place(unit), ordinal=other.ordinal) for unit, other in overlaps(tx, round_, named)]
    return [
        _units(tx, round_, named),
        _idle(tx, round_),
        _line(Item.TEAMS, (one.team.name for one in team_lines(tx, round_, services.clock().date()) if one.lacking)),
        _line(Item.CARDS, _without_cards(tx, round_)) if named else Line(Item.CARDS, Mark.MISSING),
        _line(Item.TEXTS, (key for key in ("notice", "scope") if not rounds.get_text(tx, round_.id, OFFICE_LANG, key))),
        _line(Item.WINDOW, [] if services.clock() < round_.closes_at and round_.opens_at < round_.closes_at else [""]),
        _line(Item.OVERLAP, clash),
        _escrow(tx, services, round_),
        *_advice(tx, services, round_),
    ]


def _line(item: Item, missing: Iterable[str]) -> Line:
    names = tuple(missing)
    return Line(item, Mark.MISSING if names else Mark.DONE, names)


def _units(tx: Tx, round_: Round, named: list[UnitId]) -> Line:
    """Every place has a team; `named` has one of its own."""
    found, why = gaps_of(tx, round_.id)
    names = tuple(_place(unit) for unit in found)
    if not named or (found and not why):
        return Line(Item.UNITS, Mark.MISSING, names)
    return Line(Item.UNITS, Mark.WAIVED, names, why) if found else Line(Item.UNITS, Mark.DONE)


def _idle(tx: Tx, round_: Round) -> Line:
    """Every team has a place, and there is one."""
    busy = {row.team_id for row in teams.list_assignments(tx, round_.id)}
    ordinary = mine.teams_of(tx, round_.id)
    if not ordinary:
        return Line(Item.IDLE, Mark.MISSING)
    return _line(Item.IDLE, (team.name for team in ordinary if team.id not in busy))


def _without_cards(tx: Tx, round_: Round) -> list[str]:
    return [_place(unit) for unit in sorted((one.unit for one in unserved_in(tx, round_)), key=lambda one: one.path)]


def _escrow(tx: Tx, services: DeskServices, round_: Round) -> Line:
    if round_.escrow_waived:
        return Line(Item.ESCROW, Mark.WAIVED, (), round_.escrow_waived)
    if escrow.pair_for(tx, round_, services.clock().date()):
        return Line(Item.ESCROW, Mark.DONE)
    waiting = escrow.custodians(tx, round_.office_id, services.clock().date())
    return Line(Item.ESCROW, Mark.MISSING, tuple(one.member.name for one in waiting if not one.is_able))


def _advice(tx: Tx, services: DeskServices, round_: Round) -> list[Line]:
    """What somebody should look at: ties of members to what their team inspects, and rules of the plan set aside."""
    named = {team.id: team.name for team in teams.list_teams(tx, round_.id)}
    reasons = [row for row in teams.list_assignments(tx, round_.id) if row.reason]
    tree = {unit.id: unit for unit in units.list_units(tx, round_.office_id)} if reasons else {}
    crossing = [
        _said("cross", team=named[row.team_id], place=_place(tree[row.unit_id]), why=row.reason) for row in reasons
    ]
    found = ((Item.TIES, _ties(tx, services, round_)), (Item.CROSS, crossing))
    return [Line(item, Mark.ADVICE if names else Mark.DONE, tuple(names)) for item, names in found]


def _ties(tx: Tx, services: DeskServices, round_: Round) -> list[str]:
    found = ties_in(tx, services, round_.id)
    return [_said("ties", team=one.team.name, name=one.member.name, place=_place(one.unit)) for one in found]


def _said(item: str, **facts: str | int) -> str:
    return texts.say(OFFICE_LANG, f"opening-{item}-name", **facts)


def _place(unit: Unit) -> str:
    return unit.path.replace("/", " ")
