"""The queue's views by name: which states, whose tips, which days. This file reads nothing."""

from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from domain.ids import MemberId
from domain.tips import ENDED, State
from storage.work import View


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
