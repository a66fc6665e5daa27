"""What the board shows, in words: tiles, and the table behind every chart. Page and export take the same ones."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from domain.rounds import Unit
from domain.tips import Channel, Kind
from handlers.office.figures.board import STEPS, Board, Funnel
from handlers.office.figures.measure import AGES, Tally
from handlers.office.figures.places import Place
from handlers.texts import say
from reports.tables import Row, Table, Value

SHOWN_PLACES, SHOWN_COLUMNS = 10, 6
NOWHERE = "none"
"""Stands for no known place where a place's id is asked."""

Words = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it is of. `value` is what is shown; `unit` what is counted, or empty for a rate."""

    key: str
    name: str
    value: str
    unit: str
    basis: str


def percent(n: int, of: int) -> str:
    """`n` of `of` with one decimal; a dash of nothing."""
    return f"{100 * n / of:.1f}%" if of else "–"


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
    return _places(w, [place_row(board, place, w) for place in board.places])


def channel(w: Words, name: str) -> str:
    """The name of a channel."""
    return w(f"desk-channel-{name}")


def day_name(w: Words, on: date) -> str:
    """The day with its weekday."""
    return w("board-day", day=on, weekday=on.weekday())


def groups(t: Tally) -> tuple[int, ...]:
    """The five groups of a team's bar; their sum is what it received."""
    return (t.undecided, t.in_work, t.resolved - t.cleared, t.cleared, t.unaccepted + t.passed_on + t.withdrawn)


GROUPS = ("undecided", "in-work", "resolved", "cleared", "left")


def place_row(board: Board, place: Place, w: Words) -> Row:
    """A place's line: its name with its teams, and how far its tips have got."""
    teams = {team.id: team.name for team in board.sheets.teams}
    whose = w("office-comma").join(teams[one] for one in place.team_ids if one in teams)
    t = place.tally
    at = place.unit.id.hex() if place.unit else NOWHERE
    return Row((place_name(place.unit, w), t.received, t.accepted, t.resolved, t.cleared), at, whose)


def place_name(unit: Unit | None, w: Words) -> str:
    return unit.name if unit else w("board-nowhere")


def batch_name(board: Board, funnel: Funnel, w: Words) -> str:
    """How a batch is called: its places, its way of handing out, and its code."""
    units = [
        board.sheets.units[one].name for one in board.sheets.named.get(funnel.batch.id, ()) if one in board.sheets.units
    ]
    place = units[0] if len(units) == 1 else w("board-many-units", place=units[0] if units else "", n=len(units))
    return w("board-batch", place=place, way=funnel.batch.way, code=funnel.batch.code[:6])


def steps_of(w: Words) -> tuple[str, ...]:
    return tuple(w(f"board-step-{one}") for one in (*STEPS, "accept"))


def funnel_row(board: Board, funnel: Funnel, w: Words) -> Row:
    """A batch with its steps."""
    printed = board.sheets.printed.get(funnel.batch.id, 0)
    return Row((batch_name(board, funnel, w), printed, *funnel.steps), funnel.batch.id.hex())


def funnel_head(w: Words) -> tuple[str, ...]:
    return (w("board-col-batch"), w("board-col-printed"), *steps_of(w))


def summed(rows: list[Row], w: Words, first: str = "") -> tuple[Value, ...]:
    """A line of sums below rows of one name and figures."""
    columns = list(zip(*(row.cells[1:] for row in rows), strict=True))
    return (first or w("board-sum"), *(sum(n for n in column if isinstance(n, int)) for column in columns))


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
    rows = [Row((day_name(w, day.on), sum(day.counts), *day.counts), f"{day.on}") for day in board.days]
    head = (w("board-col-day"), w("board-col-received"), *(channel(w, one) for one in Channel))
    return Table("days", w("board-days"), w("board-days-is"), head, tuple(rows), summed(rows, w), "day")


