"""S1: message events per second, from the webhook's POST to the durable tick, beside aiogram and the ORM."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from bench.children import Child, peer_python, run, say, server
from bench.county import County
from bench.figures import rate, ratio, spread, target
from bench.server import SECRET

CHATS, MESSAGES, LONG, ROUNDS = 64, 10, 20, 3
FAST = {"ratio": 3.0, "failures_max": 0}
SLOW = {"ratio": 5.0, "p99_ms_max": 100.0, "failures_max": 0}


@dataclass
class _Side:
    """One of the two servers and what its rounds found."""

    name: str
    child: Child
    rounds: list[dict[str, Any]] = field(default_factory=list)
    chats: int = 0  # so many have written so far; every round has new ones

    def round(self, plan: dict[str, Any]) -> None:
        """One round of chats that have not written yet. `cpu` holds what their /start cost, too."""
        before = self.child.cpu()
        found = run("load_hook", plan | {"url": self.child.url, "first": 1_000_000 + self.chats})
        self.chats += CHATS
        self.rounds.append(found | {"cpu": self.child.cpu() - before})

    def pace(self) -> list[tuple[int, float]]:
        return [(len(one["answered"]), one["seconds"]) for one in self.rounds]

    def figures(self, *, ride: bool) -> dict[str, Any]:
        answered = [t for one in self.rounds for t in one["answered"]]
        ticked = [t for one in self.rounds for t in one["ticked"]]
        found = {
            "events_per_s": rate(self.pace()),
            **spread(answered if ride else ticked),
            "failures": sum(one["failures"] for one in self.rounds),
            "events": len(answered),
            "cpu_ms_per_event": round(sum(one["cpu"] for one in self.rounds) * 1000 / max(1, len(answered)), 2),
        }
        return found if ride else found | {f"answered_{name}": value for name, value in spread(answered).items()}


def measure(county: County, slow: dict[str, str] | None, why_not: str) -> dict[str, Any]:
    """Both ways to tick on both disks; a slow disk that cannot be had is null with its reason."""
    cases: dict[str, Any] = {}
    for disk, env, wanted in (("fast_disk", {}, FAST), ("slow_disk", slow, SLOW)):
        for ride in (True, False):
            name = f"{'tick_in_response' if ride else 'tick_by_http_send'}_{disk}"
            cases[name] = None if env is None else _case(county, name, ride=ride, env=env, wanted=wanted)
    return {
        "measure": "message events: HTTP webhook, parsed, locked, durable, ticked",
        "unit": "events/s; ms from the POST to the tick",
        "peer": "aiogram 3 + SQLAlchemy ORM + SQLite WAL synchronous=FULL, one row and one acknowledgement per message",
        "at_once": CHATS,
        "cases": cases,
    } | ({} if slow else {"slow_disk": why_not})


def _case(county: County, name: str, *, ride: bool, env: dict[str, str], wanted: dict[str, float]) -> dict[str, Any]:
    say(f"S1 {name}")
    with ExitStack() as stack:
        sink = stack.enter_context(server("sink"))
        options = ["--sink", sink.url, *(["--ride"] if ride else [])]
        sides = [
            _Side("ours", stack.enter_context(server("server", stack.enter_context(county.copy()), *options, env=env))),
            _Side("peer", stack.enter_context(_peer(stack, county, options, env))),
        ]
        plan = {"sink": sink.url, "ride": ride, "secret": SECRET, "code": county.code, "chats": CHATS}
        short = _rounds(sides, plan, MESSAGES, ROUNDS, ride=ride)
        long = _rounds(sides, plan, LONG, 1, ride=ride)
    found = {"ratio": short["ratio"], **{k: short["ours"][k] for k in ("p99_ms", "failures")}}
    return {"rounds_of_10": short, "run_of_20": long, "target": target(wanted, found)}


def _peer(stack: ExitStack, county: County, options: list[str], env: dict[str, str]) -> Any:
    return server("peer_aiogram", stack.enter_context(county.copy()), *options, env=env, python=peer_python())


def _rounds(sides: list[_Side], plan: dict[str, Any], messages: int, rounds: int, *, ride: bool) -> dict[str, Any]:
    """Interleaved rounds: ours, peer, ours, peer."""
    for side in sides:
        side.rounds = []
    for _ in range(rounds):
        for side in sides:
            side.round(plan | {"messages": messages})
    ours, peer = sides
    return {side.name: side.figures(ride=ride) for side in sides} | {"ratio": ratio(ours.pace(), peer.pace())}
