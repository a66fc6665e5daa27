"""The queue's views by name: which states, whose tips, which days. This file reads nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from domain.ids import MemberId
from domain.tips import ENDED, State
from handlers.conversation.talk import Identity
from storage.desk.queue import Filters, Tally
from storage.desk.work import View


class ViewName(StrEnum):
    """The views, in the order they are shown."""

    ALL = "all"
    RECEIVED = "received"
    MINE = "mine"
    NOBODY = "nobody"
    WAITING = "waiting"
    RECTIFYING = "rectifying"
    CLOSED = "closed"
    LATE = "late"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Narrow:
    """What of a view is shown. `identity` stands in sealed headers only: no count knows it."""

    filters: Filters
    identity: Identity | None = None


WHOLE = Narrow(Filters())
"""Nothing is left out."""


def view_of(name: ViewName, me: MemberId, today: date) -> View:
    """What `name` shows to member `me` on the day `today`."""
    running = frozenset(State) - ENDED
    match name:
        case ViewName.ALL:
            return View(states=running)
        case ViewName.RECEIVED:
            return View(states=frozenset({State.RECEIVED}))
        case ViewName.MINE:
            return View(states=running, assignee_id=me)
        case ViewName.NOBODY:
            return View(states=running, unassigned=True)
        case ViewName.WAITING:
            return View(states=frozenset({State.AWAITING_REPORTER}))
        case ViewName.RECTIFYING:
            return View(states=frozenset({State.NOTICED, State.REPORTED_BACK}))
        case ViewName.CLOSED:
            return View(states=ENDED)
        case ViewName.LATE:
            return View(states=running, due_to=today - timedelta(days=1))
        case ViewName.SOON:
            return View(states=running, at_risk_on=today)
        case _:
            assert_never(name)


def counts_of(tallies: Sequence[Tally]) -> dict[ViewName, int]:
    """The size of every view, from the same states and days as `view_of`."""
    running = [one for one in tallies if one.state not in ENDED]
    by_state = {one.state: one.n for one in tallies}
    in_all, total = sum(one.n for one in running), sum(by_state.values())
    return {
        ViewName.ALL: in_all,
        ViewName.RECEIVED: by_state.get(State.RECEIVED, 0),
        ViewName.MINE: sum(one.mine for one in running),
        ViewName.NOBODY: sum(one.nobody for one in running),
        ViewName.WAITING: by_state.get(State.AWAITING_REPORTER, 0),
        ViewName.RECTIFYING: by_state.get(State.NOTICED, 0) + by_state.get(State.REPORTED_BACK, 0),
        ViewName.CLOSED: total - in_all,
        ViewName.LATE: sum(one.late for one in running),
        ViewName.SOON: sum(one.soon for one in running),
    }
