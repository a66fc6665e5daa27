"""The board's charts: what is drawn, in words, where each bar leads, and the sentence that stands for the picture."""

from collections.abc import Callable, Sequence
from functools import partial

from domain.figures import Done
from handlers.office.figures import names, tables
from handlers.office.figures.board import Board
from handlers.office.figures.names import Words, percent
from handlers.texts import say
from reports.charts.parts import Bar, Chart, DayBar, Flag, Line, Part
from reports.charts.specs import by_day, growing, rows
from storage.office.milestones import Milestone

Link = Callable[[str, str], str]
"""The address of the numbers behind a bar, by what they are of and what the bar is called."""

_GROUP_INKS = (4, 0, 1, 2, 5)
_OLDEST_INK = 3
_WIDE, _NARROW = 560, 308  # px


def plots(board: Board, milestones: Sequence[Milestone], link: Link, lang: str) -> dict[str, Chart]:
    """The charts by the names of their tables, rows of bars also as a phone shows them; a funnel only of a batch."""
    w = partial(say, lang)
    found = {
        "days": _days(board, milestones, link, w),
        "teams": _teams(board, link, w, _WIDE),
        "teams-narrow": _teams(board, link, w, _NARROW),
        "ages": _ages(board, link, w, _WIDE),
        "ages-narrow": _ages(board, link, w, _NARROW),
        "done": _done(board, link, w),
    }
    if board.funnel:
        found["funnel"] = _funnel(board, link, w)
    return found


def _days(board: Board, milestones: Sequence[Milestone], link: Link, w: Words) -> Chart:
    bars = []
    for day in board.days:
        parts = tuple(Part(n, ink) for ink, n in enumerate(day.counts))
        tip = w("board-tip", name=names.day_name(w, day.on), n=sum(day.counts))
        bars.append(DayBar(day.on, Bar("", parts, link("day", f"{day.on}"), tip), day.rests))
    most = max(board.days, key=lambda day: sum(day.counts))
    sentence = w(
        "board-days-says", first=board.days[0].on, last=board.days[-1].on, n=sum(sum(day.counts) for day in board.days),
        day=most.on, most=sum(most.counts),
    )  # fmt: skip
    round_ = board.sheets.round
    flags = [Flag(round_.opens_at.date(), w("board-opens")), Flag(round_.ends_at.date(), w("board-closes"))]
    flags += [Flag(one.on, one.words) for one in milestones]
    return by_day(bars, flags, sentence, today=(board.sheets.today, w("board-today")))


def _teams(board: Board, link: Link, w: Words, width: int) -> Chart:
    bars = []
    for team, t in board.teams:
        parts = tuple(Part(n, ink) for n, ink in zip(tables.groups(t), _GROUP_INKS, strict=True))
        after, tip = w("board-in-all", n=t.received), w("board-tip", name=team.name, n=t.received)
        bars.append(Bar(team.name, parts, link("team", team.id.hex()), tip, after))
    says = w("office-comma").join(w("board-tip", name=bar.label, n=bar.total) for bar in bars)
    return rows(bars, w("board-teams-says", all=says), width=width)


def _ages(board: Board, link: Link, w: Words, width: int) -> Chart:
    whole = sum(board.ages)
    bars = []
    for at, n in enumerate(board.ages):
        name, ink = names.age_name(w, at), _OLDEST_INK if at == len(board.ages) - 1 else 0
        after = f"{n}\u2002{percent(n, whole)}" if whole else f"{n}"
        bars.append(Bar(name, (Part(n, ink),), link("age", f"{at}"), w("board-tip", name=name, n=n), after))
    says = w("office-comma").join(w("board-tip", name=bar.label, n=bar.total) for bar in bars)
    return rows(bars, w("board-ages-says", all=says), width=width, inside=False)


def _funnel(board: Board, link: Link, w: Words) -> Chart:
    steps = board.funnel.steps if board.funnel else ()
    bars = []
    for at, (name, n) in enumerate(zip(names.steps(w), steps, strict=True)):
        after = f"{n}\u2002{percent(n, steps[at - 1])}" if at else f"{n}"
        tip = w("board-step-tip", name=name, n=n)
        bars.append(Bar(name, (Part(n, 0 if at else 1),), link("funnel", ""), tip, after))
    says = w("office-comma").join(bar.tip for bar in bars)
    return rows(bars, w("board-funnel-says", all=says), width=_NARROW, inside=False)


def _done(board: Board, link: Link, w: Words) -> Chart:
    heads = [w(f"board-col-{one}") for one in Done]
    sums = [tuple(day.so_far[at] for day in board.done) for at in range(len(heads))]
    lines = [Line(f"{name} {values[-1]}", values) for name, values in zip(heads, sums, strict=True)]
    links = []
    for day in board.done:
        done = w("office-comma").join(f"{name} {n}" for name, n in zip(heads, day.done, strict=True))
        links.append((link("done", f"{day.on}"), w("board-done-tip", day=day.on, done=done)))
    says = w("office-comma").join(line.words for line in lines)
    last = board.done[-1].on
    sentence = w("board-done-says", day=last, all=says)
    return growing([day.on for day in board.done], lines, links, sentence, today=(board.sheets.today, w("board-today")))
