"""One member as the office sees them: places, duty, ties, sign-ins. Nothing of what they read stands here."""

from dataclasses import dataclass
from datetime import date

from domain.ids import MemberId
from domain.regions import Relation
from domain.rounds import TeamKind, Unit
from handlers.people.roster import Person, get_person
from handlers.people.sessions import IDLE, LONGEST, Session
from handlers.services import DeskServices
from storage.office import units
from storage.people import conflicts, duties, members, sessions
from storage.people.members import Member
from storage.store import Tx
from storage.watch import readings


@dataclass(frozen=True, slots=True)
class Tie:
    """What they declared themselves."""

    unit: Unit
    relation: Relation


@dataclass(frozen=True, slots=True)
class Profile:
    """`sessions`: sign-ins that stand now; `last_on`: the day of the latest one. Neither is told of who holds the
    recusal queue."""

    person: Person
    superior: Member | None
    below: tuple[Member, ...]
    ties: tuple[Tie, ...]
    sessions: int | None
    last_on: date | None

    @property
    def is_enrolled(self) -> bool:
        """Whether there is a second factor that a new password could keep."""
        return self.person.member.is_enrolled


async def read_profile(services: DeskServices, session: Session, member_id: MemberId) -> Profile:
    """Raises `Refused(UNKNOWN)` for a member of another office."""
    person = await get_person(services, session, member_id)
    now = services.clock()

    def load(tx: Tx) -> Profile:
        over, listed = duties.list_duties(tx, session.office_id), members.list_members(tx, session.office_id)
        superior = next((one for one in listed if one.id == over.get(member_id)), None)
        below = tuple(one for one in listed if over.get(one.id) == member_id)
        declared = conflicts.conflicts_of(tx, member_id)
        ties = tuple(Tie(units.get_unit(tx, row.unit_id), row.relation) for row in declared)
        if any(seat.team and seat.team.kind is TeamKind.RECUSAL for seat in person.seats):
            # When they come in tells that something waits for them.
            return Profile(person, superior, below, ties, None, None)
        stand = sessions.list_sessions(tx, member_id)
        alive = sum(now - row.last_at <= IDLE and now - row.created_at <= LONGEST for row in stand)
        last = readings.last_sign_in(tx, session.office_id, member_id)
        last_on = last.astimezone(now.tzinfo).date() if last else None
        return Profile(person, superior, below, ties, alive, last_on)

    return await services.store.read(load)
