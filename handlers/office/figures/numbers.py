"""The numbers behind one bar: what it is made of, by what the counts still tell apart."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from domain.errors import Reason, Refused
from domain.figures import IN_WORK, UNFINISHED, Cell, Done, Sheet, Standing
from domain.ids import TeamId, UnitId
from domain.tips import Channel, Kind
from domain.words import day_of
from handlers.office.figures import names, tables
from handlers.office.figures.board import Board
from handlers.office.figures.measure import AGES, Counted, age_of, chosen, working_days
from handlers.office.figures.names import Words
from handlers.office.figures.places import below
from handlers.office.figures.scope import teams_in
from handlers.office.figures.tables import with_sums
from handlers.texts import say
from reports.tables import Row, Table

_Key = TypeVar("_Key", bound=Hashable)


def numbers(board: Board, of: str, at: str, lang: str) -> tuple[Table, ...]:
    """The tables behind what is called `at` in the board's table about `of`. Raises `Refused(UNKNOWN)`."""
    made = _MAKERS.get(of)
    if made is None:
        raise Refused(Reason.UNKNOWN)
    try:
        return made(board, at, partial(say, lang))
    except (ValueError, KeyError):
        raise Refused(Reason.UNKNOWN) from None


def _of_day(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    on = _day(at)
    cells = {cell: n for cell, n in _cohort(board).items() if cell.day == on}
    by = _counted(cells, lambda cell: (cell.team_id, cell.channel))
    rows = []
    for team in teams_in(board.sheets, board.scope):
        counts = [by[team.id, one] for one in Channel]
        rows.append(Row((team.name, sum(counts), *counts)))
    head = (w("board-col-team"), w("board-sum"), *names.channels(w))
    title = w("board-of-day", day=names.day_name(w, on))
    return (with_sums(Table("day", title, w("board-of-day-is"), head, tuple(rows)), w), _standings(cells, w))


def _of_team(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    team = {one.id: one for one in board.sheets.teams}[TeamId(bytes.fromhex(at))]
    scope = board.scope
    cells = chosen(board.sheets[Sheet.COHORT], teams=[team.id], first=scope.first, last=scope.last)
    by = _counted(cells, lambda cell: cell.channel)
    rows = tuple(Row((name, by[one])) for one, name in zip(Channel, names.channels(w), strict=True))
    head = (w("board-col-channel"), w("board-col-received"))
    channels = Table("channels", w("board-by-channel"), w("board-by-channel-is"), head, rows)
    return (_standings(cells, w, w("board-of-team", team=team.name)), with_sums(channels, w))


def _of_age(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    bucket, between = {f"{n}": n for n in range(len(AGES))}[at], working_days(board.sheets.calendar)
    by: Counter[tuple[TeamId | None, bool]] = Counter()
    for cell, n in _cohort(board).items():
        if cell.day and cell.measure in UNFINISHED and age_of(between(cell.day, board.sheets.today)) == bucket:
            by[cell.team_id, cell.measure in IN_WORK] += n
    rows = []
    for team in teams_in(board.sheets, board.scope):
        wait, work = by[team.id, False], by[team.id, True]
        rows.append(Row((team.name, wait + work, wait, work)))
    head = (w("board-col-team"), w("board-sum"), w("board-group-undecided"), w("board-group-in-work"))
    title = w("board-of-age", age=names.age_name(w, bucket))
    return (with_sums(Table("age", title, w("board-of-age-is"), head, tuple(rows)), w),)


def _of_done(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    on = _day(at)
    cells = chosen(board.sheets[Sheet.DONE], first=on, last=on)
    by = _counted(cells, lambda cell: (cell.team_id, cell.measure))
    teams = teams_in(board.sheets, board.scope)
    rows = tuple(Row((team.name, *(by[team.id, one] for one in Done))) for team in teams)
    head = (w("board-col-team"), *(w(f"board-col-{one}") for one in Done))
    title = w("board-of-done", day=names.day_name(w, on))
    return (with_sums(Table("done", title, w("board-done-is"), head, rows), w),)


def _of_funnel(board: Board, _: str, w: Words) -> tuple[Table, ...]:
    sheets = board.sheets
    rows = tuple(
        Row((names.batch_name(w, sheets, one.batch), sheets.printed.get(one.batch.id, 0), *one.steps))
        for one in board.funnels
    )
    head = (w("board-col-batch"), w("board-col-printed"), *names.steps(w))
    return (with_sums(Table("funnels", w("board-of-funnel"), w("board-of-funnel-is"), head, rows), w),)


def _of_place(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    if not at:
        return (tables.all_places(board, w),)
    top = None if at == tables.NOWHERE else board.sheets.units[UnitId(bytes.fromhex(at))]
    rows = [tables.place_row(board, one, w) for one in below(board.sheets, board.scope, top)]
    title = w("board-of-place", place=names.place_name(w, top))
    counts = board.kinds.get(top, Counter[str]())
    kinds = tuple(Row((names.kind_name(w, kind), counts[kind])) for kind in Kind)
    head = (w("board-col-kind"), w("board-col-tips"))
    by_kind = Table("kinds", w("board-kinds"), w("board-kinds-is"), head, kinds)
    return (tables.places("place", title, rows, w), with_sums(by_kind, w))


def _of_kinds(board: Board, _: str, w: Words) -> tuple[Table, ...]:
    """Every place down, kinds across."""
    rows = tuple(
        Row((names.place_name(w, unit), n.total(), *(n[kind] for kind in Kind))) for unit, n in tables.kinds_of(board)
    )
    head = (w("board-col-place"), w("board-sum"), *(names.kind_name(w, kind) for kind in Kind))
    return (with_sums(Table("kinds", w("board-kinds"), w("board-kinds-is"), head, rows), w),)


_MAKERS: Mapping[str, Callable[[Board, str, Words], tuple[Table, ...]]] = {
    "day": _of_day,
    "team": _of_team,
    "age": _of_age,
    "done": _of_done,
    "funnel": _of_funnel,
    "place": _of_place,
    "kinds": _of_kinds,
}


def _day(at: str) -> date:
    """Raises ValueError."""
    day = day_of(at)
    if day is None:
        raise ValueError(at)
    return day


def _cohort(board: Board) -> Counted:
    return chosen(board.sheets[Sheet.COHORT], **board.scope.bounds)


def _standings(cells: Counted, w: Words, title: str = "") -> Table:
    by = _counted(cells, lambda cell: cell.measure)
    rows = tuple(Row((w(f"board-standing-{one.replace('_', '-')}"), by[one])) for one in Standing if by[one])
    head = (w("board-col-standing"), w("board-col-tips"))
    return with_sums(Table("standings", title or w("board-standings"), w("board-standings-is"), head, rows), w)


def _counted(cells: Counted, key: Callable[[Cell], _Key]) -> Counter[_Key]:
    found: Counter[_Key] = Counter()
    for cell, n in cells.items():
        found[key(cell)] += n
    return found
