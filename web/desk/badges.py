"""How a deadline and a size look and read on the desk: a mark, words, and only then a colour."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.clocks import Clock
from domain.deadlines import Badge, working_days_between
from domain.tips import State
from handlers.desk.labels import Deadline, deadline
from handlers.desk.tip.thread import OpenTip
from handlers.texts import say

_LOOKS = {Badge.LATE3: "late"}


@dataclass(frozen=True, slots=True)
class Look:
    """`look` names a class of base.css and a drawing of icons.html."""

    look: str
    words: str


def badge_of(lang: str, deadline: Deadline | None, state: State) -> Look | None:
    """The badge of a tip in a list: what is due and how it stands; None when nothing is due."""
    if deadline is None:
        return Look("hold", say(lang, "desk-due-hold")) if state is State.AWAITING_REPORTER else None
    return _badge(lang, deadline)


@lru_cache(4096)  # a list shows the same few hundred again and again
def _badge(lang: str, deadline: Deadline) -> Look:
    stage, about = say(lang, f"desk-stage-{deadline.stage}"), "yes" if not deadline.certain else "no"
    words = say(lang, f"desk-due-{deadline.badge}", stage=stage, days=deadline.days, about=about)
    return Look(_LOOKS.get(deadline.badge, deadline.badge.value), words)


def clock_badges(lang: str, tip: OpenTip, today: date) -> list[tuple[str, Look]]:
    """Every clock of a tip by the name of its stage: how it stands, or how it ended."""
    return [(say(lang, f"desk-stage-{one.stage}"), _clock(lang, tip, one, today)) for one in tip.clocks]


def _clock(lang: str, tip: OpenTip, clock: Clock, today: date) -> Look:
    calendar = tip.calendar
    if clock.stopped_on is not None:
        if clock.stopped_on > clock.due_on:
            return Look("late", say(lang, "desk-clock-done-late"))
        used = working_days_between(clock.started_on, clock.stopped_on, calendar) - clock.paused_days
        return Look("done", say(lang, "desk-clock-done", days=max(0, used)))
    stands = deadline(calendar, tip.standing.round, clock.stage, clock.due_on, clock.paused_on or today)
    about = "yes" if not stands.certain else "no"
    if clock.paused_on is not None:
        return Look("hold", say(lang, "desk-clock-hold", days=stands.days, about=about))
    words = say(lang, f"desk-clock-{stands.badge}", days=stands.days, about=about)
    return Look(_LOOKS.get(stands.badge, stands.badge.value), words)


def size_words(lang: str, size: int) -> str:
    """A file's size in whole units."""
    if size < 1 << 20:
        return say(lang, "desk-size-kb", n=max(1, size >> 10))
    return say(lang, "desk-size-mb", n=round(size / (1 << 20)))
