"""What a chart shows, as plain values. Words come in ready to be read; a link's address is a page of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

INKS = ("#1b5666", "#6fa3a9", "#c6dcde", "#a06318", "#e3c48f", "#eeece6")
"""c1 … c5 and the last, framed one. Neighbours lie 20 L* apart in grey, else the part has a frame."""

TEXT, TEXT_2, LINE, EDGE, SUNK = "#1c2426", "#465154", "#dcd9d0", "#7b8382", "#eeece6"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar. `ink` is one of `INKS`."""

    n: int
    ink: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, its pieces from the base line on, where it leads, and what it says when pointed at.

    `after`: words behind the end of the bar.
    """

    label: str
    parts: tuple[Part, ...]
    link: str
    tip: str
    after: str = ""

    @property
    def total(self) -> int:
        return sum(part.n for part in self.parts)


@dataclass(frozen=True, slots=True)
class DayBar:
    """A day's bar. `label` under the base line, or empty; `rests`: shaded."""

    on: date
    bar: Bar
    rests: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A day with words: a dashed line."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through one figure per day, with words at its end."""

    words: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart to be: Vega-Lite's spec, the sentence that stands for it, and links by the number in the spec.

    `box`: the width and height of the drawing, in px.
    """

    spec: Mapping[str, object]
    sentence: str
    box: tuple[int, int]
    links: tuple[tuple[str, str], ...] = field(default=())  # address, what it says
