"""What all specs share: the frame, scales with round figures, and how wide words will be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.charts.parts import EDGE, INKS, LINE, TEXT, TEXT_2

Spec = dict[str, object]
SIZE = 12
"""Of all text, in px; nothing smaller stands on a screen."""


@dataclass(frozen=True, slots=True)
class Room:
    """The plot's own width and height, and what is left for words around it, in px."""

    width: int
    height: int
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    @property
    def box(self) -> tuple[int, int]:
        """Width and height of the whole drawing."""
        return self.left + self.width + self.right, self.top + self.height + self.bottom


def framed(layers: Sequence[Spec], room: Room) -> Spec:
    """A whole spec. Places are fixed beforehand, so that no font of the server moves anything."""
    return {
        "width": room.width,
        "height": room.height,
        "padding": {"left": room.left, "top": room.top, "right": room.right, "bottom": room.bottom},
        "autosize": "none",
        "background": None,
        "layer": list(layers),
        "config": {
            "view": {"stroke": None},
            "font": "sans-serif",
            "text": {"fontSize": SIZE, "fill": TEXT},
            "axis": {
                "labelFontSize": SIZE,
                "labelColor": TEXT_2,
                "gridColor": LINE,
                "domainColor": EDGE,
                "title": None,
            },
        },
    }


def layer(mark: Mapping[str, object], values: Sequence[Mapping[str, object]], **encoding: object) -> Spec:
    """One kind of mark over its own rows."""
    return {"data": {"values": list(values)}, "mark": dict(mark), "encoding": encoding}


def inked(**more: object) -> Spec:
    """Colours by the field `ink`."""
    return {
        "field": "ink",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [*range(len(INKS))], "range": [*INKS]},
        **more,
    }


def framed_ink() -> Spec:
    """The edge of each piece: one white pixel to the next, and a real frame for the last ink, which is nearly paper."""
    return inked(scale={"domain": [*range(len(INKS))], "range": ["#ffffff"] * (len(INKS) - 1) + [EDGE]})


def steps(most: int) -> list[int]:
    """Round figures from 0 to the first that is not below `most`, at most six."""
    size = 1
    while most > 5 * size:
        size = size * 5 // 2 if str(size)[0] == "2" else size * 2
    return [*range(0, max(most, 1) + size, size)][: -(-max(most, 1) // size) + 1]


def figures(ticks: Sequence[int]) -> Spec:
    """An axis of figures with lines across the plot."""
    return {
        "field": "n", "type": "quantitative", "scale": {"domain": [0, ticks[-1]], "nice": False},
        "axis": {"values": [*ticks], "domain": False, "ticks": False, "labelPadding": 6, "format": "d"},
    }  # fmt: skip


def width_of(words: str) -> int:
    """About how wide `words` are, in px: a Chinese character is a square."""
    return sum(SIZE if char > "⺀" else 7 for char in words)
