"""回避申报: members say to which places they are tied, and the office sees where a plan sends their team there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import RoundId, UnitId
from domain.regions import Relation, in_line
from domain.rounds import Role, Team, Unit
from handlers.office.plan import mine
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import planned, rounds, units
from storage.people import conflicts
from storage.people.conflicts import Declared
from storage.people.members import Member, MemberState
from storage.store import Tx

MOST = 50
"""Ties of one member."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A tie that I declared."""

    unit: Unit
    relation: Relation


@dataclass(frozen=True, slots=True)
class Tie:
    """`member` declared a tie to `unit`, and `team` inspects that place, one above or one below it: `places`."""

    member: Member
    team: Team
    unit: Unit
    relation: Relation
    places: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class _Seat:
    """Somebody in a team, and the places that it inspects by name."""

    member: Member
    team: Team
    places: Sequence[Unit]


async def my_ties(services: DeskServices, session: Session) -> list[Mine]:
    """What I declared, in the order of places."""

    def load(tx: Tx) -> list[Mine]:
        found = conflicts.conflicts_of(tx, session.member_id)
        return [Mine(units.get_unit(tx, row.unit_id), row.relation) for row in found]

    return await services.store.read(load)


async def find_places(services: DeskServices, session: Session, typed: str) -> list[Unit]:
    """At most ten places of my office whose name fits."""
    return await services.store.read(lambda tx: units.search_units(tx, session.office_id, typed[: mine.NAME]))


async def declare(services: DeskServices, session: Session, unit_id: UnitId, relation: Relation) -> None:
    """Declares my tie to a place, in place of an older one to it.

    Raises `Refused`: UNKNOWN for a unit of another office, BAD_INPUT (`plan-ties-many`) past `MOST`.
    """
    today = services.clock().date()

    def write(tx: Tx) -> None:
        mine.unit_of(tx, session, unit_id)
        others = {row.unit_id for row in conflicts.conflicts_of(tx, session.member_id)} - {unit_id}
        if len(others) >= MOST:
            raise Refused(Reason.BAD_INPUT, "plan-ties-many")
        conflicts.put_conflict(tx, Declared(session.member_id, unit_id, relation, today))
        _note(tx, services, session, "declare-tie")

    await services.store.write(write)


async def take_back(services: DeskServices, session: Session, unit_id: UnitId) -> None:
    """Takes back what I declared; nothing happens when I had not."""

    def write(tx: Tx) -> None:
        if conflicts.drop_conflict(tx, session.member_id, unit_id):
            _note(tx, services, session, "take-back-tie")

    await services.store.write(write)


async def list_ties(services: DeskServices, round_id: RoundId) -> list[Tie]:
    """Every member's tie that meets what their team inspects in the round, by team and name."""
    return await services.store.read(lambda tx: ties_in(tx, services, round_id))


def ties_in(tx: Tx, services: DeskServices, round_id: RoundId) -> list[Tie]:
    """As `list_ties`, inside a transaction, in as many statements for one team as for many."""
    office_id = rounds.get_round(tx, round_id).office_id
    declared = conflicts.conflicts_in(tx, office_id)
    if not declared:
        return []
    tree = {unit.id: unit for unit in units.list_units(tx, office_id)}
    seated = planned.people_by_team(tx, office_id, services.clock().date())
    places, found = planned.units_by_team(tx, round_id), []
    for team in mine.teams_of(tx, round_id):
        for member in _there(seated.get(team.id, ())):
            found += _ties_of(_Seat(member, team, places.get(team.id, ())), declared.get(member.id, ()), tree)
    return found


def _ties_of(seat: _Seat, declared: Sequence[Declared], tree: Mapping[UnitId, Unit]) -> list[Tie]:
    found = []
    for row in declared:
        unit = tree[row.unit_id]
        meets = tuple(place for place in seat.places if in_line(unit, place))
        if meets:
            found.append(Tie(seat.member, seat.team, unit, row.relation, meets))
    return found


def _there(seated: Iterable[tuple[Member, Role]]) -> list[Member]:
    """Who sits in a team, each once, without those who were put out."""
    found = {member.id: member for member, _ in seated if member.state is not MemberState.DISABLED}
    return list(found.values())


def _note(tx: Tx, services: DeskServices, session: Session, act: str) -> None:
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "member", session.member_id))
