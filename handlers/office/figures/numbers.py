"""The numbers behind one bar: what it is made of, by what the counts still tell apart."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from domain.errors import Reason, Refused
from domain.figures import IN_WORK, UNFINISHED, Cell, Done, Sheet, Standing
from domain.ids import TeamId, UnitId
from domain.tips import Channel, Kind
from handlers.office.figures import tables
from handlers.office.figures.board import Board
from handlers.office.figures.measure import AGES, age_of, chosen, working_days
from handlers.office.figures.places import below
from handlers.office.figures.scope import teams_in
from handlers.office.figures.tables import Words
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
    except (ValueError, KeyError, IndexError):
        raise Refused(Reason.UNKNOWN) from None


def _of_day(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    on = date.fromisoformat(at)
    cells = [(cell, n) for cell, n in _cohort(board) if cell.day == on]
    by = _counted(cells, lambda cell: (cell.team_id, cell.channel))
    rows = [
        Row((team.name, sum(by[team.id, one] for one in Channel), *(by[team.id, one] for one in Channel)))
        for team in teams_in(board.sheets, board.scope)
    ]
    head = (w("board-col-team"), w("board-sum"), *(tables.channel(w, one) for one in Channel))
    title = w("board-of-day", day=tables.day_name(w, on))
    return (_table(("day", title, w("board-of-day-is")), head, rows, w), _standings(dict(cells), w))


def _of_team(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    team = next((one for one in board.sheets.teams if one.id == bytes.fromhex(at)), None)
    if team is None:
        raise KeyError(at)
    scope = board.scope
    cells = dict(chosen(board.sheets[Sheet.COHORT], teams=[team.id], first=scope.first, last=scope.last))
    by = _counted(cells.items(), lambda cell: cell.channel)
    rows = [Row((tables.channel(w, one), by[one])) for one in Channel]
    head = (w("board-col-channel"), w("board-col-received"))
    channels = _table(("channels", w("board-by-channel"), w("board-by-channel-is")), head, rows, w)
    return (_standings(cells, w, w("board-of-team", team=team.name)), channels)


def _of_age(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    bucket, between = {f"{n}": n for n in range(len(AGES))}[at], working_days(board.sheets.calendar)
    by: Counter[tuple[TeamId | None, str]] = Counter()
    for cell, n in _cohort(board):
        if cell.day and cell.measure in UNFINISHED and age_of(between(cell.day, board.sheets.today)) == bucket:
            by[cell.team_id, "work" if cell.measure in IN_WORK else "wait"] += n
    rows = [
        Row((team.name, by[team.id, "wait"] + by[team.id, "work"], by[team.id, "wait"], by[team.id, "work"]))
        for team in teams_in(board.sheets, board.scope)
    ]
    head = (w("board-col-team"), w("board-sum"), w("board-group-undecided"), w("board-group-in-work"))
    title = w("board-of-age", age=tables.age_name(w, bucket))
    return (_table(("age", title, w("board-of-age-is")), head, rows, w),)


def _of_done(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    on = date.fromisoformat(at)
    cells = [(cell, n) for cell, n in board.sheets[Sheet.DONE].items() if cell.day == on]
    by = _counted(cells, lambda cell: (cell.team_id, cell.measure))
    rows = [Row((team.name, *(by[team.id, one] for one in Done))) for team in teams_in(board.sheets, board.scope)]
    head = (w("board-col-team"), *(w(f"board-col-{one}") for one in Done))
    return (_table(("done", w("board-of-done", day=tables.day_name(w, on)), w("board-done-is")), head, rows, w),)


def _of_funnel(board: Board, _: str, w: Words) -> tuple[Table, ...]:
    rows = [tables.funnel_row(board, one, w) for one in board.funnels]
    return (_table(("funnels", w("board-of-funnel"), w("board-of-funnel-is")), tables.funnel_head(w), rows, w),)


def _of_place(board: Board, at: str, w: Words) -> tuple[Table, ...]:
    if not at:
        return (tables.all_places(board, w),)
    top = None if at == tables.NOWHERE else board.sheets.units[UnitId(bytes.fromhex(at))]
    rows = [tables.place_row(board, one, w) for one in below(board.sheets, board.scope, top)]
    head = (w("board-col-place"), *(w(f"board-col-{one}") for one in ("received", "accepted", "resolved", "cleared")))
    name = tables.place_name(top, w)
    places = _table(("place", w("board-of-place", place=name), w("board-places-is")), head, rows, w)
    kinds = board.kinds.get(top, Counter[str]())
    kind_rows = [Row((tables.kind_name(w, kind), kinds[kind])) for kind in Kind]
    kind_head = (w("board-col-kind"), w("board-col-tips"))
    return (places, _table(("kinds", w("board-kinds"), w("board-kinds-is")), kind_head, kind_rows, w))


def _of_kinds(board: Board, _: str, w: Words) -> tuple[Table, ...]:
    """Every place down, kinds across."""
    by = sorted(board.kinds.items(), key=lambda one: (-one[1].total(), one[0].path if one[0] else ""))
    rows = [Row((tables.place_name(unit, w), n.total(), *(n[kind] for kind in Kind))) for unit, n in by]
    head = (w("board-col-place"), w("board-sum"), *(tables.kind_name(w, kind) for kind in Kind))
    return (_table(("kinds", w("board-kinds"), w("board-kinds-is")), head, rows, w),)


_MAKERS: Mapping[str, Callable[[Board, str, Words], tuple[Table, ...]]] = {
    "day": _of_day,
    "team": _of_team,
    "age": _of_age,
    "done": _of_done,
    "funnel": _of_funnel,
    "place": _of_place,
    "kinds": _of_kinds,
}


def _cohort(board: Board) -> list[tuple[Cell, int]]:
    return list(chosen(board.sheets[Sheet.COHORT], **board.scope.bounds))


def _standings(cells: Mapping[Cell, int], w: Words, title: str = "") -> Table:
    by = _counted(cells.items(), lambda cell: cell.measure)
    rows = [Row((w(f"board-standing-{one.replace('_', '-')}"), by[one])) for one in Standing if by[one]]
    head = (w("board-col-standing"), w("board-col-tips"))
    return _table(("standings", title or w("board-standings"), w("board-standings-is")), head, rows, w)


def _counted(cells: Iterable[tuple[Cell, int]], key: Callable[[Cell], _Key]) -> Counter[_Key]:
    found: Counter[_Key] = Counter()
    for cell, n in cells:
        found[key(cell)] += n
    return found


def _table(named: tuple[str, str, str], head: tuple[str, ...], rows: list[Row], w: Words) -> Table:
    """`named`: name, title and basis."""
    return Table(*named, head, tuple(rows), tables.summed(rows, w) if rows else ())
