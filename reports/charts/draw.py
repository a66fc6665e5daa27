"""All charts of a page in one child process, and kept: what stays the same is not drawn twice. No disk is touched."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from reports import children
from reports.charts.parts import Chart
from reports.charts.tidy import tidied

SECONDS = 30
KEPT = 24
"""Pages whose charts are kept, each about 150 kB."""

_CHILD = Path(__file__).with_name("child.py")


class NoCharts(Exception):  # noqa: N818 - the page stands without them
    """The child drew nothing within its limits."""


def draw_all(charts: Sequence[Chart]) -> tuple[str, ...]:
    """The charts as SVG elements, all by one child. Raises `NoCharts`."""
    specs = json.dumps([chart.spec for chart in charts]).encode()
    try:
        drawn = json.loads(children.ask(_CHILD, data=specs, seconds=SECONDS))
    except children.Failed:
        raise NoCharts from None
    return tuple(tidied(svg, chart) for svg, chart in zip(drawn, charts, strict=True))


@dataclass(slots=True)
class Drawer:
    """Draws one page's charts at a time; `kept` by what the caller says they are."""

    by: Callable[[Sequence[Chart]], tuple[str, ...]] = draw_all
    kept: OrderedDict[Hashable, Mapping[str, str]] = field(default_factory=OrderedDict)
    place: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="charts"))

    async def draw(self, key: Hashable, make: Callable[[], Mapping[str, Chart]]) -> Mapping[str, str]:
        """The charts that `make` makes as SVG elements, by their names; those of a known `key` again.

        Raises `NoCharts`.
        """
        if key not in self.kept:
            self.kept[key] = await asyncio.get_running_loop().run_in_executor(self.place, self._drawn, make)
            if len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        self.kept.move_to_end(key)
        return self.kept[key]

    def _drawn(self, make: Callable[[], Mapping[str, Chart]]) -> Mapping[str, str]:
        charts = make()
        return dict(zip(charts, self.by(tuple(charts.values())), strict=True))
