"""What the board shows, in words: tiles, and the table behind every chart. Page and export take the same ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from domain.figures import Done
from domain.rounds import Unit
from domain.tips import Kind
from handlers.intake.scans import MOST
from handlers.office.figures import names
from handlers.office.figures.board import Board
from handlers.office.figures.measure import Tally
from handlers.office.figures.names import Words, percent
from handlers.office.figures.places import Place
from handlers.texts import say
from reports.tables import Row, Table, Value

SHOWN_PLACES, SHOWN_COLUMNS = 10, 6
NOWHERE = "none"
"""Stands for no known place where a place's id is asked."""

GROUPS = ("undecided", "in-work", "resolved", "cleared", "left")
"""What a team's bar is made of, in the order of `groups`."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it is of. `value` is what is shown; `unit` what is counted, or empty for a rate."""

    key: str
    name: str
    value: str
    unit: str
    basis: str


def tiles(board: Board, lang: str) -> tuple[Tile, ...]:
    """The seven figures, each with definition, denominator and n."""
    t, replies, due = board.tally, board.replies, board.overdue
    rest: dict[str, str | int] = {
        "n": due.running,
        "rate": percent(due.late, due.running),
        "late3": due.late3,
        "today": due.today,
        "soon": due.soon,
    }
    return (
        _tile(lang, "received", f"{t.received}", late=board.late),
        _tile(lang, "undecided", f"{t.undecided}", rate=percent(t.undecided, t.received), n=t.received),
        _tile(lang, "accept-rate", percent(t.accepted, t.decided), a=t.accepted, b=t.decided),
        _tile(lang, "reply", _or_dash(replies.median), p90=_or_dash(replies.p90), n=replies.n),
        _tile(lang, "late", f"{due.late}", **rest),
        _tile(lang, "resolve-rate", percent(t.resolved, t.accepted), a=t.resolved, b=t.accepted),
        _tile(lang, "clear-rate", percent(t.cleared, t.resolved), a=t.cleared, b=t.resolved),
    )


def tables(board: Board, lang: str) -> dict[str, Table]:
    """The table of every chart and list of the board, by name, in the order of the page."""
    w = partial(say, lang)
    found = (
        _summary(board, lang), _days(board, w), _funnel(board, w), _teams(board, w), _ages(board, w),
        _shown_places(board, w), _done(board, w), _kinds(board, w),
    )  # fmt: skip
    return {table.name: table for table in found}


def all_places(board: Board, w: Words) -> Table:
    """Every place, however few tips it has."""
    rows = [place_row(board, place, w) for place in board.places]
    return places("places", w("board-places"), rows, w, about="place")


def places(name: str, title: str, rows: Sequence[Row], w: Words, *, about: str = "") -> Table:
    """A table of such rows as `place_row` makes."""
    head = tuple(w(f"board-col-{one}") for one in ("place", "received", *Done))
    return with_sums(Table(name, title, w("board-places-is"), head, tuple(rows), about=about), w)


def place_row(board: Board, place: Place, w: Words) -> Row:
    """A place's line: its name with its teams, and how far its tips have got."""
    teams = {team.id: team.name for team in board.sheets.teams}
    whose = w("office-comma").join(teams[one] for one in place.team_ids if one in teams)
    t = place.tally
    at = place.unit.id.hex() if place.unit else NOWHERE
    return Row((names.place_name(w, place.unit), t.received, t.accepted, t.resolved, t.cleared), at, whose)


def groups(t: Tally) -> tuple[int, ...]:
    """The five groups of a team's bar; their sum is what it received."""
    return (t.undecided, t.in_work, t.resolved - t.cleared, t.cleared, t.unaccepted + t.passed_on + t.withdrawn)


def kinds_of(board: Board) -> list[tuple[Unit | None, Counter[str]]]:
    """Places with their kinds, those with most tips first."""
    return sorted(board.kinds.items(), key=lambda one: (-one[1].total(), one[0].path if one[0] else ""))


def with_sums(table: Table, w: Words) -> Table:
    """The table with a line of sums below its rows, if it has any."""
    return replace(table, total=_added(table.rows, w("board-sum"))) if table.rows else table


def _added(rows: Sequence[Row], name: str) -> tuple[Value, ...]:
    columns = zip(*(row.cells[1:] for row in rows), strict=True)
    return (name, *(sum(n for n in column if isinstance(n, int)) for column in columns))


