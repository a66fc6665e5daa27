"""The figures of some days of a round, worked out of the board's own snapshot, so that report and board agree."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.figures import Done, Sheet
from domain.ids import TeamId
from domain.rounds import Round, Team, Unit
from domain.tips import Channel
from handlers.office.figures.board import STEPS
from handlers.office.figures.measure import Overdue, Replies, Tally, chosen, overdue, replies, tally
from handlers.office.figures.places import township_of
from handlers.office.figures.sheets import Sheets
from handlers.office.reporting.period import Period


@dataclass(frozen=True, slots=True)
class Reached:
    """Tips received, and milestones by the day on which they were reached."""

    received: int
    done: dict[Done, int]


@dataclass(frozen=True, slots=True)
class Former:
    """The round before, until the day that is as far from its opening."""

    round: Round
    until: date
    so_far: Reached


@dataclass(frozen=True, slots=True)
class TeamLine:
    """`team` None: all of them. `of_new`: what became of the tips received in the period; `now`: at the count."""

    team: Team | None
    period: Reached
    of_new: Tally
    now: Tally
    due: Overdue
    replies: Replies


@dataclass(frozen=True, slots=True)
class Report:
    """`of_so_far`: what became of all tips received until the period's end; `channels` by day, in the order of
    `Channel`; `funnel` of all cards since the opening, by step and then what was accepted; `places`: where something
    was received, most first."""

    sheets: Sheets
    period: Period
    part: Reached
    so_far: Reached
    former: Former | None
    of_so_far: Tally
    channels: tuple[tuple[date, tuple[int, ...]], ...]
    all_teams: TeamLine
    teams: tuple[TeamLine, ...]
    funnel: tuple[int, ...]
    places: tuple[tuple[Unit | None, int], ...]


def make_report(sheets: Sheets, period: Period, former: Sheets | None) -> Report:
    """`former`: the round before, None where there is none."""
    return Report(
        sheets=sheets,
        period=period,
        part=_reached(sheets, period.first, period.last),
        so_far=_reached(sheets, None, period.last),
        former=_former(sheets, period, former) if former else None,
        of_so_far=tally(chosen(sheets[Sheet.COHORT], last=period.last)),
        channels=_channels(sheets, period),
        all_teams=_line(sheets, period, None),
        teams=tuple(_line(sheets, period, team) for team in sheets.teams),
        funnel=_funnel(sheets),
        places=_places(sheets, period),
    )


def _reached(sheets: Sheets, first: date | None, last: date, teams: Collection[TeamId] | None = None) -> Reached:
    done: Counter[str] = Counter()
    for cell, n in chosen(sheets[Sheet.DONE], teams=teams, first=first, last=last).items():
        done[cell.measure] += n
    received = sum(chosen(sheets[Sheet.COHORT], teams=teams, first=first, last=last).values())
    return Reached(received, {one: done[one] for one in Done})


def _former(sheets: Sheets, period: Period, former: Sheets) -> Former:
    until = former.round.opens_at.date() + (period.last - sheets.round.opens_at.date())
    return Former(former.round, until, _reached(former, None, until))


def _channels(sheets: Sheets, period: Period) -> tuple[tuple[date, tuple[int, ...]], ...]:
    counts: Counter[tuple[date | None, str]] = Counter()
    for cell, n in chosen(sheets[Sheet.COHORT], first=period.first, last=period.last).items():
        counts[cell.day, cell.channel] += n
    return tuple((day, tuple(counts[day, channel] for channel in Channel)) for day in period.days)


def _line(sheets: Sheets, period: Period, team: Team | None) -> TeamLine:
    teams, first, last = (team.id,) if team else None, period.first, period.last
    due = chosen(sheets[Sheet.DUE], teams=teams)
    return TeamLine(
        team=team,
        period=_reached(sheets, first, last, teams),
        of_new=tally(chosen(sheets[Sheet.COHORT], teams=teams, first=first, last=last)),
        now=tally(chosen(sheets[Sheet.COHORT], teams=teams)),
        due=overdue(due, sheets.round.days, sheets.today, sheets.calendar),
        replies=replies(chosen(sheets[Sheet.REPLY], teams=teams, first=first, last=last), sheets.calendar),
    )


def _funnel(sheets: Sheets) -> tuple[int, ...]:
    steps: Counter[str] = Counter()
    for (_, step), n in sheets.funnel.items():
        steps[step] += n
    return (*(steps[step] for step in STEPS), sum(sheets[Sheet.BATCH].values()))


def _places(sheets: Sheets, period: Period) -> tuple[tuple[Unit | None, int], ...]:
    found: Counter[Unit | None] = Counter()
    for cell, n in chosen(sheets[Sheet.UNIT_DAY], first=period.first, last=period.last).items():
        found[township_of(sheets.units, cell.unit_id)] += n
    rows = [(unit, n) for unit, n in found.items() if n]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0] is None, row[0].path if row[0] else "")))
