"""The desk takes over what the intake inserted: a new tip gets a number and a deadline, a reporter's event moves it."""

from dataclasses import dataclass, replace
from datetime import date

from domain import clocks as running
from domain.errors import Refused
from domain.ids import RoundId, TeamId, TipId
from domain.tips import State, Tip, TipWork, move
from handlers.calendar import calendar_in
from handlers.desk.moves.step import Step, clocks_after
from handlers.people import trail
from handlers.services import DeskServices
from storage.desk import clocks, work
from storage.intake import tips
from storage.office import rounds
from storage.people.audit import NEWS
from storage.store import Tx


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
    row = await services.store.write(lambda tx: fold_tip(tx, services, tip))
    return None if row is None else Change(tip.round_id, row.team_id, tip.id, fresh=True)


async def _take_event(services: DeskServices, event: tips.TipEvent) -> Change | None:
    try:
        return await services.store.write(lambda tx: _fold_event(tx, services, event))
    except Refused:
        return None  # a colleague moved the tip meanwhile: the mark stays for the next time


def fold_tip(
    tx: Tx, services: DeskServices, tip: Tip, *, since: date | None = None, split_from: TipId | None = None
) -> TipWork | None:
    """Gives the tip its number and its first deadline, `since` its receipt or a later day; None when it has them."""
    if not tips.mark_folded(tx, tip.round_id, tip.id, 0):
        return None
    team, round_ = tip.first_team_id, rounds.get_round(tx, tip.round_id)
    number = work.next_number(tx, tip.round_id, f"team:{team.hex()}")
    calendar = calendar_in(tx, services.calendar, tip.office_id)
    kept = running.received(since or tip.received_on, round_.days, calendar)
    row = TipWork(tip.round_id, tip.id, team, number, State.RECEIVED, None, None, 1, split_from=split_from)
    work.insert_work(tx, running.with_next_due(row, kept, round_.days, calendar))
    clocks.save_clocks(tx, tip.round_id, tip.id, kept)
    return row


def _fold_event(tx: Tx, services: DeskServices, event: tips.TipEvent) -> Change | None:
    """Raises nothing: a wish that comes too late (withdraw after accept) stays in the history and moves nothing."""
    try:
        before = work.get_work(tx, event.round_id, event.tip_id)
    except Refused:
        return None  # its tip waits to be folded; the mark stays
    if not tips.mark_folded(tx, event.round_id, event.tip_id, event.n):
        return None
    _note_news(tx, services, event)
    try:
        state = move(before.state, event.act)
    except Refused:
        return Change(event.round_id, before.team_id, event.tip_id, fresh=False)
    round_, moment = rounds.get_round(tx, event.round_id), services.clock()
    step = Step(event.act, state, moment, None)
    kept = clocks_after(tx, services, round_, before, step)
    calendar = calendar_in(tx, services.calendar, round_.office_id)
    work.update_work(tx, running.with_next_due(replace(before, state=state), kept, round_.days, calendar))
    return Change(event.round_id, before.team_id, event.tip_id, fresh=False)


def _note_news(tx: Tx, services: DeskServices, event: tips.TipEvent) -> None:
    """Marks the tip as unread for everybody who opened it before."""
    office_id = tips.get_tip(tx, event.round_id, event.tip_id).office_id
    trail.note(tx, services, trail.Deed(office_id, None, NEWS, "tip", event.tip_id))
