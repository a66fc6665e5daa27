"""When a team's group may be told something: how often, and never in its quiet hours. Pure rules; no clock here."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from domain.errors import Reason, Refused
from domain.hours import HOURS

DAILY = HOURS[0][0]
"""From then on, on a working day, a group hears once what is due; a digest comes with it."""

_QUIET = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


class NoticeMode(StrEnum):
    HALF_HOUR = "half-hour"  # what came in, at :00 and :30
    DIGEST = "digest"  # one message a working day
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start` until before `end` nothing is told; over midnight where `end` lies before `start`."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        """Whether `at` lies in it."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def read_quiet(text: str) -> Quiet | None:
    """Quiet hours from `21:00-08:00`; None from an empty text.

    Raises `Refused(BAD_INPUT)`: `quiet` for any other spelling, `quiet-all-day` for hours that leave no half hour
    of the working day in which a group could be told.
    """
    if not text:
        return None
    found = _QUIET.fullmatch(text)
    if found is None:
        raise Refused(Reason.BAD_INPUT, "quiet")
    hours = [int(one) for one in found.groups()]
    quiet = Quiet(time(hours[0], hours[1]), time(hours[2], hours[3]))
    if quiet.start == quiet.end or all(quiet.covers(at) for at in _working_half_hours()):
        raise Refused(Reason.BAD_INPUT, "quiet-all-day")
    return quiet


def _working_half_hours() -> list[time]:
    all_day = (time(half // 2, half % 2 * 30) for half in range(48))
    return [at for at in all_day if DAILY <= at < HOURS[-1][1]]
