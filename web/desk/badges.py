"""How a deadline and a size look and read on the desk: a mark, words, and only then a colour."""

from dataclasses import dataclass

from domain.deadlines import Badge, WorkingDays, working_days_between
from domain.tips import State
from handlers.desk.queue import Deadline
from handlers.texts import say
from storage.clocks import Clock

_LOOKS = {Badge.LATE3: "late"}


@dataclass(frozen=True, slots=True)
class Look:
    """`look` names a class of base.css and a drawing of icons.html."""

    look: str
    words: str


def badge_of(lang: str, deadline: Deadline | None, state: State) -> Look | None:
    """The badge of a tip in a list; None when nothing is due."""
    if state is State.AWAITING_REPORTER:
        return Look("hold", say(lang, "desk-due-hold"))
    if deadline is None:
        return None
    words = say(lang, f"desk-due-{deadline.badge}", days=deadline.days)
    return Look(_LOOKS.get(deadline.badge, deadline.badge.value), words)


def clock_badge(lang: str, clock: Clock | None, running: Look | None, calendar: WorkingDays) -> Look | None:
    """The badge of the first deadline on the tip's own page: how it stands, or how it ended."""
    if clock is None or clock.stopped_on is None:
        return running
    if clock.stopped_on <= clock.due_on:
        days = working_days_between(clock.started_on, clock.stopped_on, calendar)
        return Look("done", say(lang, "desk-due-done", days=max(1, days)))
    return Look("late", say(lang, "desk-due-done-late"))


def size_words(lang: str, size: int) -> str:
    """A file's size in whole units."""
    if size < 1 << 20:
        return say(lang, "desk-size-kb", n=max(1, size >> 10))
    return say(lang, "desk-size-mb", n=round(size / (1 << 20)))
