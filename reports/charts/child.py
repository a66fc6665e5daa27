"""Runs alone in a child process: Vega-Lite specs in, SVG out. Imports nothing of ours; keeps nothing; reaches nothing.

Usage: `python -I child.py`. Standard input: a JSON list of specs, their data in them. Standard output: a JSON list of
SVG documents in the same order. Any other exit than 0 means no chart.
"""

import json
import os
import resource
import sys

MEMORY = 1024 * 1024 * 1024  # of data: V8 reserves 64 GB of addresses and uses 0.6 GB of them, 0.1 GB in fact
CPU_SECONDS = 20
MAX_OUTPUT = 8 * 1024 * 1024


def limit_self() -> None:
    """No core dump, no large file, little memory, time and few open files."""
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_OUTPUT),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    limit_self()
    os.environ["TOKIO_WORKER_THREADS"] = "1"  # else one for each core: from some 130 cores on they break the limit
    from vl_convert import vegalite_to_svg  # noqa: PLC0415 - 84 MB: only once the limits hold

    specs = json.load(sys.stdin.buffer)
    json.dump([vegalite_to_svg(spec, vl_version="6.4", allowed_base_urls=[]) for spec in specs], sys.stdout)


if __name__ == "__main__":
    main()
