"""What a ledger's placeholders stand for and how the house lays it out, read from ledger.toml: no word is in code."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("ledger.toml")

PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
"""A word in braces, half-width or full-width."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`fields` and `head`: from the office's word to a field of `Row` and of `Head`. `widths` in half-widths."""

    sheet: str
    font: str
    fields: Mapping[str, str]
    head: Mapping[str, str]
    lines: Sequence[str]
    columns: Sequence[str]
    named: frozenset[str]
    widths: Mapping[str, int]


@cache
def layout() -> Layout:
    """Read once a process."""
    content = tomllib.loads(_FILE.read_text("utf-8"))
    own = content["layout"]
    return Layout(
        sheet=content["sheet"],
        font=own["font"],
        fields=content["fields"],
        head=content["head"],
        lines=own["lines"],
        columns=own["columns"],
        named=frozenset(own["named"]),
        widths=own["widths"],
    )


def words_in(text: object) -> list[str]:
    """The words that stand in braces in a cell; none for a number."""
    return [word.strip() for word in PLACEHOLDER.findall(text)] if isinstance(text, str) else []
