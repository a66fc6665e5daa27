"""What a queue can be narrowed to: the places and people that stand in it. An id from elsewhere is unknown."""

from dataclasses import dataclass
from datetime import date

from domain.errors import Reason, Refused
from domain.ids import MemberId, UnitId
from domain.rounds import Round, Team, Unit
from handlers.desk.listing.views import Narrow
from storage.desk.queue import Blank, filed_under, places_of
from storage.people import members
from storage.people.members import Member
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Choices:
    """`units` by path, with those above them; `people` of the team now, and those whose tips are still there."""

    units: tuple[Unit, ...]
    people: tuple[Member, ...]


def choices_in(tx: Tx, round_: Round, team: Team, narrow: Narrow, today: date) -> Choices:
    """Raises `Refused(UNKNOWN)` when `narrow` names a place or a person that is none of the team's."""
    units, assignees = filed_under(tx, round_.id, team.id)
    places = places_of(tx, round_.office_id, units)
    people = {one.id: one for one, _ in members.members_of_team(tx, team.id, today)}
    people |= {one: members.get_member(tx, one) for one in assignees - set(people)}
    _check(narrow.filters.unit, {one.id for one in places})
    _check(narrow.filters.assignee, set(people))
    return Choices(tuple(places), tuple(sorted(people.values(), key=lambda one: one.login)))


def _check(asked: UnitId | MemberId | Blank | None, known: set[UnitId] | set[MemberId]) -> None:
    if asked is not None and not isinstance(asked, Blank) and asked not in known:
        raise Refused(Reason.UNKNOWN)
