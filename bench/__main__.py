"""`python -m bench [NAME ...]`: runs the benches named, or all, and prints one JSON document on stdout."""

import json
import os
import sys
import time
from typing import Any

from bench import board, ledger, queue, s1, s2, s6, search
from bench.children import say
from bench.county import County, laid
from bench.machine import WORK, facts, slow_disk

NAMES = ("s1", "s2", "s6", "queue", "search", "ledger", "board")


def main(names: list[str]) -> int:
    if unknown := set(names) - set(NAMES):
        say(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
        return 2
    for setting in [name for name in os.environ if name.upper().startswith("MSX_")]:
        del os.environ[setting]  # or an invented county would be laid into somebody's database
    WORK.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    slow, why_not = slow_disk()
    document: dict[str, Any] = {"machine": facts(slow, why_not), "benches": {}}
    with laid() as county:
        for name in names or NAMES:
            document["benches"][name.upper()] = _one(name, county, slow, why_not)
    document["seconds"] = round(time.monotonic() - begun, 1)
    print(json.dumps(document, ensure_ascii=False, indent=2))
    return 0


def _one(name: str, county: County, slow: dict[str, str] | None, why_not: str) -> dict[str, Any]:
    match name:
        case "s1":
            return s1.measure(county, slow, why_not)
        case "s2":
            return s2.measure(county)
        case "s6":
            return s6.measure()
        case "queue":
            return queue.measure()
        case "search":
            return search.measure()
        case "board":
            return board.measure()
        case _:
            return ledger.measure()


if __name__ == "__main__":
    sys.exit(main([name.lower() for name in sys.argv[1:]]))
