"""Alive, ready, how much waits: three addresses for those who run it. Numbers only, and metrics on loopback only."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from domain.errors import CannotStore
from web.guard import from_this_machine


@dataclass(frozen=True, slots=True)
class Figures:
    """One reading: tips received by channel, messages waiting, receipt codes ready."""

    received: dict[str, int]
    outbox: int
    receipts: int


@dataclass(frozen=True, slots=True)
class Health:
    """How to ask. `is_ready` turns true once, when everything that was to start has started."""

    is_ready: Callable[[], bool]
    figures: Callable[[], Awaitable[Figures]]


_HEALTH = web.AppKey("HEALTH", Health)


def register(app: web.Application, health: Health) -> None:
    """Serve /healthz, /readyz and /metrics."""
    app[_HEALTH] = health
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", _ready)
    app.router.add_get("/metrics", _metrics)


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def _ready(request: web.Request) -> web.Response:
    health = request.app[_HEALTH]
    try:
        await health.figures()
    except CannotStore:
        return web.Response(status=503, text="the database does not answer\n")
    return web.Response(text="ready\n") if health.is_ready() else web.Response(status=503, text="starting\n")


async def _metrics(request: web.Request) -> web.Response:
    if not from_this_machine(request):
        raise web.HTTPNotFound
    registry = CollectorRegistry()
    registry.register(_Reading(await request.app[_HEALTH].figures()))
    return web.Response(body=generate_latest(registry), headers={"Content-Type": "text/plain; version=0.0.4"})


class _Reading:
    """One reading as Prometheus wants it."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        received = CounterMetricFamily("msx_tips_received", "Tips received, by channel.", labels=["channel"])
        for channel, n in sorted(self._figures.received.items()):
            received.add_metric([channel], n)
        yield received
        yield GaugeMetricFamily("msx_outbox_pending", "Messages waiting to be delivered.", self._figures.outbox)
        yield GaugeMetricFamily("msx_receipts_ready", "Receipt codes minted ahead.", self._figures.receipts)
