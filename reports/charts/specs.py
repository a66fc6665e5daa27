"""The specs of the office's charts: bars by day, rows of bars, lines that grow. Zero base line, words beside marks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from reports.charts.frame import SIZE, Room, Spec, figures, framed, framed_ink, inked, layer, steps, width_of
from reports.charts.parts import INKS, SUNK, TEXT, TEXT_2, Bar, Chart, DayBar, Flag, Line

_GAP = 0.22  # of a day's place, between two bars
_WHOLE = {"band": 1.02 / (1 - _GAP)}
_LANE = 16
_DATE = 44  # px that a date under the base line asks for
_WIDEST = 90  # px of a day's place that its bar fills at most
_WHITE_ON = (0, 3)  # inks
_LINES = ((INKS[0], [1, 0]), ("#4b8790", [7, 3]), (INKS[3], [2, 3]))


@dataclass(frozen=True, slots=True)
class _Days:
    """Days across and figures upwards. `today`: a day and the word that stands under it instead of its date."""

    days: Sequence[date]
    ticks: Sequence[int]
    width: int
    today: tuple[date, str]

    @property
    def place(self) -> float:
        """The width of one day, in px."""
        return self.width / len(self.days)

    @property
    def left(self) -> int:
        """Room for the figures beside the plot, in px."""
        return width_of(f"{self.ticks[-1]}") + 10

    def layer(self, mark: Mapping[str, object], values: Sequence[Spec], **encoding: object) -> Spec:
        """Marks at the fields `on` and `n`."""
        return layer(mark, values, x=self.axis(), y=figures(self.ticks), **encoding)

    def hits(self) -> Spec:
        """What a pointer meets: each day's whole place leads on, also where its bar is low."""
        values = [{**self.full(day), "link": f"{at}"} for at, day in enumerate(self.days)]
        return self.layer({"type": "bar", "opacity": 0, "width": _WHOLE}, values, href={"field": "link"})

    def full(self, on: date) -> Spec:
        """A bar as high as the plot."""
        return {"on": f"{on}", "n": self.ticks[-1]}

    def axis(self) -> Spec:
        words = f"datum.value === '{self.today[0]}' ? {json.dumps(self.today[1])} : slice(datum.value, 5)"
        axis = {
            "values": [f"{day}" for day in self.named()], "labelExpr": words, "ticks": False, "labelAngle": 0,
            "labelPadding": 8, "labelOverlap": False,
        }  # fmt: skip
        scale = {"domain": [f"{day}" for day in self.days], "paddingInner": _GAP, "paddingOuter": _GAP / 2}
        return {"field": "on", "type": "ordinal", "axis": axis, "scale": scale}

    def named(self) -> list[date]:
        """The days with a word under them: all when there is room, else Mondays so far apart that none meets another;
        and always today."""
        apart = ceil(_DATE / self.place)
        mondays = [day for day in self.days if day.weekday() == 0][:: ceil(apart / 7)]
        found = list(self.days) if apart == 1 else mondays
        last = self.days[-1]
        if last != self.today[0] and found:
            return found
        return [*(day for day in found if (last - day).days >= apart), last]


def by_day(bars: Sequence[DayBar], flags: Sequence[Flag], sentence: str, *, today: tuple[date, str]) -> Chart:
    """A bar for every day, its pieces stacked. `today`: a day and the word that stands under it instead of its date."""
    here = _Days([one.on for one in bars], steps(max(one.bar.total for one in bars)), 700, today)
    totals = _totals(bars, here)
    lanes = _lanes(flags, here, 1 if totals else 0)
    top = 20 + _LANE * max((lane for _, lane in lanes), default=0)
    room = Room(here.width, 220, left=here.left, right=12, top=top, bottom=24)
    parts = [
        {"on": f"{one.on}", "n": part.n, "ink": part.ink, "order": order}
        for one in bars for order, part in enumerate(one.bar.parts) if part.n
    ]  # fmt: skip
    rests = [here.full(one.on) for one in bars if one.rests]
    bar = {"type": "bar", "width": {"band": min(1, _WIDEST / here.place)}}
    layers = [
        here.layer({"type": "bar", "color": SUNK, "width": _WHOLE}, rests),
        here.layer(bar, parts, color=inked(), stroke=framed_ink(), order={"field": "order"}),
        *totals,
        *_flagged(lanes, here),
        here.hits(),
    ]
    return Chart(framed(layers, room), sentence, room.box, tuple((one.bar.link, one.bar.tip) for one in bars))


