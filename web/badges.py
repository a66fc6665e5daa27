"""How a deadline and a size look and read on the desk: a mark, words, and only then a colour."""

from dataclasses import dataclass
from datetime import date

from domain.deadlines import Badge
from domain.tips import State
from handlers.desk import Deadline
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


def clock_badge(lang: str, clock: Clock | None, running: Look | None) -> Look | None:
    """The badge of the first deadline on the tip's own page: how it stands, or how it ended."""
    if clock is None or clock.stopped_on is None:
        return running
    if _in_time(clock.stopped_on, clock.due_on):
        return Look("done", say(lang, "desk-due-done"))
    return Look("late", say(lang, "desk-due-done-late"))


def size_words(lang: str, size: int) -> str:
    """A file's size in whole units."""
    if size < 1 << 20:
        return say(lang, "desk-size-kb", n=max(1, size >> 10))
    return say(lang, "desk-size-mb", n=round(size / (1 << 20)))


def _in_time(stopped: date, due: date) -> bool:
    return stopped <= due
