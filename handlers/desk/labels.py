"""How a tip is called on the desk: its number, its place, and how its next deadline stands."""

from dataclasses import dataclass
from datetime import date

from domain.clocks import Stage
from domain.deadlines import Badge, WorkingDays, badge, is_certain, left
from domain.rounds import Round, Team, TeamKind, Unit
from domain.tips import Tip, TipWork
from storage.office import units
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Deadline:
    """How a tip's next deadline stands; `days` are working days left or over, never negative.

    Not `certain`: a year on the way has no published plan of working days.
    """

    stage: Stage
    badge: Badge
    days: int
    certain: bool


def number_label(team: Team, number: int) -> str:
    """A tip's number as people say it: 3-0012; R- and U- for the round's recusal and unrouted queues."""
    first = {TeamKind.TEAM: str(team.ordinal), TeamKind.RECUSAL: "R", TeamKind.UNROUTED: "U"}[team.kind]
    return f"{first}-{number:04d}"


def unit_name(tx: Tx, tip: Tip) -> str:
    """The unit without the county, 苇庄镇石桥村; empty when the place is not known."""
    if tip.unit_id is None:
        return ""
    return full_name(units.get_unit(tx, tip.unit_id))


def full_name(unit: Unit) -> str:
    """The unit with those above it, without the county: 苇庄镇石桥村."""
    return place_name(unit.path)


def place_name(path: str) -> str:
    """The same from a unit's path; empty for an empty one."""
    county, *below = path.split("/")
    return "".join(below) or county


def deadline(calendar: WorkingDays, round_: Round, stage: Stage, due: date, today: date) -> Deadline:
    """The badge of a stage that is due on the day `due`."""
    days = left(due, today, calendar)
    certain = is_certain(today, due, calendar)
    return Deadline(stage, badge(days, round_.days[stage]), abs(days), certain)


def next_deadline(calendar: WorkingDays, round_: Round, row: TipWork, today: date) -> Deadline | None:
    """The badge of the tip's next deadline; None when none runs."""
    if row.next_due_on is None or not row.next_stage:
        return None
    return deadline(calendar, round_, Stage(row.next_stage), row.next_due_on, today)
