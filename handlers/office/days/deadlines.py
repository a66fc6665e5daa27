"""How long every stage of a round may take, and what follows when that or the calendar changes: all is recomputed."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from domain import clocks as running
from domain.clocks import MOST_DAYS, Stage, StageDays
from domain.deadlines import WorkingDays
from domain.errors import Reason, Refused
from domain.ids import OfficeId, RoundId, TipId
from handlers.calendar import calendar_in
from handlers.office.rounds import get_round
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import due
from storage.desk.due import Running
from storage.office import offices, rounds
from storage.store import Tx

MOST_HOURS = 200
"""Hours of a claim, at most."""

CHUNK = 200
"""Tips recomputed in one transaction, so that nobody waits long behind them."""


async def set_deadlines(
    services: DeskServices, session: Session, round_id: RoundId, version: int, *, days: Mapping[Stage, int],
    claim_hours: int,
) -> None:  # fmt: skip
    """Writes what the round allows, `days` naming every stage, and recomputes its running deadlines.

    Claims that stand keep the end they have. Raises `Refused`: UNKNOWN, BAD_INPUT (`stage-days`, `claim-hours`),
    STALE when the round is no longer at `version`.
    """
    if not all(1 <= days[stage] <= MOST_DAYS for stage in Stage):
        raise Refused(Reason.BAD_INPUT, "stage-days")
    if not 1 <= claim_hours <= MOST_HOURS:
        raise Refused(Reason.BAD_INPUT, "claim-hours")
    round_ = await get_round(services, session, round_id)
    changed = replace(
        round_, version=version, accept_days=days[Stage.ACCEPT], later_days=dict(days), claim_hours=claim_hours
    )

    def write(tx: Tx) -> None:
        rounds.set_settings(tx, changed)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "deadlines", "round", round_id))

    await services.store.write(write)
    await recompute_round(services, round_id)


async def recompute_all(services: DeskServices) -> None:
    """Recomputes what runs here, for a plan that a newer library brought, or a change whose end was cut off."""
    office = await services.store.read(offices.only_office)
    if office is not None:
        await recompute_office(services, office.id)


async def recompute_office(services: DeskServices, office_id: OfficeId) -> None:
    """Recomputes the running deadlines of all rounds. What is right already is only read; safe to repeat."""
    for round_ in await services.store.read(lambda tx: rounds.list_rounds(tx, office_id)):
        await recompute_round(services, round_.id)


async def recompute_round(services: DeskServices, round_id: RoundId) -> None:
    """Recomputes the running deadlines of one round, also of one that takes no tips any more. Raises `CannotStore`."""
    after: TipId | None = None
    while True:
        after = await services.store.write(partial(_recompute_some, services, round_id, after))
        if after is None:
            return


def _recompute_some(services: DeskServices, round_id: RoundId, after: TipId | None, tx: Tx) -> TipId | None:
    """Recomputes the next tips behind `after`; the last of them, or None when there were none."""
    round_ = rounds.get_round(tx, round_id)
    calendar = calendar_in(tx, services.calendar, round_.office_id)
    found = due.list_running(tx, round_id, after, CHUNK)
    due.set_due(tx, found, [_recomputed(one, round_.days, calendar) for one in found])
    return found[-1].work.tip_id if found else None


def _recomputed(one: Running, days: StageDays, calendar: WorkingDays) -> Running:
    kept = running.recomputed(one.clocks, days, calendar)
    return Running(running.with_next_due(one.work, kept, days, calendar), kept)
