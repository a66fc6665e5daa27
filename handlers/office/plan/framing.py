"""A round's frame: number, window to the hour, days to accept, cross-region rule; a new one, or one not opened yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from domain.clocks import MOST_DAYS
from domain.errors import Reason, Refused
from domain.ids import OfficeId, RoundId, UnitId, new_id
from domain.regions import in_line
from domain.rounds import RETENTION_DAYS, CrossRegion, Round, RoundState, Unit
from handlers.office.plan import mine
from handlers.office.plan.copying import Copy, copy_parts
from handlers.office.plan.overlaps import overlaps
from handlers.office.plan.pseudo import add_pseudo_teams, follow_phone
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.office import rounds, teams, units
from storage.store import Conflict, Tx

MOST = 999
LONGEST = timedelta(days=366)
"""A window that lasts longer is a slip of a year."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Both instants are aware. `accept_days`: working days."""

    term: int
    ordinal: int
    phase: int
    opens_at: datetime
    closes_at: datetime
    accept_days: int
    cross_region: CrossRegion


class Overlapping(Refused):
    """Units of the plan that another round has in the same window. `found`: those, each with that round."""

    def __init__(self, found: Sequence[tuple[Unit, Round]]) -> None:
        super().__init__(Reason.BAD_INPUT, "plan-overlap")
        self.found = tuple(found)


async def make_round(services: DeskServices, session: Session, frame: Frame, copy: Copy | None = None) -> RoundId:
    """A new planned round with its two pseudo-teams, and with what `copy` takes from another round.

    Raises `Refused`: BAD_INPUT as `check_frame` and `copy_parts`, `Overlapping`, WRONG_STATE (`round-exists`), UNKNOWN
    for a source of another office. Then nothing was made.
    """
    check_frame(services, frame)
    round_ = new_round(session.office_id, frame)

    def write(tx: Tx) -> None:
        rounds.insert_round(tx, round_)
        made = add_pseudo_teams(tx, round_)
        if copy is not None:
            copy_parts(tx, services, session, round_, copy, pseudo=made)
            check_free(tx, round_)
        follow_phone(tx, round_)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "plan-round", "round", round_.id))

    await _store(services, write)
    return round_.id


async def change_frame(
    services: DeskServices, session: Session, round_id: RoundId, version: int, frame: Frame
) -> None:  # fmt: skip
    """Rewrites the frame of a round that is not opened yet.

    Raises `Refused`: UNKNOWN, WRONG_STATE (`round-not-planned`, `round-exists`), BAD_INPUT as `check_frame` and
    (`plan-home-stands`) when a team inspects its home and no longer may, `Overlapping`, STALE past `version`.
    """
    check_frame(services, frame)

    def write(tx: Tx) -> None:
        round_ = mine.planned(mine.round_of(tx, session, round_id))
        if round_.version != version:
            raise Refused(Reason.STALE)
        changed = _framed(round_, frame)
        check_free(tx, changed)
        if changed.cross_region is CrossRegion.REFUSE:
            _check_nobody_home(tx, changed)
        rounds.set_frame(tx, changed)
        rounds.set_settings(tx, replace(changed, version=version + 1))
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "plan-frame", "round", round_id))

    await _store(services, write)


def check_frame(services: DeskServices, frame: Frame) -> None:
    """Raises `Refused(BAD_INPUT)`: `plan-numbers`, `plan-accept-days`, `plan-window-midnight` for an end at 0:00, which
    is a forgotten hour, `plan-window-order`, `plan-window-over`, `plan-window-long`."""
    wrong = (
        ("plan-numbers", not all(1 <= one <= MOST for one in (frame.term, frame.ordinal, frame.phase))),
        ("plan-accept-days", not 1 <= frame.accept_days <= MOST_DAYS),
        ("plan-window-midnight", frame.closes_at.timetz().replace(tzinfo=None) == time()),
        ("plan-window-order", frame.closes_at <= frame.opens_at),
        ("plan-window-over", frame.closes_at <= services.clock()),
        ("plan-window-long", frame.closes_at - frame.opens_at > LONGEST),
    )
    for detail, is_so in wrong:
        if is_so:
            raise Refused(Reason.BAD_INPUT, detail)


def check_free(tx: Tx, round_: Round, more: Sequence[UnitId] = ()) -> None:
    """No unit of the plan, nor any of `more`, is in another round of the same days. Raises `Overlapping`."""
    unit_ids = [row.unit_id for row in teams.list_assignments(tx, round_.id)]
    if found := overlaps(tx, round_, [*unit_ids, *more]):
        raise Overlapping(found)


def _check_nobody_home(tx: Tx, round_: Round) -> None:
    homes = {team.id: team.home_unit_id for team in mine.teams_of(tx, round_.id)}
    for row in teams.list_assignments(tx, round_.id):
        home = homes.get(row.team_id)
        if home is not None and in_line(units.get_unit(tx, home), units.get_unit(tx, row.unit_id)):
            raise Refused(Reason.BAD_INPUT, "plan-home-stands")


def new_round(office_id: OfficeId, frame: Frame) -> Round:
    """A planned round of `frame`, not stored yet."""
    return Round(
        id=RoundId(new_id()),
        office_id=office_id,
        term=frame.term,
        ordinal=frame.ordinal,
        phase=frame.phase,
        opens_at=frame.opens_at,
        closes_at=frame.closes_at,
        state=RoundState.PLANNED,
        accept_days=frame.accept_days,
        retention_days=RETENTION_DAYS,
        version=1,
        cross_region=frame.cross_region,
    )


def _framed(round_: Round, frame: Frame) -> Round:
    return replace(
        round_,
        term=frame.term,
        ordinal=frame.ordinal,
        phase=frame.phase,
        opens_at=frame.opens_at,
        closes_at=frame.closes_at,
        accept_days=frame.accept_days,
        cross_region=frame.cross_region,
    )


async def _store(services: DeskServices, write: Callable[[Tx], None]) -> None:
    try:
        await services.store.write(write)
    except Conflict:
        raise Refused(Reason.WRONG_STATE, "round-exists") from None
