"""What the office watches without reading: which numbers are late, and when anybody of a team last opened a tip."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select

from domain.clocks import Stage
from domain.figures import Sheet, Standing
from domain.ids import MemberId, OfficeId, RoundId, TeamId
from domain.rounds import TeamKind
from domain.tips import State
from storage.people.audit import OPENED
from storage.schema.counting import audit, counter
from storage.schema.office import team, unit
from storage.schema.tips import tip, tip_work
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class LateTip:
    """A tip whose next deadline is over, by what stands in the clear. `place`: the unit's path, empty when unknown."""

    number: int
    state: State
    stage: Stage
    due_on: date
    place: str


def late_tips(tx: Tx, round_id: RoundId, team_id: TeamId, today: date, limit: int) -> list[LateTip]:
    """The team's tips that were due before `today`, the longest over first; none that came to the recusal queue
    first."""
    work, first = tip_work.c, team.alias()
    late = (work.round_id == round_id) & (work.team_id == team_id) & (work.next_due_on < today)
    late &= first.c.kind != TeamKind.RECUSAL
    shown = select(work.number, work.state, work.next_stage, work.next_due_on, unit.c.path)
    both = tip_work.join(tip, (tip.c.round_id == work.round_id) & (tip.c.id == work.tip_id))
    both = both.join(first, first.c.id == tip.c.first_team_id).outerjoin(unit, unit.c.id == work.unit_id)
    longest = shown.select_from(both).where(late).order_by(work.next_due_on, work.number)
    return [
        LateTip(row.number, State(row.state), Stage(row.next_stage), row.next_due_on, row.path or "")
        for row in tx.execute(longest.limit(limit))
    ]


def waiting(tx: Tx, round_id: RoundId, last: date) -> dict[TeamId, tuple[date, int]]:
    """The teams whose tips, received up to and with `last`, wait to be accepted: the first day of those, how many."""
    cells = (counter.c.round_id == round_id) & (counter.c.sheet == Sheet.COHORT) & (counter.c.day <= last)
    first, n = func.min(counter.c.day).label("first"), func.sum(counter.c.n).label("total")
    undecided = cells & (counter.c.measure == Standing.RECEIVED) & (counter.c.n > 0)
    rows = tx.execute(select(counter.c.team_id, first, n).where(undecided).group_by(counter.c.team_id))
    return {TeamId(row.team_id): (row.first, int(row.total)) for row in rows}


def last_line_before(tx: Tx, office_id: OfficeId, moment: datetime) -> int:
    """The number of the audit's last line before `moment` (aware), 0 without one.

    Lines are in the order of time and numbered one after the other: halving finds it in a score of look-ups by key.
    A line that somebody took out leads to the one before it.
    """
    of_office = audit.c.office_id == office_id
    low = 0
    high = int(tx.execute(select(func.coalesce(func.max(audit.c.n), 0)).where(of_office)).scalar_one())
    while low < high:
        middle = (low + high + 1) // 2
        nearest = select(audit.c.at).where(of_office, audit.c.n <= middle).order_by(audit.c.n.desc()).limit(1)
        at = tx.execute(nearest).scalar_one_or_none()
        low, high = (middle, high) if at is None or at < moment else (low, middle - 1)
    return low


def opened_after(
    tx: Tx, office_id: OfficeId, line: int, *, round_id: RoundId, team_id: TeamId, by: Collection[MemberId]
) -> bool:
    """Whether one of these members opened any tip that the team has now, behind that line of the audit."""
    is_opening = (audit.c.object_kind == "tip") & (audit.c.act == OPENED) & audit.c.member_id.in_(by)
    of_team = (tip_work.c.round_id == round_id) & (tip_work.c.team_id == team_id)
    same = tip_work.c.tip_id == audit.c.object_id
    found = exists().where(audit.c.office_id == office_id, audit.c.n > line, is_opening, of_team, same)
    return bool(tx.execute(select(found)).scalar_one())
