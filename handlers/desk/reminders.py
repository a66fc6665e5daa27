"""催办 on the desk: what the office told my team and nobody who answers for it has marked as seen."""

from collections.abc import Sequence

from domain.errors import Reason, Refused
from domain.ids import TeamId
from domain.rounds import Role
from handlers.desk.queue import check_mine
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage import reminders
from storage.reminders import Reminder
from storage.store import Tx

SEERS = (Role.LEADER, Role.LIAISON)


async def unseen(services: DeskServices, session: Session, team_id: TeamId) -> Sequence[Reminder]:
    """Of my team, the newest first. Raises `Refused(UNKNOWN)` for a team that is not mine."""
    check_mine(session, team_id)
    return await services.store.read(lambda tx: reminders.list_of_team(tx, team_id, unseen=True))


def may_see(session: Session, team_id: TeamId) -> bool:
    """Whether I may say for the team that it has seen a reminder."""
    return not session.roles_in(team_id).isdisjoint(SEERS)


async def mark_seen(services: DeskServices, session: Session, reminder_id: bytes) -> TeamId:
    """Says that the team has seen it; gives the team. Somebody who was faster is as good.

    Raises `Refused`: UNKNOWN for a reminder to another team, NOT_ALLOWED unless I lead the team or am its liaison.
    """
    on = services.clock().date()

    def write(tx: Tx) -> TeamId:
        row = reminders.get_reminder(tx, reminder_id)
        check_mine(session, row.team_id)
        if not may_see(session, row.team_id):
            raise Refused(Reason.NOT_ALLOWED)
        if row.seen_on is None:
            reminders.set_seen(tx, reminder_id, session.member_id, on)
            deed = trail.Deed(session.office_id, session.member_id, "reminder-seen", "team", row.team_id)
            trail.note(tx, services, deed)
        return row.team_id

    return await services.store.write(write)