def rows(bars: Sequence[Bar], sentence: str, *, width: int = 560, inside: bool = True) -> Chart:
    """A row for every bar, its words before it. `inside`: each piece shows its figure, where it fits."""
    height = 46 if len(bars) <= 6 else 34
    label = min(120, max((width_of(bar.label) for bar in bars), default=0)) + 14
    after = max((width_of(bar.after) for bar in bars), default=0) + 10
    room = Room(width - label - after, height * max(1, len(bars)), left=label, right=after)
    most = max((bar.total for bar in bars), default=0) or 1
    across: Spec = {"field": "n", "type": "quantitative", "scale": {"domain": [0, most], "nice": False}, "axis": None}
    axes = {"x": across, "y": _rows_axis(bars, label)}
    parts = [
        {"at": row, "n": part.n, "ink": part.ink, "order": order, "figure": _fitting(part.n, room.width / most)}
        for row, bar in enumerate(bars) for order, part in enumerate(bar.parts) if part.n
    ]  # fmt: skip
    ends = [{"at": row, "n": bar.total, "words": bar.after} for row, bar in enumerate(bars)]
    whole = [{"at": row, "n": most, "link": f"{row}"} for row in range(len(bars))]
    layers = [
        layer({"type": "bar"}, parts, **axes, color=inked(), stroke=framed_ink(), order={"field": "order"}),
        *([_figures_inside(parts, axes)] if inside else []),
        layer({"type": "text", "align": "left", "dx": 8, "fill": TEXT_2}, ends, **axes, text={"field": "words"}),
        layer({"type": "bar", "opacity": 0}, whole, **axes, href={"field": "link"}),
    ]
    return Chart(framed(layers, room), sentence, room.box, tuple((bar.link, bar.tip) for bar in bars))


def growing(
    days: Sequence[date], lines: Sequence[Line], links: Sequence[tuple[str, str]], sentence: str, *,
    today: tuple[date, str],
) -> Chart:  # fmt: skip
    """Lines through sums that grow day by day; `links` by day."""
    ticks, right = steps(max(max(line.values) for line in lines)), max(width_of(line.words) for line in lines) + 14
    here = _Days(days, ticks, 560 - width_of(f"{ticks[-1]}") - 10 - right, today)
    room = Room(here.width, 240, left=here.left, right=right, top=12, bottom=24)
    lifts = _apart([line.values[-1] * room.height / ticks[-1] for line in lines])
    layers = []
    for line, (ink, dash), lift in zip(lines, _LINES, lifts, strict=False):
        values: list[Spec] = [{"on": f"{day}", "n": n} for day, n in zip(days, line.values, strict=True)]
        mark = {"type": "line", "color": ink, "strokeWidth": 2.5, "strokeDash": dash, "strokeJoin": "round"}
        words = {"type": "text", "align": "left", "dx": 10, "dy": -lift, "fontWeight": 600}
        layers.append(here.layer(mark, values))
        layers.append(here.layer(words, [{**values[-1], "words": line.words}], text={"field": "words"}))
    return Chart(framed([*layers, here.hits()], room), sentence, room.box, tuple(links))


