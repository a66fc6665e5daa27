"""督办: how every team's deadlines stand, by the same badges as its own desk, and which numbers are late."""

from dataclasses import dataclass
from datetime import date

from domain.errors import Reason, Refused
from domain.figures import Sheet
from domain.ids import TeamId
from domain.rounds import Round, Team, TeamKind
from domain.tips import State
from handlers.calendar import calendar_in
from handlers.desk.labels import Deadline, deadline, number_label, place_name
from handlers.office.figures.measure import Overdue, overdue
from handlers.office.figures.sheets import Sheets
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk.work import Position
from storage.office import reminders, rounds, teams
from storage.office.reminders import Reminder
from storage.store import Tx
from storage.watch import watching

PAGE = 50


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team on the board, with the last reminder that it got."""

    team: Team
    overdue: Overdue
    reminder: Reminder | None


@dataclass(frozen=True, slots=True)
class LateLine:
    """A late number: what is due, since when, and how it looks on the desk."""

    label: str
    unit: str
    state: State
    due_on: date
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class TeamWatch:
    """A page of a team's late numbers, its reminders; `after` None on the last page."""

    round: Round
    team: Team
    lines: tuple[LateLine, ...]
    after: Position | None
    reminders: tuple[Reminder, ...]


async def board(services: DeskServices, sheets: Sheets) -> list[TeamLine]:
    """One line a team, in the order of the round's teams; figures of the moment of `sheets`."""

    def load(tx: Tx) -> dict[TeamId, Reminder]:
        found: dict[TeamId, Reminder] = {}
        for one in reminders.list_of_round(tx, sheets.round.id):
            found.setdefault(one.team_id, one)
        return found

    last = await services.store.read(load)
    return [TeamLine(team, _stands(sheets, team), last.get(team.id)) for team in sheets.teams]


def _stands(sheets: Sheets, team: Team) -> Overdue:
    return overdue(sheets[Sheet.DUE], sheets.round.days, sheets.today, sheets.calendar, teams={team.id})


async def watch_team(
    services: DeskServices, session: Session, team_id: TeamId, after: Position | None = None
) -> TeamWatch:
    """What is late in a team of my office now. Raises `Refused(UNKNOWN)`, for the recusal queue too."""
    today = services.clock().date()

    def load(tx: Tx) -> TeamWatch:
        team, round_ = team_in(tx, session, team_id)
        calendar = calendar_in(tx, services.calendar, round_.office_id)
        found = watching.late_tips(tx, round_.id, team_id, today, after=after, limit=PAGE + 1)
        lines = tuple(
            LateLine(
                number_label(team, one.number),
                place_name(one.place),
                one.state,
                one.due_on,
                deadline(calendar, round_, one.stage, one.due_on, today),
            )
            for one in found[:PAGE]
        )
        more = found[PAGE - 1].position if len(found) > PAGE else None
        return TeamWatch(round_, team, lines, more, tuple(reminders.list_of_team(tx, team_id)))

    return await services.store.read(load)


def team_in(tx: Tx, session: Session, team_id: TeamId) -> tuple[Team, Round]:
    """A team that my office may look at. Raises `Refused(UNKNOWN)`."""
    team = teams.get_team(tx, team_id)
    round_ = rounds.get_round(tx, team.round_id)
    if round_.office_id != session.office_id or team.kind is TeamKind.RECUSAL:
        raise Refused(Reason.UNKNOWN)
    return team, round_
