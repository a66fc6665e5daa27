"""When a team's group may be told something: how often, and never in its quiet hours. Pure rules; no clock here."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from domain.errors import Reason, Refused
from domain.hours import HOURS

DAILY = HOURS[0][0]
"""From then on, on a working day, a group hears once what is due; a digest comes with it."""

_QUIET = re.compile(r"([01]\d|2[0-3]):(00|30)-([01]\d|2[0-3]):(00|30)", re.ASCII)

HALF_HOURS = tuple(time(half // 2, half % 2 * 30) for half in range(48))
"""The moments of a day at which a group may be told."""

_WORKING = tuple(at for at in HALF_HOURS if DAILY <= at < HOURS[-1][1])


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
    """Quiet hours from `21:00-08:00`, whole or half hours; None from an empty text.

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
    if quiet.start == quiet.end or all(quiet.covers(at) for at in _WORKING):
        raise Refused(Reason.BAD_INPUT, "quiet-all-day")
    return quiet