def _totals(bars: Sequence[DayBar], here: _Days) -> list[Spec]:
    """Each day's figure above its bar, where the days are wide enough for all of them."""
    values: list[Spec] = [
        {"on": f"{one.on}", "n": one.bar.total, "words": f"{one.bar.total}"} for one in bars if one.bar.total
    ]
    if max((width_of(f"{one.bar.total}") for one in bars), default=0) > here.place:
        return []
    return [here.layer({"type": "text", "dy": -8, "fill": TEXT_2}, values, text={"field": "words"})]


def _flagged(lanes: Sequence[tuple[Flag, int]], here: _Days) -> list[Spec]:
    """A dashed line before each flag's day, with words at its upper end: left of it where the right edge is near."""
    found: list[Spec] = []
    for flag, lane in lanes:
        left = (flag.on - here.days[0]).days * here.place + 5 + width_of(flag.words) > here.width
        top = -8 - lane * _LANE
        row: list[Spec] = [{"on": f"{flag.on}", "words": flag.words}]
        place = {**here.axis(), "bandPosition": -_GAP / 2}
        rule = {"type": "rule", "strokeDash": [3, 3], "color": TEXT_2, "y": top - 6, "y2": "height"}
        side = {"align": "right", "dx": -5} if left else {"align": "left", "dx": 5}
        words = {"type": "text", **side, "y": top, "fill": TEXT_2}
        found += [layer(rule, row, x=place), layer(words, row, x=place, text={"field": "words"})]
    return found


def _lanes(flags: Sequence[Flag], here: _Days, lowest: int) -> list[tuple[Flag, int]]:
    """The flags of the days shown, each in the lowest lane where its words meet neither others nor a line."""
    found: list[tuple[Flag, int]] = []
    taken: list[tuple[float, float, float]] = []  # of each flag in `found`: its line, and its words from and to
    shown = [flag for flag in flags if here.days[0] <= flag.on <= here.days[-1]]
    for flag in sorted(shown, key=lambda one: one.on, reverse=True):
        line, size = (flag.on - here.days[0]).days * here.place, width_of(flag.words) + 10
        start = line - size if line + size > here.width else line
        met = [
            lane
            for (_, lane), (x, a, b) in zip(found, taken, strict=True)
            if (start < b and a < start + size) or start < x < start + size
        ]
        found.append((flag, max(met, default=lowest - 1) + 1))
        taken.append((line, start, start + size))
    return found


def _rows_axis(bars: Sequence[Bar], label: int) -> Spec:
    words = f"{json.dumps([bar.label for bar in bars])}[datum.value]"
    axis = {
        "domain": False, "ticks": False, "labelExpr": words, "labelAlign": "left", "labelPadding": label,
        "labelLimit": label - 10, "labelFontWeight": 600, "labelColor": TEXT, "offset": 0,
    }  # fmt: skip
    scale = {"domain": [*range(len(bars))], "paddingInner": 0.4, "paddingOuter": 0.2}
    return {"field": "at", "type": "ordinal", "axis": axis, "scale": scale}


def _figures_inside(parts: Sequence[Spec], axes: Mapping[str, Spec]) -> Spec:
    white = {"condition": {"test": {"field": "ink", "oneOf": [*_WHITE_ON]}, "value": "#ffffff"}, "value": TEXT}
    middle = {**axes["x"], "stack": "zero", "bandPosition": 0.5}
    order = {"field": "order"}
    mark = {"type": "text", "fontWeight": 600}
    return layer(mark, parts, x=middle, y=axes["y"], text={"field": "figure"}, fill=white, order=order, detail=order)


def _fitting(n: int, unit: float) -> str:
    """The figure, if its piece is wide enough for it."""
    return f"{n}" if n * unit >= width_of(f"{n}") + 4 else ""


def _apart(heights: Sequence[float]) -> list[float]:
    """How far each label is lifted so that none lies on another or on the days; heights in px from the base line."""
    lifts, free = [0.0] * len(heights), 4.0
    for at in sorted(range(len(heights)), key=lambda one: (heights[one], -one)):
        place = max(heights[at], free)
        lifts[at], free = place - heights[at], place + SIZE + 3
    return lifts
