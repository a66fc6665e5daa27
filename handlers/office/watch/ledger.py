"""The clear ledger of a round: every tip by team and number, with its dates. No sealed word, nothing of recusal."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from domain.clocks import Clock, Stage
from domain.deadlines import left
from domain.ids import RoundId, TipId, UnitId
from domain.rounds import Round, Team, TeamKind
from handlers.calendar import calendar_in
from handlers.desk.labels import number_label, place_name
from handlers.services import DeskServices
from handlers.texts import say
from reports.archive import Book, Value
from storage.office import rounds, teams, units
from storage.store import Tx
from storage.watch import archive
from storage.watch.archive import ClearTip

_AT_ONCE = 1000
"""Tips in memory together."""

_COLUMNS = (
    ("team", 14), ("number", 10), ("unit", 26), ("channel", 10), ("kind", 12), ("received", 12), ("state", 12),
    ("accepted", 12), ("first-reply", 12), ("resolved", 12), ("cleared", 12), ("remarks", 16),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What a round's rows are named by. `teams` without recusal."""

    round: Round
    teams: tuple[Team, ...]
    places: Mapping[UnitId, str]
    lang: str
    today: date
    days_over: Callable[[date, date], int]


async def frame_of(services: DeskServices, round_id: RoundId, lang: str) -> Frame:
    """Raises `Refused(UNKNOWN)`."""
    today = services.clock().date()

    def load(tx: Tx) -> Frame:
        round_ = rounds.get_round(tx, round_id)
        calendar = calendar_in(tx, services.calendar, round_.office_id)
        return Frame(
            round_,
            tuple(one for one in teams.list_teams(tx, round_id) if one.kind is not TeamKind.RECUSAL),
            {one.id: place_name(one.path) for one in units.list_units(tx, round_.office_id)},
            lang,
            today,
            cache(lambda due, done: -left(due, done, calendar)),
        )

    return await services.store.read(load)


async def make_ledger(services: DeskServices, frame: Frame) -> bytes:
    """The xlsx, as of now. Ten thousand tips take seconds, in threads; a thousand of them are in memory at once."""
    book, say_ = Book(), partial(say, frame.lang)
    columns = [(say_(f"archive-col-{name}"), width) for name, width in _COLUMNS]
    for stage in Stage:
        name = say_(f"desk-stage-{stage}")
        columns += [(say_("archive-col-due", stage=name), 12), (say_("archive-col-over", stage=name), 10)]
    table = book.table(say_("archive-sheet-ledger"), columns)
    for team in frame.teams:
        async for tips, clocks in _pages(services, frame, team):
            await asyncio.to_thread(table.add, [_row(frame, team, one, clocks.get(one.tip_id, ())) for one in tips])
    return await asyncio.to_thread(book.data)


_Page = tuple[list[ClearTip], Mapping[TipId, Sequence[Clock]]]


async def _pages(services: DeskServices, frame: Frame, team: Team) -> AsyncIterator[_Page]:
    """The team's tips by number, then those that it passed on; with the clocks of the former."""
    number = 0
    while (page := await services.store.read(partial(_numbered, frame.round.id, team, number)))[0]:
        yield page
        number = page[0][-1].number or 0
    at: tuple[date, TipId] | None = None
    while found := await services.store.read(partial(_passed_on, frame.round.id, team, at)):
        yield found, {}
        at = found[-1].received_on, found[-1].tip_id


def _numbered(round_id: RoundId, team: Team, after: int, tx: Tx) -> _Page:
    found = archive.numbered(tx, round_id, team.id, after, _AT_ONCE)
    return found, archive.clocks_of(tx, round_id, [one.tip_id for one in found])


def _passed_on(round_id: RoundId, team: Team, after: tuple[date, TipId] | None, tx: Tx) -> list[ClearTip]:
    return archive.passed_on(tx, round_id, team.id, after, _AT_ONCE)


def _row(frame: Frame, team: Team, one: ClearTip, clocks: Sequence[Clock]) -> list[Value]:
    lang = frame.lang
    row: list[Value] = [
        team.name,
        "" if one.number is None else number_label(team, one.number),
        frame.places.get(one.unit_id, "") if one.unit_id else say(lang, "desk-no-unit"),
        say(lang, f"desk-channel-{one.channel}"),
        say(lang, f"desk-kind-{one.kind.replace('_', '-')}"),
        one.received_on,
        say(lang, "archive-passed-on" if one.number is None else f"desk-state-{one.state.replace('_', '-')}"),
        one.accepted_on,
        one.first_reply_on,
        one.resolved_on,
        one.cleared_on,
        _remarks(lang, one),
    ]
    by_stage = {clock.stage: clock for clock in clocks}
    for stage in Stage:
        clock = by_stage.get(stage)
        row += [clock.due_on, _over(frame, clock)] if clock else [None, None]
    return row


def _over(frame: Frame, clock: Clock) -> int | None:
    """Working days over, of what ended late or is late now; a clock that is paused stands where it was."""
    until = clock.stopped_on or clock.paused_on or frame.today
    return frame.days_over(clock.due_on, until) if until > clock.due_on else None


def _remarks(lang: str, one: ClearTip) -> str:
    said = {
        "archive-accepted-first": one.number is None and one.accepted,
        "archive-late": one.late,
        "archive-repeat": one.is_repeat,
        "archive-test": one.is_test,
    }
    return say(lang, "watch-comma").join(say(lang, key) for key, is_so in said.items() if is_so)
