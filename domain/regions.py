"""Where people come from and where they may not inspect: places that lie in one line of the tree, and ties to them."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from domain.ids import UnitId
from domain.rounds import Unit


class Relation(StrEnum):
    """What ties somebody to a place, in their own word (回避申报)."""

    NATIVE = "native"  # 籍贯
    FAMILY = "family"  # 亲属
    WORKED = "worked"  # 曾任职
    OTHER = "other"


def in_line(one: Unit, other: Unit) -> bool:
    """Whether the two are one place, or one of them lies in the other."""
    return one.path == other.path or one.path.startswith(f"{other.path}/") or other.path.startswith(f"{one.path}/")


def upwards(unit_id: UnitId | None, tree: Mapping[UnitId, Unit]) -> Iterator[UnitId]:
    """The unit and those above it, as far as `tree` knows them; nothing for no unit."""
    while unit_id is not None and unit_id in tree:
        yield unit_id
        unit_id = tree[unit_id].parent_id
