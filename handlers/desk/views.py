"""The queue's views by name: which states, whose tips, which days. This file reads nothing."""

from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from domain.deadlines import WorkingDays, add_working_days
from domain.ids import MemberId
from domain.tips import State
from storage.work import View

_ENDED = frozenset({State.CLEARED, State.DECLINED, State.WITHDRAWN, State.REFERRED})
_SOON_DAYS = 2


class ViewName(StrEnum):
    """The views of the first cut, in the order they are shown."""

    ALL = "all"
    RECEIVED = "received"
    MINE = "mine"
    NOBODY = "nobody"
    WAITING = "waiting"
    CLOSED = "closed"
    LATE = "late"
    SOON = "soon"


def view_of(name: ViewName, me: MemberId, today: date, calendar: WorkingDays) -> View:
    """What `name` shows to member `me` on the day `today`."""
    running = frozenset(State) - _ENDED
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
        case ViewName.CLOSED:
            return View(states=_ENDED)
        case ViewName.LATE:
            return View(states=running, due_to=today - timedelta(days=1))
        case ViewName.SOON:
            return View(states=running, due_from=today, due_to=add_working_days(today, _SOON_DAYS, calendar).on)
        case _:
            assert_never(name)
