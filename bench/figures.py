"""Numbers out of measurements. All times go in as seconds and come out as milliseconds."""

import statistics
from collections.abc import Sequence
from typing import Any


def spread(seconds: Sequence[float]) -> dict[str, float | None]:
    """p50 and p99 by nearest rank, in milliseconds; None for nothing measured."""
    ordered = sorted(seconds)
    if not ordered:
        return {"p50_ms": None, "p99_ms": None}
    return {f"p{part}_ms": round(ordered[(len(ordered) * part - 1) // 100] * 1000, 2) for part in (50, 99)}


def rate(rounds: Sequence[tuple[int, float]]) -> float:
    """Median over rounds of (how many, seconds) as how many per second."""
    return round(statistics.median(n / seconds for n, seconds in rounds), 1)


def ratio(ours: Sequence[tuple[int, float]], peer: Sequence[tuple[int, float]]) -> float | None:
    """Median over interleaved rounds of our rate by the peer's of the same round; None when the peer did nothing."""
    pairs = list(zip(ours, peer, strict=True))
    if not all(m for _, (m, _) in pairs):
        return None
    return round(statistics.median((n / s) / (m / t) for (n, s), (m, t) in pairs), 2)


def target(wanted: dict[str, float], found: dict[str, float | None]) -> dict[str, Any]:
    """`wanted` by name, `_max` in the name meaning at most, and whether each is met. None is not met."""
    met = {}
    for name, bound in wanted.items():
        value = found.get(name.removesuffix("_max"))
        met[name] = value is not None and (value <= bound if name.endswith("_max") else value >= bound)
    return {"wanted": wanted, "met": met}
