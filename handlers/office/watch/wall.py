"""清仓销号: how far every team has got, for a big screen that everybody in the room sees. Numbers of teams alone."""

from dataclasses import dataclass
from datetime import datetime

from domain.figures import Sheet
from domain.rounds import Round, Team, TeamKind
from handlers.office.figures.measure import Tally, chosen, overdue, tally
from handlers.office.figures.sheets import Sheets


@dataclass(frozen=True, slots=True)
class WallLine:
    """One team; `late` of its running tips are over their next deadline."""

    team: Team
    tally: Tally
    late: int

    @property
    def parts(self) -> tuple[int, ...]:
        """What was received, split by how far it got: waiting, in work, resolved, cleared, and what went elsewhere."""
        one = self.tally
        elsewhere = one.unaccepted + one.withdrawn + one.passed_on
        return (one.undecided, one.in_work, one.resolved - one.cleared, one.cleared, elsewhere)


@dataclass(frozen=True, slots=True)
class Wall:
    """`day` counts from 1, 0 before the first day; `left` the days after today up to and with the last one."""

    round: Round
    lines: tuple[WallLine, ...]
    total: WallLine | None
    day: int
    left: int
    counted_at: datetime

    @property
    def longest(self) -> int:
        """Tips of the team that received most."""
        return max((line.tally.received for line in self.lines), default=0)

    @property
    def percent(self) -> int | None:
        """Cleared of accepted, rounded down: 100 says that nothing is left. None while nothing was accepted."""
        if self.total is None or not self.total.tally.accepted:
            return None
        return 100 * self.total.tally.cleared // self.total.tally.accepted


def make_wall(sheets: Sheets) -> Wall:
    """The wall of the counts' own moment. What waits to be routed has a line only when it holds something."""
    lines = [_line(sheets, [team]) for team in sheets.teams]
    shown = [one for one in lines if one.tally.received or one.team.kind is TeamKind.TEAM]
    opens, closes, today = sheets.round.opens_at.date(), sheets.round.ends_at.date(), sheets.today
    return Wall(
        round=sheets.round,
        lines=tuple(shown),
        total=_line(sheets, list(sheets.teams)) if sheets.teams else None,
        day=max(0, (min(today, closes) - opens).days + 1),
        left=max(0, (closes - max(today, opens)).days),
        counted_at=sheets.counted_at,
    )


def _line(sheets: Sheets, teams: list[Team]) -> WallLine:
    ids = {team.id for team in teams}
    due = overdue(chosen(sheets[Sheet.DUE], teams=ids), sheets.round.days, sheets.today, sheets.calendar)
    return WallLine(teams[0], tally(chosen(sheets[Sheet.COHORT], teams=ids)), due.late)
