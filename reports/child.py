"""Runs alone in a child process: one foreign workbook in, what we take from it out. It holds no secret and no database.

Usage: `python -I -B child.py plan`. Standard input: the file. Standard output: what `unpacking.packed` makes of it.

Usage: `python -I -B child.py layout`. Standard input: the file. Standard output: what
`ledger_template.answer_for` gives. Any other exit than 0 means that a limit was met.
"""

import resource
import sys
from pathlib import Path

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
MAX_OUTPUT = 8 * 1024 * 1024  # the largest plan is 6.6 MB; whoever reads JSON may need 25 times as much


def limit_self() -> None:
    """Before the first foreign byte: no core dump, no large file, little memory, time and few open files."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_OUTPUT),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    limit_self()
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    data = sys.stdin.buffer.read()
    if sys.argv[1] == "plan":
        from reports.unpacking import packed, unpack  # noqa: PLC0415 - openpyxl comes in once the limits hold

        sys.stdout.buffer.write(packed(unpack(data)))
    else:
        from reports.ledger_template import answer_for  # noqa: PLC0415

        sys.stdout.buffer.write(answer_for(data))


if __name__ == "__main__":
    main()
