"""The days a report is about: one, a week, or any from the opening of the round to the day of the count."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import Reason, Refused
from domain.rounds import RoundState
from domain.words import day_of
from handlers.office.figures.sheets import Sheets

_DAY = timedelta(days=1)
_WEEK = 7


class Span(StrEnum):
    """What a report over such days is called, and what its page offers at one tap."""

    DAY = "day"
    YESTERDAY = "yesterday"
    WEEK = "week"
    LAST_WEEK = "last-week"
    ROUND = "round"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` up to and with `last`."""

    first: date
    last: date

    @property
    def span(self) -> Span:
        """DAY, WEEK (from a Monday, seven days at most) or RANGE."""
        length = (self.last - self.first).days + 1
        if length == 1:
            return Span.DAY
        return Span.WEEK if length <= _WEEK and self.first.weekday() == 0 else Span.RANGE

    @property
    def days(self) -> list[date]:
        return [self.first + n * _DAY for n in range((self.last - self.first).days + 1)]


def offered(sheets: Sheets) -> dict[Span, Period]:
    """What can be had at one tap: of today's calendar, as far as it lies in the round."""
    opens, today = sheets.round.opens_at.date(), sheets.today
    monday = today - today.weekday() * _DAY
    wanted = {
        Span.DAY: Period(today, today),
        Span.YESTERDAY: Period(today - _DAY, today - _DAY),
        Span.WEEK: Period(max(monday, opens), today),
        Span.LAST_WEEK: Period(max(monday - _WEEK * _DAY, opens), monday - _DAY),
        Span.ROUND: Period(opens, today),
    }
    return {span: one for span, one in wanted.items() if opens <= one.first <= one.last}


def chosen_period(sheets: Sheets, typed_first: str, typed_last: str) -> Period:
    """The days that were typed; nothing typed: today, or the whole of a round that is over.

    Raises `Refused`: BAD_INPUT (`digest-no-day`, `digest-turned`, `digest-outside` before the opening, `digest-future`
    after the count), WRONG_STATE (`digest-early`) for a round that has not begun.
    """
    opens, today = sheets.round.opens_at.date(), sheets.today
    if today < opens or sheets.round.state is RoundState.PLANNED:
        raise Refused(Reason.WRONG_STATE, "digest-early")
    if not typed_first and not typed_last:
        return Period(opens if sheets.round.state is RoundState.CLOSED else today, today)
    first, last = day_of(typed_first or typed_last), day_of(typed_last or typed_first)
    if first is None or last is None:
        raise Refused(Reason.BAD_INPUT, "digest-no-day")
    if last < first:
        raise Refused(Reason.BAD_INPUT, "digest-turned")
    if last > today:
        raise Refused(Reason.BAD_INPUT, "digest-future")
    if first < opens:
        raise Refused(Reason.BAD_INPUT, "digest-outside")
    return Period(first, last)
