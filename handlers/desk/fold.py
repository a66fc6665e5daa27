"""The desk takes over what the intake inserted: a new tip gets a number and a deadline, a reporter's event moves it."""

from dataclasses import dataclass, replace
from datetime import date

from domain.deadlines import add_working_days
from domain.errors import Refused
from domain.ids import RoundId, TeamId, TipId
from domain.tips import State, Tip, TipWork, move
from handlers.services import DeskServices
from storage import clocks, counters, rounds, tips, work
from storage.store import Tx

ACCEPT = "accept"
"""Stage of the clock that runs until a tip is accepted or declined."""


@dataclass(frozen=True, slots=True)
class Change:
    """A team's queue is no longer what it was. `fresh` when a tip is new to it."""

    round_id: RoundId
    team_id: TeamId
    tip_id: TipId
    fresh: bool


async def fold(services: DeskServices) -> list[Change]:
    """Folds what waits, each tip and each event in a transaction of its own. Returns what changed.

    Two desks may do it at once: the mark of a tip or an event is taken away by one of them only. Raises `CannotStore`.
    """
    tips_waiting = await services.store.read(tips.unfolded_tips)
    done = [await _take_tip(services, tip) for tip in tips_waiting]
    events_waiting = await services.store.read(tips.unfolded_events)
    done += [await _take_event(services, event) for event in events_waiting]
    return [change for change in done if change is not None]


async def _take_tip(services: DeskServices, tip: Tip) -> Change | None:
    round_ = await services.store.read(lambda tx: rounds.get_round(tx, tip.round_id))
    due = add_working_days(tip.received_on, round_.accept_days, services.calendar).on
    return await services.store.write(lambda tx: _fold_tip(tx, tip, due))


async def _take_event(services: DeskServices, event: tips.TipEvent) -> Change | None:
    today = services.clock().date()
    try:
        return await services.store.write(lambda tx: _fold_event(tx, event, today))
    except Refused:
        return None  # a colleague moved the tip meanwhile: the mark stays for the next time


def _fold_tip(tx: Tx, tip: Tip, due: date) -> Change | None:
    if not tips.mark_folded(tx, tip.round_id, tip.id, 0):
        return None
    team = tip.first_team_id
    number = work.next_number(tx, tip.round_id, f"team:{team.hex()}")
    work.insert_work(tx, TipWork(tip.round_id, tip.id, team, number, State.RECEIVED, None, due, 1))
    clocks.save_clock(tx, tip.round_id, tip.id, clocks.Clock(ACCEPT, tip.received_on, due))
    count(tx, tip, team, tip.received_on, State.RECEIVED)
    return Change(tip.round_id, team, tip.id, fresh=True)


def _fold_event(tx: Tx, event: tips.TipEvent, today: date) -> Change | None:
    """Raises nothing: a wish that comes too late (withdraw after accept) stays in the history and moves nothing."""
    try:
        before = work.get_work(tx, event.round_id, event.tip_id)
    except Refused:
        return None  # its tip waits to be folded; the mark stays
    if not tips.mark_folded(tx, event.round_id, event.tip_id, event.n):
        return None
    try:
        state = move(before.state, event.act)
    except Refused:
        return Change(event.round_id, before.team_id, event.tip_id, fresh=False)
    due = before.next_due_on
    if state is State.WITHDRAWN:
        due = None
        stop_clock(tx, event.round_id, event.tip_id, today)
    if state is not before.state:
        count(tx, tips.get_tip(tx, event.round_id, event.tip_id), before.team_id, event.on, state)
    work.update_work(tx, replace(before, state=state, next_due_on=due))
    return Change(event.round_id, before.team_id, event.tip_id, fresh=False)


def stop_clock(tx: Tx, round_id: RoundId, tip_id: TipId, today: date) -> None:
    """The tip was accepted, declined or withdrawn: its first deadline runs no longer."""
    for clock in clocks.list_clocks(tx, round_id, tip_id):
        if clock.stage == ACCEPT and clock.stopped_on is None:
            clocks.save_clock(tx, round_id, tip_id, replace(clock, stopped_on=today))


def count(tx: Tx, tip: Tip, team_id: TeamId, day: date, measure: State) -> None:
    """One more tip that reached `measure` on `day`, for the office's figures."""
    cell = counters.Cell(day, team_id, tip.unit_id, tip.card_batch_id, tip.channel, tip.kind)
    counters.add_count(tx, tip.round_id, cell, measure)
