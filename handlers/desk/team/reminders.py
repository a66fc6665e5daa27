"""催办 on the desk: what the office told my teams and nobody who answers for it has marked as seen."""

from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import TeamId
from handlers.desk.mine import Mine, answers_for, check_mine, my_teams
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import reminders
from storage.office.reminders import Reminder
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder to a team of mine. `mine`: which, where I have several. `may_see`: I may say that it was seen."""

    reminder: Reminder
    mine: Mine | None
    may_see: bool


async def unseen(services: DeskServices, session: Session) -> list[Told]:
    """Those of all my teams, the newest first, whichever team's letters I look at."""
    mine = await my_teams(services, session)

    def load(tx: Tx) -> list[Told]:
        found = [(one, row) for one in mine for row in reminders.list_of_team(tx, one.team.id, unseen=True)]
        found.sort(key=lambda pair: pair[1].written_on, reverse=True)
        return [Told(row, one if len(mine) > 1 else None, may_see(session, row)) for one, row in found]

    return await services.store.read(load)


def may_see(session: Session, row: Reminder) -> bool:
    """Whether I may say for the team that it has seen it: not what stands there because of myself."""
    return answers_for(session, row.team_id) and row.written_by != session.member_id


async def mark_seen(services: DeskServices, session: Session, reminder_id: bytes) -> TeamId:
    """Says that the team has seen it; gives the team. Somebody who was faster is as good.

    Raises `Refused`: UNKNOWN for a reminder to another team, NOT_ALLOWED unless I lead the team or am its liaison,
    and about one that stands there because of myself: colleagues are to see it.
    """
    on = services.clock().date()

    def write(tx: Tx) -> TeamId:
        row = reminders.get_reminder(tx, reminder_id)
        check_mine(session, row.team_id)
        if not may_see(session, row):
            raise Refused(Reason.NOT_ALLOWED)
        if row.seen_on is None:
            reminders.set_seen(tx, reminder_id, session.member_id, on)
            deed = trail.Deed(session.office_id, session.member_id, "reminder-seen", "team", row.team_id)
            trail.note(tx, services, deed)
        return row.team_id

    return await services.store.write(write)
