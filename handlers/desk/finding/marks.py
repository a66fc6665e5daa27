"""What a letter is about, as a short string: one character for each of its facts, sorted, so that two can be laid
side by side. Words are left behind: nobody reads a letter out of its marks."""

import re
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from domain.ids import TipId
from handlers.desk.finding.index import Entry
from handlers.desk.finding.pace import unhurried

# Words that stand in every letter; a pair of characters across one of them says nothing.
_COMMON = (
    "的了是我们在有不也都就说着过没到他她它这那和与给又很再才去来要会可还以已把被从对让问听"
    "家里上下个一两多少么什谁哪呢吗吧啊"
)
_RUNS = re.compile(f"(?:(?![{_COMMON}])[\u3400-\u9fff])+")
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NUMBER_WEIGHT = 3
_FIRST, _MANY = 0x10000, 0x100000  # code points above the first plane: no half of a pair among them


def marks_of(text: str) -> str:
    """The marks of folded `text`: one for each pair of characters, three for each number, in the order of code points.

    What two letters share is then the longest common subsequence of their marks.
    """
    pairs = {ord(a) * 0x9E37 + ord(b) for run in _RUNS.findall(text) for a, b in pairwise(run)}
    numbers = {crc32(f"{one}:{i}".encode()) for one in _NUMBERS.findall(text) for i in range(_NUMBER_WEIGHT)}
    return "".join(sorted(chr(_FIRST + one % _MANY) for one in pairs | numbers))


def mark_all(entries: Iterable[Entry]) -> dict[TipId, str]:
    """The marks of what reporters wrote. Some 0.05 ms a tip: for a thread of its own."""
    return {entry.tip_id: marks_of(entry.text[: entry.letters]) for entry in unhurried(entries)}
