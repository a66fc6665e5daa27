"""The specs of the office's charts: bars by day, rows of bars, lines that grow. Zero base line, words beside marks."""

import json
from collections.abc import Sequence
from datetime import date

from reports.charts.frame import SIZE, Room, Spec, figures, framed, framed_ink, inked, layer, steps, width_of
from reports.charts.parts import INKS, SUNK, TEXT_2, Bar, Chart, DayBar, Flag, Line

_GAP = 0.22  # of a day's place, between two bars
_WHOLE = {"band": 1.02 / (1 - _GAP)}
_LANE = 16
_WHITE_ON = (0, 3)  # inks
_LINES = ((INKS[0], [1, 0]), ("#4b8790", [7, 3]), (INKS[3], [2, 3]))


def by_day(bars: Sequence[DayBar], flags: Sequence[Flag], sentence: str, *, today: tuple[date, str]) -> Chart:
    """A bar for every day, its pieces stacked. `today`: a day and the word that stands under it instead of its date."""
    lanes = _lanes(bars, flags, 850)
    room = Room(850, 220, left=30, top=14 + _LANE * max((lane for _, lane in lanes), default=0) + 6, bottom=24)
    ticks = steps(max(one.bar.total for one in bars))
    on = _days([one.on for one in bars], today)
    parts = [
        {"on": f"{one.on}", "n": part.n, "ink": part.ink, "order": order}
        for one in bars for order, part in enumerate(one.bar.parts) if part.n
    ]  # fmt: skip
    layers = [
        layer(
            {"type": "bar", "color": SUNK, "width": _WHOLE},
            [_full(one.on, ticks) for one in bars if one.rests],
            x=on,
            y=figures(ticks),
        ),
        layer(
            {"type": "bar"}, parts, x=on, y=figures(ticks), color=inked(), stroke=framed_ink(), order={"field": "order"}
        ),
        *_totals(bars, on, ticks),
        *_flagged(bars, lanes, on),
        _hits([one.on for one in bars], on, ticks),
    ]
    return Chart(framed(layers, room), sentence, room.box, tuple((one.bar.link, one.bar.tip) for one in bars))


def rows(bars: Sequence[Bar], sentence: str, *, width: int = 640, inside: bool = True) -> Chart:
    """A row for every bar, its words before it. `inside`: each piece shows its figure, where it fits."""
    height = 46 if len(bars) <= 6 else 34
    label = min(120, max((width_of(bar.label) for bar in bars), default=0)) + 14
    after = max((width_of(bar.after) for bar in bars), default=0) + 10
    room = Room(width - label - after, height * max(1, len(bars)), left=label, right=after)
    most = max((bar.total for bar in bars), default=0) or 1
    at = _rows_axis(bars, label)
    across: Spec = {"field": "n", "type": "quantitative", "scale": {"domain": [0, most], "nice": False}, "axis": None}
    parts = [
        {"at": row, "n": part.n, "ink": part.ink, "order": order, "figure": _fitting(part.n, room.width / most)}
        for row, bar in enumerate(bars) for order, part in enumerate(bar.parts) if part.n
    ]  # fmt: skip
    ends = [{"at": row, "n": bar.total, "words": bar.after} for row, bar in enumerate(bars)]
    order = {"field": "order"}
    layers = [layer({"type": "bar"}, parts, x=across, y=at, color=inked(), stroke=framed_ink(), order=order)]
    if inside:
        layers.append(_figures_inside(parts, across, at))
    layers.append(
        layer({"type": "text", "align": "left", "dx": 8, "fill": TEXT_2}, ends, x=across, y=at, text={"field": "words"})
    )
    whole = [{"at": row, "n": most, "link": f"{row}"} for row in range(len(bars))]
    layers.append(layer({"type": "bar", "opacity": 0}, whole, x=across, y=at, href={"field": "link"}))
    return Chart(framed(layers, room), sentence, room.box, tuple((bar.link, bar.tip) for bar in bars))


def growing(
    days: Sequence[date], lines: Sequence[Line], links: Sequence[tuple[str, str]], sentence: str, *,
    today: tuple[date, str],
) -> Chart:  # fmt: skip
    """Lines through sums that grow day by day; `links` by day."""
    right = max(width_of(line.words) for line in lines) + 14
    room = Room(640 - 40 - right, 240, left=40, right=right, top=12, bottom=24)
    ticks = steps(max(max(line.values) for line in lines))
    on = _days(days, today)
    layers = []
    places = _apart([line.values[-1] * room.height / ticks[-1] for line in lines])
    for line, (ink, dash), lift in zip(lines, _LINES, places, strict=False):
        values = [{"on": f"{day}", "n": n} for day, n in zip(days, line.values, strict=True)]
        mark = {"type": "line", "color": ink, "strokeWidth": 2.5, "strokeDash": dash, "strokeJoin": "round"}
        layers.append(layer(mark, values, x=on, y=figures(ticks)))
        words: Spec = {"type": "text", "align": "left", "dx": 10, "dy": -lift, "fontWeight": 600}
        layers.append(
            layer(words, [{**values[-1], "words": line.words}], x=on, y=figures(ticks), text={"field": "words"})
        )
    layers.append(_hits(days, on, ticks))
    return Chart(framed(layers, room), sentence, room.box, tuple(links))