def _tile(lang: str, key: str, value: str, **args: str | int) -> Tile:
    w = partial(say, lang)
    unit = "" if key.endswith("-rate") else w("board-unit-days" if key == "reply" else "board-unit-tips")
    return Tile(key, w(f"board-{key}"), value, unit, w(f"board-{key}-is", **args))


def _or_dash(n: int | None) -> str:
    return "–" if n is None else f"{n}"


def _summary(board: Board, lang: str) -> Table:
    w = partial(say, lang)
    rows = tuple(
        Row((one.name, int(one.value) if one.value.isdecimal() else one.value, one.unit, one.basis))
        for one in tiles(board, lang)
    )
    head = (w("board-col-figure"), w("board-col-value"), w("board-col-unit-of"), w("board-col-basis"))
    return Table("summary", w("board-summary"), "", head, rows)


def _days(board: Board, w: Words) -> Table:
    rows = tuple(Row((names.day_name(w, day.on), sum(day.counts), *day.counts), f"{day.on}") for day in board.days)
    head = (w("board-col-day"), w("board-col-received"), *names.channels(w))
    return with_sums(Table("days", w("board-days"), w("board-days-is"), head, rows, about="day"), w)


def _teams(board: Board, w: Words) -> Table:
    rows = tuple(Row((team.name, t.received, *groups(t)), team.id.hex()) for team, t in board.teams)
    head = (w("board-col-team"), w("board-col-received"), *(w(f"board-group-{one}") for one in GROUPS))
    return with_sums(Table("teams", w("board-teams"), w("board-teams-is"), head, rows, about="team"), w)


def _ages(board: Board, w: Words) -> Table:
    whole = sum(board.ages)
    rows = tuple(Row((names.age_name(w, at), n, percent(n, whole)), f"{at}") for at, n in enumerate(board.ages))
    head = (w("board-col-age"), w("board-col-tips"), w("board-col-share"))
    total = (w("board-sum"), whole, percent(whole, whole))
    return Table("ages", w("board-ages"), w("board-ages-is", n=whole), head, rows, total, "age")


def _funnel(board: Board, w: Words) -> Table:
    head = (w("board-col-step"), w("board-col-times"), w("board-col-of-last"))
    one = board.funnel
    if one is None:
        return Table("funnel", w("board-funnel"), w("board-funnel-none"), head, ())
    of = (0, *one.steps[:-1])
    rows = tuple(Row((name, n, percent(n, last))) for name, n, last in zip(names.steps(w), one.steps, of, strict=True))
    batch, printed = names.batch_name(w, board.sheets, one.batch), board.sheets.printed.get(one.batch.id, 0)
    basis = w("board-funnel-is", batch=batch, n=printed, most=MOST)
    return Table("funnel", w("board-funnel"), basis, head, rows, about="funnel")


def _shown_places(board: Board, w: Words) -> Table:
    rows = [place_row(board, place, w) for place in board.places]
    kept, rest = rows[:SHOWN_PLACES], rows[SHOWN_PLACES:]
    if rest:
        kept.append(Row(_added(rest, w("board-other-places", n=len(rest)))))
    return places("places", w("board-places"), kept, w, about="place")


def _done(board: Board, w: Words) -> Table:
    rows = tuple(Row((names.day_name(w, one.on), *one.done, *one.so_far), f"{one.on}") for one in board.done)
    head = (
        w("board-col-day"), *(w(f"board-col-{one}") for one in Done), *(w(f"board-sofar-{one}") for one in Done),
    )  # fmt: skip
    return Table("done", w("board-done"), w("board-done-is"), head, rows, about="done")


def _kinds(board: Board, w: Words) -> Table:
    """Kinds down, the places with most across: the rest of the places is one column, so that rows add up."""
    by = kinds_of(board)
    columns, heads = [n for _, n in by[:SHOWN_COLUMNS]], [names.place_name(w, unit) for unit, _ in by[:SHOWN_COLUMNS]]
    if rest := by[SHOWN_COLUMNS:]:
        columns.append(sum((n for _, n in rest), Counter[str]()))
        heads.append(w("board-other-places", n=len(rest)))
    rows = tuple(
        Row((names.kind_name(w, kind), sum(n[kind] for n in columns), *(n[kind] for n in columns))) for kind in Kind
    )
    head = (w("board-col-kind"), w("board-sum"), *heads)
    return with_sums(Table("kinds", w("board-kinds"), w("board-kinds-is"), head, rows, about="kinds"), w)
