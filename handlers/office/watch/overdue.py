"""督办: how every team's deadlines stand, by the same badges as its own desk, and which numbers are late."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import Reason, Refused
from domain.figures import Sheet
from domain.ids import TeamId
from domain.rounds import Round, Team, TeamKind
from domain.tips import State
from handlers.desk.labels import Deadline, deadline, number_label, place_name
from handlers.office.figures.measure import Overdue, chosen, overdue
from handlers.office.figures.sheets import LATE_LISTED, Sheets
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import reminders, rounds, teams
from storage.office.reminders import Reminder
from storage.store import Tx
from storage.watch.watching import LateTip

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
    """A team's late numbers, the longest over first, and its reminders. `is_cut`: there are more than are listed."""

    round: Round
    team: Team
    lines: tuple[LateLine, ...]
    is_cut: bool
    counted_at: datetime
    reminders: tuple[Reminder, ...]


async def board(services: DeskServices, sheets: Sheets) -> list[TeamLine]:
    """One line a team, in the order of the round's teams; figures of the moment of `sheets`."""

    def load(tx: Tx) -> dict[TeamId, Reminder]:
        found: dict[TeamId, Reminder] = {}
        for one in reminders.list_of_round(tx, sheets.round.id):
            if one.urges:
                found.setdefault(one.team_id, one)
        return found

    last = await services.store.read(load)
    return [TeamLine(team, _stands(sheets, team), last.get(team.id)) for team in sheets.teams]


def _stands(sheets: Sheets, team: Team) -> Overdue:
    due = chosen(sheets[Sheet.DUE], teams={team.id})
    return overdue(due, sheets.round.days, sheets.today, sheets.calendar)


async def watch_team(services: DeskServices, sheets: Sheets, team: Team) -> TeamWatch:
    """What was late in a team that `team_of` gave, at the moment of its round's `sheets`."""
    late = sheets.late.get(team.id, ())
    lines = tuple(_late_line(sheets, team, one) for one in late[:LATE_LISTED])
    told = await services.store.read(lambda tx: reminders.list_of_team(tx, team.id))
    urging = tuple(one for one in told if one.urges)
    return TeamWatch(sheets.round, team, lines, len(late) > LATE_LISTED, sheets.counted_at, urging)


def _late_line(sheets: Sheets, team: Team, one: LateTip) -> LateLine:
    how = deadline(sheets.calendar, sheets.round, one.stage, one.due_on, sheets.today)
    return LateLine(number_label(team, one.number), place_name(one.place), one.state, one.due_on, how)


async def team_of(services: DeskServices, session: Session, team_id: TeamId) -> Team:
    """A team that my office may look at. Raises `Refused(UNKNOWN)`, for the recusal queue too."""
    return (await services.store.read(lambda tx: team_in(tx, session, team_id)))[0]


def team_in(tx: Tx, session: Session, team_id: TeamId) -> tuple[Team, Round]:
    """A team that my office may look at. Raises `Refused(UNKNOWN)`."""
    team = teams.get_team(tx, team_id)
    round_ = rounds.get_round(tx, team.round_id)
    if round_.office_id != session.office_id or team.kind is TeamKind.RECUSAL:
        raise Refused(Reason.UNKNOWN)
    return team, round_