def _days(days: Sequence[date], today: tuple[date, str]) -> Spec:
    """The axis of days: Mondays and the last day are named, or all when they are few."""
    named = [f"{day}" for day in days if len(days) <= 14 or (day.weekday() == 0 and (days[-1] - day).days > 2)]
    ends = [f"{days[-1]}"] if days[-1] == today[0] or not named else []
    words = f"datum.value === '{today[0]}' ? {json.dumps(today[1])} : slice(datum.value, 5)"
    axis = {
        "values": list(dict.fromkeys(named + ends)),
        "labelExpr": words,
        "ticks": False,
        "labelAngle": 0,
        "labelPadding": 8,
        "labelOverlap": False,
    }
    scale = {"domain": [f"{day}" for day in days], "paddingInner": _GAP, "paddingOuter": _GAP / 2}
    return {"field": "on", "type": "ordinal", "axis": axis, "scale": scale}


def _full(on: date, ticks: Sequence[int]) -> Spec:
    return {"on": f"{on}", "n": ticks[-1]}


def _hits(days: Sequence[date], on: Spec, ticks: Sequence[int]) -> Spec:
    """What a pointer meets: each day's whole place leads on, also where its bar is low."""
    values = [{**_full(day, ticks), "link": f"{at}"} for at, day in enumerate(days)]
    return layer({"type": "bar", "opacity": 0, "width": _WHOLE}, values, x=on, y=figures(ticks), href={"field": "link"})


def _totals(bars: Sequence[DayBar], on: Spec, ticks: Sequence[int]) -> list[Spec]:
    """Each day's figure above its bar, where the days are wide enough for it."""
    if len(bars) > 36:
        return []
    values = [{"on": f"{one.on}", "n": one.bar.total, "words": f"{one.bar.total}"} for one in bars if one.bar.total]
    return [layer({"type": "text", "dy": -8, "fill": TEXT_2}, values, x=on, y=figures(ticks), text={"field": "words"})]


def _flagged(bars: Sequence[DayBar], lanes: Sequence[tuple[Flag, int]], on: Spec) -> list[Spec]:
    first, step = bars[0].on, 850 / len(bars)
    found: list[Spec] = []
    for flag, lane in lanes:
        left = (flag.on - first).days * step + 5 + width_of(flag.words) > 850
        top = -8 - lane * _LANE
        row = [{"on": f"{flag.on}", "words": flag.words}]
        place = {**on, "bandPosition": -_GAP / 2}
        rule: Spec = {"type": "rule", "strokeDash": [3, 3], "color": TEXT_2, "y": top - 6, "y2": "height"}
        words: Spec = {
            "type": "text",
            "align": "right" if left else "left",
            "dx": -5 if left else 5,
            "y": top,
            "fill": TEXT_2,
        }
        found += [layer(rule, row, x=place), layer(words, row, x=place, text={"field": "words"})]
    return found


def _lanes(bars: Sequence[DayBar], flags: Sequence[Flag], width: int) -> list[tuple[Flag, int]]:
    """The flags of the days shown, each in the lowest lane where its words meet neither others nor a line."""
    step = width / len(bars)
    found: list[tuple[Flag, int]] = []
    taken: list[tuple[float, float, float]] = []  # of each flag in `found`: its line, and its words from and to
    shown = [flag for flag in flags if bars[0].on <= flag.on <= bars[-1].on]
    for flag in sorted(shown, key=lambda one: one.on, reverse=True):
        line, size = (flag.on - bars[0].on).days * step, width_of(flag.words) + 10
        start = line - size if line + size > width else line
        met = [
            lane
            for (_, lane), (x, a, b) in zip(found, taken, strict=True)
            if (start < b and a < start + size) or start < x < start + size
        ]
        found.append((flag, max(met, default=-1) + 1))
        taken.append((line, start, start + size))
    return found


def _rows_axis(bars: Sequence[Bar], label: int) -> Spec:
    words = f"{json.dumps([bar.label for bar in bars])}[datum.value]"
    axis = {
        "domain": False, "ticks": False, "labelExpr": words, "labelAlign": "left", "labelPadding": label,
        "labelLimit": label - 10, "labelFontWeight": 600, "labelColor": "#1c2426", "offset": 0,
    }  # fmt: skip
    scale = {"domain": [*range(len(bars))], "paddingInner": 0.4, "paddingOuter": 0.2}
    return {"field": "at", "type": "ordinal", "axis": axis, "scale": scale}


def _figures_inside(parts: Sequence[Spec], across: Spec, at: Spec) -> Spec:
    stacked = {**across, "stack": "zero", "bandPosition": 0.5}
    white = {"condition": {"test": {"field": "ink", "oneOf": [*_WHITE_ON]}, "value": "#ffffff"}, "value": "#1c2426"}
    mark = {"type": "text", "fontWeight": 600}
    return layer(
        mark,
        parts,
        x=stacked,
        y=at,
        text={"field": "figure"},
        fill=white,
        order={"field": "order"},
        detail={"field": "order"},
    )


def _fitting(n: int, unit: float) -> str:
    """The figure, if its piece is wide enough for it."""
    return f"{n}" if n * unit >= width_of(f"{n}") + 4 else ""


def _apart(heights: Sequence[float]) -> list[float]:
    """How far each label is lifted so that no two lie on one another; heights in px from the base line."""
    lifts, free = [0.0] * len(heights), -float(SIZE)
    for at in sorted(range(len(heights)), key=lambda one: (heights[one], -one)):
        place = max(heights[at], free)
        lifts[at], free = place - heights[at], place + SIZE + 3
    return lifts