def _teams(board: Board, w: Words) -> Table:
    rows = [Row((team.name, t.received, *groups(t)), team.id.hex()) for team, t in board.teams]
    head = (w("board-col-team"), w("board-col-received"), *(w(f"board-group-{one}") for one in GROUPS))
    return Table("teams", w("board-teams"), w("board-teams-is"), head, tuple(rows), summed(rows, w), "team")


def _ages(board: Board, w: Words) -> Table:
    whole = sum(board.ages)
    rows = tuple(Row((age_name(w, at), n, percent(n, whole)), f"{at}") for at, n in enumerate(board.ages))
    head = (w("board-col-age"), w("board-col-tips"), w("board-col-share"))
    total = (w("board-sum"), whole, percent(whole, whole))
    return Table("ages", w("board-ages"), w("board-ages-is", n=whole), head, rows, total, "age")


def age_name(w: Words, at: int) -> str:
    """How long the tips of one of `AGES` have lain."""
    least, most = AGES[at]
    if most is None:
        return w("board-age-over", n=least)
    return w("board-age-between", a=least, b=most) if least else w("board-age-within", n=most)


def _funnel(board: Board, w: Words) -> Table:
    head = (w("board-col-step"), w("board-col-times"), w("board-col-of-last"))
    one = board.funnel
    if one is None:
        return Table("funnel", w("board-funnel"), w("board-funnel-none"), head, ())
    names = steps_of(w)
    of = (0, *one.steps[:-1])
    rows = tuple(Row((name, n, percent(n, last))) for name, n, last in zip(names, one.steps, of, strict=True))
    basis = w("board-funnel-is", batch=batch_name(board, one, w), n=board.sheets.printed.get(one.batch.id, 0))
    return Table("funnel", w("board-funnel"), basis, head, rows, about="funnel")


def _places(w: Words, rows: list[Row]) -> Table:
    head = (w("board-col-place"), *(w(f"board-col-{one}") for one in ("received", "accepted", "resolved", "cleared")))
    basis = w("board-places-is")
    return Table("places", w("board-places"), basis, head, tuple(rows), summed(rows, w) if rows else (), "place")


def _shown_places(board: Board, w: Words) -> Table:
    rows = [place_row(board, place, w) for place in board.places]
    kept, rest = rows[:SHOWN_PLACES], rows[SHOWN_PLACES:]
    if rest:
        kept.append(Row(summed(rest, w, w("board-other-places", n=len(rest))), ""))
    return _places(w, kept)


def _done(board: Board, w: Words) -> Table:
    rows = tuple(Row((day_name(w, one.on), *one.done, *one.so_far), f"{one.on}") for one in board.done)
    measures = ("accepted", "resolved", "cleared")
    head = (
        w("board-col-day"),
        *(w(f"board-col-{one}") for one in measures),
        *(w(f"board-sofar-{one}") for one in measures),
    )
    return Table("done", w("board-done"), w("board-done-is"), head, rows, about="done")


def _kinds(board: Board, w: Words) -> Table:
    """Kinds down, the places with most across: the rest of the places is one column, so that rows add up."""
    by = sorted(board.kinds.items(), key=lambda one: (-one[1].total(), one[0].path if one[0] else ""))
    shown, rest = by[:SHOWN_COLUMNS], sum((counts for _, counts in by[SHOWN_COLUMNS:]), Counter[str]())
    columns = [counts for _, counts in shown] + ([rest] if rest else [])
    rows = [
        Row((kind_name(w, kind), sum(one[kind] for one in columns), *(one[kind] for one in columns))) for kind in Kind
    ]
    names = [place_name(unit, w) for unit, _ in shown] + (
        [w("board-other-places", n=len(by) - len(shown))] if rest else []
    )
    head = (w("board-col-kind"), w("board-sum"), *names)
    return Table("kinds", w("board-kinds"), w("board-kinds-is"), head, tuple(rows), summed(rows, w), "kinds")


def kind_name(w: Words, kind: Kind) -> str:
    return w(f"desk-kind-{kind.replace('_', '-')}")
