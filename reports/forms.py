"""The shape of the workbook, read from plan.toml: no heading and no word of it stands in code."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("plan.toml")


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet: its title, the heading of each field in the template's order, and the template's rows.

    `optional` are the fields whose column a file may lack.
    """

    title: str
    headings: Mapping[str, str]
    rows: Sequence[Sequence[str | int | datetime]]
    optional: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Forms:
    """`sheets` by name of the part of a plan; `choices` by field, from the office's word to the identifier."""

    sheets: Mapping[str, Form]
    choices: Mapping[str, Mapping[str, str]]
    notes: Form


@cache
def forms() -> Forms:
    """Read once a process."""
    content = tomllib.loads(_FILE.read_text("utf-8"))
    sheets = {name: Form(**sheet) for name, sheet in content["sheets"].items()}
    notes = content["notes"]
    return Forms(sheets, content["choices"], Form(notes["title"], {}, [[line] for line in notes["lines"]]))
